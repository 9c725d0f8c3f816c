//! The charts of chances over the years: shortages of officers, what has been stopped.

use super::{line, may_not_vest};
use crate::chart::fan::{Line, Mark, Panel, Timing};
use crate::chart::over_years::OverYears;
use crate::chart::{ALONE, BLUE, Heading, INK, Swatch, option_colour};
use crate::data::{AllianceReport, Report, Series};
use crate::figure::Spread;
use crate::words::{self, titles};
use engine::outcomes::Outcome;

pub(super) fn surge(report: &Report) -> Option<OverYears> {
    let percent = |spread: &Spread| spread.mean.map(|mean| mean.value * 100.0);
    let mut lines = Vec::new();
    if let (Some(joint), false) = (report.yearly(Outcome::Shortfall), report.scenario.alone) {
        lines.push(line(joint, ("together", "together"), (BLUE, false), percent));
    }
    lines.push(line(report.yearly(Series::alone(Outcome::Shortfall))?, ("alone", "alone"), (ALONE, true), percent));
    let any = lines.iter().flat_map(|line| line.values.iter().flatten()).any(|share| *share > 0.0);
    let panel = Panel { lines, ..of_futures(report) };
    let subtitle = "Chance, a year, that some force has too few officers for its largest incident".to_owned();
    let heading = Heading { title: titles::surge(report), subtitle };
    any.then_some(OverYears { name: "surge-resilience", heading, panel, legend: Vec::new() })
}

/// A panel of shares of futures by year.
fn of_futures(report: &Report) -> Panel {
    Panel { unit: "% of futures".to_owned(), years: report.scenario.years.clone(), zero: true, ..Panel::default() }
}

/// By when reviews have stopped programmes, and how many platforms are stopped by the end; none without reviews.
pub(super) fn stops(report: &Report) -> Option<OverYears> {
    let reviewed: Vec<&AllianceReport> =
        report.alliances.iter().filter(|alliance| alliance.stopped.is_some_and(|chance| chance.value > 0.0)).collect();
    let line = |(k, alliance): (usize, &&AllianceReport)| Line {
        name: alliance.name.clone(),
        label: alliance.name.clone(),
        values: alliance.stopped_by.iter().map(|by| Some(by.chance.value * 100.0)).collect(),
        colour: option_colour(k),
        dashed: false,
    };
    let ict: Vec<(&str, crate::figure::Figure)> =
        report.alliances.iter().filter_map(|alliance| Some((alliance.name.as_str(), alliance.ict_stopped?))).collect();
    let end = report.scenario.years.len() as f64;
    let mark = |chance: f64| Mark { time: end, value: chance * 100.0, high: None, ring: None };
    let several = ict.len() > 1;
    let each: Vec<String> = ict
        .iter()
        .map(|(name, chance)| {
            let whose = if several { format!("{name} ") } else { String::new() };
            format!("{whose}{}", words::percent(*chance))
        })
        .collect();
    let marked = (!each.is_empty()).then(|| words::first_few(&each, NAMED));
    let legend =
        marked.into_iter().map(|each| (Swatch::Diamond(INK), format!("common ICT stopped by the end: {each}")));
    let panel = Panel {
        lines: reviewed.iter().enumerate().map(line).collect(),
        marks: ict.iter().map(|(_, chance)| mark(chance.value)).collect(),
        timing: Timing::End,
        ..of_futures(report)
    };
    let subtitle = format!(
        "Chance that a review has stopped the programme by the end of each year{}",
        may_not_vest(&report.alliances)
    );
    let heading = Heading { title: titles::stops(report), subtitle };
    (!reviewed.is_empty()).then_some(OverYears { name: "stops", heading, panel, legend: legend.collect() })
}

/// Platforms that the legend names.
const NAMED: usize = 3;
