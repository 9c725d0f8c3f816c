//! Patient rule induction: a box of a few inputs in which an event is far more frequent than elsewhere (Friedman and Fisher 1999),
//! chosen and tested as scenario discovery does (Bryant and Lempert 2010).

/// Part of a box that is peeled off at a time.
const PATIENCE: f64 = 0.05;
/// No box holds a smaller part of the trials.
const LEAST: f64 = 0.03;
/// Most inputs that conditions may name: more, nobody reads.
const MOST_CONDITIONS: usize = 4;
/// Standard errors by which a restriction must raise the event's frequency on trials that it was not found on.
const MATTERS: f64 = 3.0;
/// Resamples in which the search is repeated.
pub(super) const RESAMPLES: usize = 20;

/// An input that a box restricts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Position of the input.
    pub input: usize,
    /// Its smallest value in the box; none where it is not restricted from below.
    pub low: Option<f64>,
    /// Its largest value in the box.
    pub high: Option<f64>,
}

impl Bound {
    fn holds(&self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }
}

/// A box on the way from all trials to the last peel.
#[derive(Debug, Clone, PartialEq)]
pub struct Peel {
    /// The inputs restricted so far.
    pub bounds: Vec<Bound>,
    /// Share of all events that lie in it.
    pub coverage: f64,
    /// Share of its trials with the event.
    pub density: f64,
}

/// Inputs, each with its values by trial, and whether the event happened.
#[derive(Debug, Clone, Copy)]
pub struct Trials<'a> {
    /// The inputs.
    pub inputs: &'a [Vec<f64>],
    /// The event.
    pub event: &'a [bool],
}

/// How many trials a box holds, and how many of them have the event.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Held {
    /// Trials.
    pub trials: f64,
    /// With the event.
    pub events: f64,
}

impl Held {
    /// Share with the event.
    #[must_use]
    pub fn density(self) -> f64 {
        if self.trials > 0.0 { self.events / self.trials } else { 0.0 }
    }
}

impl Trials<'_> {
    /// What a box holds of some trials.
    #[must_use]
    pub fn held(&self, bounds: &[Bound], of: &[usize]) -> Held {
        let mut held = Held::default();
        for &i in of.iter().filter(|i| bounds.iter().all(|bound| bound.holds(self.inputs[bound.input][**i]))) {
            held.trials += 1.0;
            held.events += f64::from(u8::from(self.event[i]));
        }
        held
    }

    /// Peels boxes off some trials: each step takes away the twentieth of the box, at one end of one input, whose loss leaves the
    /// event most frequent in the rest.
    #[must_use]
    pub fn peel(&self, of: &[usize]) -> Vec<Peel> {
        let all = self.held(&[], of);
        let mut inside: Vec<usize> = of.to_vec();
        let mut bounds: Vec<Bound> = Vec::new();
        let mut peels = vec![Peel { bounds: Vec::new(), coverage: 1.0, density: all.density() }];
        while inside.len() as f64 > LEAST * of.len() as f64 && all.events > 0.0 {
            let now = self.held(&[], &inside);
            let best = (0..self.inputs.len())
                .flat_map(|input| self.ends(input, &inside))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.input.cmp(&a.0.input)));
            let Some((cut, density)) = best.filter(|(_, density)| *density > now.density()) else { break };
            restrict(&mut bounds, cut);
            inside.retain(|i| cut.holds(self.inputs[cut.input][*i]));
            let held = self.held(&[], &inside);
            peels.push(Peel { bounds: bounds.clone(), coverage: held.events / all.events, density });
        }
        peels
    }

    /// The box without its lowest and without its highest twentieth by one input: what stays, and how frequent the event is there.
    /// Equal values go together.
    fn ends(&self, input: usize, inside: &[usize]) -> Vec<(Bound, f64)> {
        let values = &self.inputs[input];
        let mut order: Vec<usize> = inside.to_vec();
        let out = ((PATIENCE * order.len() as f64).ceil() as usize).clamp(1, order.len().saturating_sub(1).max(1));
        let total = self.held(&[], inside);
        let mut found = Vec::new();
        for lowest in [true, false] {
            let place = if lowest { out } else { order.len() - 1 - out.min(order.len() - 1) };
            let (_, at, _) = order.select_nth_unstable_by(place, |a, b| values[*a].total_cmp(&values[*b]));
            let edge = values[*at];
            let cut = if lowest {
                Bound { input, low: Some(edge), high: None }
            } else {
                Bound { input, low: None, high: Some(edge) }
            };
            let gone = order.iter().filter(|i| !cut.holds(values[**i]));
            let (lost, events) = gone.fold((0.0, 0.0), |(n, e), i| (n + 1.0, e + f64::from(u8::from(self.event[*i]))));
            // Where a value is common its whole group would have to go: at the edge nothing does, so the group is taken.
            if lost > 0.0 && lost < total.trials {
                found.push((cut, (total.events - events) / (total.trials - lost)));
            } else if let Some((cut, density)) = self.past(input, &order, edge, lowest, total) {
                found.push((cut, density));
            }
        }
        found
    }

    /// The box without all trials that share the value at an end.
    fn past(&self, input: usize, inside: &[usize], edge: f64, lowest: bool, total: Held) -> Option<(Bound, f64)> {
        let values = &self.inputs[input];
        let beyond =
            inside.iter().map(|i| values[*i]).filter(|value| if lowest { *value > edge } else { *value < edge });
        let next = if lowest { beyond.fold(f64::INFINITY, f64::min) } else { beyond.fold(f64::NEG_INFINITY, f64::max) };
        let cut = if lowest {
            Bound { input, low: Some(next), high: None }
        } else {
            Bound { input, low: None, high: Some(next) }
        };
        let stays = inside.iter().filter(|i| cut.holds(values[**i]));
        let (n, events) = stays.fold((0.0, 0.0), |(n, e), i| (n + 1.0, e + f64::from(u8::from(self.event[*i]))));
        // Half of a box is not peeled at a stroke.
        (next.is_finite() && n > 0.5 * total.trials).then(|| (cut, events / n))
    }

    /// The most telling of the peels that restrict few inputs, by the harmonic mean of coverage and density, less every restriction
    /// that does not matter on other trials.
    #[must_use]
    pub fn choose(&self, peels: &[Peel], others: &[usize]) -> Vec<Bound> {
        let few = peels.iter().filter(|peel| (1..=MOST_CONDITIONS).contains(&peel.bounds.len()));
        let telling = |peel: &&Peel| 2.0 * peel.coverage * peel.density / (peel.coverage + peel.density);
        let Some(best) = few.max_by(|a, b| telling(a).total_cmp(&telling(b))) else { return Vec::new() };
        let mut bounds = best.bounds.clone();
        loop {
            let weakest = (0..bounds.len())
                .map(|k| (k, self.matters(&bounds, k, others)))
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .filter(|(_, z)| *z < MATTERS);
            let Some((k, _)) = weakest else { return bounds };
            bounds.remove(k);
        }
    }

    /// By how many standard errors the event is more frequent in the box than in what restriction `k` keeps out of it.
    #[must_use]
    pub fn matters(&self, bounds: &[Bound], k: usize, of: &[usize]) -> f64 {
        let without: Vec<Bound> =
            bounds.iter().enumerate().filter(|(other, _)| *other != k).map(|(_, bound)| *bound).collect();
        let (inside, wide) = (self.held(bounds, of), self.held(&without, of));
        let outside = Held { trials: wide.trials - inside.trials, events: wide.events - inside.events };
        if inside.trials < 1.0 || outside.trials < 1.0 {
            return 0.0;
        }
        let pooled = wide.density();
        let error = (pooled * (1.0 - pooled) * (1.0 / inside.trials + 1.0 / outside.trials)).sqrt();
        if error > 0.0 { (inside.density() - outside.density()) / error } else { 0.0 }
    }
}

/// Narrows a box by one cut.
fn restrict(bounds: &mut Vec<Bound>, cut: Bound) {
    match bounds.iter_mut().find(|bound| bound.input == cut.input) {
        Some(known) => {
            known.low = cut.low.or(known.low);
            known.high = cut.high.or(known.high);
        }
        None => bounds.push(cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number in (0, 1) by trial and input.
    fn u(trial: usize, input: u64) -> f64 {
        let mut x = (trial as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ input.wrapping_mul(0xd1b5_4a32_d192_ed03);
        for _ in 0..4 {
            x ^= x >> 31;
            x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        }
        (x >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn inputs(trials: usize, count: u64) -> Vec<Vec<f64>> {
        (0..count).map(|input| (0..trials).map(|trial| u(trial, input)).collect()).collect()
    }

    fn halves(trials: usize) -> (Vec<usize>, Vec<usize>) {
        (0..trials).partition(|i| i % 2 == 0)
    }

    #[test]
    fn a_box_that_is_there_is_found_and_nothing_else_is_restricted() {
        // The event happens in 0.9 of x₀ < 0.4 and x₁ > 0.5, and in 0.05 elsewhere; eight inputs do nothing.
        let inputs = inputs(20_000, 11);
        let event: Vec<bool> = (0..20_000)
            .map(|i| {
                let inside = inputs[0][i] < 0.4 && inputs[1][i] > 0.5;
                inputs[10][i] < if inside { 0.9 } else { 0.05 }
            })
            .collect();
        let trials = Trials { inputs: &inputs[..10], event: &event };
        let (train, test) = halves(20_000);
        let mut bounds = trials.choose(&trials.peel(&train), &test);
        bounds.sort_by_key(|bound| bound.input);
        assert_eq!(bounds.iter().map(|bound| bound.input).collect::<Vec<_>>(), [0, 1], "{bounds:?}");
        assert!(bounds[0].low.is_none() && bounds[0].high.is_some_and(|high| (high - 0.4).abs() < 0.03), "{bounds:?}");
        assert!(bounds[1].high.is_none() && bounds[1].low.is_some_and(|low| (low - 0.5).abs() < 0.03), "{bounds:?}");
        let held = trials.held(&bounds, &test);
        // A fifth of the trials lies in the true box, and 0.9 of those have the event. A last peel too few leaves a twentieth more of
        // the box, where next to none has: 0.9/1.05 + 0.05·0.05/1.05 = 0.859; four standard errors of 2,000 trials are 0.03.
        assert!(held.density() > 0.859 - 0.03 && held.density() < 0.9 + 0.03, "{held:?}");
        let events = trials.held(&[], &test).events;
        // 0.2·0.9 of 0.2·0.9 + 0.8·0.05 = 0.18/0.22 = 0.818.
        assert!((held.events / events - 0.818).abs() < 0.05, "{held:?} of {events}");
    }

    #[test]
    fn where_nothing_matters_no_condition_is_told() {
        let inputs = inputs(8_000, 9);
        let event: Vec<bool> = inputs[8].iter().map(|x| *x < 0.3).collect();
        let trials = Trials { inputs: &inputs[..8], event: &event };
        let (train, test) = halves(8_000);
        assert_eq!(trials.choose(&trials.peel(&train), &test), Vec::new());
    }

    #[test]
    fn an_input_of_few_values_is_peeled_a_value_at_a_time() {
        // The event needs the value 2, which a third of the trials have.
        let mut inputs = inputs(6_000, 2);
        inputs[0].iter_mut().for_each(|x| *x = (*x * 3.0).floor());
        let event: Vec<bool> = inputs[0].iter().map(|x| *x > 1.5).collect();
        let trials = Trials { inputs: &inputs, event: &event };
        let (train, test) = halves(6_000);
        let bounds = trials.choose(&trials.peel(&train), &test);
        assert_eq!(bounds, [Bound { input: 0, low: Some(2.0), high: None }]);
    }
}
