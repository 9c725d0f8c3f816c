//! Prices, pay and tax base: stationary series around a mean path, and the indices made of them (MODEL section 2).

use super::arithmetic::{divide, grow};
use super::form::{EconomyModel, SeriesModel};
use super::parameters::{EconomyColumns, Parameters};
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// National paths of one block, one column a year.
#[derive(Debug)]
pub(super) struct Economy {
    own: EconomyColumns,
    pub inflation: Vec<Column>,
    pub pay: Vec<Column>,
    pub tax_base_growth: Vec<Column>,
    /// Growth of spending by pay and prices.
    pub growth: Vec<Column>,
    /// Cost index `X`.
    pub cost_index: Vec<Column>,
    /// £1 of the year in start prices, `1/X`.
    pub start_prices: Vec<Column>,
    /// Deflator `P`.
    pub deflator: Vec<Column>,
    /// Present value of £1 of the year: its real discount factor over `P`.
    pub present: Vec<Column>,
    scratch: Box<[Column; 5]>,
}

impl Economy {
    pub fn new(years: usize) -> Self {
        let path = || vec![Column::default(); years];
        Self {
            own: EconomyColumns::default(),
            inflation: path(),
            pay: path(),
            tax_base_growth: path(),
            growth: path(),
            cost_index: vec![Column::splat(1.0); years],
            start_prices: path(),
            deflator: vec![Column::splat(1.0); years],
            present: path(),
            scratch: Box::default(),
        }
    }

    /// Share of pay in spending.
    pub const fn pay_share(&self) -> &Column {
        &self.own.pay_share
    }

    /// Draws every path of the block; `discount` holds the real discount factor of each year.
    pub fn draw(&mut self, model: &EconomyModel, discount: &[f64], first_year: i32, isa: Isa, stream: &mut Stream<'_>) {
        model.own.fill(stream, &mut self.own);
        series(&model.inflation, first_year, isa, stream, &mut self.scratch, &mut self.inflation);
        series(&model.pay, first_year, isa, stream, &mut self.scratch, &mut self.pay);
        series(&model.tax_base_growth, first_year, isa, stream, &mut self.scratch, &mut self.tax_base_growth);
        self.deflator[0] = Column::splat(model.price_level);
        for t in 1..self.inflation.len() {
            cost_growth(isa, &mut self.growth[t], &self.own.pay_share, &self.pay[t], &self.inflation[t]);
            let (before, now) = self.cost_index.split_at_mut(t);
            grow(isa, &mut now[0], &before[t - 1], &self.growth[t]);
            let (before, now) = self.deflator.split_at_mut(t);
            grow(isa, &mut now[0], &before[t - 1], &self.inflation[t]);
        }
        for (t, factor) in discount.iter().enumerate() {
            divide(isa, &mut self.start_prices[t], 1.0, &self.cost_index[t]);
            divide(isa, &mut self.present[t], *factor, &self.deflator[t]);
        }
    }
}

/// `x_t = mean_t + e_t`, `e_0 = 0`, `e_1 = sd·z_1`, `e_t = persistence·e_{t−1} + sd·√(1−persistence²)·z_t`.
pub(super) fn series(
    model: &SeriesModel,
    first_year: i32,
    isa: Isa,
    stream: &mut Stream<'_>,
    scratch: &mut [Column; 5],
    path: &mut [Column],
) {
    let [mean, spread, persistence, shock, deviation] = scratch;
    stream.fill(model.sd, 0, spread);
    stream.fill(model.persistence, 0, persistence);
    *deviation = Column::default();
    for (t, out) in path.iter_mut().enumerate() {
        // The last entry of the mean path holds on.
        if let Some(input) = model.mean.get(t) {
            stream.fill(*input, 0, mean);
        }
        if t == 0 {
            out.copy_from_slice(&mean[..]);
            continue;
        }
        // Its first shock has the stationary spread.
        if t == 2 {
            narrow(isa, spread, persistence);
        }
        stream.fill(model.shock, first_year + t as i32, shock);
        step(isa, out, deviation, mean, spread, persistence, shock);
    }
}

vectorised! {
    /// The spread of a shock after which that of the series is what it was before.
    fn narrow(spread: &mut Column, persistence: &Column) {
        for i in 0..BLOCK {
            spread[i] *= (1.0 - persistence[i] * persistence[i]).sqrt();
        }
    }

    /// One step of the series.
    fn step(out: &mut Column, deviation: &mut Column, mean: &Column, spread: &Column, persistence: &Column, shock: &Column) {
        for i in 0..BLOCK {
            deviation[i] = persistence[i] * deviation[i] + spread[i] * shock[i];
            out[i] = mean[i] + deviation[i];
        }
    }

    /// Growth of costs: pay and prices by their weights.
    pub(super) fn cost_growth(out: &mut Column, pay_share: &Column, pay: &Column, inflation: &Column) {
        for i in 0..BLOCK {
            out[i] = pay_share[i] * pay[i] + (1.0 - pay_share[i]) * inflation[i];
        }
    }
}
