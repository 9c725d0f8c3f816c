//! What the charts of a sweep show: a line with bands for one key, a map for two.

use super::{SweepReport, SweptMeasure};
use crate::report::Figure;
use crate::report::chart::matrix::{Cell, Matrix};
use crate::report::chart::sweep_line::{Station, SweepLine};
use crate::report::chart::{Chart, Heading};
use crate::report::data::{RunIdentity, ScenarioFacts};
use crate::report::explanation::label;
use crate::report::words;

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
            format!("{}{mean} passes {way} {level} where {} is {}", swept.label, sweep.name, one.at.rounded(2))
        }
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
    let (Some(from), Some(to)) = (first.own.mean, last.own.mean) else {
        return format!("{}: {}", swept.label, sweep.name);
    };
    let average = if swept.event { "" } else { " on average" };
    let clear = (to.value - from.value).abs() > words::TWO_SIDED_95 * to.error.hypot(from.error);
    if clear {
        format!("{}{average} goes from {} to {} with {}", swept.label, says(swept, from), says(swept, to), sweep.name)
    } else {
        format!("{}{average} hardly changes with {}: {}", swept.label, sweep.name, says(swept, from))
    }
}

/// At how many points of a map the mean is above the level.
fn over_map(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let level = if swept.event { 0.5 } else { 0.0 };
    let known: Vec<Figure> = swept.points.iter().filter_map(|point| point.own.mean).collect();
    let above = known.iter().filter(|mean| mean.value > level).count();
    let what = if swept.event { "above one half" } else { "above 0 on average" };
    let points = match (above, known.len()) {
        (0, _) => "at none of the points".to_owned(),
        (all, points) if all == points => "at every point".to_owned(),
        (some, points) => format!("at {some} of {points} points"),
    };
    format!("{} is {what} {points}: {}", swept.label, words::uncapital(&sweep.name))
}

/// Whether a measure is not the same at every point: what does not vary is told by its sentence.
fn varies(swept: &SweptMeasure) -> bool {
    let first = swept.points.first().map(|point| &point.own);
    swept.points.iter().any(|point| Some(&point.own) != first)
}

fn line(file: String, sweep: &SweepReport, swept: &SweptMeasure) -> SweepLine {
    let percent = if swept.event { 100.0 } else { 1.0 };
    let station = |point: &super::SweptPoint| {
        let own = &point.own;
        let value = |figure: Option<Figure>| figure.map_or(f64::NAN, |figure| figure.value * percent);
        Station {
            at: point.along,
            middle: value(if swept.event { own.mean } else { own.p50 }),
            mean: value(own.mean),
            band: (!swept.event).then(|| [value(own.p10), value(own.p25), value(own.p75), value(own.p90)]),
        }
    };
    let unit = if swept.event { "% of futures" } else { swept.unit };
    let what = if swept.event { "chance" } else { "median, half of futures, eight futures in ten" };
    SweepLine {
        file,
        heading: Heading { title: title(sweep, swept), subtitle: format!("{}, {unit}: {what}", swept.label) },
        unit: unit.to_owned(),
        key: sweep.name.clone(),
        level: if swept.event { 50.0 } else { 0.0 },
        marks: swept.switches.iter().map(|switch| switch.at.value).collect(),
        stations: swept.points.iter().map(station).collect(),
    }
}

fn map(file: String, sweep: &SweepReport, across: &str, columns: &[f64], swept: &SweptMeasure) -> Matrix {
    let level = if swept.event { 0.5 } else { 0.0 };
    let value = |mean: Option<Figure>| mean.map_or(0.0, |mean| mean.value - level);
    let largest = swept.points.iter().map(|point| value(point.own.mean).abs()).fold(1e-12, f64::max);
    let rows = sweep.along.values.iter().enumerate().map(|(i, along)| {
        let cell = |j: usize| {
            let mean = swept.points.get(j * sweep.along.values.len() + i).and_then(|point| point.own.mean);
            let says = |mean| says(swept, mean);
            Cell {
                shade: value(mean) / largest, value: mean.map_or_else(|| "–".to_owned(), says), note: String::new()
            }
        };
        (words::amount(*along, ""), (0..columns.len()).map(cell).collect())
    });
    let split = if swept.event { "blue where it is above one half" } else { "blue where it is above zero" };
    Matrix {
        file,
        heading: Heading {
            title: title(sweep, swept),
            subtitle: format!("Mean, {split}. Down: {}. Across: {}", label(&sweep.along.key), label(across)),
        },
        columns: columns.iter().map(|value| words::amount(*value, "")).collect(),
        rows: rows.collect(),
    }
}
