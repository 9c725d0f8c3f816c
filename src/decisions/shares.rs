//! Is the deal fair and stable: what every coalition would be worth, what each force adds, and other ways to share.

use std::fmt;

use super::coalitions::{coalition, players, sharing};
use super::game::Game;
use super::jackknife::{Measured, mean};
use crate::alliance::{Scenario, ShareRule};
use crate::model::{CompileError, Model};
use crate::run::{Interrupt, RunError, Settings, sample};
use crate::uncertainty::quote_key;

/// Most forces in alliances: with each one more the coalitions double.
pub const MOST: usize = 8;

/// Why there is no answer.
#[derive(Debug)]
pub enum NoShares {
    /// No alliance: there is nothing to share.
    NoAlliance,
    /// More forces than [`MOST`].
    TooMany(usize),
    /// The run was stopped, or threads failed.
    Run(RunError),
    /// A coalition does not compile.
    Compile(CompileError),
}

impl fmt::Display for NoShares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAlliance => write!(f, "no force is in an alliance: there is nothing to share"),
            Self::TooMany(count) => {
                write!(f, "{count} forces are in alliances; coalitions of at most {MOST} are tried")
            }
            Self::Run(error) => error.fmt(f),
            Self::Compile(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoShares {}

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
    /// By what each force adds: in proportion to the Shapley values of each alliance's own game, where all are above 0.
    Shapley,
}

/// What the deal and its alternatives give.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The forces that are in an alliance: positions in the scenario.
    pub players: Vec<usize>,
    /// Runs that it took, each of all trials.
    pub runs: u64,
    /// What all of them are worth together, £m.
    pub worth: Measured,
    /// Shapley value of each player, £m: what it adds.
    pub shapley: Vec<Measured>,
    /// What the deal as it is gives each player beyond what it adds, in the same futures, £m.
    pub surplus: Vec<Measured>,
    /// Every coalition of fewer than all, one force first.
    pub coalitions: Vec<CoalitionWorth>,
    /// Each way to share.
    pub rules: Vec<RuleOutcome>,
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

/// One run by trial: the share of net present value of each player, and whether it leaves.
#[derive(Clone)]
struct Trials {
    npv: Vec<Vec<f64>>,
    leaves: Vec<Vec<f64>>,
}

/// Works out whether a deal is fair and stable; trials are sampled plainly.
///
/// # Errors
/// [`NoShares`].
pub fn shares(scenario: &Scenario, settings: &Settings, interrupt: &Interrupt) -> Result<Shares, NoShares> {
    let players = players(scenario);
    match players.len() {
        0 => return Err(NoShares::NoAlliance),
        count if count > MOST => return Err(NoShares::TooMany(count)),
        _ => {}
    }
    let mut table = Table { scenario, settings, interrupt, players, runs: 0 };
    let whole = table.trials(scenario)?;
    let game = table.game(|_| true, &table.players.clone(), Some(whole.clone()))?;
    let weights = table.weights(&game)?;
    let coalitions: Vec<CoalitionWorth> = order(table.players.len())
        .into_iter()
        .map(|members| {
            let (gain, better) = game.alone(members, &whole.npv);
            let inside = (0..table.players.len()).filter(|i| members >> i & 1 == 1);
            let alone = mean((0..settings.trials as usize).map(|t| game.worth(members, t)));
            let given = |t: usize| inside.clone().map(|i| whole.npv[i][t]).sum::<f64>();
            let inside = mean((0..settings.trials as usize).map(given));
            CoalitionWorth { members: bits(members, table.players.len()), alone, inside, gain, better }
        })
        .collect();
    let mut rules = Vec::new();
    for (sharing, own, changed) in offered(scenario, weights.as_deref()) {
        let trials = if own { None } else { Some(table.trials(&changed)?) };
        rules.push(table.judge(sharing, own, trials.as_ref().unwrap_or(&whole), &game));
    }
    let adds: Vec<Vec<f64>> = (0..table.players.len()).map(|i| game.adds(i)).collect();
    let surplus = |(own, adds): (&Vec<f64>, &Vec<f64>)| mean(own.iter().zip(adds).map(|(own, adds)| own - adds));
    Ok(Shares {
        worth: mean((0..settings.trials as usize).map(|t| game.worth(game.grand(), t))),
        shapley: adds.iter().map(|own| mean(own.iter().copied())).collect(),
        surplus: whole.npv.iter().zip(&adds).map(surplus).collect(),
        runs: table.runs,
        players: table.players,
        coalitions,
        rules,
    })
}

/// How many runs of all trials it takes, at the most.
#[must_use]
pub fn runs(scenario: &Scenario) -> u64 {
    let subsets = |n: usize| (1_u64 << n.min(MOST)) - n as u64 - 1;
    let whole = subsets(players(scenario).len());
    let own = scenario.alliances.iter().map(|alliance| subsets(alliance.members.len()));
    whole + if scenario.alliances.len() > 1 { own.sum() } else { 0 } + 5
}

/// Every coalition of fewer than all, the smaller ones first.
fn order(players: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (1..(1 << players) - 1).collect();
    all.sort_by_key(|coalition: &usize| coalition.count_ones());
    all
}

fn bits(coalition: usize, players: usize) -> Vec<usize> {
    (0..players).filter(|i| coalition >> i & 1 == 1).collect()
}

/// The ways to share, whether each is the scenario's own, and the scenario changed to it.
fn offered(scenario: &Scenario, weights: Option<&[Vec<f64>]>) -> Vec<(Sharing, bool, Scenario)> {
    let usual = [
        (Sharing::Budget, ShareRule::Budget),
        (Sharing::Equal, ShareRule::Equal),
        (Sharing::Population, ShareRule::Population),
        (Sharing::Origin, ShareRule::Origin),
    ];
    let mut offered: Vec<(Sharing, bool, Scenario)> = usual
        .into_iter()
        .map(|(name, rule)| {
            let own = scenario.alliances.iter().all(|alliance| alliance.share == rule);
            (name, own, sharing(scenario, |_| rule.clone()))
        })
        .collect();
    if !offered.iter().any(|(_, own, _)| *own) {
        offered.insert(0, (Sharing::Written, true, scenario.clone()));
    }
    if let Some(weights) = weights {
        let by_value = sharing(scenario, |k| ShareRule::Explicit(weights[k].clone()));
        offered.push((Sharing::Shapley, false, by_value));
    }
    offered
}

/// What all runs of one question share.
struct Table<'a> {
    scenario: &'a Scenario,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    players: Vec<usize>,
    runs: u64,
}

impl Table<'_> {
    /// Runs a scenario that has the same forces.
    fn trials(&mut self, scenario: &Scenario) -> Result<Trials, NoShares> {
        let model = Model::compile(scenario).map_err(NoShares::Compile)?;
        let position = |name: &str| model.catalogue().position(name).unwrap_or_default();
        let mut columns = Vec::new();
        let mut of_player = vec![Vec::new(); self.players.len()];
        for player in &self.players {
            columns.push(position(&format!("force.{}.npv", quote_key(&scenario.forces[*player].name))));
        }
        for alliance in &scenario.alliances {
            for member in &alliance.members {
                of_player[self.place(member.0)].push(columns.len());
                let (alliance, force) = (quote_key(&alliance.name), quote_key(&scenario.forces[member.0].name));
                columns.push(position(&format!("alliance.{alliance}.force.{force}.left")));
            }
        }
        let run = sample::outcomes(
            || sample::worker(&model, self.settings, &columns),
            self.settings,
            self.interrupt,
            &columns,
        )?;
        self.runs += 1;
        let ever = |of: &Vec<usize>, t: usize| of.iter().map(|column| run[*column][t]).fold(0.0, f64::max);
        let leaves = of_player.iter().map(|of| (0..run[0].len()).map(|t| ever(of, t)).collect()).collect();
        Ok(Trials { npv: run.into_iter().take(self.players.len()).collect(), leaves })
    }

    /// What every coalition of some forces is worth in some of the alliances; of all of them, what is `known` already.
    fn game(&mut self, of: impl Fn(usize) -> bool, forces: &[usize], known: Option<Trials>) -> Result<Game, NoShares> {
        let mut game = Game::new(forces.len(), self.settings.trials as usize);
        let mut known = known;
        for members in (1..=game.grand()).rev() {
            let inside: Vec<usize> = bits(members, forces.len()).into_iter().map(|i| forces[i]).collect();
            let trials = match (known.take(), coalition(self.scenario, &of, |force| inside.contains(&force))) {
                (Some(known), _) => known,
                (None, Some(part)) => self.trials(&part)?,
                (None, None) => continue,
            };
            let own: Vec<usize> = inside.iter().map(|force| self.place(*force)).collect();
            let together = |t: usize| own.iter().map(|i| trials.npv[*i][t]).sum();
            game.set(members, (0..self.settings.trials as usize).map(together).collect());
        }
        Ok(game)
    }

    /// Position of a force among the players.
    fn place(&self, force: usize) -> usize {
        self.players.iter().position(|player| *player == force).unwrap_or_default()
    }

    /// Shares of each alliance by the Shapley values of its own game, as if it were the only one; `None` where in one of them a
    /// member adds nothing on average: no share of savings and costs gives it that.
    fn weights(&mut self, whole: &Game) -> Result<Option<Vec<Vec<f64>>>, NoShares> {
        let mut all = Vec::new();
        for (k, alliance) in self.scenario.alliances.iter().enumerate() {
            let members: Vec<usize> = alliance.members.iter().map(|member| member.0).collect();
            let values: Vec<Measured> = if self.scenario.alliances.len() == 1 {
                members.iter().map(|force| whole.shapley(self.place(*force))).collect()
            } else {
                let own = self.game(|other| other == k, &members, None)?;
                (0..members.len()).map(|i| own.shapley(i)).collect()
            };
            if values.iter().any(|value| value.value <= 0.0) {
                return Ok(None);
            }
            all.push(values.iter().map(|value| value.value).collect());
        }
        Ok(Some(all))
    }

    fn judge(&self, sharing: Sharing, own: bool, trials: &Trials, game: &Game) -> RuleOutcome {
        let count = self.settings.trials as usize;
        let player = |i: usize| PlayerOutcome {
            npv: mean(trials.npv[i].iter().copied()),
            loses: mean(trials.npv[i].iter().map(|y| if *y < 0.0 { 1.0 } else { 0.0 })),
            leaves: mean(trials.leaves[i].iter().copied()),
        };
        let any = |t: usize| trials.leaves.iter().map(|own| own[t]).fold(0.0, f64::max);
        let alone = order(self.players.len()).into_iter().map(|members| game.alone(members, &trials.npv).0);
        let mut blocked_by: Vec<(usize, Measured)> = alone.enumerate().filter(|(_, gain)| gain.clear()).collect();
        blocked_by.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        RuleOutcome {
            sharing,
            own,
            whole: mean((0..count).map(|t| trials.npv.iter().map(|own| own[t]).sum())),
            someone_leaves: mean((0..count).map(any)),
            players: (0..self.players.len()).map(player).collect(),
            blocked_by,
        }
    }
}
