//! Grant, precept and other income of every force, before any equalisation (MODEL section 2).

use super::arithmetic::{add_scaled, divide, grow};
use super::economy::Economy;
use super::form::{ForceModel, FundingModel};
use super::lane::max;
use super::parameters::ForceColumns;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Grant falls by no more than 99 % a year.
pub(super) const LEAST_GRANT_FACTOR: f64 = 0.01;

/// National regime and the growth of grant, one column a year.
#[derive(Debug)]
pub(super) struct NationalGrant {
    /// Position of the regime; NaN in the plan run, which expects over them.
    pub regime: Vec<Column>,
    growth: Vec<Column>,
    regime_growth: Vec<Column>,
    regime_sd: Vec<Column>,
    local_sd: Column,
    limit_pounds: Vec<Column>,
    limit_percent: Vec<Column>,
    scratch: Box<[Column; 2]>,
}

impl NationalGrant {
    pub fn new(years: usize, regimes: usize) -> Self {
        let path = || vec![Column::default(); years];
        Self {
            regime: path(),
            growth: path(),
            regime_growth: vec![Column::default(); regimes],
            regime_sd: vec![Column::default(); regimes],
            local_sd: Column::default(),
            limit_pounds: path(),
            limit_percent: path(),
            scratch: Box::default(),
        }
    }

    /// Draws regimes, national growth and referendum limits; in the plan run growth is the chain's expectation.
    pub fn draw(&mut self, model: &FundingModel, plan: bool, first_year: i32, isa: Isa, stream: &mut Stream<'_>) {
        for (r, regime) in model.regimes.iter().enumerate() {
            stream.fill(regime.growth, 0, &mut self.regime_growth[r]);
            stream.fill(regime.sd, 0, &mut self.regime_sd[r]);
        }
        stream.fill(model.local_sd, 0, &mut self.local_sd);
        self.regime[0] = Column::splat(if plan { f64::NAN } else { model.initial as f64 });
        for t in 1..self.regime.len() {
            let year = first_year + t as i32;
            stream.fill(model.limits[t].pounds, year, &mut self.limit_pounds[t]);
            stream.fill(model.limits[t].percent, year, &mut self.limit_percent[t]);
            if plan {
                self.expect(model, t);
            } else {
                self.draw_regime(model, t, year, isa, stream);
            }
        }
    }

    /// Growth of grant in year `t`.
    pub fn growth(&self, t: usize) -> &Column {
        &self.growth[t]
    }

    /// Growth of grant in year `t` less that of its regime.
    pub fn above_regime(&self, out: &mut Column, t: usize, isa: Isa) {
        *out = self.growth[t];
        for (r, growth) in self.regime_growth.iter().enumerate() {
            less_regime(isa, out, &self.regime[t], r as f64, growth);
        }
    }

    /// Growth of grant over the regimes, by the chance of each.
    pub fn mean_growth(&self, chances: &[f64], out: &mut Column, isa: Isa) {
        *out = Column::default();
        for (chance, growth) in chances.iter().zip(&self.regime_growth) {
            add_scaled(isa, out, growth, *chance);
        }
    }

    /// Growth of grant that is expected in `t` of the year after it: `after`, by the regime of `t`; in the plan run, of the regimes expected.
    pub fn foresee(&self, model: &FundingModel, plan: bool, t: usize, after: &[Column], out: &mut Column, isa: Isa) {
        match model.known.get(t + 1).copied().unwrap_or(model.known_after) {
            Some(known) => *out = self.regime_growth[known],
            None if plan => self.mean_growth(&model.expected[t + 1], out, isa),
            None => {
                for (r, growth) in after.iter().enumerate() {
                    where_regime(isa, out, &self.regime[t], r as f64, growth);
                }
            }
        }
    }

    fn expect(&mut self, model: &FundingModel, t: usize) {
        self.regime[t] = Column::splat(f64::NAN);
        let chances = model.expected[t].iter();
        self.growth[t] =
            Column::splat(chances.zip(&self.regime_growth).map(|(chance, growth)| chance * growth[0]).sum());
    }

    fn draw_regime(&mut self, model: &FundingModel, t: usize, year: i32, isa: Isa, stream: &mut Stream<'_>) {
        let [draw, shock] = &mut *self.scratch;
        if let Some(known) = model.known[t] {
            self.regime[t] = Column::splat(known as f64);
        } else {
            stream.fill(model.draw, year, draw);
            let (before, now) = self.regime.split_at_mut(t);
            now[0] = Column::default();
            for (r, regime) in model.regimes.iter().enumerate() {
                // The last threshold is 1, which no draw reaches.
                for threshold in &regime.cumulative[..regime.cumulative.len() - 1] {
                    pass_threshold(isa, &mut now[0], &before[t - 1], r as f64, draw, *threshold);
                }
            }
        }
        stream.fill(model.shock, year, shock);
        self.growth[t] = Column::default();
        for r in 0..model.regimes.len() {
            let (growth, sd) = (&self.regime_growth[r], &self.regime_sd[r]);
            regime_growth(isa, &mut self.growth[t], &self.regime[t], r as f64, growth, sd, shock);
        }
    }
}

/// Funding of one force, one column a year.
#[derive(Debug)]
pub(super) struct ForceFunding {
    pub grant: Vec<Column>,
    pub precept: Vec<Column>,
    pub other: Vec<Column>,
    pub total: Vec<Column>,
    pub band_d: Vec<Column>,
    pub tax_base: Vec<Column>,
    /// Spending without the alliances, `E`.
    pub spending: Vec<Column>,
    /// `1/E` of the first year.
    pub per_opening_spending: Column,
    shock: Column,
}

impl ForceFunding {
    pub fn new(years: usize) -> Self {
        let path = || vec![Column::default(); years];
        Self {
            grant: path(),
            precept: path(),
            other: path(),
            total: path(),
            band_d: path(),
            tax_base: path(),
            spending: path(),
            per_opening_spending: Column::default(),
            shock: Column::default(),
        }
    }

    /// Draws the force's shocks and works out its income and spending in every year.
    pub fn draw(
        &mut self,
        model: &ForceModel,
        own: &ForceColumns,
        national: &NationalGrant,
        economy: &Economy,
        first_year: i32,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        self.grant[0] = Column::splat(model.grant);
        self.tax_base[0] = Column::splat(model.tax_base);
        self.band_d[0] = Column::splat(model.band_d);
        self.other[0] = Column::splat(model.other);
        opening_spending(isa, &mut self.spending[0], &own.opening_gap, model.budget);
        divide(isa, &mut self.per_opening_spending, 1.0, &self.spending[0]);
        for t in 1..self.grant.len() {
            stream.fill(model.shock, first_year + t as i32, &mut self.shock);
            let (before, now) = self.grant.split_at_mut(t);
            grow_grant(isa, &mut now[0], &before[t - 1], &national.growth[t], &national.local_sd, &self.shock);
            let (before, now) = self.tax_base.split_at_mut(t);
            grow(isa, &mut now[0], &before[t - 1], &economy.tax_base_growth[t]);
            let (before, now) = self.band_d.split_at_mut(t);
            raise_band_d(
                isa,
                &mut now[0],
                &before[t - 1],
                &own.uptake,
                &national.limit_pounds[t],
                &national.limit_percent[t],
            );
            let (before, now) = self.other.split_at_mut(t);
            grow(isa, &mut now[0], &before[t - 1], &economy.inflation[t]);
            let (before, now) = self.spending.split_at_mut(t);
            grow_spending(isa, &mut now[0], &before[t - 1], &economy.growth[t], &own.demand_growth);
        }
        for t in 0..self.grant.len() {
            add_up(
                isa,
                &mut self.total[t],
                &mut self.precept[t],
                &self.grant[t],
                &self.tax_base[t],
                &self.band_d[t],
                &self.other[t],
            );
        }
    }
}

vectorised! {
    /// Moves lanes whose regime was `from` one regime on where the draw is not below `threshold`.
    fn pass_threshold(regime: &mut Column, before: &Column, from: f64, draw: &Column, threshold: f64) {
        for i in 0..BLOCK {
            let passes = (before[i] - from).abs() < 0.5 && draw[i] >= threshold;
            regime[i] += if passes { 1.0 } else { 0.0 };
        }
    }

    /// Growth of grant in the lanes of one regime.
    fn regime_growth(out: &mut Column, regime: &Column, which: f64, growth: &Column, sd: &Column, shock: &Column) {
        for i in 0..BLOCK {
            let here = growth[i] + sd[i] * shock[i];
            out[i] = if (regime[i] - which).abs() < 0.5 { here } else { out[i] };
        }
    }

    fn where_regime(out: &mut Column, regime: &Column, which: f64, x: &Column) {
        for i in 0..BLOCK {
            out[i] = if (regime[i] - which).abs() < 0.5 { x[i] } else { out[i] };
        }
    }

    /// Takes the growth of one regime away where it rules.
    fn less_regime(out: &mut Column, regime: &Column, which: f64, growth: &Column) {
        for i in 0..BLOCK {
            out[i] -= if (regime[i] - which).abs() < 0.5 { growth[i] } else { 0.0 };
        }
    }

    /// Grant a year on.
    fn grow_grant(out: &mut Column, before: &Column, national: &Column, local_sd: &Column, shock: &Column) {
        for i in 0..BLOCK {
            out[i] = before[i] * max(1.0 + national[i] + local_sd[i] * shock[i], LEAST_GRANT_FACTOR);
        }
    }

    /// Band D a year on: the share taken of the greater of the two limits.
    fn raise_band_d(out: &mut Column, before: &Column, uptake: &Column, pounds: &Column, percent: &Column) {
        for i in 0..BLOCK {
            out[i] = before[i] + uptake[i] * max(pounds[i], percent[i] * before[i]);
        }
    }

    fn opening_spending(out: &mut Column, gap: &Column, budget: f64) {
        for i in 0..BLOCK {
            out[i] = budget * (1.0 + gap[i]);
        }
    }

    fn grow_spending(out: &mut Column, before: &Column, costs: &Column, demand: &Column) {
        for i in 0..BLOCK {
            out[i] = before[i] * (1.0 + costs[i] + demand[i]);
        }
    }

    /// `precept = tax base·d/10⁶`; funding is grant, precept and other income.
    fn add_up(total: &mut Column, precept: &mut Column, grant: &Column, tax_base: &Column, band_d: &Column, other: &Column) {
        for i in 0..BLOCK {
            precept[i] = tax_base[i] * band_d[i] * 1e-6;
            total[i] = grant[i] + precept[i] + other[i];
        }
    }
}
