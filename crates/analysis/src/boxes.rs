//! A box of a few inputs in which an event is far more frequent than elsewhere: what is in it, how telling it is, and whether each of its
//! limits matters, as scenario discovery asks (Bryant and Lempert 2010).

mod search;

/// No box holds a smaller part of the trials, or, of a rare event, of that event's.
const LEAST: f64 = 0.03;
/// No box holds fewer trials.
const FEWEST: f64 = 10.0;
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

#[cfg(test)]
mod tests;
