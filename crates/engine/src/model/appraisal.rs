//! Net present value, payback and peak funding need of a stream of net savings (MODEL section 8; HM Treasury's Green Book).

use super::lane::{max, min};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// A sum of flows that comes this near to 0, £m, is what rounding leaves of 0.
const ROUNDING: f64 = 1e-9;

/// A running appraisal.
#[derive(Debug)]
pub(super) struct Cashflow {
    /// Cumulative net, cash.
    pub cumulative: Column,
    /// Cumulative present value: in the end the net present value.
    pub present: Column,
    /// Lowest cumulative net so far, at most 0.
    lowest: Column,
    /// Last crossing from below 0, cash and present value.
    payback: Column,
    payback_present: Column,
    /// Whether anything was saved or spent.
    moved: Column,
}

impl Cashflow {
    pub fn new() -> Self {
        let zero = Column::default();
        Self { cumulative: zero, present: zero, lowest: zero, payback: zero, payback_present: zero, moved: zero }
    }

    /// Starts again.
    pub fn open(&mut self) {
        *self = Self::new();
    }

    /// Posts year `t`; `present_value` is that of £1 of the year.
    pub fn post(
        &mut self,
        net: &mut Column,
        saving: &Column,
        investment: &Column,
        present_value: &Column,
        t: f64,
        isa: Isa,
    ) {
        post(
            isa,
            net,
            &mut self.cumulative,
            &mut self.present,
            &mut self.lowest,
            &mut self.payback,
            &mut self.payback_present,
            &mut self.moved,
            saving,
            investment,
            present_value,
            t,
        );
    }

    /// Payback on cash; NaN where it never comes.
    pub fn payback(&self, out: &mut Column, isa: Isa) {
        close(isa, out, &self.payback, &self.cumulative, &self.moved);
    }

    /// Payback on present values; NaN where it never comes.
    pub fn payback_present(&self, out: &mut Column, isa: Isa) {
        close(isa, out, &self.payback_present, &self.present, &self.moved);
    }

    /// Peak funding need.
    pub fn peak_need(&self, out: &mut Column, isa: Isa) {
        negate(isa, out, &self.lowest);
    }
}

/// A cumulative sum, 0 where it comes out even.
#[inline(always)]
fn even(sum: f64) -> f64 {
    if sum.abs() > ROUNDING { sum } else { 0.0 }
}

/// When a cumulative sum last rose from below 0, linear within the year.
#[inline(always)]
fn crossing(last: f64, before: f64, after: f64, t: f64) -> f64 {
    let at = t - before / (after - before);
    if before < 0.0 && after >= 0.0 { at } else { last }
}

vectorised! {
    fn post(
        net: &mut Column, cumulative: &mut Column, present: &mut Column, lowest: &mut Column, payback: &mut Column,
        payback_present: &mut Column, moved: &mut Column, saving: &Column, investment: &Column, present_value: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            net[i] = saving[i] - investment[i];
            let after = even(cumulative[i] + net[i]);
            let present_after = even(present[i] + net[i] * present_value[i]);
            payback[i] = crossing(payback[i], cumulative[i], after, t);
            payback_present[i] = crossing(payback_present[i], present[i], present_after, t);
            cumulative[i] = after;
            present[i] = present_after;
            lowest[i] = min(lowest[i], after);
            moved[i] = max(moved[i], max(saving[i].abs(), investment[i].abs()));
        }
    }

    /// The last crossing; 0 where the sum was never below 0; NaN where it ends below, or nothing moved.
    fn close(out: &mut Column, crossed: &Column, sum: &Column, moved: &Column) {
        for i in 0..BLOCK {
            out[i] = if sum[i] >= 0.0 && moved[i] > 0.0 { crossed[i] } else { f64::NAN };
        }
    }

    fn negate(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = if x[i] < 0.0 { -x[i] } else { 0.0 };
        }
    }
}
