//! A comparison on one screen of plain text.

use super::{Comparison, MeasureReport, RegimeReport};
use crate::report::figure::Figure;
use crate::report::grid::Table;
use crate::report::terminal::layout::{Laid, with_error};
use crate::report::terminal::{WIDTH, answer};
use crate::report::words;

/// The screen, ending with a line feed.
#[must_use]
pub fn render(report: &Comparison) -> String {
    let names: Vec<String> = report.options.iter().skip(1).map(|option| option.name.clone()).collect();
    let head = format!("{} against {}", words::capital(&words::list(&names)), report.options[0].name);
    let asked: Vec<String> = std::iter::once(head).chain(report.notes.iter().cloned()).collect();
    answer(&asked, &report.findings, &tables(report, &[]), &foot(report))
}

/// The measures of most interest, unless others are asked for.
const USUAL: [&str; 5] = ["npv", "payback", "peak_funding_need", "steady_saving", "unmet_total"];

/// The tables: of the measures asked for, of the usual ones where none are; then promises, forces and funding regimes.
pub(in crate::report) fn tables(report: &Comparison, asked: &[String]) -> Vec<Laid> {
    let usual = || USUAL.map(str::to_owned).to_vec();
    let names = if asked.is_empty() { usual() } else { asked.to_vec() };
    let told = names.iter().filter_map(|name| report.measure(name));
    let spreads = told.filter(|measure| measure.options.iter().all(|own| own.regret.is_some()));
    let spreads = spreads.map(|measure| spread(report, measure));
    spreads.chain([chances(report, asked), forces(report), regimes(report)]).collect()
}

const WIDE: [usize; 8] = [30, 9, 9, 9, 13, 11, 11, 8];

/// A measure: each option's percentiles, its difference from the baseline, its rank and regret.
fn spread(report: &Comparison, measure: &MeasureReport) -> Laid {
    // That it is a present value, its name says.
    let head = format!("{}, {}", measure.label, measure.unit.replace(", present value", ""));
    let mut table = Table::new(&["", "P10", "P50", "P90", "mean change", "better", "first", "regret"]);
    if head.chars().count() < WIDE[0] {
        table.head[0] = head;
    } else {
        table.title = head;
    }
    for (standing, option) in measure.options.iter().zip(&report.options) {
        let missing = if standing.own.missing_means == "never" { "never" } else { "–" };
        let at = |figure: Option<Figure>| figure.map_or_else(|| missing.to_owned(), |figure| figure.rounded(1));
        let against = standing.against.as_ref();
        let regret = standing.regret.as_ref().and_then(|regret| regret.expected);
        table.push([
            option.name.clone(),
            at(standing.own.p10),
            at(standing.own.p50),
            at(standing.own.p90),
            against.map_or_else(|| "baseline".to_owned(), |against| with_error(against.difference.mean, 1, "–")),
            against.map_or_else(String::new, |against| chance(against.better)),
            chance(standing.first),
            regret.map_or_else(|| "–".to_owned(), |figure| figure.rounded(1)),
        ]);
    }
    (table, WIDE.to_vec())
}

/// A table of options with a column for each of `columns`; nothing where there is none.
fn by_option(report: &Comparison, head: &str, columns: &[String], cell: impl Fn(usize, usize) -> String) -> Laid {
    let each = ((WIDTH - WIDE[0]) / columns.len().max(1)).min(26);
    let widths: Vec<usize> = std::iter::once(WIDE[0]).chain(columns.iter().map(|_| each)).collect();
    let mut table = Table::titled(head, &[""]);
    table.head.extend(columns.iter().cloned());
    for (o, option) in report.options.iter().enumerate().filter(|_| !columns.is_empty()) {
        table.push(std::iter::once(option.name.clone()).chain((0..columns.len()).map(|c| cell(o, c))));
    }
    (table, widths)
}

fn chance(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), words::percent)
}

/// The chances of promises, and of other events that were asked for.
fn chances(report: &Comparison, asked: &[String]) -> Laid {
    let event = |measure: &&MeasureReport| measure.options.first().is_some_and(|base| base.regret.is_none());
    let others = asked.iter().filter_map(|name| report.measure(name)).filter(event);
    let mut events: Vec<&MeasureReport> = report.promises().chain(others).collect();
    events.dedup_by(|a, b| a.measure == b.measure);
    let names: Vec<String> = events
        .iter()
        .map(|event| words::promise(&event.measure).map_or_else(|| event.label.clone(), str::to_owned))
        .collect();
    by_option(report, "Chance of each promise to be kept, and of what was asked for", &names, |o, c| {
        chance(events[c].options[o].own.mean)
    })
}

/// Each force that all options have: mean share of net present value and chance to lose.
fn forces(report: &Comparison) -> Laid {
    let forces: Vec<_> = report.forces().collect();
    let names: Vec<String> = forces.iter().map(|force| force.0.clone()).collect();
    by_option(report, "Mean share of net present value, £m (chance to lose)", &names, |o, c| {
        let (_, npv, loses) = &forces[c];
        let value = npv.options[o].own.mean.map_or_else(|| "–".to_owned(), |mean| mean.rounded(1));
        format!("{value} ({})", chance(loses.options[o].own.mean))
    })
}

fn regimes(report: &Comparison) -> Laid {
    let name = |regime: &RegimeReport| format!("{} ({})", regime.regime, chance(regime.share));
    let names: Vec<String> = report.regimes.iter().map(name).collect();
    let head = "Mean net present value, £m, by the funding regime of most years (share of futures); * is the best";
    by_option(report, head, &names, |o, c| {
        let regime = &report.regimes[c];
        let shown = |o: usize| regime.means[o].map(|mean| mean.rounded(1));
        // What reads the same as the best is marked as well.
        let best = regime.best.and_then(shown);
        let star = if shown(o) == best { "* " } else { "" };
        shown(o).map_or_else(|| "–".to_owned(), |mean| format!("{star}{mean}"))
    })
}

pub(in crate::report) fn foot(report: &Comparison) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let each: Vec<String> = report
        .options
        .iter()
        .map(|option| format!("{} {}", option.name, option.hash.chars().take(12).collect::<String>()))
        .collect();
    format!(
        "{} trials, the same draws in every option, {} sampler, seed {}; alliance {}{commit}; {}. \
         better: chance to be better than the baseline; first: chance to be the best of all; regret: how much better the best of \
         the same future is, mean. ± is one Monte Carlo standard error; where it is left out it is below the last digit.",
        words::thousands(run.trials),
        run.sampler,
        run.seed,
        run.version,
        each.join(", ")
    )
}
