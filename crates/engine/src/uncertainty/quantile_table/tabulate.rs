//! Making a table: exact values at the edges of its segments, cubics that rest on them, and how far these are off in between.

use std::f64::consts::PI;

use super::{Cubic, Cubics, OCTAVES};

/// Where the tails begin.
pub const TAIL: f64 = 1e-3;

/// A table and its error.
pub fn tabulate<const N: usize>(quantile: &dyn Fn(f64, f64) -> f64) -> (Cubics<N>, f64) {
    let edges = Edges::of::<N>(quantile);
    let table = cubics::<N>(&edges);
    let error = worst_error(&table, &edges, quantile);
    (table, error)
}

/// Smallest `v` and width of a segment of one half.
pub fn segment_of<const N: usize>(segment: usize) -> (f64, f64) {
    let per_octave = N / (2 * OCTAVES);
    let base = libm::ldexp(1.0, (segment / per_octave) as i32 - 33);
    let width = base / per_octave as f64;
    (base + width * (segment % per_octave) as f64, width)
}

/// The value at `v` from the lower (0) or the upper (1) end.
fn at(quantile: &dyn Fn(f64, f64) -> f64, side: usize, v: f64) -> f64 {
    if side == 0 { quantile(v, 1.0 - v) } else { quantile(1.0 - v, v) }
}

/// Exact values at the edges of all segments of a half, and at [`BEYOND`] more on either side of it.
struct Edges(Vec<f64>);

/// Edges that a cubic rests on before and after its own two.
pub const BEYOND: usize = 3;
/// All of them.
pub const STENCIL: usize = 2 * BEYOND + 2;

/// Where an edge lies: beyond ½, as far apart as before it; below 2⁻³³, in one octave more.
fn edge<const N: usize>(edge: isize) -> f64 {
    let per_octave = (N / (2 * OCTAVES)) as isize;
    let octave = edge.div_euclid(per_octave).min(OCTAVES as isize - 1);
    let base = libm::ldexp(1.0, octave as i32 - 33);
    base + base / per_octave as f64 * (edge - octave * per_octave) as f64
}

impl Edges {
    fn of<const N: usize>(quantile: &dyn Fn(f64, f64) -> f64) -> [Self; 2] {
        let (half, beyond) = ((N / 2) as isize, BEYOND as isize);
        let mut sides = [0, 1].map(|side| (-beyond..=half).map(|i| at(quantile, side, edge::<N>(i))).collect());
        // Past the middle lies the other side.
        let [lower, upper]: &mut [Vec<f64>; 2] = &mut sides;
        let inner = |of: &[f64]| of.iter().rev().skip(1).take(BEYOND).copied().collect::<Vec<_>>();
        let (of_lower, of_upper) = (inner(lower), inner(upper));
        lower.extend(of_upper);
        upper.extend(of_lower);
        sides.map(Self)
    }

    /// The values that the cubic of a segment rests on.
    fn around(&self, segment: usize) -> &[f64] {
        &self.0[segment..segment + STENCIL]
    }
}

/// What makes a cubic's coefficients of the values at the edges around: the polynomial through all of them, and of it the cubic
/// through four Chebyshev nodes. It errs a hundred times less than the cubic does, for one exact value a segment.
pub type Rule = [[f64; STENCIL]; 4];

/// The cubic of the values at the edges around.
pub fn cubic(rule: &Rule, values: &[f64]) -> Cubic {
    Cubic(rule.map(|row| row.iter().zip(values).map(|(weight, value)| weight * value).sum()))
}

/// The rule of a segment of a table by word.
fn rule_of<const N: usize>(segment: usize) -> Rule {
    let (start, width) = segment_of::<N>(segment);
    rule(&std::array::from_fn(|i| (edge::<N>(segment as isize + i as isize - BEYOND as isize) - start) / width))
}

/// The rule for edges at `places`, in widths of the segment from its start.
pub fn rule(places: &[f64; STENCIL]) -> Rule {
    let nodes = nodes();
    let mut rule = Rule::default();
    for (i, own) in places.iter().enumerate() {
        let others = || places.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, place)| place);
        let basis = nodes.map(|t| others().map(|other| (t - other) / (own - other)).product());
        for (row, coefficient) in rule.iter_mut().zip(interpolate(&nodes, basis)) {
            row[i] = coefficient;
        }
    }
    rule
}

/// Chebyshev nodes on [0, 1].
fn nodes() -> [f64; 4] {
    std::array::from_fn(|i| 0.5 - 0.5 * libm::cos((2 * i + 1) as f64 * PI / 8.0))
}

fn cubics<const N: usize>(edges: &[Edges; 2]) -> Cubics<N> {
    let per_octave = N / (2 * OCTAVES);
    // Octaves are alike but for the last, past which segments do not double.
    let inner: Vec<Rule> = (0..per_octave).map(|i| rule_of::<N>(per_octave + i)).collect();
    let last: Vec<Rule> = (0..per_octave).map(|i| rule_of::<N>(N / 2 - per_octave + i)).collect();
    let mut table = vec![Cubic::default(); N].into_boxed_slice();
    for (i, cubic_of) in table.iter_mut().enumerate() {
        let (side, segment) = (i / (N / 2), i % (N / 2));
        let rules = if segment / per_octave == OCTAVES - 1 { &last } else { &inner };
        *cubic_of = cubic(&rules[segment % per_octave], edges[side].around(segment));
    }
    table.try_into().unwrap_or_else(|_| unreachable!("the table was made with N segments"))
}

/// The cubic through four points: Newton's divided differences, multiplied out.
fn interpolate(nodes: &[f64; 4], mut differences: [f64; 4]) -> [f64; 4] {
    for order in 1..4 {
        for i in (order..4).rev() {
            differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
        }
    }
    let mut c = [0.0; 4];
    for i in (0..4).rev() {
        // c(t)·(t − node) + difference
        let shifted = [0.0, c[0], c[1], c[2]];
        c = std::array::from_fn(|d| shifted[d] - nodes[i] * c[d]);
        c[0] += differences[i];
    }
    c
}

/// The largest error between the nodes, where a cubic through Chebyshev nodes errs most: at the start of every segment, and in the
/// middle of every fourth.
fn worst_error<const N: usize>(table: &[Cubic; N], edges: &[Edges; 2], quantile: &dyn Fn(f64, f64) -> f64) -> f64 {
    let ends = [at(quantile, 0, TAIL), at(quantile, 1, TAIL)];
    let range = ends[1] - ends[0];
    let mut worst = 0.0;
    for (i, cubic) in table.iter().enumerate() {
        let (side, segment) = (i / (N / 2), i % (N / 2));
        let (start, width) = segment_of::<N>(segment);
        let middle = (segment % 4 == 0).then(|| (0.5, at(quantile, side, start + 0.5 * width)));
        for (t, exact) in [(0.0, edges[side].around(segment)[BEYOND])].into_iter().chain(middle) {
            let scale = if start < TAIL { range + (exact - ends[side]).abs() } else { range };
            worst = worse(worst, cubic, t, exact, scale);
        }
    }
    worst
}

/// The larger of two errors: the worst so far, and that of a cubic at `t`, as a share of `scale`; ∞ where it is no number.
pub fn worse(worst: f64, cubic: &Cubic, t: f64, exact: f64, scale: f64) -> f64 {
    // What a float of this size cannot hold is not an error of the table.
    let error = (cubic.at(t) - exact).abs() - 8.0 * f64::EPSILON * exact.abs();
    let share = error / scale;
    if share.is_finite() { worst.max(share) } else { f64::INFINITY }
}
