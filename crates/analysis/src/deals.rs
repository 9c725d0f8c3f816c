//! The runs that sharing asks for: what each is of, and its figures in any span of it, so that they can be made anywhere.

use std::ops::Range;

use super::coalitions::{coalition, players, sharing};
use super::joining::{Group, Joining};
use super::room::check_room;
use super::shares::NoShares;
use engine::alliance::{Scenario, ShareRule};
use engine::model::Model;
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::{BLOCK, blocks_of, trials_in};

/// A run that sharing asks for. Forces and alliances are positions in the scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum Run {
    /// The deal as it is: net present value of each player by trial, then whether each leaves.
    Deal,
    /// The same where each alliance shares by another rule.
    Shared(Vec<ShareRule>),
    /// What some forces are worth together by trial, if only they collaborated: in all alliances, or in one.
    Coalition {
        /// The alliance; none: all.
        alliance: Option<usize>,
        /// The forces.
        forces: Vec<usize>,
    },
    /// What the coalitions are worth that drawn orders of joining pass through, by group of orders; at most so many are run.
    Orders(u64),
}

/// How much a run holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Pieces of which any span can be made by itself: blocks of trials, or groups of orders.
    pub pieces: u64,
    /// Figures in each place.
    pub columns: usize,
    /// Places of a piece, but of the last, which may have fewer.
    pub each: u64,
    /// Places in all: trials, or groups of orders.
    pub places: u64,
}

impl Shape {
    /// The places of a span of pieces.
    #[must_use]
    pub fn places_in(&self, span: &Range<u64>) -> u64 {
        let before = |piece: u64| piece.saturating_mul(self.each).min(self.places);
        before(span.end).saturating_sub(before(span.start))
    }
}

/// Figures column by column, each place by place.
pub type Figures = Vec<Vec<f64>>;

/// Where the figures of runs come from.
pub trait Runs {
    /// Hands over the figures of some runs, one run after another in their order, so that no more than one needs to be at hand. `stage`
    /// says in a few words for people what they are.
    ///
    /// # Errors
    /// Why there are none, or that some are still to be made.
    fn take(&mut self, stage: &str, wanted: &[Run], into: &mut dyn FnMut(Figures)) -> Result<(), NoShares>;
}

/// A scenario whose deal is looked at.
#[derive(Debug)]
pub struct Deals<'a> {
    scenario: &'a Scenario,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    players: Vec<usize>,
}

impl<'a> Deals<'a> {
    /// Of a scenario with alliances; trials are sampled plainly.
    ///
    /// # Errors
    /// Where no force is in an alliance, or there is no room for the figures of every trial.
    pub fn new(scenario: &'a Scenario, settings: &'a Settings, interrupt: &'a Interrupt) -> Result<Self, NoShares> {
        let players = players(scenario);
        if players.is_empty() {
            return Err(NoShares::NoAlliance);
        }
        let figures = players.len() + scenario.alliances.iter().map(|alliance| alliance.members.len()).sum::<usize>();
        check_room(settings.trials, figures, 0)?;
        Ok(Self { scenario, settings, interrupt, players })
    }

    /// The scenario.
    pub(super) const fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// The forces that are in an alliance: positions in the scenario.
    pub(super) fn players(&self) -> &[usize] {
        &self.players
    }

    /// Position of a force among the players; `None` for one that is in no alliance.
    pub(super) fn place(&self, force: usize) -> Option<usize> {
        self.players.iter().position(|player| *player == force)
    }

    /// How many trials.
    pub(super) const fn trials(&self) -> usize {
        self.settings.trials as usize
    }

    /// Orders of joining, of which at most so many coalitions are run.
    pub(super) fn joining(&self, runs: u64) -> Joining {
        Joining::draw(self.players.len(), runs, self.settings)
    }

    /// How much a run holds; none where it is no run of this scenario.
    #[must_use]
    pub fn shape(&self, run: &Run) -> Option<Shape> {
        let trials = self.settings.trials;
        let by_trial = |columns| Shape { pieces: blocks_of(trials), columns, each: BLOCK as u64, places: trials };
        match run {
            Run::Deal => Some(by_trial(2 * self.players.len())),
            Run::Shared(rules) => {
                let fits = |(rule, members): (&ShareRule, usize)| match rule {
                    ShareRule::Explicit(weights) => weights.len() == members,
                    _ => true,
                };
                let members = self.scenario.alliances.iter().map(|alliance| alliance.members.len());
                let all = rules.len() == self.scenario.alliances.len() && rules.iter().zip(members).all(fits);
                all.then(|| by_trial(2 * self.players.len()))
            }
            Run::Coalition { alliance, forces } => {
                let known = forces.iter().all(|force| self.place(*force).is_some());
                (known && self.collaborate(*alliance, forces)).then(|| by_trial(1))
            }
            Run::Orders(runs) => {
                let joining = self.joining(*runs);
                let columns = joining.groups().first()?.coalitions().count();
                let groups = joining.groups().len() as u64;
                Some(Shape { pieces: groups, columns, each: 1, places: groups })
            }
        }
    }

    /// Trials that a run simulates, and coalitions and ways to share that are run for it.
    pub(super) fn effort(&self, run: &Run) -> (u64, u64) {
        let Run::Orders(runs) = run else { return (self.settings.trials, 1) };
        let joining = self.joining(*runs);
        let (mut trials, mut runs) = (0, 0);
        for (g, group) in joining.groups().iter().enumerate() {
            let own = group.coalitions().filter(|members| self.collaborate(None, &self.forces(members))).count() as u64;
            runs += own;
            trials += own * joining.trials(g);
        }
        (trials, runs)
    }

    /// Whether figures are as many as a whole run holds.
    pub(super) fn fits(&self, run: &Run, figures: &Figures) -> bool {
        let whole = |shape: Shape| {
            figures.len() == shape.columns && figures.iter().all(|column| column.len() as u64 == shape.places)
        };
        self.shape(run).is_some_and(whole)
    }

    /// Blocks of futures that a piece of a run simulates, in all the coalitions that are run for it; at least one.
    #[must_use]
    pub fn weight(&self, run: &Run) -> u64 {
        let pieces = self.shape(run).map_or(1, |shape| shape.pieces).max(1);
        blocks_of(self.effort(run).0).div_ceil(pieces).max(1)
    }

    /// The figures of a span of the pieces of a run.
    ///
    /// # Errors
    /// Where there is no such run or no such span, a coalition does not compile, it is stopped from outside, or threads fail.
    pub fn figures(&self, run: &Run, span: Range<u64>) -> Result<Figures, NoShares> {
        let shape = self.shape(run).ok_or(NoShares::NoRun)?;
        if span.is_empty() || span.end > shape.pieces {
            return Err(NoShares::NoRun);
        }
        match run {
            Run::Deal => self.shared(self.scenario, span),
            Run::Shared(rules) => self.shared(&sharing(self.scenario, |k| rules[k].clone()), span),
            Run::Coalition { alliance, forces } => self.worth(*alliance, forces, span).map(|worth| vec![worth]),
            Run::Orders(runs) => self.worths(&self.joining(*runs), span),
        }
    }

    /// Runs a scenario that has the same forces: net present value of each player, then whether it leaves.
    fn shared(&self, scenario: &Scenario, span: Range<u64>) -> Result<Figures, NoShares> {
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
        let run = sample::rows(&model, self.settings, self.interrupt, span, (&columns, &[]))?;
        let ever = |of: &Vec<usize>, t: usize| of.iter().map(|column| run[*column][t]).fold(0.0, f64::max);
        let leaves: Figures = of_player.iter().map(|of| (0..run[0].len()).map(|t| ever(of, t)).collect()).collect();
        Ok(run.into_iter().take(self.players.len()).chain(leaves).collect())
    }

    /// What some forces are worth together by trial, if only they collaborated.
    fn worth(&self, alliance: Option<usize>, forces: &[usize], span: Range<u64>) -> Result<Vec<f64>, NoShares> {
        let of = |k: usize| alliance.is_none_or(|only| only == k);
        let part = coalition(self.scenario, of, |force| forces.contains(&force)).ok_or(NoShares::NoRun)?;
        let model = Model::compile(&part).map_err(NoShares::Compile)?;
        let columns: Vec<usize> = forces.iter().map(|force| model.npv_of(*force)).collect();
        let run = sample::rows(&model, self.settings, self.interrupt, span, (&columns, &[]))?;
        let trials = run.first().map_or(0, Vec::len);
        Ok((0..trials).map(|t| run.iter().map(|own| own[t]).sum()).collect())
    }

    /// What the coalitions of some groups of orders are worth: each its place in its group, group by group.
    fn worths(&self, joining: &Joining, span: Range<u64>) -> Result<Figures, NoShares> {
        let groups = &joining.groups()[span.start as usize..span.end as usize];
        let each = sample::each(self.settings, self.interrupt, groups.len(), |g| {
            let worth = |members: Vec<usize>| self.worth_in(&self.forces(&members), &groups[g]);
            groups[g].coalitions().map(worth).collect::<Result<Vec<f64>, NoShares>>()
        })?;
        let each: Figures = each.into_iter().collect::<Result<_, _>>()?;
        let columns = each.first().map_or(0, Vec::len);
        Ok((0..columns).map(|k| each.iter().map(|own| own[k]).collect()).collect())
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
            let lanes = trials_in(&(block..block + 1), self.settings.trials) as usize;
            let out = worker.run_block(self.settings.seed, self.settings.sampler, block);
            sum += columns.iter().map(|column| out[*column][..lanes].iter().sum::<f64>()).sum::<f64>();
            trials += lanes;
            self.interrupt.simulated(lanes as u64);
        }
        Ok(sum / trials as f64)
    }

    /// Players as forces.
    fn forces(&self, players: &[usize]) -> Vec<usize> {
        players.iter().map(|player| self.players[*player]).collect()
    }

    /// Whether some forces collaborate at all, in some alliance or in the one that is given: two of them are in it.
    pub(super) fn collaborate(&self, alliance: Option<usize>, forces: &[usize]) -> bool {
        let of = |k: usize| alliance.is_none_or(|only| only == k);
        let together = |members: usize| members >= 2;
        let mut all = self.scenario.alliances.iter().enumerate().filter(|(k, _)| of(*k));
        all.any(|(_, own)| together(own.members.iter().filter(|member| forces.contains(&member.0)).count()))
    }
}

/// Runs made here, on the threads of the settings.
impl Runs for &Deals<'_> {
    fn take(&mut self, stage: &str, wanted: &[Run], into: &mut dyn FnMut(Figures)) -> Result<(), NoShares> {
        self.interrupt.begin(stage, wanted.iter().map(|run| self.effort(run).0).sum());
        for run in wanted {
            let shape = self.shape(run).ok_or(NoShares::NoRun)?;
            into(self.figures(run, 0..shape.pieces)?);
        }
        Ok(())
    }
}
