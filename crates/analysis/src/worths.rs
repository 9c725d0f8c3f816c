//! What coalitions are worth: of few forces every coalition in every trial, of many those that drawn orders of joining pass through,
//! each in a part of the trials.

use super::deals::{Deals, Figures, Run, Runs};
use super::game::Game;
use super::jackknife::{Measured, mean};
use super::joining::{Group, Joining};
use super::shares::{NoShares, Unshared, parts};

/// Most forces of which every coalition is run: with each one more the coalitions double. Beyond, orders of joining are drawn.
const MOST: usize = 8;
/// Most coalitions that are run for drawn orders of joining, in all.
const MOST_RUNS: u64 = 2_000;

/// One run by trial: the share of net present value of each player, and whether it leaves.
pub(super) struct Trials {
    pub npv: Vec<Vec<f64>>,
    pub leaves: Vec<Vec<f64>>,
}

impl Trials {
    /// Of the figures of such a run.
    fn of(mut npv: Figures) -> Self {
        let leaves = npv.split_off(npv.len() / 2);
        Self { npv, leaves }
    }

    /// What all players have together in a trial.
    pub fn together(&self, trial: usize) -> f64 {
        self.npv.iter().map(|own| own[trial]).sum()
    }
}

/// What each player adds, and what coalitions are worth as far as that is known.
pub(super) enum Adds {
    /// Every coalition was run.
    Exact(Game),
    /// Orders of joining were drawn: what each adds, by group of them.
    Drawn(Joining, Vec<Vec<f64>>),
}

impl Adds {
    /// Shapley value of a player.
    pub fn value(&self, player: usize) -> Measured {
        match self {
            Self::Exact(game) => game.shapley(player),
            Self::Drawn(joining, each) => joining.measured(|group| each[group][player]),
        }
    }

    /// What a player is `given`, trial by trial, beyond what it adds in the same futures.
    pub fn surplus(&self, player: usize, given: &[f64]) -> Measured {
        match self {
            Self::Exact(game) => mean(given.iter().zip(game.adds(player)).map(|(own, adds)| own - adds)),
            Self::Drawn(joining, each) => {
                let own = |g: usize| mean_of(joining.span(g).map(|t| given[t]));
                joining.measured(|group| own(group) - each[group][player])
            }
        }
    }

    /// Orders of joining that were drawn.
    pub fn orders(&self) -> Option<u64> {
        match self {
            Self::Exact(_) => None,
            Self::Drawn(joining, _) => Some(joining.orders()),
        }
    }

    /// Coalitions of fewer than all whose worth is known, the smaller ones first: all, or those of one player.
    pub fn tried(&self, players: usize) -> Vec<Vec<usize>> {
        match self {
            Self::Exact(_) => {
                let mut all: Vec<usize> = (1..(1 << players) - 1).collect();
                all.sort_by_key(|coalition: &usize| coalition.count_ones());
                all.into_iter().map(|coalition| bits(coalition, players)).collect()
            }
            Self::Drawn(..) => (0..players).map(|player| vec![player]).collect(),
        }
    }

    /// What a coalition is worth by itself, where that is known.
    pub fn worth(&self, members: &[usize]) -> Measured {
        match self {
            Self::Exact(game) => game.mean_worth(set(members)),
            // A force alone is in no alliance.
            Self::Drawn(..) => Measured::default(),
        }
    }

    /// By how much a coalition would do better alone than with what its members are given: its mean, and how often.
    pub fn alone(&self, members: &[usize], given: &[Vec<f64>]) -> (Measured, Measured) {
        match self {
            Self::Exact(game) => game.alone(set(members), given),
            Self::Drawn(..) => {
                let own = |t: usize| members.iter().map(|i| given[*i][t]).sum::<f64>();
                let trials = 0..given.first().map_or(0, Vec::len);
                let better = trials.clone().map(|t| if own(t) < -1e-9 { 1.0 } else { 0.0 });
                (mean(trials.map(|t| -own(t))), mean(better))
            }
        }
    }
}

fn mean_of(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

fn bits(coalition: usize, players: usize) -> Vec<usize> {
    (0..players).filter(|i| coalition >> i & 1 == 1).collect()
}

fn set(members: &[usize]) -> usize {
    members.iter().fold(0, |set, i| set | 1 << i)
}

/// What all runs of one question share.
pub(super) struct Table<'a> {
    pub deals: &'a Deals<'a>,
    from: &'a mut dyn Runs,
    /// Coalitions and ways to share that were run.
    pub runs: u64,
}

impl<'a> Table<'a> {
    /// A table of no run yet.
    pub fn new(deals: &'a Deals<'a>, from: &'a mut dyn Runs) -> Self {
        Self { deals, from, runs: 0 }
    }

    /// Has some runs made and looks at each, with its place among them, before the next is made.
    fn take(&mut self, stage: &str, wanted: &[Run], mut look: impl FnMut(usize, Figures)) -> Result<(), NoShares> {
        let (deals, mut taken) = (self.deals, 0);
        let mut into = |figures: Figures| {
            if wanted.get(taken).is_some_and(|run| deals.fits(run, &figures)) {
                look(taken, figures);
                taken += 1;
            }
        };
        self.from.take(stage, wanted, &mut into)?;
        if taken != wanted.len() {
            return Err(NoShares::NoRun);
        }
        self.runs += wanted.iter().map(|run| deals.effort(run).1).sum::<u64>();
        Ok(())
    }

    /// The figures of one run.
    fn one(&mut self, stage: &str, wanted: Run) -> Result<Figures, NoShares> {
        let mut all = Figures::new();
        self.take(stage, &[wanted], |_, figures| all = figures)?;
        Ok(all)
    }

    /// The deal as it is.
    pub fn whole(&mut self) -> Result<Trials, NoShares> {
        self.one("Running the deal as it is", Run::Deal).map(Trials::of)
    }

    /// Looks at other ways to share, one after another in their order, each with its place among them.
    pub fn ways(&mut self, wanted: &[Run], mut look: impl FnMut(usize, &Trials)) -> Result<(), NoShares> {
        self.take("Running ways to share", wanted, |k, figures| look(k, &Trials::of(figures)))
    }

    /// What each player adds in all alliances together.
    pub fn adds(&mut self, whole: &Trials) -> Result<Adds, NoShares> {
        if self.deals.players().len() > MOST {
            return self.adds_by_orders(whole, MOST_RUNS);
        }
        Ok(Adds::Exact(self.game(None, self.deals.players(), Some(whole))?))
    }

    /// What every coalition of some forces is worth in all alliances or in one; of all of them, what is `known` already.
    fn game(&mut self, alliance: Option<usize>, forces: &[usize], known: Option<&Trials>) -> Result<Game, NoShares> {
        let trials = self.deals.trials();
        let mut game = Game::new(forces.len(), trials);
        let inside =
            |members: usize| bits(members, forces.len()).into_iter().map(|i| forces[i]).collect::<Vec<usize>>();
        let last = if known.is_some() { game.grand() - 1 } else { game.grand() };
        let run = |members: usize| (members, inside(members));
        let others = (1..=last).rev().map(run).filter(|(_, forces)| self.deals.collaborate(alliance, forces));
        let (sets, wanted): (Vec<usize>, Vec<Run>) =
            others.map(|(members, forces)| (members, Run::Coalition { alliance, forces })).unzip();
        if let Some(known) = known {
            game.set(game.grand(), (0..trials).map(|t| known.together(t)).collect());
        }
        self.take("Running coalitions", &wanted, |k, worth| {
            game.set(sets[k], worth.into_iter().flatten().collect());
        })?;
        Ok(game)
    }

    /// The same by drawn orders of joining, however few players there are: at most `most` coalitions are run.
    pub fn adds_by_orders(&mut self, whole: &Trials, most: u64) -> Result<Adds, NoShares> {
        let worths = self.one("Running coalitions", Run::Orders(most))?;
        let joining = self.deals.joining(most);
        let adds = |(g, group): (usize, &Group)| {
            let all = mean_of(joining.span(g).map(|t| whole.together(t)));
            // Coalitions are asked for in the order in which they stand; a force alone is in none.
            let mut asked = 0;
            group.adds(all, |members| {
                if members.len() == 1 {
                    return 0.0;
                }
                asked += 1;
                worths[asked - 1][g]
            })
        };
        let each = joining.groups().iter().enumerate().map(adds).collect();
        Ok(Adds::Drawn(joining, each))
    }

    /// Shares of each alliance in proportion to the Shapley values of its own game, as if it were the only one. Of a loss each has
    /// its part as of a gain; where some add and others take away there are no parts of one whole. Values of drawn orders are too
    /// rough to share by.
    pub fn weights(&mut self, whole: &Adds) -> Result<Result<Vec<Vec<f64>>, Unshared>, NoShares> {
        let Adds::Exact(whole) = whole else { return Ok(Err(Unshared::Drawn)) };
        let alliances = &self.deals.scenario().alliances;
        let mut all = Vec::new();
        for (k, alliance) in alliances.iter().enumerate() {
            let members: Vec<usize> = alliance.members.iter().map(|member| member.0).collect();
            let own = |game: &Game, at: &[usize]| at.iter().map(|i| game.shapley(*i).value).collect::<Vec<f64>>();
            let values = if alliances.len() == 1 {
                own(whole, &members.iter().filter_map(|force| self.deals.place(*force)).collect::<Vec<_>>())
            } else {
                let game = self.game(Some(k), &members, None)?;
                own(&game, &(0..members.len()).collect::<Vec<_>>())
            };
            match parts(&values) {
                Ok(parts) => all.push(parts),
                Err(mixed) => return Ok(Err(if mixed { Unshared::Mixed(k) } else { Unshared::Nothing(k) })),
            }
        }
        Ok(Ok(all))
    }
}
