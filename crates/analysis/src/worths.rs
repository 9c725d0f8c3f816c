//! What coalitions are worth, run by run: of few forces every coalition in every trial, of many those that drawn orders of joining
//! pass through, each in a part of the trials.

use super::coalitions::coalition;
use super::game::Game;
use super::jackknife::{Measured, mean};
use super::joining::{Group, Joining};
use super::shares::{NoShares, Unshared, parts};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::BLOCK;

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
    scenario: &'a Scenario,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    /// The forces that are in an alliance: positions in the scenario.
    pub players: Vec<usize>,
    /// Coalitions and ways to share that were run.
    pub runs: u64,
}

impl<'a> Table<'a> {
    /// A table of no run yet.
    pub fn new(scenario: &'a Scenario, settings: &'a Settings, interrupt: &'a Interrupt, players: Vec<usize>) -> Self {
        Self { scenario, settings, interrupt, players, runs: 0 }
    }

    /// Runs a scenario that has the same forces.
    pub fn trials(&mut self, scenario: &Scenario) -> Result<Trials, NoShares> {
        let model = Model::compile(scenario).map_err(NoShares::Compile)?;
        let mut columns: Vec<usize> = self.players.iter().map(|player| model.npv_of(*player)).collect();
        let mut of_player = vec![Vec::new(); self.players.len()];
        for (k, alliance) in scenario.alliances.iter().enumerate() {
            for (m, member) in alliance.members.iter().enumerate() {
                if let Some(player) = self.place(member.0) {
                    of_player[player].push(columns.len());
                    columns.push(model.leaves(k, m));
                }
            }
        }
        let worker = || sample::worker(&model, self.settings, &columns);
        let run = sample::outcomes(worker, self.settings, self.interrupt, &columns)?;
        self.runs += 1;
        let ever = |of: &Vec<usize>, t: usize| of.iter().map(|column| run[*column][t]).fold(0.0, f64::max);
        let leaves = of_player.iter().map(|of| (0..run[0].len()).map(|t| ever(of, t)).collect()).collect();
        Ok(Trials { npv: run.into_iter().take(self.players.len()).collect(), leaves })
    }

    /// What each player adds in all alliances together.
    pub fn adds(&mut self, whole: &Trials) -> Result<Adds, NoShares> {
        if self.players.len() > MOST {
            return self.adds_by_orders(whole, MOST_RUNS);
        }
        Ok(Adds::Exact(self.game(|_| true, &self.players.clone(), Some(whole))?))
    }

    /// What every coalition of some forces is worth in some of the alliances; of all of them, what is `known` already.
    fn game(&mut self, of: impl Fn(usize) -> bool, forces: &[usize], known: Option<&Trials>) -> Result<Game, NoShares> {
        let mut game = Game::new(forces.len(), self.settings.trials as usize);
        let inside =
            |members: usize| bits(members, forces.len()).into_iter().map(|i| forces[i]).collect::<Vec<usize>>();
        let last = if known.is_some() { game.grand() - 1 } else { game.grand() };
        let runs = (1..=last).filter(|members| self.collaborates(&of, &inside(*members))).count() as u64;
        self.interrupt.begin("Running coalitions", runs * self.settings.trials);
        if let Some(known) = known {
            game.set(game.grand(), (0..self.settings.trials as usize).map(|t| known.together(t)).collect());
        }
        for members in (1..=last).rev() {
            let inside = inside(members);
            let Some(part) = coalition(self.scenario, &of, |force| inside.contains(&force)) else { continue };
            let trials = self.trials(&part)?;
            let own: Vec<usize> = inside.iter().filter_map(|force| self.place(*force)).collect();
            let worth = (0..self.settings.trials as usize).map(|t| own.iter().map(|i| trials.npv[*i][t]).sum());
            game.set(members, worth.collect());
        }
        Ok(game)
    }

    /// The same by drawn orders of joining, however few players there are: at most `most` coalitions are run.
    pub fn adds_by_orders(&mut self, whole: &Trials, most: u64) -> Result<Adds, NoShares> {
        let joining = Joining::draw(self.players.len(), most, self.settings);
        let inside = |members: &[usize]| members.iter().map(|i| self.players[*i]).collect::<Vec<usize>>();
        let (mut runs, mut trials) = (0, 0);
        for (g, group) in joining.groups().iter().enumerate() {
            let own = group.coalitions().filter(|members| self.collaborates(|_| true, &inside(members))).count() as u64;
            runs += own;
            trials += own * joining.trials(g);
        }
        self.interrupt.begin("Running coalitions", trials);
        let each = sample::each(self.settings, self.interrupt, joining.groups().len(), |g| {
            let group = &joining.groups()[g];
            let all = mean_of(joining.span(g).map(|t| whole.together(t)));
            group.adds(all, |members: &[usize]| self.worth_in(&inside(members), group))
        })?;
        self.runs += runs;
        Ok(Adds::Drawn(joining, each.into_iter().collect::<Result<_, _>>()?))
    }

    /// What some forces are worth together if only they collaborated: the mean over the futures of a group.
    fn worth_in(&self, forces: &[usize], group: &Group) -> Result<f64, NoShares> {
        let Some(part) = coalition(self.scenario, |_| true, |force| forces.contains(&force)) else { return Ok(0.0) };
        self.interrupt.check()?;
        let model = Model::compile(&part).map_err(NoShares::Compile)?;
        let columns: Vec<usize> = forces.iter().map(|force| model.npv_of(*force)).collect();
        let mut worker = sample::worker(&model, self.settings, &columns);
        let (mut sum, mut trials) = (0.0, 0);
        for block in group.blocks.clone() {
            self.interrupt.check()?;
            let lanes = (self.settings.trials - block * BLOCK as u64).min(BLOCK as u64) as usize;
            let out = worker.run_block(self.settings.seed, self.settings.sampler, block);
            sum += columns.iter().map(|column| out[*column][..lanes].iter().sum::<f64>()).sum::<f64>();
            trials += lanes;
            self.interrupt.simulated(lanes as u64);
        }
        Ok(sum / trials as f64)
    }

    /// Whether some forces collaborate at all in some of the alliances: two of them are in one.
    fn collaborates(&self, of: impl Fn(usize) -> bool, forces: &[usize]) -> bool {
        self.scenario
            .alliances
            .iter()
            .enumerate()
            .filter(|(k, _)| of(*k))
            .any(|(_, alliance)| alliance.members.iter().filter(|member| forces.contains(&member.0)).count() >= 2)
    }

    /// Position of a force among the players; `None` for one that is in no alliance.
    fn place(&self, force: usize) -> Option<usize> {
        self.players.iter().position(|player| *player == force)
    }

    /// Shares of each alliance in proportion to the Shapley values of its own game, as if it were the only one. Of a loss each has
    /// its part as of a gain; where some add and others take away there are no parts of one whole. Values of drawn orders are too
    /// rough to share by.
    pub fn weights(&mut self, whole: &Adds) -> Result<Result<Vec<Vec<f64>>, Unshared>, NoShares> {
        let Adds::Exact(whole) = whole else { return Ok(Err(Unshared::Drawn)) };
        let mut all = Vec::new();
        for (k, alliance) in self.scenario.alliances.iter().enumerate() {
            let members: Vec<usize> = alliance.members.iter().map(|member| member.0).collect();
            let own = |game: &Game, at: &[usize]| at.iter().map(|i| game.shapley(*i).value).collect::<Vec<f64>>();
            let values = if self.scenario.alliances.len() == 1 {
                own(whole, &members.iter().filter_map(|force| self.place(*force)).collect::<Vec<_>>())
            } else {
                let game = self.game(|other| other == k, &members, None)?;
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
