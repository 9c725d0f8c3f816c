//! Over which years options are compared, and what other horizons would say.

use serde::Serialize;

use super::{MeasureReport, size::Size, turns};
use crate::figure::Figure;
use crate::source::Figures;
use analysis::{self, Horizon, OwnHorizon};

/// The horizon of a comparison.
#[derive(Debug, Clone, Serialize)]
pub struct HorizonReport {
    /// Financial years counted.
    pub years: usize,
    /// The last year that counts; null where each option is counted from a start of its own.
    pub last: Option<String>,
    /// The year whose prices money is told in, unless it is cash: the earliest first year.
    pub prices: String,
    /// `calendar`, where all options are about the same forces, or `own start`.
    pub aligned: &'static str,
    /// Whether all options are about the same forces. Where not, £m do not rank them.
    pub same_forces: bool,
    /// Whether it was asked for; else it is the longest of the options' own.
    pub asked: bool,
}

impl HorizonReport {
    /// What is told of a horizon.
    #[must_use]
    pub fn of(horizon: &Horizon) -> Self {
        Self {
            years: horizon.years,
            last: horizon.last().map(|year| year.to_string()),
            prices: horizon.first.to_string(),
            aligned: if horizon.calendar { "calendar" } else { "own start" },
            same_forces: horizon.same_forces,
            asked: horizon.asked.is_some(),
        }
    }

    /// Within a sentence: `the 16 years to 2029/30`.
    #[must_use]
    pub fn says(&self) -> String {
        says(self.years, self.last.as_deref())
    }
}

fn says(years: usize, last: Option<&str>) -> String {
    match (years, last) {
        (1, Some(last)) => format!("the one year {last}"),
        (_, Some(last)) => format!("the {years} years to {last}"),
        (1, None) => "the first year of each option".to_owned(),
        (_, None) => format!("the first {years} years of each option"),
    }
}

/// Net present value over another horizon, which some of the options have themselves.
#[derive(Debug, Clone, Serialize)]
pub struct OtherHorizon {
    /// Financial years.
    pub years: usize,
    /// The last of them; null where each option is counted from a start of its own.
    pub last: Option<String>,
    /// The options that have it themselves, by position.
    pub of: Vec<usize>,
    /// Mean net present value of each option.
    pub means: Vec<Option<Figure>>,
    /// Mean difference of each from the baseline; null for the baseline.
    pub differences: Vec<Option<Figure>>,
    /// The option that leads: by its mean or, over different forces, by its mean per £ of yearly budget in scope.
    pub best: Option<usize>,
    /// By how much it leads the next, beyond the Monte Carlo error; null where none clearly leads.
    pub leads: Option<Figure>,
    /// By how much it leads the option that leads over the horizon of the comparison, beyond the Monte Carlo error; null where none does.
    pub turns: Option<Figure>,
}

impl OtherHorizon {
    /// Within a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        says(self.years, self.last.as_deref())
    }
}

/// What the other horizons say.
pub(super) fn others(
    (horizon, own): (&Horizon, &[OwnHorizon]),
    npv: &MeasureReport,
    sizes: &[Size],
    figures: &impl Figures,
) -> Vec<OtherHorizon> {
    let count = sizes.len();
    let over = |(h, other): (usize, &OwnHorizon)| {
        let mean = |name: String| figures.mean(&name).map(Figure::from);
        let means: Vec<Option<Figure>> = (0..count).map(|o| mean(analysis::own_over(o, h))).collect();
        let differences: Vec<Option<Figure>> =
            (0..count).map(|o| (o > 0).then(|| mean(analysis::difference_over(o, h))).flatten()).collect();
        let (best, leading, turns) = if horizon.same_forces {
            let best = largest(&means);
            let leading = turns(runner_up(&means, best), best, &differences);
            (best, leading, turns(npv.ranking.first().copied(), best, &differences))
        } else {
            let per = |means: &[Option<Figure>]| -> Vec<Option<Figure>> {
                means.iter().zip(sizes).map(|(mean, size)| size.per_pound_of((*mean)?)).collect()
            };
            let led = largest(&sizes.iter().map(|size| size.mean).collect::<Vec<_>>());
            let rates = per(&means);
            let best = largest(&rates);
            (best, leads(&rates, best, runner_up(&rates, best)), leads(&rates, best, led))
        };
        OtherHorizon {
            years: other.years,
            last: horizon.last().map(|_| horizon.first.plus(other.years as i32 - 1).to_string()),
            of: other.options.clone(),
            best: best.filter(|best| means[*best].is_some()),
            leads: leading,
            turns,
            means,
            differences,
        }
    };
    own.iter().enumerate().map(over).collect()
}

/// The position of the largest figure.
pub(super) fn largest(figures: &[Option<Figure>]) -> Option<usize> {
    let known = figures.iter().enumerate().filter_map(|(o, figure)| Some((o, (*figure)?.value)));
    // Of equals the first.
    known.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(o, _)| o)
}

/// The position of the largest figure but one.
fn runner_up(figures: &[Option<Figure>], best: Option<usize>) -> Option<usize> {
    let mut others = figures.to_vec();
    others[best?] = None;
    largest(&others)
}

/// By how much one figure leads another, where that is beyond the sum of their errors, however they hang together.
fn leads(figures: &[Option<Figure>], best: Option<usize>, led: Option<usize>) -> Option<Figure> {
    let (best, led) = (best?, led?);
    let (one, other) = (figures[best]?, figures[led]?);
    let lead = Figure { value: one.value - other.value, error: one.error + other.error };
    (best != led && lead.clear()).then_some(lead)
}
