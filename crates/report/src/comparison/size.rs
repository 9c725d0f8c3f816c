//! How large options are, and what they are worth for their size.

use serde::Serialize;

use super::MeasureReport;
use crate::figure::Figure;
use crate::terminal::layout::with_error;
use engine::alliance::{AreaCost, Kind, Scenario};
use engine::uncertainty::Quantity;

/// How large an option is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Size {
    /// £m a year that its business areas cost, by the plan, in the prices of the comparison: the yearly budget in scope. 0 without areas.
    pub in_scope: f64,
    /// Whether some of it is that of a merger, which may go ahead in some futures only.
    #[serde(skip)]
    pub sometimes: bool,
    /// Mean net present value for each £ of yearly budget in scope; null without any.
    pub mean: Option<Figure>,
    /// Its 10th percentile.
    pub p10: Option<Figure>,
    /// Its median.
    pub p50: Option<Figure>,
    /// Its 90th percentile.
    pub p90: Option<Figure>,
}

impl Size {
    pub(super) fn of(scenario: &Scenario, price_level: f64, npv: &MeasureReport, option: usize) -> Self {
        let sometimes = scenario.alliances.iter().any(|alliance| alliance.kind == Kind::Merger);
        let size = Self { in_scope: in_scope(scenario) / price_level, sometimes, ..Self::default() };
        let own = &npv.options[option].own;
        let per = |figure: Option<Figure>| size.per_pound_of(figure?);
        Self { mean: per(own.mean), p10: per(own.p10), p50: per(own.p50), p90: per(own.p90), ..size }
    }

    /// An amount in £m for each £ of yearly budget in scope.
    pub(super) fn per_pound_of(&self, amount: Figure) -> Option<Figure> {
        (self.in_scope > 0.0).then(|| amount.times(1.0 / self.in_scope))
    }
}

/// What all business areas cost a year, by the plan, £m in prices of the first year.
fn in_scope(scenario: &Scenario) -> f64 {
    let costs = scenario.alliances.iter().flat_map(|alliance| {
        alliance.areas.iter().map(|area| match &area.cost {
            AreaCost::Total(total) => alliance.part * total.plan_value(),
            AreaCost::ByMember(each) => each.iter().map(Quantity::plan_value).sum(),
        })
    });
    costs.sum()
}

/// Pence for each £, as printed: `5.7p`.
#[must_use]
pub fn pence(rate: Figure) -> String {
    let hundred = rate.times(100.0);
    format!("{}p", hundred.rounded(if hundred.value.abs() >= 10.0 { 0 } else { 1 }))
}

/// The same with its error where that shows: `5.7p ±0.1p`.
#[must_use]
pub fn pence_with_error(rate: Figure) -> String {
    let hundred = rate.times(100.0);
    let both = with_error(Some(hundred), if hundred.value.abs() >= 10.0 { 0 } else { 1 }, "–");
    both.replace(" ±", "p ±") + "p"
}

/// Whether options differ in size by more than a hundredth.
#[must_use]
pub fn differ(sizes: &[Size]) -> bool {
    let scopes = || sizes.iter().map(|size| size.in_scope).filter(|scope| *scope > 0.0);
    let (low, high) = scopes().fold((f64::INFINITY, 0.0_f64), |(low, high), scope| (low.min(scope), high.max(scope)));
    high > low * 1.01
}
