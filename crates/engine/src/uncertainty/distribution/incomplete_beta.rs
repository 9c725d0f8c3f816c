//! The regularised incomplete beta function and its inverse, exact in both tails.

use std::cell::Cell;

use crate::uncertainty::elementary::{exp, ln};

/// `I_x(a, b)` for one pair of shapes.
pub struct IncompleteBeta {
    a: f64,
    b: f64,
    /// `ln(1/B(a, b))`.
    ln_scale: f64,
    /// `ln(a·B)` and `ln(b·B)`: of the leading term of each tail, `xᵃ/(a·B)` and `yᵇ/(b·B)`.
    ln_leading: [f64; 2],
    /// The last solutions of the lower and the upper tail: the next one is often so close by that its series holds.
    last: [Cell<Option<Solution>>; 2],
}

/// Terms of the Taylor series around a solution.
const TERMS: usize = 13;
/// The same with room, so that sums of their products are of whole vectors.
const ROOM: usize = 16;

/// A point of the quantile function in logarithms, `ln x` over `ln p`, as a Taylor series around it.
#[derive(Clone, Copy)]
struct Solution {
    ln_p: f64,
    series: [f64; TERMS],
}

impl Solution {
    /// Expands the solution with `d ln x/d ln p = slope` from the differential equations of the slope `w` and of `u = w·x/(1−x)`:
    /// `w′ = w·v` and `u′ = u·(v + w + u)` where `v = 1 + (b−1)·u − a·w`.
    fn new(a: f64, b: f64, ln_p: f64, ln_x: f64, slope: f64) -> Self {
        let (mut series, mut w, mut u) = ([0.0; TERMS], [0.0; ROOM], [0.0; ROOM]);
        let (mut v, mut sum) = (Backwards::default(), Backwards::default());
        series[0] = ln_x;
        w[0] = slope;
        u[0] = slope * exp(ln_x) / -libm::expm1(ln_x);
        for k in 0..TERMS - 1 {
            let own = (b - 1.0) * u[k] - a * w[k] + if k == 0 { 1.0 } else { 0.0 };
            v.set(k, own);
            sum.set(k, own + w[k] + u[k]);
            let per_order = 1.0 / (k + 1) as f64;
            series[k + 1] = w[k] * per_order;
            w[k + 1] = v.times(&w, k) * per_order;
            u[k + 1] = sum.times(&u, k) * per_order;
        }
        Self { ln_p, series }
    }

    /// `ln x` at another `ln p`, and how large the last two terms are; infinite where that says nothing.
    fn at(&self, ln_p: f64) -> (f64, f64) {
        let step = ln_p - self.ln_p;
        if step.abs() > 1.5 {
            return (0.0, f64::INFINITY);
        }
        let value = self.series.iter().rev().fold(0.0, |sum, c| sum * step + c);
        let square = step * step;
        let fifth = square * square * step.abs();
        let power = fifth * fifth * step.abs(); // to the eleventh, TERMS − 2
        (value, (self.series[TERMS - 2].abs() + self.series[TERMS - 1].abs() * step.abs()) * power)
    }
}

/// The terms of a series from the last to the first, then zeros, so that a coefficient of a product is one sum over neighbours.
#[derive(Default)]
struct Backwards {
    terms: [f64; 2 * ROOM],
}

impl Backwards {
    fn set(&mut self, k: usize, term: f64) {
        self.terms[ROOM - 1 - k] = term;
    }

    /// The `k`th coefficient of the product with another series, of both of which the terms after the `k`th are still zero: in four
    /// strands.
    fn times(&self, other: &[f64; ROOM], k: usize) -> f64 {
        let mut strands = [0.0; 4];
        let own = &self.terms[ROOM - 1 - k..];
        for (f, g) in other.chunks_exact(4).zip(own.chunks_exact(4)) {
            for i in 0..4 {
                strands[i] += f[i] * g[i];
            }
        }
        (strands[0] + strands[2]) + (strands[1] + strands[3])
    }
}

impl IncompleteBeta {
    pub fn new(a: f64, b: f64) -> Self {
        let ln_scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
        let ln_leading = [a, b].map(|shape| ln(shape) - ln_scale);
        Self { a, b, ln_scale, ln_leading, last: [Cell::new(None), Cell::new(None)] }
    }

    /// `(I_x(a, b), 1 − I_x(a, b))` where `y = 1 − x`.
    pub fn tails(&self, x: f64, y: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if y <= 0.0 {
            return (1.0, 0.0);
        }
        let front = exp(self.ln_scale + self.a * ln(x) + self.b * ln(y));
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            let below = front * continued_fraction(self.a, self.b, x) / self.a;
            (below, 1.0 - below)
        } else {
            let above = front * continued_fraction(self.b, self.a, y) / self.b;
            (1.0 - above, above)
        }
    }

    /// The `x` with `I_x(a, b) = p`, for `p ≤ ½`.
    pub fn lower_quantile(&self, p: f64) -> f64 {
        self.solve(0, p, |x, y| self.tails(x, y).0)
    }

    /// The `y = 1 − x` with `1 − I_x(a, b) = q`, for `q ≤ ½`.
    pub fn upper_quantile(&self, q: f64) -> f64 {
        self.solve(1, q, |y, x| self.tails(x, y).1)
    }

    /// Solves `tail(x) = p` for the lower (0) or the upper (1) tail by Halley's method on logarithms, where tails are nearly straight,
    /// kept within a bracket.
    fn solve(&self, side: usize, p: f64, tail: impl Fn(f64, f64) -> f64) -> f64 {
        let (a, b) = if side == 0 { (self.a, self.b) } else { (self.b, self.a) };
        let last = &self.last[side];
        let ln_p = ln(p);
        let leading = (ln_p + self.ln_leading[side]) / a;
        if leading < -690.0 {
            return exp(leading); // as good as exact, and what follows would underflow
        }
        let mut start = leading.min(-0.7);
        if let Some((near, doubt)) = last.get().map(|s| s.at(ln_p)) {
            if doubt < 1e-14 * near.abs() {
                return exp(near);
            }
            start = if doubt < 0.01 * near.abs() { near } else { start };
        }
        let (mut low, mut high) = (f64::NEG_INFINITY, 0.0_f64);
        let mut ln_x = if start < 0.0 { start } else { -1e-3 };
        for _ in 0..200 {
            let (x, y) = (exp(ln_x), -libm::expm1(ln_x));
            let value = tail(x, y);
            let excess = ln(value) - ln_p;
            if excess > 0.0 {
                high = ln_x;
            } else {
                low = ln_x;
            }
            // d ln I/d ln x = x·density/I, and its own logarithmic derivative.
            let steepness = exp(self.ln_scale + a * ln_x + (b - 1.0) * ln(y)) / value;
            let bend = a - (b - 1.0) * x / y - steepness;
            let newton = excess / steepness;
            let step = -newton / (1.0 - 0.5 * newton * bend).clamp(0.5, 2.0);
            let next = ln_x + step;
            // The next error is of the order of the third power of the step, as a share of the distance from 1.
            if step.abs() < 1e-5 * ln_x.abs().min(1.0) {
                ln_x = next;
                break;
            }
            let inside = next > low && next < high;
            let bisected = if low.is_finite() { 0.5 * (low + high) } else { 2.0 * ln_x - 1.0 };
            let following = if inside { next } else { bisected };
            if (following - ln_x).abs() <= 1e-16 * ln_x.abs() {
                break;
            }
            ln_x = following;
        }
        let y = -libm::expm1(ln_x);
        let slope = p / exp(self.ln_scale + a * ln_x + (b - 1.0) * ln(y));
        last.set(Some(Solution::new(a, b, ln_p, ln_x, slope)));
        exp(ln_x)
    }
}

/// The continued fraction of `I_x(a, b)` by Lentz's method (DLMF 8.17.22), for `x` below `(a+1)/(a+b+2)`.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let guard = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..2000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let factor = d * c;
        h *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    h
}
