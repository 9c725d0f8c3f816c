//! Figures of the whole scenario over the horizon: value, payback, investment, resilience.

use serde::Serialize;

use crate::figure::{Figure, Spread};
use crate::source::Figures;
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId};

/// Points of the curve of the net present value.
const CURVE_POINTS: usize = 160;

/// The whole scenario over the horizon. Null where there is no alliance to value.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Whole {
    /// Net present value, £m.
    pub npv: Option<Spread>,
    /// Chance that the net present value is below zero.
    pub npv_below_zero: Option<Figure>,
    /// Chance that the net present value is above zero.
    pub npv_above_zero: Option<Figure>,
    /// Present value of additional cashable saving, £m.
    pub pv_saving: Option<Spread>,
    /// Present value of investment, £m.
    pub pv_investment: Option<Spread>,
    /// Present value of additional non-cashable saving, £m.
    pub pv_noncashable: Option<Spread>,
    /// Benefit–cost ratio, cashable only, over trials.
    pub benefit_cost_ratio: Option<Spread>,
    /// Benefit–cost ratio, cashable only, the ratio of the means.
    pub bcr_of_means: Option<Figure>,
    /// Benefit–cost ratio with non-cashable benefit, over trials.
    pub benefit_cost_ratio_noncashable: Option<Spread>,
    /// Benefit–cost ratio with non-cashable benefit, the ratio of the means.
    pub bcr_noncashable_of_means: Option<Figure>,
    /// Payback, cash, years from 1 April of the first year.
    pub payback: Option<Spread>,
    /// Payback, discounted, years from 1 April of the first year.
    pub payback_discounted: Option<Spread>,
    /// Peak funding need, £m cash.
    pub peak_funding_need: Option<Spread>,
    /// Total investment, £m cash.
    pub total_investment: Option<Spread>,
    /// Gross cashable saving of the last year, £m in first-year prices.
    pub steady_saving: Option<Spread>,
    /// Officers missing at the year's largest surges, summed over forces and years; null where no force states `surge`.
    pub unmet_total: Option<Spread>,
    /// The same with no alliance.
    pub unmet_total_standalone: Option<Spread>,
    /// Share of unmet demand that the alliances take away, a ratio of means.
    pub unmet_reduction: Option<Figure>,
    /// Years in which every force meets its largest surge.
    pub years_without_shortfall: Option<Spread>,
    /// The same with no alliance.
    pub years_without_shortfall_standalone: Option<Spread>,
}

impl Whole {
    pub(super) fn of(scenario: &Scenario, figures: &impl Figures) -> Self {
        let alone = scenario.alliances.is_empty();
        let npv = Outcome::Npv.id();
        let any = |id: OutcomeId| Spread::of(figures, &id.name());
        let joint = |outcome: Outcome| if alone { None } else { any(outcome.whole()) };
        let ratio = |outcome: Outcome| figures.ratio(outcome.id()).map(Figure::from).filter(|_| !alone);
        let below_zero = figures.chance_at_least(npv, 0.0).map(|chance| Figure::from(chance).complement());
        let above_zero = figures.chance_at_most(npv, 0.0).map(|chance| Figure::from(chance).complement());
        // Without large incidents nobody meets any, and nobody fails to.
        let met = |id: OutcomeId| any(id).filter(|_| scenario.has_incidents());
        Self {
            npv: joint(Outcome::Npv),
            npv_below_zero: below_zero.filter(|_| !alone),
            npv_above_zero: above_zero.filter(|_| !alone),
            pv_saving: joint(Outcome::PvSaving),
            pv_investment: joint(Outcome::PvInvestment),
            pv_noncashable: joint(Outcome::PvNoncashable),
            benefit_cost_ratio: joint(Outcome::BenefitCostRatio),
            bcr_of_means: ratio(Outcome::BcrOfMeans),
            benefit_cost_ratio_noncashable: joint(Outcome::BenefitCostRatioNoncashable),
            bcr_noncashable_of_means: ratio(Outcome::BcrNoncashableOfMeans),
            payback: joint(Outcome::Payback),
            payback_discounted: joint(Outcome::PaybackDiscounted),
            peak_funding_need: joint(Outcome::PeakFundingNeed),
            total_investment: joint(Outcome::TotalInvestment),
            steady_saving: joint(Outcome::SteadySaving),
            unmet_total: met(Outcome::UnmetTotal.whole()),
            unmet_total_standalone: met(Outcome::UnmetTotal.whole().standalone()),
            unmet_reduction: ratio(Outcome::UnmetReduction),
            years_without_shortfall: met(Outcome::YearsWithoutShortfall.whole()),
            years_without_shortfall_standalone: met(Outcome::YearsWithoutShortfall.whole().standalone()),
        }
    }
}

/// A point of the curve: the chance that the net present value is at least this.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NpvPoint {
    /// Net present value, £m.
    pub value: f64,
    /// Chance of at least that.
    pub chance_at_least: f64,
}

pub(super) fn npv_distribution(scenario: &Scenario, figures: &impl Figures) -> Vec<NpvPoint> {
    if scenario.alliances.is_empty() {
        return Vec::new();
    }
    let curve = figures.distribution(Outcome::Npv.id(), CURVE_POINTS);
    curve.into_iter().map(|(value, below)| NpvPoint { value, chance_at_least: 1.0 - below }).collect()
}

/// The share of futures in which the investment has paid back in this year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaybackYear {
    /// The financial year.
    pub year: String,
    /// Share of futures.
    pub share: Figure,
    /// Whether the plan pays back in this year.
    pub plan: bool,
}

pub(super) fn payback_years(scenario: &Scenario, figures: &impl Figures) -> Vec<PaybackYear> {
    if scenario.alliances.is_empty() {
        return Vec::new();
    }
    let trials = figures.trials().max(1) as f64;
    let plan = figures.plan(Outcome::Payback.id()).filter(|plan| plan.is_finite());
    let later = |t: f64| figures.chance_at_least(Outcome::Payback.id(), t).map(|chance| chance.value);
    let mut years = Vec::with_capacity(scenario.years);
    for (t, year) in scenario.year_labels().into_iter().enumerate() {
        let (from, to) = (t as f64, t as f64 + 1.0);
        // A payback at the very end of the horizon belongs to the last year.
        let to = if t + 1 == scenario.years { to.next_up() } else { to };
        let (Some(start), Some(end)) = (later(from), later(to)) else { return Vec::new() };
        let share = (start - end).max(0.0);
        let error = (share * (1.0 - share) / trials).sqrt();
        let plan = plan.is_some_and(|plan| (from..to).contains(&plan));
        years.push(PaybackYear { year, share: Figure { value: share, error }, plan });
    }
    years
}
