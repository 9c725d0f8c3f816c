//! A comparison on one screen of plain text.

use super::size::{differ as differ_in_size, pence, pence_with_error};
use super::{Comparison, MeasureReport, RegimeReport, differing};
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::terminal::layout::{Laid, with_error};
use crate::terminal::{WIDTH, answer};
use crate::words;
use engine::outcomes::{Outcome, OutcomeId};

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &Comparison, width: usize) -> String {
    let each = report.options.iter().zip(&report.labels).enumerate().map(|(o, (option, label))| {
        let what = if o == 0 { "Baseline" } else { "Option" };
        let called = if option.title.ends_with(label.as_str()) { String::new() } else { format!(", here \"{label}\"") };
        format!("{what}: {}{called}", option.title)
    });
    let asked: Vec<String> = each.chain(report.notes.iter().cloned()).collect();
    let told: Vec<Laid> = differ(report, false).into_iter().chain(tables(report, &[])).collect();
    answer(&asked, &report.findings, &told, &foot(report), width)
}

/// In what the options differ, where they do; with sources where cells may be as long as they are.
pub(crate) fn differ(report: &Comparison, with_sources: bool) -> Option<Laid> {
    differing::table(report, &capitals(report), with_sources)
}

/// What has every measure of every option.
const FILE: &str = "comparison.csv";

/// The measures of most interest, unless others are asked for.
const USUAL: [Outcome; 5] =
    [Outcome::Npv, Outcome::Payback, Outcome::PeakFundingNeed, Outcome::SteadySaving, Outcome::UnmetTotal];

/// The tables: of the measures asked for, of the usual ones where none are; then promises, forces and funding regimes.
pub(crate) fn tables(report: &Comparison, asked: &[OutcomeId]) -> Vec<Laid> {
    let usual = || USUAL.map(Outcome::whole).to_vec();
    let names = if asked.is_empty() { usual() } else { asked.to_vec() };
    let told = names.iter().filter_map(|name| report.measure(name));
    let spreads = told.filter(|measure| measure.modelled && !measure.event);
    let spreads = spreads.map(|measure| spread(report, measure));
    let more = [for_its_size(report), chances(report, asked), forces(report), horizons(report), regimes(report)];
    spreads.chain(more).collect()
}

const WIDE: [usize; 8] = [30, 9, 9, 9, 13, 11, 11, 8];

/// A measure: each option's percentiles, its difference from the baseline, its rank and regret.
fn spread(report: &Comparison, measure: &MeasureReport) -> Laid {
    let head = format!("{}, {}", measure.label, unit(report, measure.unit));
    let mut table = Table::new(&["", "P10", "P50", "P90", "mean change", "better", "first", "regret"]).whole_in(FILE);
    table.whole_names = true;
    // What is larger because an option is larger ranks nothing where options are about different forces.
    let ranks = report.horizon.same_forces;
    if !ranks {
        "The options are about different forces: this does not rank them.".clone_into(&mut table.note);
    }
    if ranks && measure.options.iter().any(|standing| standing.own.may_not_come()) {
        let there = words::comes(&measure.measure);
        table.note = format!("Mean change: of the futures in which {there} under both.");
        if let Some(nobody) = measure.nobody_first.filter(|nobody| nobody.value > 0.0) {
            table.note.push_str(&format!(" First: under none in {}.", words::percent(nobody)));
        }
    }
    if head.chars().count() < WIDE[0] {
        table.head[0] = head;
    } else {
        table.title = head;
    }
    for (standing, label) in measure.options.iter().zip(&capitals(report)) {
        let missing = if standing.own.missing_means == "never" { "never" } else { "–" };
        let at = |figure: Option<Figure>| figure.map_or_else(|| missing.to_owned(), |figure| figure.rounded(1));
        let against = standing.against.as_ref();
        let regret = standing.regret.as_ref().and_then(|regret| regret.expected);
        if !ranks {
            let own = [standing.own.p10, standing.own.p50, standing.own.p90].map(at);
            table.push(std::iter::once(label.clone()).chain(own).chain(["–"; 4].map(str::to_owned)));
            continue;
        }
        table.push([
            label.clone(),
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

/// The narrowest column in which a figure with a chance fits.
const NARROWEST: usize = 12;

/// A table of options with a column for each of `columns`; nothing where there is none.
fn by_option(report: &Comparison, head: &str, columns: &[String], cell: impl Fn(usize, usize) -> String) -> Laid {
    let each = ((WIDTH - WIDE[0]) / columns.len().clamp(1, (WIDTH - WIDE[0]) / NARROWEST)).min(26);
    let widths: Vec<usize> = std::iter::once(WIDE[0]).chain(columns.iter().map(|_| each)).collect();
    let mut table = Table::titled(head, &[""]).whole_in(FILE);
    table.head.extend(columns.iter().cloned());
    table.whole_names = true;
    for (o, label) in capitals(report).iter().enumerate().filter(|_| !columns.is_empty()) {
        table.push(std::iter::once(label.clone()).chain((0..columns.len()).map(|c| cell(o, c))));
    }
    (table, widths)
}

fn chance(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), words::percent)
}

/// The chances of promises, and of other events that were asked for.
fn chances(report: &Comparison, asked: &[OutcomeId]) -> Laid {
    let event = |measure: &&MeasureReport| measure.modelled && measure.event;
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
    by_option(
        report,
        &format!("Mean share of net present value, £m, {} prices (chance to lose)", report.horizon.prices),
        &names,
        |o, c| {
            let (_, npv, loses) = &forces[c];
            let value = npv.options[o].own.mean.map_or_else(|| "–".to_owned(), |mean| mean.rounded(1));
            format!("{value} ({})", chance(loses.options[o].own.mean))
        },
    )
}

/// A mean, marked where it is the best, or reads the same; options of different forces are not ranked by amounts.
fn marked(report: &Comparison, means: &[Option<Figure>], best: Option<usize>, o: usize) -> String {
    let shown = |o: usize| means[o].map(|mean| mean.rounded(1));
    let best = best.filter(|_| report.horizon.same_forces).and_then(shown);
    let star = if best.is_some() && shown(o) == best { "* " } else { "" };
    shown(o).map_or_else(|| "–".to_owned(), |mean| format!("{star}{mean}"))
}

fn means_of_npv(report: &Comparison, by: &str) -> String {
    let star = match (report.horizon.same_forces, report.variants) {
        (true, true) => "; * is the highest",
        (true, false) => "; * is the best",
        _ => "",
    };
    format!("Mean net present value, £m, {} prices, {by}{star}", report.horizon.prices)
}

fn regimes(report: &Comparison) -> Laid {
    let name = |regime: &RegimeReport| format!("{} ({})", regime.regime, chance(regime.share));
    let names: Vec<String> = report.regimes.iter().map(name).collect();
    let head = means_of_npv(report, "by the funding regime of most years (share of futures)");
    by_option(report, &head, &names, |o, c| marked(report, &report.regimes[c].means, report.regimes[c].best, o))
}

/// The horizon of the comparison beside the others that options have themselves; nothing where there are none.
fn horizons(report: &Comparison) -> Laid {
    let npv = report.measure(&Outcome::Npv.whole()).filter(|_| !report.horizons.is_empty());
    let name = |years: usize, last: &Option<String>| match last {
        Some(last) => format!("{years} years, to {last}"),
        None => format!("{years} years"),
    };
    let mut columns: Vec<(String, Vec<Option<Figure>>, Option<usize>)> =
        report.horizons.iter().map(|other| (name(other.years, &other.last), other.means.clone(), other.best)).collect();
    if let Some(npv) = npv {
        let means = npv.options.iter().map(|standing| standing.own.mean).collect();
        let own = &report.horizon;
        columns.push((name(own.years, &own.last), means, npv.ranking.first().copied()));
    }
    columns.sort_by_key(|(name, ..)| name.split(' ').next().and_then(|years| years.parse::<usize>().ok()));
    let names: Vec<String> = columns.iter().map(|(name, ..)| name.clone()).collect();
    let head = means_of_npv(report, "by horizon");
    by_option(report, &head, &names, |o, c| marked(report, &columns[c].1, columns[c].2, o))
}

/// What each option is worth for its size, where sizes differ.
fn for_its_size(report: &Comparison) -> Laid {
    let columns = if differ_in_size(&report.sizes) { &["in scope, £m", "mean", "P10", "P50", "P90"][..] } else { &[] };
    let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let head = "Net present value for each £ of yearly budget in scope";
    by_option(report, head, &columns, |o, c| {
        let size = &report.sizes[o];
        let rate = [size.mean, size.mean, size.p10, size.p50, size.p90][c];
        match c {
            0 if size.in_scope > 0.0 => format!("{:.1}", size.in_scope),
            0 => "–".to_owned(),
            1 => rate.map_or_else(|| "–".to_owned(), pence_with_error),
            _ => rate.map_or_else(|| "–".to_owned(), pence),
        }
    })
}

/// Labels as the names of rows.
fn capitals(report: &Comparison) -> Vec<String> {
    report.labels.iter().map(|label| words::capital(label)).collect()
}

/// A unit, with the year of its prices.
fn unit(report: &Comparison, unit: &str) -> String {
    words::unit_in(unit, &report.horizon.prices)
}

/// What the words mean.
#[must_use]
pub fn foot(report: &Comparison) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    let each: Vec<String> = report
        .options
        .iter()
        .zip(&report.labels)
        .map(|(option, label)| {
            let hash: String = option.hash.chars().take(12).collect();
            format!("\"{label}\" is scenario {} {hash}, {}", option.name, option.span())
        })
        .collect();
    format!(
        "{} trials, the same draws in every option, {} sampler, seed {}; alliance {}{commit}; {}. \
         better: chance to be better than the baseline; first: chance to be the best of all, equals \
         sharing the place; regret: how much better the best of the same future is, mean. {STANDARD_ERROR}",
        words::thousands(run.trials),
        run.sampler,
        run.seed,
        run.version,
        each.join("; ")
    )
}
