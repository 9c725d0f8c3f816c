//! MODEL section 4: realised fractions, keeping, savings and their shares, benefits.

use engine::alliance::{Alliance, Benefit, ShareRule};

use super::collaboration::Collaboration;
use super::maths::progress;
use super::source::Source;

/// Savings of one alliance in one year, £m cash.
#[derive(Debug, Clone, Default)]
pub struct Savings {
    /// Gross cashable, by area.
    pub by_area: Vec<f64>,
    /// Gross cashable that falls to each member.
    pub gross: Vec<f64>,
    /// Additional cashable that falls to each member.
    pub additional: Vec<f64>,
    /// Gross non-cashable.
    pub noncashable: f64,
    /// Additional non-cashable.
    pub noncashable_additional: f64,
}

/// `J(x, y) = H(y − L) − H(x − L)` with ramp `r`.
fn ramped(x: f64, y: f64, live: f64, r: f64) -> f64 {
    let h = |x: f64| {
        if x < 0.0 {
            0.0
        } else if x < r {
            x * x / (2.0 * r)
        } else {
            x - r / 2.0
        }
    };
    h(y - live) - h(x - live)
}

/// `φ_{a,f,t}`: the share of an area's full saving that year `t` realises in member `m`.
pub fn realised(c: &Collaboration, a: usize, m: usize, t: usize, source: &dyn Source) -> f64 {
    let live = c.live(a);
    if live >= c.leaves(m) {
        return 0.0;
    }
    let area = &c.alliance.areas[a];
    let ramp = source.quantity(&area.ramp);
    let workaround = if area.needs_ict { source.quantity(&c.alliance.workaround) } else { 1.0 };
    let (from, to) = (t as f64, t as f64 + 1.0);
    let platform = from.max(c.platform().min(to));
    workaround * ramped(from, to, live, ramp) + (1.0 - workaround) * ramped(platform, to, live, ramp)
}

/// `bond_{f,t}`: what a leaver keeps of its saving.
pub fn bond(c: &Collaboration, m: usize, t: usize, source: &dyn Source) -> f64 {
    let since = t as f64 + 0.5 - c.leaves(m);
    1.0 - (1.0 - source.quantity(&c.alliance.retained)) * progress(since, source.quantity(&c.alliance.unwind))
}

/// `loss_{f,t}`: what a member loses of its saving as scale goes with those who leave: all of them where it stays itself, those who left
/// before where it leaves too.
fn loss(c: &Collaboration, m: usize, t: usize, source: &dyn Source) -> f64 {
    let unwind = source.quantity(&c.alliance.unwind);
    let notice_ends = &c.membership.notice_ends;
    let mut gone = 0.0;
    for (leaver, &left) in notice_ends.iter().enumerate() {
        if left.is_finite() && left < notice_ends[m] {
            gone += c.parts_at_start[leaver] * progress(t as f64 + 0.5 - left, unwind);
        }
    }
    source.quantity(&c.alliance.scale_loss) * gone
}

/// `keep_{f,t}`: what a member keeps of its saving.
fn keep(c: &Collaboration, m: usize, t: usize, source: &dyn Source) -> f64 {
    bond(c, m, t, source) * (1.0 - loss(c, m, t, source))
}

/// `left_{f,t}`: what members' own cuts leave in scope, from the recurring cuts of the year before as a share of first spending.
pub fn left_in_scope(alliance: &Alliance, cut: f64, source: &dyn Source) -> f64 {
    1.0 - source.quantity(&alliance.overlap) * cut.min(0.5)
}

/// The savings of year `t` and who gets them; `left` is what is left in scope of each member.
pub fn savings(c: &Collaboration, t: usize, cost_index: f64, left: &[f64], source: &dyn Source) -> Savings {
    let n = c.members.len();
    let realisation = source.quantity(&c.alliance.realisation);
    let attributable = source.quantity(&c.alliance.attributable);
    let mut by_area = vec![0.0; c.alliance.areas.len()];
    let mut own = vec![0.0; n];
    let mut noncashable = 0.0;
    for (a, area) in c.alliance.areas.iter().enumerate() {
        for (m, own) in own.iter_mut().enumerate() {
            let kept = keep(c, m, t, source) * left[m];
            let effect = c.cost[a][m] * realisation * realised(c, a, m, t, source) * kept * cost_index;
            *own += effect * source.quantity(&area.saving);
            by_area[a] += effect * source.quantity(&area.saving);
            noncashable += effect * source.quantity(&area.noncashable);
        }
    }
    let gross = shared(c, &own, t);
    let additional = gross.iter().map(|saving| attributable * saving).collect();
    Savings { by_area, gross, additional, noncashable, noncashable_additional: attributable * noncashable }
}

/// Pools the savings of those in and shares them; leavers take their own from the day on which they leave.
fn shared(c: &Collaboration, own: &[f64], t: usize) -> Vec<f64> {
    if *c.rules[t] == ShareRule::Origin {
        return own.to_vec();
    }
    let pool: f64 = own.iter().enumerate().map(|(m, saving)| c.stay(m, t) * saving).sum();
    let shares = c.shares(t);
    own.iter().enumerate().map(|(m, saving)| (1.0 - c.stay(m, t)) * saving + shares[m] * pool).collect()
}

/// `realised_{b,t}` of the benefits map.
pub fn benefit(benefit: &Benefit, all: &[Collaboration], t: usize, source: &dyn Source) -> f64 {
    let mut above = 0.0;
    let mut below = 0.0;
    for (k, a) in &benefit.areas {
        let c = &all[k.0];
        for m in 0..c.members.len() {
            above += c.cost[a.0][m] * realised(c, a.0, m, t, source) * keep(c, m, t, source);
            below += c.cost[a.0][m];
        }
    }
    if below > 0.0 { source.quantity(&benefit.full_effect) * above / below } else { 0.0 }
}
