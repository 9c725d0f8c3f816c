//! Arithmetic on whole columns.

use super::lane::{Value, min};
use crate::uncertainty::lanes::{BLOCK, Column, vectorised};

vectorised! {
    /// `out += x`.
    pub(super) fn add(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] += x[i];
        }
    }

    /// `out += x·by`.
    pub(super) fn add_scaled(out: &mut Column, x: &Column, by: f64) {
        for i in 0..BLOCK {
            out[i] += x[i] * by;
        }
    }

    /// `out += a·b`.
    pub(super) fn add_product(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] += a[i] * b[i];
        }
    }

    /// `out = a·b`.
    pub(super) fn product(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] = a[i] * b[i];
        }
    }

    /// `out += x`.
    pub(super) fn add_value(out: &mut Column, x: Value<'_>) {
        x.each(|i, x| out[i] += x);
    }

    /// `out = a·b`.
    pub(super) fn times(out: &mut Column, a: &Column, b: Value<'_>) {
        b.each(|i, b| out[i] = a[i] * b);
    }

    /// `out = a + b`.
    pub(super) fn plus(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] = a[i] + b[i];
        }
    }

    /// `out = a/b`.
    pub(super) fn quotient(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] = a[i] / b[i];
        }
    }

    /// `out = numerator/x`.
    pub(super) fn divide(out: &mut Column, numerator: f64, x: &Column) {
        for i in 0..BLOCK {
            out[i] = numerator / x[i];
        }
    }

    /// `out = before·(1 + growth)`: a year on.
    pub(super) fn grow(out: &mut Column, before: &Column, growth: &Column) {
        for i in 0..BLOCK {
            out[i] = before[i] * (1.0 + growth[i]);
        }
    }

    /// The lower of the two, lane by lane.
    pub(super) fn lowest(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] = min(out[i], x[i]);
        }
    }
}
