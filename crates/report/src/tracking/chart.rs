//! Savings by year before and after the figures, with these on them.

use super::{Bands, Tracking};
use crate::chart::fan::{Fan, Line, Mark, Panel, Timing};
use crate::chart::over_years::OverYears;
use crate::chart::{ALONE, Heading, INK, PLAN, Swatch};
use crate::figure::Figure;
use crate::words;
use engine::outcomes::Outcome;

/// The chart; none where the scenario saves nothing in any future.
pub(super) fn savings(report: &Tracking) -> Option<OverYears> {
    let measure = Outcome::SavingCashable.whole();
    let found: Vec<_> = report.scenario.years.iter().filter_map(|year| report.outcome(&measure.at(year))).collect();
    let at = |pick: fn(&Bands) -> Option<Figure>, now: bool| -> Vec<Option<f64>> {
        let of =
            |own: &&super::OutcomeReport| pick(if now { own.now.as_ref()? } else { &own.then }).map(|own| own.value);
        found.iter().map(of).collect()
    };
    let largest = at(|own| own.p90, false).into_iter().flatten().fold(0.0, f64::max);
    if found.is_empty() || largest <= 0.0 {
        return None;
    }
    let good = report.weights.good;
    let gaps = |values: Vec<Option<f64>>| values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    let fan = Fan {
        p10: gaps(at(|own| own.p10, good)),
        p25: gaps(at(|own| own.p25, good)),
        p50: gaps(at(|own| own.p50, good)),
        p75: gaps(at(|own| own.p75, good)),
        p90: gaps(at(|own| own.p90, good)),
    };
    let line = |name: &str, label: &str, values, (colour, dashed)| Line {
        name: name.to_owned(),
        label: label.to_owned(),
        values,
        colour,
        dashed,
    };
    let before = (ALONE, true);
    let mut lines = vec![line("plan", "plan", found.iter().map(|own| own.plan).collect(), (PLAN, false))];
    if good {
        lines.push(line("P10 before", "", at(|own| own.p10, false), before));
        lines.push(line("P50 before", "median before", at(|own| own.p50, false), before));
        lines.push(line("P90 before", "P90 before", at(|own| own.p90, false), before));
    }
    let marks = marks(report);
    let mut legend = vec![(Swatch::Line(PLAN, false), "plan".to_owned())];
    if good {
        legend.push((Swatch::Line(before.0, true), "P10, P50, P90 before".to_owned()));
    }
    if !marks.is_empty() {
        legend.push((Swatch::Diamond(INK), "reported".to_owned()));
    }
    let panel = Panel {
        unit: "£m".to_owned(),
        years: report.scenario.years.clone(),
        timing: Timing::Over,
        fan: Some(fan),
        median_label: (if good { "median now" } else { "median" }).to_owned(),
        lines,
        marks,
        zero: true,
        ..Panel::default()
    };
    Some(OverYears { name: "tracked-savings", heading: heading(report), panel, legend })
}

fn heading(report: &Tracking) -> Heading {
    let title = match report.targets.first().and_then(|target| {
        let own = report.outcome(&Outcome::Met.of_target(&target.name))?;
        Some((target, own.then.mean?, own.now?.mean?))
    }) {
        Some((target, then, now)) => {
            format!(
                "\"{}\": a chance of {} after the figures, {} before",
                target.name,
                words::percent(now),
                words::percent(then)
            )
        }
        None if report.weights.good => "Savings before and after the figures".to_owned(),
        None => "These futures do not reach what was reported".to_owned(),
    };
    let known =
        report.as_of.as_ref().map_or_else(String::new, |month| format!(" and known by {}", words::named(month)));
    let subtitle = format!(
        "Cashable saving by year, £m: futures weighed by what was reported{known}. A saving implemented by a date is an annual rate, and stands at \
         its date"
    );
    Heading { title, subtitle }
}

/// The figures that are savings.
fn marks(report: &Tracking) -> Vec<Mark> {
    let savings = [Outcome::SavingCashable.whole(), Outcome::ImplementedSaving.whole()];
    let of = |own: &super::FigureReport| Mark {
        time: own.when.middle(report.first_year),
        value: own.value,
        high: own.high,
        ring: None,
    };
    report.figures.iter().filter(|own| savings.contains(&own.measure)).map(of).collect()
}
