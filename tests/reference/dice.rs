//! Random choices from a seed, for made-up scenarios.

use engine::uncertainty::{Distribution, Family, Quantity, Value};

use crate::build::set;

/// A small generator of its own (`SplitMix64`: Steele, Lea and Flood 2014), so that no engine draw is touched.
pub struct Dice {
    state: u64,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Yes, with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.between(0.0, 1.0) < p
    }

    /// So many chances that sum to 1, none very small.
    pub fn chances(&mut self, n: usize) -> Vec<f64> {
        let weights: Vec<f64> = (0..n).map(|_| self.between(0.05, 1.0)).collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|w| w / total).collect()
    }

    /// At least `least` of `n` positions, in random order.
    pub fn subset(&mut self, n: usize, least: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            all.swap(i, self.below(i + 1));
        }
        all.truncate(least + self.below(n - least + 1));
        all
    }

    fn draw(quantity: &mut Quantity, family: Family, min: Option<f64>, max: Option<f64>) {
        let distribution = Distribution::new(family, min, max).expect("a distribution of the generator");
        quantity.value = Value::Uncertain(distribution);
    }

    /// A known or uncertain value between `low` and `high`, sometimes with a plan of its own.
    pub fn vary(&mut self, quantity: &mut Quantity, low: f64, high: f64) {
        let (x, y, z) = (self.between(low, high), self.between(low, high), self.between(low, high));
        let mut sorted = [x, y, z];
        sorted.sort_by(f64::total_cmp);
        let [least, mode, most] = sorted;
        match self.below(9) {
            0 => Self::draw(quantity, Family::Uniform { low: least, high: most }, None, None),
            1 => Self::draw(quantity, Family::Triangular { low: least, mode, high: most }, None, None),
            2 => Self::draw(quantity, Family::Pert { low: least, mode, high: most, shape: 4.0 }, None, None),
            3 => {
                let family = Family::Discrete { values: vec![x, y, z], weights: vec![1.0, 2.0, 0.5] };
                Self::draw(quantity, family, None, None);
            }
            4 => Self::draw(quantity, Family::Normal { mean: x, sd: (high - low) / 4.0 }, Some(low), Some(high)),
            _ => set(quantity, x),
        }
        if self.chance(0.15) {
            quantity.plan = Some(y);
        }
    }

    /// As `vary`, or 0, or a quarter: intervals without length and dates that coincide.
    pub fn or_zero(&mut self, quantity: &mut Quantity, low: f64, high: f64) {
        match self.below(4) {
            0 => set(quantity, 0.0),
            1 => set(quantity, 0.25),
            _ => self.vary(quantity, low, high),
        }
    }

    /// A factor about 1, or above it.
    pub fn lateness(&mut self, quantity: &mut Quantity) {
        if self.chance(0.5) {
            let median = self.between(1.0, 1.5);
            Self::draw(quantity, Family::LogNormal { median, p90: median * 1.4 }, Some(0.7), Some(3.0));
            quantity.plan = Some(1.0);
        }
    }

    /// Delivered, or hardly.
    pub fn bimodal(&mut self, quantity: &mut Quantity) {
        let part = |low: f64, high: f64| {
            Distribution::new(Family::Uniform { low, high }, None, None).expect("a distribution of the generator")
        };
        if self.chance(0.7) {
            let family = Family::Mixture { weights: vec![0.3, 0.7], parts: vec![part(0.0, 0.4), part(0.7, 1.1)] };
            Self::draw(quantity, family, None, None);
        }
    }
}
