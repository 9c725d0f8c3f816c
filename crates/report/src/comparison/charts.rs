//! What the charts of a comparison show, filled from its figures.

mod asked;

use super::findings::Verdict;
use super::labels::{for_charts, quoted};
use super::{Comparison, MeasureReport, promise_name};
use crate::chart::fan::{Line, Panel};
use crate::chart::matrix::{Cell, Matrix};
use crate::chart::overlay::{Curve, Overlay};
use crate::chart::risk_return::{Point, RiskReturn};
use crate::chart::savings_overlay::SavingsOverlay;
use crate::chart::{Chart, Heading, Swatch, option_colour};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use crate::words;
use engine::outcomes::{Outcome, OutcomeId};
use engine::statistics::combined;

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

    pub(super) fn of(report: &Comparison, figures: &impl Figures, asked: &[OutcomeId]) -> Self {
        let names = &for_charts(&report.labels);
        Self {
            foot: foot(report),
            savings: savings(report, names),
            npv: npv(report, names, figures),
            differences: differences(report, names, figures),
            risk_return: risk_return(report, names),
            forces: forces(report, names),
            asked: asked::spreads(report, names, figures, asked),
            chances: asked::chances(report, names, asked),
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

fn npv(report: &Comparison, names: &[String], figures: &impl Figures) -> Option<Overlay> {
    let npv = report.measure(&Outcome::Npv.whole())?;
    let curves = names.iter().enumerate().map(|(o, name)| Curve {
        name: name.clone(),
        points: exceedance(figures, &analysis::own(o, Outcome::Npv.id())),
        colour: option_colour(o),
    });
    let title = match Verdict::of(report, npv) {
        Verdict::Leads { best, .. } => {
            let ahead = match (npv.options.len(), npv.options.get(1).and_then(|other| other.against.as_ref())) {
                (2, Some(against)) => if best == 1 { against.better } else { against.worse }
                    .map(|ahead| format!(", and is ahead in {} of futures", words::percent(ahead))),
                _ => npv.options[best]
                    .first
                    .map(|first| format!(", and comes first in {} of futures, ties shared", words::percent(first))),
            };
            let best = report.called(best, &names[best]);
            format!(
                "{} has the highest net present value on average{}",
                words::capital(&best),
                ahead.unwrap_or_default()
            )
        }
        Verdict::Alike => "Net present value is all but the same on average under every option".to_owned(),
        Verdict::Unclear { .. } | Verdict::Unsettled => {
            "No option clearly has the highest net present value on average".to_owned()
        }
        Verdict::SizeForSize { .. } | Verdict::UnclearForSize => {
            "Net present value of options for different forces: not a ranking, as they differ in size".to_owned()
        }
    };
    let subtitle = format!("Chance that net present value over {} is at least the amount below", report.horizon.says());
    Some(Overlay {
        file: "npv-exceedance".to_owned(),
        heading: Heading { title, subtitle },
        unit: format!("net present value, £m, {} prices", report.horizon.prices),
        curves: curves.collect(),
        of: None,
    })
}

/// Differences from the baseline; none between options of different forces.
fn differences(report: &Comparison, names: &[String], figures: &impl Figures) -> Option<Overlay> {
    let npv = report.measure(&Outcome::Npv.whole()).filter(|_| report.horizon.same_forces)?;
    let base = report.called(0, names.first()?);
    let curves = names.iter().enumerate().skip(1).map(|(o, name)| Curve {
        name: name.clone(),
        points: exceedance(figures, &analysis::difference(o, Outcome::Npv.id())),
        colour: option_colour(o),
    });
    let each: Vec<String> = (1..report.options.len())
        .filter_map(|o| {
            let better = npv.options[o].against.as_ref()?.better?;
            Some(format!("{} in {}", report.called(o, &names[o]), words::percent(better)))
        })
        .collect();
    let often = |o: &usize| {
        npv.options[*o].against.as_ref().and_then(|against| against.better).map_or(0.0, |better| better.value)
    };
    let title = match (1..report.options.len()).max_by(|a, b| often(a).total_cmp(&often(b))) {
        Some(best) if each.len() > 3 => {
            format!("Most often a higher net present value than {base}: {} of futures", each[best - 1])
        }
        _ => format!("A higher net present value than {base}: {} of futures", words::list(&each)),
    };
    let subtitle = format!(
        "Chance that net present value is higher, in the same future, by the amount below or more, over {}",
        report.horizon.says()
    );
    Some(Overlay {
        file: "npv-difference".to_owned(),
        heading: Heading { title, subtitle },
        unit: format!("net present value less that of the baseline, £m, {} prices", report.horizon.prices),
        curves: curves.collect(),
        of: None,
    })
}

fn savings(report: &Comparison, names: &[String]) -> Option<SavingsOverlay> {
    let few = names.len() <= 3;
    let years = axis_of_years(report);
    let mut lines = Vec::new();
    let mut legend = Vec::new();
    for (o, (option, own)) in names.iter().zip(&report.savings).enumerate() {
        let colour = option_colour(o);
        // By calendar an option that starts later has nothing before.
        let before = if report.horizon.aligned == "calendar" { years.len() - own.len() } else { 0 };
        let mut add = |which: &str, pick: fn(&Spread) -> Option<Figure>, dashed: bool| {
            let known = own.iter().map(|year| pick(&year.saving).map(|figure| figure.value));
            let values = std::iter::repeat_n(None, before).chain(known).collect();
            let name = format!("{option} {which}");
            lines.push(Line { name, label: String::new(), values, colour, dashed });
        };
        if few {
            add("P10", |spread| spread.p10, true);
            add("P90", |spread| spread.p90, true);
        }
        add("median", |spread| spread.p50, false);
        legend.push((Swatch::Line(colour, false), option.clone()));
    }
    let last: Vec<Option<Figure>> =
        report.savings.iter().map(|years| years.last().and_then(|year| year.saving.p50)).collect();
    let when = report.horizon.last.as_ref().map_or_else(|| "the last year".to_owned(), Clone::clone);
    let title = match clear_best(&last) {
        _ if !report.horizon.same_forces => {
            "Cashable saving of options for different forces: not a ranking, as they differ in size".to_owned()
        }
        Some((o, saving)) => {
            format!(
                "Median cashable saving in {when} is highest {}: {}",
                report.under_as(o, &names[o]),
                words::money_figure(saving)
            )
        }
        None => format!("Under no option is the median cashable saving in {when} clearly the highest"),
    };
    let shown = if few { "median, and dashed the 10th and 90th percentile" } else { "median" };
    let subtitle = format!("Gross cashable saving of each year, £m cash: {shown}");
    let panel = Panel { unit: "£m".to_owned(), years, lines, zero: true, ..Panel::default() };
    Some(SavingsOverlay { heading: Heading { title, subtitle }, panel, legend })
}

/// The years of the calendar where all options end in the same, else those from each one's start.
fn axis_of_years(report: &Comparison) -> Vec<String> {
    let longest = report.options.iter().max_by_key(|option| option.years.len());
    let years = longest.map_or(&[][..], |option| &option.years[..]);
    if report.horizon.last.is_some() {
        years.to_vec()
    } else {
        (1..=years.len()).map(|t| format!("year {t}")).collect()
    }
}

fn risk_return(report: &Comparison, names: &[String]) -> Option<RiskReturn> {
    let need = report.measure(&Outcome::PeakFundingNeed.whole())?;
    let npv = report.measure(&Outcome::Npv.whole())?;
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
    let point = |(o, name): (usize, &String)| {
        let (own, chance) = (&need.options[o].own, chances[o]?);
        Some(Point {
            name: name.clone(),
            need: (own.p10?.value, own.p50?.value, own.p90?.value),
            chance: chance.value,
            says: words::percent(chance),
            colour: option_colour(o),
        })
    };
    let points: Vec<Point> = names.iter().enumerate().filter_map(point).collect();
    let (likeliest, what) = match promise {
        Some(promise) => {
            let promise = quoted(promise_name(promise));
            (format!("The promise {promise} is likeliest to be kept"), format!("that the promise {promise} is kept"))
        }
        None => {
            let above = "Net present value above 0 is likeliest".to_owned();
            (above, "that net present value is above 0".to_owned())
        }
    };
    let title = match clear_best(&chances) {
        Some((o, chance)) => {
            format!("{likeliest} {}: {} of futures", report.under_as(o, &names[o]), words::percent(chance))
        }
        None => match promise {
            Some(promise) => {
                format!("Under no option is the promise {} clearly likeliest to be kept", quoted(promise_name(promise)))
            }
            None => "Under no option is net present value above 0 clearly likeliest".to_owned(),
        },
    };
    let subtitle = format!("Upwards the chance {what}; across the peak funding need: median, and eight futures in ten");
    Some(RiskReturn { heading: Heading { title, subtitle }, points })
}

/// The largest figure, where it leads the next by more than their errors.
fn clear_best(figures: &[Option<Figure>]) -> Option<(usize, Figure)> {
    let mut known: Vec<(usize, Figure)> =
        figures.iter().enumerate().filter_map(|(o, figure)| Some((o, (*figure)?))).collect();
    known.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let (best, next) = (known.first()?, known.get(1)?);
    let lead = Figure { value: best.1.value - next.1.value, error: combined(best.1.error, next.1.error) };
    lead.clear().then_some(*best)
}

fn forces(report: &Comparison, names: &[String]) -> Option<Matrix> {
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
    let winners: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(o, _)| forces.iter().all(|(_, npv, _)| gains_for_sure(npv.options[*o].own.mean)))
        .map(|(o, name)| report.under_as(o, name))
        .collect();
    let which = if forces.len() == 1 { "this force's share" } else { "each force's share" };
    let title = match &winners[..] {
        [] => format!("Under no option is {which} of net present value clearly above 0 on average"),
        several if several.len() == report.options.len() => {
            format!("Under every option {which} of net present value is above 0 on average")
        }
        [one] => format!("Only {one} is {which} of net present value clearly above 0 on average"),
        several => {
            let under = words::capital(&words::list(several));
            format!("{under} {which} of net present value is above 0 on average")
        }
    };
    let subtitle = format!(
        "Mean share of net present value by force, £m, {} prices, and the chance that it is below 0",
        report.horizon.prices
    );
    Some(Matrix { file: "forces".to_owned(), heading: Heading { title, subtitle }, columns: names.to_vec(), rows })
}

/// Whether a mean is above 0 beyond its error.
fn gains_for_sure(mean: Option<Figure>) -> bool {
    mean.is_some_and(Figure::clear)
}
