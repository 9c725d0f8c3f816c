//! Next year as a force sees it in a year: what it plans cuts on (MODEL section 6).

use super::arithmetic::{add, grow};
use super::economy::{Economy, cost_growth};
use super::form::{Compiled, SeriesModel};
use super::funding::{ForceFunding, LEAST_GRANT_FACTOR, NationalGrant};
use super::lane::max;
use super::parameters::ForceColumns;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Next year as it is seen in each year of one block: nothing where no force looks ahead.
#[derive(Debug)]
pub(super) struct Foresight {
    /// Growth of prices, pay and tax base that is expected of the year after each.
    inflation: Vec<Column>,
    pay: Vec<Column>,
    tax_base_growth: Vec<Column>,
    /// Growth of grant that is expected after a year of each regime.
    after_regime: Vec<Column>,
    /// Growth of grant.
    grant: Vec<Column>,
    /// Growth of costs.
    growth: Vec<Column>,
    /// The cost index of the year after each.
    pub cost_index: Vec<Column>,
    /// Funding less spending of the year after each, by force, before cuts, equalisation and alliances.
    pub gap: Vec<Vec<Column>>,
    scratch: Box<[Column; 3]>,
}

impl Foresight {
    pub fn new(model: &Compiled) -> Option<Self> {
        let path = || vec![Column::default(); model.years];
        model.looks_ahead.then(|| Self {
            inflation: path(),
            pay: path(),
            tax_base_growth: path(),
            after_regime: vec![Column::default(); model.funding.regimes.len()],
            grant: path(),
            growth: path(),
            cost_index: path(),
            gap: model.forces.iter().map(|_| path()).collect(),
            scratch: Box::default(),
        })
    }

    /// What is the same for every force.
    pub fn draw(
        &mut self,
        model: &Compiled,
        plan: bool,
        economy: &Economy,
        grant: &NationalGrant,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        for (series, path, next) in [
            (&model.economy.inflation, &economy.inflation, &mut self.inflation),
            (&model.economy.pay, &economy.pay, &mut self.pay),
            (&model.economy.tax_base_growth, &economy.tax_base_growth, &mut self.tax_base_growth),
        ] {
            foresee(series, path, next, &mut self.scratch, isa, stream);
        }
        for (regime, growth) in model.funding.regimes.iter().zip(&mut self.after_regime) {
            grant.mean_growth(&regime.next, growth, isa);
        }
        for t in 0..model.years {
            cost_growth(isa, &mut self.growth[t], economy.pay_share(), &self.pay[t], &self.inflation[t]);
            grow(isa, &mut self.cost_index[t], &economy.cost_index[t], &self.growth[t]);
            self.grant[t] = Column::default();
            grant.foresee(&model.funding, plan, t, &self.after_regime, &mut self.grant[t], isa);
        }
    }

    /// What a force expects of its own funding and spending.
    pub fn look(&mut self, model: &Compiled, f: usize, own: &ForceColumns, funding: &ForceFunding, isa: Isa) {
        for t in 0..model.years {
            let limit = &model.funding.foreseen[t];
            expect_gap(
                isa,
                &mut self.gap[f][t],
                &funding.grant[t],
                &funding.tax_base[t],
                &funding.band_d[t],
                &funding.other[t],
                &funding.spending[t],
                &self.grant[t],
                &self.tax_base_growth[t],
                &self.inflation[t],
                &self.growth[t],
                &own.uptake,
                &own.demand_growth,
                limit.pounds,
                limit.percent,
            );
        }
    }

    /// Adds up what several forces expect.
    pub fn pool(&self, forces: impl Iterator<Item = usize>, t: usize, out: &mut Column, isa: Isa) {
        *out = Column::default();
        forces.for_each(|f| add(isa, out, &self.gap[f][t]));
    }
}

/// A series as it is expected a year after each: `mean_{t+1} + persistence·e_t`.
fn foresee(
    model: &SeriesModel,
    path: &[Column],
    next: &mut [Column],
    scratch: &mut [Column; 3],
    isa: Isa,
    stream: &mut Stream<'_>,
) {
    let [mean, mean_after, persistence] = scratch;
    stream.fill(model.persistence, 0, persistence);
    for (t, (now, next)) in path.iter().zip(next).enumerate() {
        if let Some(input) = model.mean.get(t) {
            stream.fill(*input, 0, mean);
            *mean_after = *mean;
        }
        if let Some(input) = model.mean.get(t + 1) {
            stream.fill(*input, 0, mean_after);
        }
        expect(isa, next, now, mean, mean_after, persistence);
    }
}

vectorised! {
    /// Funding less spending of the year after, before cuts, equalisation and alliances.
    fn expect_gap(
        gap: &mut Column, grant: &Column, tax_base: &Column, band_d: &Column, other: &Column, spending: &Column, grant_growth: &Column,
        base_growth: &Column, prices: &Column, costs: &Column, uptake: &Column, demand: &Column, pounds: f64, percent: f64,
    ) {
        for i in 0..BLOCK {
            let granted = grant[i] * max(1.0 + grant_growth[i], LEAST_GRANT_FACTOR);
            let rise = uptake[i] * max(pounds, percent * band_d[i]);
            let precept = tax_base[i] * (1.0 + base_growth[i]) * (band_d[i] + rise) * 1e-6;
            let spent = spending[i] * (1.0 + costs[i] + demand[i]);
            gap[i] = granted + precept + other[i] * (1.0 + prices[i]) - spent;
        }
    }

    fn expect(next: &mut Column, now: &Column, mean: &Column, mean_after: &Column, persistence: &Column) {
        for i in 0..BLOCK {
            next[i] = mean_after[i] + persistence[i] * (now[i] - mean[i]);
        }
    }
}
