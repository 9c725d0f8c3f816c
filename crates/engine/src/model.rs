//! The model: a scenario compiled to dense form, and the worker that runs blocks of its trials.

mod appraisal;
mod arithmetic;
mod basis;
mod block;
mod columns;
mod compile;
mod contact;
mod delivery;
mod economy;
mod foresight;
mod form;
mod fund;
mod funding;
mod governance;
mod kept;
mod lane;
mod ledger;
mod levers;
mod parameters;
mod programme;
mod read;
mod reading;
mod record;
mod resilience;
mod year;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use basis::Basis;
use block::{Block, PlanSavings};
use form::Compiled;
pub use kept::KEPT_INPUT;
pub use levers::Levers;
pub use reading::{ModelInput, National, Reading, Sort};
use record::{record_details, record_end, record_year};
use year::Pass;
pub use year::Stage;

use crate::alliance::Scenario;
use crate::outcomes::Catalogue;
use crate::uncertainty::lanes::{BLOCK, Column, Isa};
use crate::uncertainty::{Again, Draws, DrawsError, Given, Sampler, Stream};

/// Why a scenario cannot be compiled.
#[derive(Debug, Clone, PartialEq)]
pub enum CompileError {
    /// Its draws cannot be compiled.
    Draws(Vec<DrawsError>),
    /// A target's measure is no yearly outcome.
    UnknownMeasure(String),
    /// Two outcomes would bear this name.
    NamedTwice(String),
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draws(errors) => {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::UnknownMeasure(measure) => write!(f, "'{measure}' is no yearly outcome"),
            Self::NamedTwice(name) => write!(f, "two outcomes would bear the name {name}"),
        }
    }
}

impl std::error::Error for CompileError {}

/// A compiled scenario with its plan run.
#[derive(Debug, Clone)]
pub struct Model {
    compiled: Compiled,
    plan_savings: PlanSavings,
    plan: Vec<f64>,
}

impl Model {
    /// Compiles a scenario and makes its plan run: one trial with every quantity at its plan value.
    ///
    /// # Errors
    /// A [`CompileError`] where draws collide, a correlation is invalid, a target names no outcome or two outcomes have one name.
    pub fn compile(scenario: &Scenario) -> Result<Self, CompileError> {
        Self::compile_on(scenario, Basis::default())
    }

    /// The same with its money told on another basis than that of its own first year.
    ///
    /// # Errors
    /// Those of [`Model::compile`].
    pub fn compile_on(scenario: &Scenario, basis: Basis) -> Result<Self, CompileError> {
        Compiled::new(scenario, basis, None).map(Self::of)
    }

    /// The same beside another model of nearly the same scenario: what both have is not worked out again.
    ///
    /// # Errors
    /// Those of [`Model::compile`].
    pub fn compile_like(scenario: &Scenario, basis: Basis, other: &Self) -> Result<Self, CompileError> {
        Compiled::new(scenario, basis, Some(&other.compiled)).map(Self::of)
    }

    fn of(compiled: Compiled) -> Self {
        let (plan, plan_savings) = run_plan(&compiled, &mut Block::new(&compiled), Isa::detect());
        Self { compiled, plan_savings, plan }
    }

    /// Whether a scenario compiles, without its plan run.
    ///
    /// # Errors
    /// Those of [`Model::compile`].
    pub fn check(scenario: &Scenario) -> Result<(), CompileError> {
        Compiled::new(scenario, Basis::default(), None).map(|_| ())
    }

    /// The outcomes of a trial, in the order of a worker's columns.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.compiled.catalogue
    }

    /// Column of the first year's cashable saving; those of the other years follow.
    #[must_use]
    pub fn cashable_savings(&self) -> usize {
        self.compiled.at.whole.saving_cashable
    }

    /// Column of the first year's funding regime; those of the other years follow.
    #[must_use]
    pub fn regimes(&self) -> usize {
        self.compiled.at.whole.regime
    }

    /// Column of a force's share of net present value, by the force's position.
    #[must_use]
    pub fn npv_of(&self, force: usize) -> usize {
        self.compiled.at.forces[force].own.npv
    }

    /// Column that says whether a member leaves an alliance, both by their positions.
    #[must_use]
    pub fn leaves(&self, alliance: usize, member: usize) -> usize {
        self.compiled.at.alliances[alliance].members[member].left
    }

    /// The outcomes of the plan run; NaN where missing.
    #[must_use]
    pub fn plan(&self) -> &[f64] {
        &self.plan
    }

    /// What is drawn.
    #[must_use]
    pub fn draws(&self) -> &Draws {
        &self.compiled.draws
    }

    /// The calendar years in which its financial years start.
    #[must_use]
    pub fn years(&self) -> std::ops::Range<i32> {
        self.compiled.first_year..self.compiled.first_year + self.compiled.years as i32
    }

    /// A worker with room for one block.
    #[must_use]
    pub fn worker(&self, isa: Isa) -> Worker<'_> {
        Worker {
            model: Cow::Borrowed(self),
            block: Block::new(&self.compiled),
            out: vec![Column::splat(f64::NAN); self.compiled.catalogue.columns().len()],
            details: true,
            warm: false,
            again: None,
            given: None,
            isa,
        }
    }
}

/// Runs blocks of trials of one model, one at a time.
#[derive(Debug)]
pub struct Worker<'a> {
    model: Cow<'a, Model>,
    block: Block,
    out: Vec<Column>,
    details: bool,
    /// Whether a block was run before, so that fixed inputs stand in their columns.
    warm: bool,
    again: Option<Again>,
    given: Option<Arc<Given>>,
    isa: Isa,
}

impl Worker<'_> {
    /// Leaves out what is kept only where every trial is: its columns are then missing.
    #[must_use]
    pub fn without_details(mut self) -> Self {
        self.details = false;
        self
    }

    /// Draws some inputs from another seed.
    #[must_use]
    pub fn drawing_again(mut self, again: Again) -> Self {
        self.again = Some(again);
        self
    }

    /// Takes some values as they are given instead of drawing them, from the next block on.
    pub fn give(&mut self, given: Arc<Given>) {
        self.given = Some(given);
    }

    /// Turns the levers of delivery of every alliance, in the scenario's order; the model that it came from stays as it is.
    pub fn turn(&mut self, levers: &[Levers]) {
        let model = self.model.to_mut();
        for ((alliance, programme), own) in
            model.compiled.alliances.iter_mut().zip(&mut self.block.programmes).zip(levers)
        {
            alliance.turn(own);
            programme.turned(alliance);
        }
        (model.plan, model.plan_savings) = run_plan(&model.compiled, &mut self.block, self.isa);
        // The plan run has left its own values where fixed inputs stood.
        self.warm = false;
    }

    /// The columns of the block that was run last.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.out
    }

    /// Net present value of the block that was run last, had it been counted over its first `years` alone: the same sum in the same
    /// order as a scenario of so many years makes.
    pub fn npv_over(&self, years: usize, out: &mut Column) {
        let net = self.model.compiled.at.whole.net;
        *out = Column::default();
        for (present, net) in self.block.economy.present.iter().zip(&self.out[net..]).take(years) {
            for i in 0..BLOCK {
                out[i] += net[i] * present[i];
            }
        }
    }

    /// Runs block number `block` (128 trials): a column of values for each outcome of the catalogue, NaN where missing.
    pub fn run_block(&mut self, seed: u64, sampler: Sampler, block: u64) -> &[Column] {
        self.run_block_watched(seed, sampler, block, &mut |_| {})
    }

    /// The same, `watch` being told of every stage that is done.
    pub fn run_block_watched(
        &mut self,
        seed: u64,
        sampler: Sampler,
        block: u64,
        watch: &mut dyn FnMut(Stage),
    ) -> &[Column] {
        let compiled = &self.model.compiled;
        let mut stream = stream(compiled, (self.again.as_ref(), self.given.as_deref()), (seed, sampler), self.isa);
        stream.start(block);
        if self.warm {
            stream.settle();
        }
        self.warm = true;
        let pass = Pass { model: compiled, baseline: Some(&self.model.plan_savings), plan: false, isa: self.isa };
        let out = &mut self.out;
        let details = self.details;
        let record = |state: &Block, t| {
            record_year(compiled, state, t, out, pass.isa);
            record_details(compiled, state, t, details, out, pass.isa);
        };
        self.block.run(&pass, &mut stream, record, watch);
        record_end(compiled, &self.block, &mut self.out, self.isa);
        watch(Stage::End);
        &self.out
    }
}

/// A stream of the draws of a worker: some from another seed, some given.
fn stream<'a>(
    compiled: &'a Compiled,
    (again, given): (Option<&'a Again>, Option<&'a Given>),
    (seed, sampler): (u64, Sampler),
    isa: Isa,
) -> Stream<'a> {
    let mut stream = Stream::new(&compiled.draws, seed, sampler, isa);
    if let Some(again) = again {
        stream = stream.again(again);
    }
    if let Some(given) = given {
        stream = stream.giving(given);
    }
    stream
}

/// The plan run in a block: its outcomes, and the savings by member against which shortfalls are measured.
fn run_plan(compiled: &Compiled, block: &mut Block, isa: Isa) -> (Vec<f64>, PlanSavings) {
    let mut out = vec![Column::default(); compiled.catalogue.columns().len()];
    let mut savings = PlanSavings {
        gross: compiled.alliances.iter().map(|a| vec![vec![0.0; compiled.years]; a.members.len()]).collect(),
        in_place: vec![vec![0.0; compiled.years]; compiled.alliances.len()],
    };
    let mut stream = Stream::plan(&compiled.draws, isa);
    let pass = Pass { model: compiled, baseline: None, plan: true, isa };
    let record = |state: &Block, t: usize| {
        for (in_place, programme) in savings.in_place.iter_mut().zip(&state.programmes) {
            in_place[t] = programme.in_place();
        }
        for (k, members) in savings.gross.iter_mut().enumerate() {
            for (m, years) in members.iter_mut().enumerate() {
                years[t] = state.programmes[k].members[m].gross[0];
            }
        }
        record_year(compiled, state, t, &mut out, isa);
        record_details(compiled, state, t, true, &mut out, isa);
    };
    block.run(&pass, &mut stream, record, &mut |_| {});
    record_end(compiled, block, &mut out, isa);
    (out.iter().map(|column| column[0]).collect(), savings)
}
