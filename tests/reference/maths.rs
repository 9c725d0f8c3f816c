//! The few formulas that several sections share.

/// Log-odds of a probability; infinite at 0 and 1.
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// `clamp(x/length, 0, 1)`; an interval of length 0 is a step just after 0.
pub fn progress(x: f64, length: f64) -> f64 {
    if length > 0.0 {
        (x / length).clamp(0.0, 1.0)
    } else if x > 0.0 {
        1.0
    } else {
        0.0
    }
}

/// Length of what `[a, b]` and `[x, y]` have in common.
pub fn overlap(a: f64, b: f64, x: f64, y: f64) -> f64 {
    (b.min(y) - a.max(x)).max(0.0)
}

/// Share of what is spent evenly over `[x, y]` that falls into `[from, to]`; if `y = x` all of it, where `from ≤ x < to`.
pub fn spent(from: f64, to: f64, x: f64, y: f64) -> f64 {
    if y > x {
        overlap(from, to, x, y) / (y - x)
    } else if from <= x && x < to {
        1.0
    } else {
        0.0
    }
}

/// `P(Binomial(n, p) > n/2)`.
pub fn majority(n: usize, p: f64) -> f64 {
    let mut total = 0.0;
    for yes in 0..=n {
        if 2 * yes > n {
            total += choose(n, yes) * p.powi(yes as i32) * (1.0 - p).powi((n - yes) as i32);
        }
    }
    total
}

/// Ways to choose `k` of `n`.
fn choose(n: usize, k: usize) -> f64 {
    let mut ways = 1.0;
    for i in 0..k {
        ways = ways * (n - i) as f64 / (i + 1) as f64;
    }
    ways
}
