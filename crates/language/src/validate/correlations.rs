//! Rules of correlations: they name what is uncertain, none twice, by a matrix that is one.

use super::Report;
use super::inputs::inputs;
use crate::draws_words::words;
use crate::limits::HELD;
use engine::alliance::Scenario;
use engine::uncertainty::{DrawsBuilder, DrawsError, Standard, Structure, Value};
use engine::units::thousands;

/// Correlations are sound. The draws' own rules decide: every key is drawn in a standard shape, since a shape does not matter here.
pub fn check_correlations(scenario: &Scenario, report: &Report<'_>) {
    if report.cx.has(&format!("correlation[{}]", scenario.correlations.len())) {
        // One could not be read, so positions do not say which is which.
        return;
    }
    let builder = drawn(scenario);
    let held = builder.held(&scenario.correlations);
    if held > HELD {
        let (held, most) = (thousands(held as u64), thousands(HELD as u64));
        let what = format!("their names and patterns are held against {held} keys, and this is beyond the limit");
        let remedy = format!(
            "At most {most} are taken, each key once a pattern: write fewer patterns, or more before their first star"
        );
        report.at("correlation[0]", what, remedy);
        return;
    }
    let wrong = builder.wrong(&scenario.correlations);
    for (position, (correlation, errors)) in scenario.correlations.iter().zip(wrong).enumerate() {
        let path = format!("correlation[{position}]");
        if let Structure::Matrix(rows) = &correlation.structure {
            let before = correlation.quantities.len();
            if rows.len() != before || rows.iter().any(|row| row.len() != before) {
                let widths: Vec<usize> = rows.iter().map(Vec::len).collect();
                let what = format!(
                    "{before} quantities need a matrix of {before} rows with {before} numbers, this has rows of {widths:?}"
                );
                report.at(
                    &format!("{path}.matrix"),
                    what,
                    "Write a row and a column for each quantity, in their order",
                );
                continue;
            }
        }
        // Keys that clash are a problem of what bears them, and are reported there.
        let of_keys = |error: &DrawsError| matches!(error, DrawsError::Conflict(_) | DrawsError::Collision(..));
        for error in errors.iter().filter(|error| !of_keys(error)) {
            let (what, remedy) = words(error);
            match error {
                DrawsError::NothingDrawn(_) => report.missing(&path, &what, &remedy),
                _ => report.at(&path, what, remedy),
            }
        }
    }
}

/// Everything that a model of the scenario may draw, in standard shapes.
pub fn drawn(scenario: &Scenario) -> DrawsBuilder {
    let mut builder = DrawsBuilder::default();
    for input in inputs(scenario) {
        let is_fixed = input.quantity.is_some_and(|quantity| matches!(quantity.value, Value::Fixed(_)));
        match input.quantity.filter(|_| is_fixed) {
            Some(fixed) => {
                let _ = if input.yearly { builder.yearly(fixed) } else { builder.quantity(fixed) };
            }
            None if input.yearly => {
                let _ = builder.standard_yearly(&input.key, Standard::Uniform, 0.5);
            }
            None => {
                let _ = builder.standard(&input.key, Standard::Uniform, 0.5);
            }
        }
    }
    builder
}
