//! What a chart shows, for a program that draws it itself: lines over years or values of a key, or curves over amounts.

use super::fan::{Line, Panel};
use super::overlay::Curve;
use super::scene::Colour;
use super::theme::{BLUE, BLUE_MIDDLE};

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Series {
    /// Lines over the same steps.
    Lines {
        /// What the values are.
        unit: String,
        /// The steps.
        over: Over,
        /// The lines.
        lines: Vec<Line>,
    },
    /// Falling curves: an amount, and the chance of at least that.
    Curves {
        /// What the amounts are.
        unit: String,
        /// The curves.
        curves: Vec<Curve>,
    },
}

/// What lines go over.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// Years.
    Years(Vec<String>),
    /// Values of a key, and what it is called.
    Key(String, Vec<f64>),
}

/// Most points of a curve.
const POINTS: usize = 41;

/// The lines of a panel, those of its fan first.
pub(super) fn of_panel(panel: &Panel) -> Series {
    let of_fan = panel.fan.iter().flat_map(|fan| {
        let ends = [("P10", &fan.p10, true), ("Median", &fan.p50, false), ("P90", &fan.p90, true)];
        ends.map(|(name, values, is_end)| Line {
            name: name.to_owned(),
            label: String::new(),
            values: values.iter().map(|value| value.is_finite().then_some(*value)).collect(),
            colour: if is_end { BLUE_MIDDLE } else { BLUE },
            dashed: false,
        })
    });
    let lines = of_fan.chain(panel.lines.iter().cloned()).collect();
    Series::Lines { unit: panel.unit.clone(), over: Over::Years(panel.years.clone()), lines }
}

/// Curves, with fewer points.
pub(super) fn of_curves<'a>(
    unit: &str,
    curves: impl IntoIterator<Item = (&'a str, &'a [(f64, f64)], Colour)>,
) -> Series {
    let thin = |points: &[(f64, f64)]| {
        let step = points.len().div_ceil(POINTS).max(1);
        let finite = points.iter().filter(|point| point.0.is_finite());
        finite.step_by(step).copied().collect::<Vec<_>>()
    };
    let curves =
        curves.into_iter().map(|(name, points, colour)| Curve { name: name.to_owned(), points: thin(points), colour });
    Series::Curves { unit: unit.to_owned(), curves: curves.collect() }
}
