//! Is the deal fair and stable: what every coalition would be worth, what each force adds, and other ways to share.

use std::fmt;

use super::deals::{Deals, Run, Runs};
use super::jackknife::{Measured, mean};
use super::room::NoRoom;
use super::worths::{Adds, Table, Trials};
use engine::alliance::{Scenario, ShareRule};
use engine::model::CompileError;
use engine::outcomes::is_below;
use engine::run::{Interrupt, RunError, Settings};

/// Below this, times what is shared where that is more than £1m, a difference is rounding.
const ROUNDING: f64 = 1e-9;

/// Why there is no answer.
#[derive(Debug)]
pub enum NoShares {
    /// No alliance: there is nothing to share.
    NoAlliance,
    /// There is no room for the figures of every future: one for each force in an alliance and one for each member of each.
    TooMuch(NoRoom),
    /// The run was stopped, or threads failed.
    Run(RunError),
    /// A coalition does not compile.
    Compile(CompileError),
    /// Runs are still to be made, where they come from elsewhere: whoever hands them over knows which.
    Wanted,
    /// A run that this scenario has not, or figures that are not as many as it holds.
    NoRun,
}

impl fmt::Display for NoShares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAlliance => write!(f, "no force is in an alliance: there is nothing to share"),
            Self::TooMuch(why) => why.fmt(f),
            Self::Run(error) => error.fmt(f),
            Self::Compile(error) => error.fmt(f),
            Self::Wanted => write!(f, "not all coalitions and ways to share have been run yet"),
            Self::NoRun => {
                write!(f, "this is no coalition and no way to share of this scenario, or not what is known of it")
            }
        }
    }
}

impl std::error::Error for NoShares {}

impl From<NoRoom> for NoShares {
    fn from(why: NoRoom) -> Self {
        Self::TooMuch(why)
    }
}

impl From<RunError> for NoShares {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

/// A way to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// As the scenario has it, where that is none of the others.
    Written,
    /// By budget.
    Budget,
    /// In equal parts.
    Equal,
    /// By population.
    Population,
    /// Each keeps what arises in its own costs.
    Origin,
    /// By what each force adds: in proportion to the Shapley values of each alliance's own game, where these have one sign.
    Shapley,
}

/// Why shares in proportion to Shapley values are not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshared {
    /// In this alliance (its position) some members add and others take away.
    Mixed(usize),
    /// In this alliance no member adds or takes away anything.
    Nothing(usize),
    /// The values come from drawn orders of joining, whose errors are too large to share by.
    Drawn,
}

/// What the deal and its alternatives give.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The forces that are in an alliance: positions in the scenario.
    pub players: Vec<usize>,
    /// Coalitions and ways to share that were run.
    pub runs: u64,
    /// Orders of joining that were drawn for the Shapley values; none where all were gone through.
    pub orders: Option<u64>,
    /// What all of them are worth together, £m.
    pub worth: Measured,
    /// Shapley value of each player, £m: what it adds.
    pub shapley: Vec<Measured>,
    /// What the deal as it is gives each player beyond what it adds, in the same futures, £m.
    pub surplus: Vec<Measured>,
    /// Every coalition of fewer than all, one force first; where orders of joining were drawn, those of one force alone.
    pub coalitions: Vec<CoalitionWorth>,
    /// Each way to share.
    pub rules: Vec<RuleOutcome>,
    /// Why Shapley values are not among them; none where they are.
    pub unshared: Option<Unshared>,
}

/// A coalition of fewer than all.
#[derive(Debug, Clone, PartialEq)]
pub struct CoalitionWorth {
    /// Its members: positions among the players.
    pub members: Vec<usize>,
    /// Net present value if only they collaborated, £m.
    pub alone: Measured,
    /// What the deal as it is gives them together, £m.
    pub inside: Measured,
    /// The first less the second, in the same futures.
    pub gain: Measured,
    /// Chance that they would do better alone.
    pub better: Measured,
}

/// What a way to share does.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleOutcome {
    /// Which.
    pub sharing: Sharing,
    /// Whether it is that of the scenario.
    pub own: bool,
    /// What all are worth together, £m.
    pub whole: Measured,
    /// Chance that some member leaves some alliance.
    pub someone_leaves: Measured,
    /// Each player.
    pub players: Vec<PlayerOutcome>,
    /// Coalitions (positions in [`Shares::coalitions`]) that would do better alone on average, beyond chance, and by how much, £m;
    /// the largest gain first.
    pub blocked_by: Vec<(usize, Measured)>,
    /// Whether it lies in the core (Gillies 1959): no coalition would do better alone on average; none where the trials do not tell,
    /// or where not every coalition was run.
    pub stable: Option<bool>,
}

/// What a way to share gives one force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlayerOutcome {
    /// Mean share of net present value, £m.
    pub npv: Measured,
    /// Chance that it is below 0.
    pub loses: Measured,
    /// Chance that it leaves an alliance.
    pub leaves: Measured,
}

/// Works out whether a deal is fair and stable; trials are sampled plainly. Of more than eight forces not every coalition is run: what
/// each adds is then told by drawn orders of joining, and of coalitions only those of one force.
///
/// # Errors
/// [`NoShares`].
pub fn shares(scenario: &Scenario, settings: &Settings, interrupt: &Interrupt) -> Result<Shares, NoShares> {
    let deals = Deals::new(scenario, settings, interrupt)?;
    shares_from(&deals, &mut &deals)
}

/// The same by runs that come from elsewhere.
///
/// # Errors
/// [`NoShares`].
pub fn shares_from(deals: &Deals<'_>, runs: &mut dyn Runs) -> Result<Shares, NoShares> {
    let mut table = Table::new(deals, runs);
    let whole = table.whole()?;
    let adds = table.adds(&whole)?;
    let weights = table.weights(&adds)?;
    let players = deals.players().to_vec();
    let tried = adds.tried(players.len());
    let offered = offered(deals.scenario(), weights.as_deref().ok());
    let others: Vec<Run> = offered.iter().filter_map(|(_, run)| run.clone()).collect();
    let mut judged = Vec::with_capacity(others.len());
    let names: Vec<Sharing> = offered.iter().filter(|(_, run)| run.is_some()).map(|(sharing, _)| *sharing).collect();
    table.ways(&others, |k, trials| judged.push(judge(names[k], false, trials, &adds, &tried)))?;
    let mut judged = judged.into_iter();
    let own = |sharing: Sharing| Some(judge(sharing, true, &whole, &adds, &tried));
    let rule = |(sharing, run): (Sharing, Option<Run>)| if run.is_some() { judged.next() } else { own(sharing) };
    let rules = offered.into_iter().filter_map(rule).collect();
    let surplus = (0..players.len()).map(|i| adds.surplus(i, &whole.npv[i])).collect();
    let shapley = (0..players.len()).map(|i| adds.value(i)).collect();
    let coalitions = tried.iter().map(|members| coalition_worth(members.clone(), &adds, &whole)).collect();
    let worth = mean((0..deals.trials()).map(|t| whole.together(t)));
    let (runs, orders) = (table.runs, adds.orders());
    Ok(Shares { players, runs, orders, worth, shapley, surplus, coalitions, rules, unshared: weights.err() })
}

/// What each force adds by drawn orders of joining, for which at most `runs` coalitions are run, however few forces there are: £m, in
/// the order of [`Shares::players`].
///
/// # Errors
/// [`NoShares`].
pub fn adds_by_orders(
    scenario: &Scenario,
    settings: &Settings,
    interrupt: &Interrupt,
    runs: u64,
) -> Result<Vec<Measured>, NoShares> {
    let deals = Deals::new(scenario, settings, interrupt)?;
    let mut here = &deals;
    let mut table = Table::new(&deals, &mut here);
    let whole = table.whole()?;
    let adds = table.adds_by_orders(&whole, runs)?;
    Ok((0..deals.players().len()).map(|i| adds.value(i)).collect())
}

fn coalition_worth(members: Vec<usize>, adds: &Adds, whole: &Trials) -> CoalitionWorth {
    let (gain, better) = adds.alone(&members, &whole.npv);
    let given = |t: usize| members.iter().map(|i| whole.npv[*i][t]).sum::<f64>();
    let inside = mean((0..whole.npv[0].len()).map(given));
    CoalitionWorth { alone: adds.worth(&members), inside, gain, better, members }
}

/// What a way to share gives; `tried` are the coalitions that may block it.
fn judge(sharing: Sharing, own: bool, trials: &Trials, adds: &Adds, tried: &[Vec<usize>]) -> RuleOutcome {
    let player = |i: usize| PlayerOutcome {
        npv: mean(trials.npv[i].iter().copied()),
        loses: mean(trials.npv[i].iter().map(|y| if is_below(*y, 0.0) { 1.0 } else { 0.0 })),
        leaves: mean(trials.leaves[i].iter().copied()),
    };
    let any = |t: usize| trials.leaves.iter().map(|own| own[t]).fold(0.0, f64::max);
    let count = trials.npv[0].len();
    let whole = mean((0..count).map(|t| trials.together(t)));
    let slack = ROUNDING * whole.value.abs().max(1.0);
    let alone: Vec<Measured> = tried.iter().map(|members| adds.alone(members, &trials.npv).0).collect();
    let in_core = adds.orders().is_none() && alone.iter().all(|gain| gain.value + 2.0 * gain.error <= slack);
    let gains = |(_, gain): &(usize, Measured)| gain.clear() && gain.value > slack;
    let mut blocked_by: Vec<(usize, Measured)> = alone.into_iter().enumerate().filter(gains).collect();
    blocked_by.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    RuleOutcome {
        sharing,
        own,
        whole,
        someone_leaves: mean((0..count).map(any)),
        players: (0..trials.npv.len()).map(player).collect(),
        stable: if in_core { Some(true) } else { (!blocked_by.is_empty()).then_some(false) },
        blocked_by,
    }
}

/// Values as parts of their sum; where they are no parts of one whole, whether because some are above 0 and others below.
pub(super) fn parts(values: &[f64]) -> Result<Vec<f64>, bool> {
    let size: f64 = values.iter().map(|value| value.abs()).sum();
    let sum: f64 = values.iter().sum();
    if size <= ROUNDING {
        Err(false)
    } else if sum.abs() < size * (1.0 - ROUNDING) {
        Err(true)
    } else {
        Ok(values.iter().map(|value| (value / sum).max(0.0)).collect())
    }
}

/// The ways to share, each with the run that tells of it; none for the scenario's own.
fn offered(scenario: &Scenario, weights: Option<&[Vec<f64>]>) -> Vec<(Sharing, Option<Run>)> {
    let usual = [
        (Sharing::Budget, ShareRule::Budget),
        (Sharing::Equal, ShareRule::Equal),
        (Sharing::Population, ShareRule::Population),
        (Sharing::Origin, ShareRule::Origin),
    ];
    let alliances = &scenario.alliances;
    let mut offered: Vec<(Sharing, Option<Run>)> = usual
        .into_iter()
        .map(|(name, rule)| {
            let own = alliances.iter().all(|alliance| alliance.share == rule && alliance.share_from.is_empty());
            (name, (!own).then(|| Run::Shared(vec![rule; alliances.len()])))
        })
        .collect();
    if offered.iter().all(|(_, run)| run.is_some()) {
        offered.insert(0, (Sharing::Written, None));
    }
    if let Some(weights) = weights {
        let by_value = weights.iter().cloned().map(ShareRule::Explicit).collect();
        offered.push((Sharing::Shapley, Some(Run::Shared(by_value))));
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_loss_are_parts_as_those_of_a_gain_are() {
        // 6 and 2 of 8, whether gained or lost: three quarters and one.
        for values in [[6.0, 2.0], [-6.0, -2.0]] {
            assert_eq!(parts(&values), Ok(vec![0.75, 0.25]));
        }
        assert_eq!(parts(&[-6.0, 0.0]), Ok(vec![1.0, 0.0]), "who adds nothing has no part");
        assert_eq!(parts(&[6.0, -2.0]), Err(true), "one adds and one takes away");
        assert_eq!(parts(&[0.0, 1e-15]), Err(false), "rounding is nothing");
    }
}
