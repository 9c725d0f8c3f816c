//! What the charts of a sweep show: a line with bands for one key, a map for two.

use super::{SweepReport, SweptMeasure, SweptPoint};
use crate::Figure;
use crate::chart::matrix::{Cell, Matrix};
use crate::chart::sweep_line::{Station, SweepLine};
use crate::chart::{Chart, Heading};
use crate::data::{RunIdentity, ScenarioFacts};
use crate::inputs::Inputs;
use crate::words;
use engine::statistics::combined;

/// The charts of all sweeps.
#[derive(Debug, Clone, Default)]
pub struct SweepCharts {
    /// Source, trials, seed and hash, at the foot of each.
    pub foot: String,
    lines: Vec<SweepLine>,
    maps: Vec<Matrix>,
}

impl SweepCharts {
    /// The charts in the order of reading.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Chart> {
        let lines = self.lines.iter().map(|chart| chart as &dyn Chart);
        lines.chain(self.maps.iter().map(|chart| chart as &dyn Chart)).collect()
    }

    pub(super) fn of(sweeps: &[SweepReport], base: &ScenarioFacts, run: &RunIdentity) -> Self {
        let mut charts = Self { foot: foot(base, run), ..Self::default() };
        for (s, sweep) in sweeps.iter().enumerate() {
            for (m, swept) in sweep.measures.iter().enumerate().filter(|(_, swept)| varies(swept)) {
                let file = format!("sweep-{}-{}", s + 1, m + 1);
                match &sweep.across {
                    Some(across) => charts.maps.push(map(file, sweep, &across.key, &across.values, swept)),
                    None => charts.lines.push(line(file, sweep, swept)),
                }
            }
        }
        charts
    }
}

fn foot(base: &ScenarioFacts, run: &RunIdentity) -> String {
    let hash: String = base.hash.chars().take(12).collect();
    format!(
        "Source: alliance {}, scenario {} ({hash}) with changes. {} trials a point on the same draws, {} sampler, seed {}.",
        run.version,
        base.name,
        words::thousands(run.trials),
        run.sampler,
        run.seed
    )
}

fn title(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let level = if swept.event { "one half" } else { "zero" };
    match &swept.switches[..] {
        [one] => {
            let way = if one.rises { "above" } else { "below" };
            let mean = if swept.event { "" } else { ", on average," };
            let at = Inputs::found(&sweep.along.key, one.at, false);
            format!("{}{mean} passes {way} {level} where {} is {at}", swept.label, sweep.name)
        }
        _ if sweep.is_map() && swept.may_not_come() => over_dates(sweep, swept),
        _ if sweep.is_map() => over_map(sweep, swept),
        _ => over_line(sweep, swept),
    }
}

fn says(swept: &SweptMeasure, figure: Figure) -> String {
    if swept.event { words::percent(figure) } else { words::amount_figure(figure, swept.unit) }
}

/// How far the mean goes along one key.
fn over_line(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let ends = swept.points.first().zip(swept.points.last());
    let Some((first, last)) = ends else { return format!("{}: {}", swept.label, sweep.name) };
    if swept.may_not_come() {
        return never_at_the_ends(sweep, swept, first, last);
    }
    let (Some(from), Some(to)) = (first.own.mean, last.own.mean) else {
        return format!("{}: {}", swept.label, sweep.name);
    };
    let average = if swept.event { "" } else { " on average" };
    let clear = (to.value - from.value).abs() > words::TWO_SIDED_95 * combined(to.error, from.error);
    if clear {
        let parted = parted(swept, first, last);
        format!("{}{average}: {} to {}, by {}{parted}", swept.label, says(swept, from), says(swept, to), sweep.name)
    } else {
        format!("{}{average} hardly changes with {}: {}", swept.label, sweep.name, says(swept, from))
    }
}

/// Where the median goes one way and a tail the other, both.
fn parted(swept: &SweptMeasure, first: &SweptPoint, last: &SweptPoint) -> String {
    let of = |figure: Option<Figure>| figure.map_or_else(String::new, |figure| says(swept, figure));
    match words::tails::parted(&first.own, &last.own, swept.measure.outcome.better()) {
        Some(tail) if !swept.event => format!(
            "; median {} to {}, {} {} to {}",
            of(first.own.p50),
            of(last.own.p50),
            tail.name(),
            of(tail.of(&first.own)),
            of(tail.of(&last.own))
        ),
        _ => String::new(),
    }
}

/// In how many futures a date never comes at either end of one key: its mean would be that of the others alone.
fn never_at_the_ends(sweep: &SweepReport, swept: &SweptMeasure, first: &SweptPoint, last: &SweptPoint) -> String {
    let (Some(from), Some(to)) = (first.own.missing, last.own.missing) else {
        return format!("{}: {}", swept.label, sweep.name);
    };
    let at = |point: &SweptPoint| Inputs::stated(&sweep.along.key, point.along);
    let clear = (to.value - from.value).abs() > words::TWO_SIDED_95 * combined(to.error, from.error);
    let (from, to) = (words::percent(from), words::percent(to));
    if clear {
        format!(
            "{}: never in {from} of futures with {} at {}, in {to} at {}",
            swept.label,
            sweep.name,
            at(first),
            at(last)
        )
    } else {
        format!("{}: never in {from} of futures, whatever {} is", swept.label, sweep.name)
    }
}

/// At how many combinations of two keys the mean is above the level.
fn over_map(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let (level, what) = if swept.event {
        (0.5, "is above one half".to_owned())
    } else {
        (0.0, format!("is above {} on average", words::amount(0.0, swept.unit)))
    };
    let known = swept.points.iter().filter_map(|point| point.own.mean);
    format!("{} {what} {}: {}", swept.label, combinations(known, level), words::uncapital(&sweep.name))
}

/// The same of a date: at how many it comes in most futures.
fn over_dates(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let often = combinations(swept.points.iter().filter_map(SweptPoint::comes), 0.5);
    format!("{}: comes in most futures {often}: {}", swept.label, words::uncapital(&sweep.name))
}

fn combinations(figures: impl Iterator<Item = Figure>, level: f64) -> String {
    let known: Vec<Figure> = figures.collect();
    match (known.iter().filter(|figure| figure.value > level).count(), known.len()) {
        (0, _) => "at no combination of values".to_owned(),
        (all, points) if all == points => "at every combination of values".to_owned(),
        (some, points) => format!("at {some} of {points} combinations of values"),
    }
}

/// Whether a measure is not the same at every point: what does not vary is told by its sentence.
fn varies(swept: &SweptMeasure) -> bool {
    let first = swept.points.first().map(|point| &point.own);
    swept.points.iter().any(|point| Some(&point.own) != first)
}

fn line(file: String, sweep: &SweepReport, swept: &SweptMeasure) -> SweepLine {
    let (key, factor) = Inputs::axis(&sweep.name, &sweep.along.key);
    let dates = swept.may_not_come();
    let percent = if swept.event { 100.0 } else { 1.0 };
    let station = |point: &SweptPoint| {
        let own = &point.own;
        let value = |figure: Option<Figure>| figure.map_or(f64::NAN, |figure| figure.value * percent);
        Station {
            at: point.along * factor,
            middle: value(if swept.event { own.mean } else { own.p50 }),
            mean: value(own.mean),
            band: (!swept.event).then(|| [value(own.p10), value(own.p25), value(own.p75), value(own.p90)]),
            never: own.missing.filter(|_| dates).map(|never| never.value * 100.0),
        }
    };
    let unit = if swept.event { "% of futures" } else { &swept.shown_unit };
    let what = match (swept.event, dates) {
        (true, _) => format!(", {unit}"),
        // Its label says that it counts years.
        (_, true) => ": percentiles; a line ends where at its rank it never comes".to_owned(),
        _ => format!(", {unit}: median, half of futures, eight futures in ten"),
    };
    SweepLine {
        file,
        heading: Heading { title: title(sweep, swept), subtitle: format!("{}{what}", swept.label) },
        unit: unit.to_owned(),
        key,
        level: if swept.event { 50.0 } else { 0.0 },
        marks: swept.switches.iter().map(|switch| switch.at.value * factor).collect(),
        stations: swept.points.iter().map(station).collect(),
    }
}

fn map(file: String, sweep: &SweepReport, across: &str, columns: &[f64], swept: &SweptMeasure) -> Matrix {
    let dates = swept.may_not_come();
    let level = if swept.event || dates { 0.5 } else { 0.0 };
    let figure = |point: &SweptPoint| if dates { point.comes() } else { point.own.mean };
    let value = |figure: Option<Figure>| figure.map_or(0.0, |figure| figure.value - level);
    let largest = swept.points.iter().map(|point| value(figure(point)).abs()).fold(1e-12, f64::max);
    let rows = sweep.along.values.iter().enumerate().map(|(i, along)| {
        let cell = |j: usize| {
            let point = swept.points.get(j * sweep.along.values.len() + i);
            let own = point.and_then(figure);
            let says = |own| if dates { words::percent(own) } else { says(swept, own) };
            let median = |point: &SweptPoint| match point.own.p50 {
                Some(p50) => format!("median {}", words::amount_figure(p50, swept.unit)),
                None => "median: never".to_owned(),
            };
            Cell {
                shade: value(own) / largest,
                value: own.map_or_else(|| "–".to_owned(), says),
                note: point.filter(|_| dates).map(median).unwrap_or_default(),
            }
        };
        (Inputs::stated(&sweep.along.key, *along), (0..columns.len()).map(cell).collect())
    });
    let what = match (swept.event, dates) {
        (_, true) => "Share of futures in which it comes; blue above one half".to_owned(),
        (true, _) => "Chance; blue above one half".to_owned(),
        _ => format!("Mean, {}; blue above zero", swept.shown_unit),
    };
    Matrix {
        file,
        heading: Heading {
            title: title(sweep, swept),
            subtitle: format!("{what}. Down: {}. Across: {}", Inputs::titled(&sweep.along.key), Inputs::titled(across)),
        },
        columns: columns.iter().map(|value| Inputs::stated(across, *value)).collect(),
        rows: rows.collect(),
    }
}
