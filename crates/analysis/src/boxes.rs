//! Patient rule induction: a box of a few inputs in which an event is far more frequent than elsewhere (Friedman and Fisher 1999),
//! peeled, pasted, and tested as scenario discovery does (Bryant and Lempert 2010).

/// Part of a box that is peeled off at a time.
const PATIENCE: f64 = 0.05;
/// A group of equal values at an end that holds this part of a box may go by itself.
const GROUP: f64 = 0.01;
/// No box holds a smaller part of the trials, or, of a rare event, of that event's.
const LEAST: f64 = 0.03;
/// No box holds fewer trials.
const FEWEST: f64 = 10.0;
/// Most inputs that conditions may name: more, nobody reads.
const MOST_CONDITIONS: usize = 4;
/// By how much more telling a box must be for one condition more.
const WORTH_A_CONDITION: f64 = 0.01;
/// Standard errors by which a restriction must raise the event's frequency on trials that it was not found on.
const MATTERS: f64 = 3.0;
/// What is told more by no more than this is told by rounding.
const ROUNDING: f64 = 1e-12;
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

    /// The most telling box of a few inputs on some trials: peeled, chosen among those on the way, and pasted; with all boxes on the way.
    #[must_use]
    pub fn find(&self, of: &[usize]) -> (Vec<Bound>, Vec<Peel>) {
        let of_all = self.held(&[], of).density();
        let tells = |peel: &Peel| telling(peel.coverage, peel.density, of_all);
        let mut best: (Vec<Bound>, f64) = (Vec::new(), 0.0);
        let mut peels = Vec::new();
        for most in 1..=MOST_CONDITIONS {
            peels = self.peel(of, most);
            let Some(peel) = peels.iter().max_by(|a, b| tells(a).total_cmp(&tells(b))) else { continue };
            let pasted = self.paste(peel.bounds.clone(), of);
            let told = self.tells(&pasted, of);
            if told > best.1 + if pasted.len() > best.0.len() { WORTH_A_CONDITION } else { ROUNDING } {
                best = (pasted, told);
            }
        }
        (best.0, peels)
    }

    /// How telling a box is.
    fn tells(&self, bounds: &[Bound], of: &[usize]) -> f64 {
        let (held, all) = (self.held(bounds, of), self.held(&[], of));
        if all.events > 0.0 { telling(held.events / all.events, held.density(), all.density()) } else { 0.0 }
    }

    /// Peels boxes off some trials: each step takes away a twentieth of the box or a whole group of equal values, at one end of one
    /// input, whose loss makes the event more frequent in the rest by most for each trial lost, so that large groups and small ones
    /// are weighed alike (Kwakkel and Jaxa-Rozen 2016). Once `most` inputs are restricted no other is.
    #[must_use]
    pub fn peel(&self, of: &[usize], most: usize) -> Vec<Peel> {
        let all = self.held(&[], of);
        let mut inside: Vec<usize> = of.to_vec();
        let mut bounds: Vec<Bound> = Vec::new();
        let mut peels = vec![Peel { bounds: Vec::new(), coverage: 1.0, density: all.density() }];
        let least = (LEAST.min(all.density()) * of.len() as f64).max(FEWEST);
        while inside.len() as f64 > least && all.events > 0.0 {
            let now = self.held(&[], &inside);
            let gain =
                |(cut, held): (Bound, Held)| (cut, (held.density() - now.density()) / (now.trials - held.trials));
            let open = |input: &usize| bounds.len() < most || bounds.iter().any(|bound| bound.input == *input);
            let best = (0..self.inputs.len())
                .filter(open)
                .flat_map(|input| self.ends(input, &inside))
                .map(gain)
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.input.cmp(&a.0.input)));
            let Some((cut, _)) = best.filter(|(_, gain)| *gain > 0.0) else { break };
            restrict(&mut bounds, cut);
            inside.retain(|i| cut.holds(self.inputs[cut.input][*i]));
            let held = self.held(&[], &inside);
            peels.push(Peel { bounds: bounds.clone(), coverage: held.events / all.events, density: held.density() });
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

    /// Moves bounds outward, by as much as makes the box most telling, until nothing does: what peeling took away too much of
    /// comes back (pasting: Friedman and Fisher 1999, section 5).
    #[must_use]
    pub fn paste(&self, mut bounds: Vec<Bound>, of: &[usize]) -> Vec<Bound> {
        let mut now = self.tells(&bounds, of);
        loop {
            let wider = (0..bounds.len()).flat_map(|k| self.wider(&bounds, k, of));
            let best = wider.map(|wide| (self.tells(&wide, of), wide)).max_by(|a, b| a.0.total_cmp(&b.0));
            match best.filter(|(tells, _)| *tells > now + ROUNDING) {
                Some((tells, wide)) => (now, bounds) = (tells, wide),
                None => return bounds,
            }
        }
    }

    /// The box with bound `k` moved outward at either end, by small parts of the box and a whole step of peeling. Equal values stay
    /// together.
    fn wider(&self, bounds: &[Bound], k: usize, of: &[usize]) -> Vec<Vec<Bound>> {
        let own = bounds[k];
        let values = &self.inputs[own.input];
        let others: Vec<Bound> = bounds.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, bound)| *bound).collect();
        let size = self.held(bounds, of).trials;
        let candidates: Vec<f64> = of
            .iter()
            .filter(|i| others.iter().all(|bound| bound.holds(self.inputs[bound.input][**i])))
            .map(|i| values[*i])
            .collect();
        let mut found = Vec::new();
        for lowest in [true, false] {
            let Some(edge) = (if lowest { own.low } else { own.high }) else { continue };
            let mut beyond: Vec<f64> =
                candidates.iter().copied().filter(|value| if lowest { *value < edge } else { *value > edge }).collect();
            beyond.sort_unstable_by(|a, b| if lowest { b.total_cmp(a) } else { a.total_cmp(b) });
            let steps = [0.002, 0.01, PATIENCE].map(|step| (step * size) as usize);
            for to in steps.into_iter().map(|step| beyond.get(step).copied()) {
                let mut wide = bounds.to_vec();
                let end = if lowest { &mut wide[k].low } else { &mut wide[k].high };
                // The last group is no bound any more.
                *end = to.filter(|to| beyond.last().is_some_and(|last| last.total_cmp(to).is_ne()));
                if wide[k].low.is_none() && wide[k].high.is_none() {
                    wide.remove(k);
                }
                found.push(wide);
            }
        }
        found
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
fn telling(coverage: f64, density: f64, of_all: f64) -> f64 {
    let lift = (density - of_all) / (1.0 - of_all);
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
