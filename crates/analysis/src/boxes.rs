//! A box of a few inputs in which an event is far more frequent than elsewhere: what is in it, how telling it is, and whether each of its
//! limits matters, as scenario discovery asks (Bryant and Lempert 2010); peels, for what a narrower box costs (Friedman and Fisher 1999).

mod search;

/// Part of a box that is peeled off at a time.
const PATIENCE: f64 = 0.05;
/// A group of equal values at an end that holds this part of a box may go by itself.
const GROUP: f64 = 0.01;
/// No box holds a smaller part of the trials, or, of a rare event, of that event's.
const LEAST: f64 = 0.03;
/// No box holds fewer trials.
const FEWEST: f64 = 5.0;
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
    /// A bound at one end alone.
    fn one_sided(input: usize, edge: f64, lowest: bool) -> Self {
        if lowest { Self { input, low: Some(edge), high: None } } else { Self { input, low: None, high: Some(edge) } }
    }

    fn holds(&self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }
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

    /// One trial more.
    fn add(&mut self, event: bool) {
        self.trials += 1.0;
        self.events += f64::from(u8::from(event));
    }

    /// With another, so many times.
    fn plus(self, other: Self, times: f64) -> Self {
        Self { trials: self.trials + times * other.trials, events: self.events + times * other.events }
    }
}

impl Trials<'_> {
    /// What a box holds of some trials.
    #[must_use]
    pub fn held(&self, bounds: &[Bound], of: &[usize]) -> Held {
        let mut held = Held::default();
        of.iter().filter(|i| self.is_in(bounds, **i)).for_each(|i| held.add(self.event[*i]));
        held
    }

    fn is_in(&self, bounds: &[Bound], trial: usize) -> bool {
        bounds.iter().all(|bound| bound.holds(self.inputs[bound.input][trial]))
    }

    /// How telling a box is.
    #[must_use]
    pub fn tells(&self, bounds: &[Bound], of: &[usize]) -> f64 {
        telling(self.held(bounds, of), self.held(&[], of))
    }

    /// The fewest trials that a box may hold.
    fn least(all: Held) -> f64 {
        (LEAST.min(all.density()) * all.trials).max(FEWEST)
    }

    /// Peels boxes off some trials: each step takes away a twentieth of the box or a whole group of equal values, at one end of one
    /// input, whose loss makes the event more frequent in the rest by most for each trial lost, so that large groups and small ones
    /// are weighed alike (Kwakkel and Jaxa-Rozen 2016). Only inputs `among` those given are restricted.
    #[must_use]
    pub fn peel(&self, of: &[usize], among: &[usize]) -> Vec<Vec<Bound>> {
        let all = self.held(&[], of);
        let mut inside: Vec<usize> = of.to_vec();
        let mut bounds: Vec<Bound> = Vec::new();
        let mut peels = vec![Vec::new()];
        let least = Self::least(all);
        while inside.len() as f64 > least && all.events > 0.0 {
            let now = self.held(&[], &inside);
            let gain =
                |(cut, held): (Bound, Held)| (cut, (held.density() - now.density()) / (now.trials - held.trials));
            let best = among
                .iter()
                .copied()
                .flat_map(|input| self.ends(input, &inside))
                .map(gain)
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.input.cmp(&a.0.input)));
            let Some((cut, _)) = best.filter(|(_, gain)| *gain > 0.0) else { break };
            restrict(&mut bounds, cut);
            inside.retain(|i| cut.holds(self.inputs[cut.input][*i]));
            peels.push(bounds.clone());
        }
        peels
    }

    /// What can be peeled off by one input, and what then stays: at each end a twentieth, without parting equal values: the group that
    /// it cuts through stays whole, or goes whole however large it is. A smaller group at the very end may go by itself.
    fn ends(&self, input: usize, inside: &[usize]) -> Vec<(Bound, Held)> {
        let values = &self.inputs[input];
        let mut order: Vec<usize> = inside.to_vec();
        let out = ((PATIENCE * order.len() as f64).ceil() as usize).clamp(1, order.len().saturating_sub(1).max(1));
        let mut cuts = Vec::new();
        for lowest in [true, false] {
            let place = if lowest { out } else { order.len() - 1 - out.min(order.len() - 1) };
            let (_, at, _) = order.select_nth_unstable_by(place, |a, b| values[*a].total_cmp(&values[*b]));
            let edge = values[*at];
            cuts.push((Bound::one_sided(input, edge, lowest), 0.5 * PATIENCE));
            let all = || order.iter().map(|i| values[*i]);
            let last = if lowest { all().min_by(f64::total_cmp) } else { all().max_by(f64::total_cmp) };
            for (value, least) in [(Some(edge), 0.5 * PATIENCE), (last, GROUP)] {
                let beyond = value.and_then(|value| next(all(), value, lowest));
                cuts.extend(beyond.map(|beyond| (Bound::one_sided(input, beyond, lowest), least)));
            }
        }
        let found = cuts.into_iter().map(|(cut, least)| (cut, least, self.held(&[cut], inside)));
        // Too few are not worth a step, all are too many.
        let worth = |least: f64, held: &Held| {
            inside.len() as f64 - held.trials >= (least * inside.len() as f64).max(1.0) && held.trials > 0.0
        };
        found.filter(|(_, least, held)| worth(*least, held)).map(|(cut, _, held)| (cut, held)).collect()
    }

    /// A box less every restriction that does not matter on trials that it was not found on, the least first.
    #[must_use]
    pub fn confirmed(&self, mut bounds: Vec<Bound>, others: &[usize]) -> Vec<Bound> {
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

/// The harmonic mean of coverage and lift: how far density lies above that of all, as a part of the way to 1. (With density instead the
/// box of all trials would be the most telling of an event that is frequent.)
fn telling(held: Held, all: Held) -> f64 {
    let coverage = if all.events > 0.0 { held.events / all.events } else { 0.0 };
    let lift = (held.density() - all.density()) / (1.0 - all.density());
    if lift > 0.0 && coverage > 0.0 { 2.0 * coverage * lift / (coverage + lift) } else { 0.0 }
}

/// The value next to `edge`: above it, or below.
fn next(values: impl Iterator<Item = f64>, edge: f64, above: bool) -> Option<f64> {
    let beyond = values.filter(|value| if above { *value > edge } else { *value < edge });
    if above { beyond.min_by(f64::total_cmp) } else { beyond.max_by(f64::total_cmp) }
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
mod tests;
