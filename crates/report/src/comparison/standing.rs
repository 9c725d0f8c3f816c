//! How options stand to one another in each measure, and which dominates.

use super::{Against, MeasureReport, Regret, Standing};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use crate::words;
use analysis::{self, Dominance, Measure, Merits, dominance};
use engine::outcomes::{Better, Missing};
use engine::statistics::Percentile;

/// How `count` options stand in each measure.
#[must_use]
pub fn side_by_side(measures: &[Measure], count: usize, figures: &impl Figures) -> Vec<MeasureReport> {
    measures.iter().map(|measure| stand(measure, count, figures)).collect()
}

fn stand(measure: &Measure, count: usize, figures: &impl Figures) -> MeasureReport {
    let name = &measure.name;
    let options: Vec<Standing> = (0..count)
        .map(|o| Standing {
            own: Spread::of(figures, &analysis::own(o, name)).unwrap_or_default(),
            above_zero: figures
                .chance_at_most(&analysis::own(o, name), 0.0)
                .filter(|_| !measure.is_event())
                .map(|most| Figure::from(most).complement()),
            first: figures.mean(&analysis::first(o, name)).map(Figure::from),
            regret: regret(figures, &analysis::regret(o, name)),
            against: (o > 0).then(|| against(measure, o, figures)),
        })
        .collect();
    // Where neither way is better nobody is ranked.
    let ranked = if measure.better == Better::Neither { 0 } else { count };
    let mut ranking: Vec<usize> = (0..ranked).collect();
    let merit = |o: &usize| rank_by(measure, &options[*o].own);
    ranking.sort_by(|a, b| merit(b).total_cmp(&merit(a)));
    MeasureReport {
        measure: measure.outcome.clone(),
        label: words::row_name(&measure.outcome),
        unit: measure.unit.label(),
        better: match measure.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        },
        options,
        nobody_first: figures.mean(&analysis::nobody_first(name)).map(Figure::from),
        ranking,
        event: measure.is_event(),
        modelled: true,
    }
}

/// By what options are ranked: the mean, or, of a date that may never come, the median.
fn rank_by(measure: &Measure, own: &Spread) -> f64 {
    let value = if measure.missing == Missing::Never { own.p50 } else { own.mean };
    let merit = match value {
        Some(figure) => measure.merit(figure.value),
        // A median that never comes.
        None if measure.missing == Missing::Never => measure.merit(f64::NAN),
        None => f64::NEG_INFINITY,
    };
    if merit.is_nan() { f64::NEG_INFINITY } else { merit }
}

fn regret(figures: &impl Figures, name: &str) -> Option<Regret> {
    figures.unit(name)?;
    let p99 = match figures.percentile(name, 0.99) {
        Some(Percentile::At(estimate)) => Some(Figure::from(estimate)),
        _ => None,
    };
    let expected = figures.mean(name).map(Figure::from);
    Some(Regret { expected, p99, largest_met: figures.largest(name) })
}

fn against(measure: &Measure, o: usize, figures: &impl Figures) -> Against {
    let name = &measure.name;
    let difference = Spread::of(figures, &analysis::difference(o, name)).unwrap_or_default();
    let standing = |option: usize| {
        let column = analysis::own(option, name);
        // Those that never come have no amount.
        let whole = figures.missing(&column).is_none_or(|missing| missing.value <= 0.0);
        whole.then_some(Counted { figures, column, lower: measure.better == Better::Lower })
    };
    let order = |one: usize, other: usize| {
        (!measure.is_event()).then(|| {
            let apart = difference.mean.map(|mean| {
                let way = if (one > other) == (measure.better == Better::Lower) { -1.0 } else { 1.0 };
                (way * mean.value, mean.error)
            });
            match (standing(one), standing(other), apart) {
                (Some(one), Some(other), Some(apart)) => match dominance(&one, &other, apart) {
                    Dominance::First => "first",
                    Dominance::Second => "second",
                    Dominance::None => "none",
                },
                _ => "none",
            }
        })
    };
    Against {
        better: figures.mean(&analysis::better(o, name)).map(Figure::from),
        worse: figures.mean(&analysis::worse(o, name)).map(Figure::from),
        dominates: order(o, 0),
        dominated: order(0, o),
        difference,
    }
}

/// An option's distribution of a measure as it was counted, more being better.
struct Counted<'a, F> {
    figures: &'a F,
    column: String,
    /// Whether less of the measure is better.
    lower: bool,
}

impl<F: Figures> Merits for Counted<'_, F> {
    fn trials(&self) -> f64 {
        self.figures.trials() as f64
    }

    fn at_most(&self, merit: f64) -> (f64, f64) {
        let chance = if self.lower {
            self.figures.chance_at_least(&self.column, -merit)
        } else {
            self.figures.chance_at_most(&self.column, merit)
        };
        chance.map_or((f64::NAN, f64::INFINITY), |chance| (chance.value, chance.error))
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        match self.figures.percentile(&self.column, if self.lower { 1.0 - p } else { p }) {
            Some(Percentile::At(estimate)) => Some(if self.lower { -estimate.value } else { estimate.value }),
            _ => None,
        }
    }
}
