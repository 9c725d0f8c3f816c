//! The regularised incomplete beta function and its inverse, exact in both tails.

use std::cell::Cell;

/// `I_x(a, b)` for one pair of shapes.
pub struct IncompleteBeta {
    a: f64,
    b: f64,
    /// `ln(1/B(a, b))`.
    ln_scale: f64,
    /// The last solutions of the lower and the upper tail: a start for the next one, which is often close by.
    last: [Cell<Option<Solution>>; 2],
}

/// A point of the quantile function in logarithms, and the slope there.
#[derive(Clone, Copy)]
struct Solution {
    ln_p: f64,
    ln_x: f64,
    slope: f64,
}

impl IncompleteBeta {
    pub fn new(a: f64, b: f64) -> Self {
        let ln_scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
        Self { a, b, ln_scale, last: [Cell::new(None), Cell::new(None)] }
    }

    /// `(I_x(a, b), 1 − I_x(a, b))` where `y = 1 − x`.
    pub fn tails(&self, x: f64, y: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if y <= 0.0 {
            return (1.0, 0.0);
        }
        let front = libm::exp(self.ln_scale + self.a * libm::log(x) + self.b * libm::log(y));
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
        self.solve(self.a, self.b, p, &self.last[0], |x, y| self.tails(x, y).0)
    }

    /// The `y = 1 − x` with `1 − I_x(a, b) = q`, for `q ≤ ½`.
    pub fn upper_quantile(&self, q: f64) -> f64 {
        self.solve(self.b, self.a, q, &self.last[1], |y, x| self.tails(x, y).1)
    }

    /// Solves `tail(x) = p` by Halley's method on logarithms, where tails are nearly straight, kept within a bracket.
    fn solve(&self, a: f64, b: f64, p: f64, last: &Cell<Option<Solution>>, tail: impl Fn(f64, f64) -> f64) -> f64 {
        let ln_p = libm::log(p);
        // Of the leading term of the series: I_x ≈ xᵃ/(a·B).
        let leading = (ln_p + libm::log(a) - self.ln_scale) / a;
        let start = last.get().map_or_else(|| leading.min(-0.7), |s| s.ln_x + s.slope * (ln_p - s.ln_p));
        if leading < -690.0 {
            return libm::exp(leading); // as good as exact, and what follows would underflow
        }
        let (mut low, mut high) = (f64::NEG_INFINITY, 0.0_f64);
        let mut ln_x = if start < 0.0 { start } else { -1e-3 };
        let mut slope = 1.0 / a;
        for _ in 0..200 {
            let (x, y) = (libm::exp(ln_x), -libm::expm1(ln_x));
            let value = tail(x, y);
            let excess = libm::log(value) - ln_p;
            if excess > 0.0 {
                high = ln_x
            } else {
                low = ln_x
            }
            // d ln I/d ln x = x·density/I, and its own logarithmic derivative.
            let steepness = libm::exp(self.ln_scale + a * ln_x + (b - 1.0) * libm::log(y)) / value;
            let bend = a - (b - 1.0) * x / y - steepness;
            slope = 1.0 / steepness;
            let newton = excess * slope;
            let step = -newton / (1.0 - 0.5 * newton * bend).clamp(0.5, 2.0);
            let next = ln_x + step;
            // The next error is of the order of the step's third power.
            if step.abs() < 1e-5 {
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
        last.set(Some(Solution { ln_p, ln_x, slope }));
        libm::exp(ln_x)
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
