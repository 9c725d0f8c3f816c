//! What the charts of a comparison show, filled from its figures.

mod asked;

use super::findings::{lead, tells_apart};
use super::{Comparison, MeasureReport, promise_name};
use crate::decisions;
use crate::report::chart::fan::{Line, Panel};
use crate::report::chart::matrix::{Cell, Matrix};
use crate::report::chart::overlay::{Curve, Overlay};
use crate::report::chart::risk_return::{Point, RiskReturn};
use crate::report::chart::savings_overlay::SavingsOverlay;
use crate::report::chart::{Chart, Heading, Swatch, option_colour};
use crate::report::data::ScenarioFacts;
use crate::report::figure::{Figure, Spread};
use crate::report::source::Figures;
use crate::report::words;

/// Points of a curve.
const POINTS: usize = 121;

/// The charts of a comparison; what the options do not share is missing.
#[derive(Debug, Clone, Default)]
pub struct ComparisonCharts {
    /// Source, trials, seed and hashes, at the foot of each.
    pub foot: String,
    savings: Option<SavingsOverlay>,
    npv: Option<Overlay>,
    differences: Option<Overlay>,
    risk_return: Option<RiskReturn>,
    forces: Option<Matrix>,
    /// Of measures that were asked for.
    asked: Vec<Overlay>,
    chances: Option<Matrix>,
}

impl ComparisonCharts {
    /// The charts that there are, in the order of reading.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Chart> {
        fn one<T: Chart>(chart: &Option<T>) -> Option<&dyn Chart> {
            chart.as_ref().map(|chart| chart as &dyn Chart)
        }
        let all =
            [one(&self.npv), one(&self.differences), one(&self.savings), one(&self.risk_return), one(&self.forces)];
        let asked = self.asked.iter().map(|chart| chart as &dyn Chart);
        asked.chain(one(&self.chances)).chain(all.into_iter().flatten()).collect()
    }

    pub(super) fn of(report: &Comparison, figures: &impl Figures, asked: &[String]) -> Self {
        Self {
            foot: foot(report),
            savings: savings(report),
            npv: npv(report, figures),
            differences: differences(report, figures),
            risk_return: risk_return(report),
            forces: forces(report),
            asked: asked::spreads(report, figures, asked),
            chances: asked::chances(report, asked),
        }
    }
}

fn foot(report: &Comparison) -> String {
    let run = &report.run;
    let each: Vec<String> = report
        .options
        .iter()
        .map(|option| format!("{} ({})", option.name, option.hash.chars().take(12).collect::<String>()))
        .collect();
    format!(
        "Source: alliance {}, scenarios {}. {} trials on the same draws, {} sampler, seed {}.",
        run.version,
        words::list(&each),
        words::thousands(run.trials),
        run.sampler,
        run.seed
    )
}

fn exceedance(figures: &impl Figures, column: &str) -> Vec<(f64, f64)> {
    let spread = figures.distribution(column, POINTS);
    // From the top: where every future gives the same, the curve is a step.
    let top = spread.first().map(|(value, _)| (*value, 1.0));
    top.into_iter().chain(spread.into_iter().map(|(value, below)| (value, 1.0 - below))).collect()
}

fn npv(report: &Comparison, figures: &impl Figures) -> Option<Overlay> {
    let npv = report.measure("npv")?;
    let curves = report.options.iter().enumerate().map(|(o, option)| Curve {
        name: option.name.clone(),
        points: exceedance(figures, &decisions::own(o, "npv")),
        colour: option_colour(o),
    });
    let best = *npv.ranking.first()?;
    let clear = tells_apart(npv) && lead(npv).is_some_and(Figure::clear);
    let title = match npv.options[best].first.filter(|_| clear) {
        Some(often) => format!(
            "{} is worth most on average, and in {} of futures",
            words::capital(&report.options[best].name),
            words::percent(often)
        ),
        None => "No option is clearly worth most on average".to_owned(),
    };
    let subtitle =
        "Chance that net present value is at least the amount below; options of equal value share a future".to_owned();
    Some(Overlay {
        file: "npv-exceedance".to_owned(),
        heading: Heading { title, subtitle },
        unit: "net present value, £m in first-year prices".to_owned(),
        curves: curves.collect(),
    })
}

fn differences(report: &Comparison, figures: &impl Figures) -> Option<Overlay> {
    let npv = report.measure("npv")?;
    let base = &report.options[0].name;
    let curves = report.options.iter().enumerate().skip(1).map(|(o, option)| Curve {
        name: option.name.clone(),
        points: exceedance(figures, &decisions::difference(o, "npv")),
        colour: option_colour(o),
    });
    let each: Vec<String> = (1..report.options.len())
        .filter_map(|o| {
            let better = npv.options[o].against.as_ref()?.better?;
            Some(format!("{} in {}", report.options[o].name, words::percent(better)))
        })
        .collect();
    let often = |o: &usize| {
        npv.options[*o].against.as_ref().and_then(|against| against.better).map_or(0.0, |better| better.value)
    };
    let title = match (1..report.options.len()).max_by(|a, b| often(a).total_cmp(&often(b))) {
        Some(best) if each.len() > 3 => {
            format!("Most often better than {base}: {} of futures", each[best - 1])
        }
        _ => format!("Better than {base}: {} of futures", words::list(&each)),
    };
    let subtitle = format!(
        "Chance that net present value is higher than with {base}, in the same future, by the amount below or more"
    );
    Some(Overlay {
        file: "npv-difference".to_owned(),
        heading: Heading { title, subtitle },
        unit: format!("difference from {base}, £m in first-year prices"),
        curves: curves.collect(),
    })
}

fn savings(report: &Comparison) -> Option<SavingsOverlay> {
    let few = report.options.len() <= 3;
    let mut lines = Vec::new();
    let mut legend = Vec::new();
    for (o, (option, years)) in report.options.iter().zip(&report.savings).enumerate() {
        let colour = option_colour(o);
        let mut add = |which: &str, pick: fn(&Spread) -> Option<Figure>, dashed: bool| {
            let values = years.iter().map(|year| pick(&year.saving).map(|figure| figure.value)).collect();
            let name = format!("{} {which}", option.name);
            lines.push(Line { name, label: String::new(), values, colour, dashed });
        };
        if few {
            add("P10", |spread| spread.p10, true);
            add("P90", |spread| spread.p90, true);
        }
        add("median", |spread| spread.p50, false);
        legend.push((Swatch::Line(colour, false), option.name.clone()));
    }
    let last: Vec<Option<Figure>> =
        report.savings.iter().map(|years| years.last().and_then(|year| year.saving.p50)).collect();
    let same = report.options.iter().all(|option| option.years == report.options[0].years);
    let years = if same {
        report.options[0].years.clone()
    } else {
        (1..=report.savings[0].len()).map(|t| format!("year {t}")).collect()
    };
    let title = match clear_best(&last) {
        Some((o, saving)) => format!(
            "In the last year {} saves most at the median: {}",
            report.options[o].name,
            words::money_figure(saving)
        ),
        None => "In the last year no option clearly saves most at the median".to_owned(),
    };
    let shown = if few { "median, and dashed the 10th and 90th percentile" } else { "median" };
    let subtitle = format!("Gross cashable saving of each year, £m cash: {shown}");
    let panel = Panel { unit: "£m".to_owned(), years, lines, zero: true, ..Panel::default() };
    Some(SavingsOverlay { heading: Heading { title, subtitle }, panel, legend })
}

fn risk_return(report: &Comparison) -> Option<RiskReturn> {
    let need = report.measure("peak_funding_need")?;
    let npv = report.measure("npv")?;
    // Of several promises, that which tells the options apart best.
    let apart = |promise: &MeasureReport| {
        let chances = promise.options.iter().filter_map(|standing| standing.own.mean).map(|mean| mean.value);
        let (low, high) = chances.fold((1.0_f64, 0.0_f64), |(low, high), chance| (low.min(chance), high.max(chance)));
        high - low
    };
    let promise = report.promises().max_by(|a, b| apart(a).total_cmp(&apart(b)));
    let chances: Vec<Option<Figure>> = match promise {
        Some(promise) => promise.options.iter().map(|standing| standing.own.mean).collect(),
        None => npv.options.iter().map(|standing| standing.above_zero).collect(),
    };
    let point = |(o, option): (usize, &ScenarioFacts)| {
        let (own, chance) = (&need.options[o].own, chances[o]?);
        Some(Point {
            name: option.name.clone(),
            need: (own.p10?.value, own.p50?.value, own.p90?.value),
            chance: chance.value,
            says: words::percent(chance),
            colour: option_colour(o),
        })
    };
    let points: Vec<Point> = report.options.iter().enumerate().filter_map(point).collect();
    let what = promise.map_or("net present value above 0", promise_name);
    let title = match clear_best(&chances) {
        Some((o, chance)) => {
            let price = need.options[o]
                .own
                .p50
                .map_or_else(String::new, |p50| format!(", for {} at the median", words::money_figure(p50)));
            format!("The best chance is that of {}: {}{price}", report.options[o].name, words::percent(chance))
        }
        None => "No option has clearly the best chance".to_owned(),
    };
    let subtitle = format!(
        "Chance of \"{what}\" upwards; across, how deep cumulative net falls: median, and eight futures in ten"
    );
    Some(RiskReturn { heading: Heading { title, subtitle }, points })
}

/// The largest figure, where it leads the next by more than their errors.
fn clear_best(figures: &[Option<Figure>]) -> Option<(usize, Figure)> {
    let mut known: Vec<(usize, Figure)> =
        figures.iter().enumerate().filter_map(|(o, figure)| Some((o, (*figure)?))).collect();
    known.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let (best, next) = (known.first()?, known.get(1)?);
    let lead = Figure { value: best.1.value - next.1.value, error: best.1.error.hypot(next.1.error) };
    lead.clear().then_some(*best)
}

fn forces(report: &Comparison) -> Option<Matrix> {
    let forces: Vec<(String, &MeasureReport, &MeasureReport)> = report.forces().collect();
    let value = |npv: &MeasureReport, o: usize| npv.options[o].own.mean.map_or(0.0, |mean| mean.value);
    let largest = forces
        .iter()
        .flat_map(|(_, npv, _)| (0..report.options.len()).map(|o| value(npv, o).abs()))
        .fold(0.0, f64::max);
    if forces.is_empty() || largest <= 0.0 {
        return None;
    }
    let cell = |npv: &MeasureReport, loses: &MeasureReport, o: usize| Cell {
        shade: value(npv, o) / largest,
        value: npv.options[o].own.mean.map_or_else(|| "–".to_owned(), words::money_figure),
        note: loses.options[o].own.mean.map_or_else(String::new, |loses| format!("loses in {}", words::percent(loses))),
    };
    let rows: Vec<(String, Vec<Cell>)> = forces
        .iter()
        .map(|(name, npv, loses)| (name.clone(), (0..report.options.len()).map(|o| cell(npv, loses, o)).collect()))
        .collect();
    let winners: Vec<String> = report
        .options
        .iter()
        .enumerate()
        .filter(|(o, _)| forces.iter().all(|(_, npv, _)| gains_for_sure(npv.options[*o].own.mean)))
        .map(|(_, option)| option.name.clone())
        .collect();
    let title = match &winners[..] {
        [] => "No option is worth something to every force on average".to_owned(),
        [one] => format!("Only {one} is worth something to every force on average"),
        several if several.len() == report.options.len() => {
            "On average every option is worth something to every force".to_owned()
        }
        several => format!("On average {} are worth something to every force", words::list(several)),
    };
    let subtitle =
        "Mean share of net present value by force, £m in first-year prices, and the chance that it is below 0"
            .to_owned();
    Some(Matrix {
        file: "forces".to_owned(),
        heading: Heading { title, subtitle },
        columns: report.options.iter().map(|option| option.name.clone()).collect(),
        rows,
    })
}

/// Whether a mean is above 0 beyond its error.
fn gains_for_sure(mean: Option<Figure>) -> bool {
    mean.is_some_and(Figure::clear)
}
