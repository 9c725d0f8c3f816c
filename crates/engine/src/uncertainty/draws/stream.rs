//! Streams: fill columns with values, block by block.

use super::super::copula::{Place, Scratch as Mixing};
use super::super::form::Form;
use super::super::lanes::{BLOCK, Column, Isa, Words};
use super::super::philox::MAX_TRIALS;
use super::super::sampler::Sampler;
use super::super::shape::Scratch;
use super::{Draws, Given, Input};

/// Draws that come from another seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Which, in the order of [`Draws::info`].
    pub which: Vec<bool>,
    /// The other seed.
    pub seed: u64,
}

/// Fills columns for one block: of drawn trials, or of the plan run.
#[derive(Debug)]
pub struct Stream<'a> {
    draws: &'a Draws,
    /// Seed and sampler; none for the plan run.
    drawn: Option<(u64, Sampler)>,
    /// Which draws come from another seed.
    again: Option<&'a Again>,
    /// What is given instead of being drawn.
    given: Option<&'a Given>,
    isa: Isa,
    block: u64,
    /// Whether columns that hold a fixed input of their own are filled already.
    settled: bool,
    words: Words,
    part: Words,
    mixing: Mixing,
    scratch: Scratch,
}

impl<'a> Stream<'a> {
    /// A stream of drawn trials.
    #[must_use]
    pub fn new(draws: &'a Draws, seed: u64, sampler: Sampler, isa: Isa) -> Self {
        Self::of(draws, Some((seed, sampler)), isa)
    }

    /// A stream of the plan run: every draw at its plan value in every lane.
    #[must_use]
    pub fn plan(draws: &'a Draws, isa: Isa) -> Self {
        Self::of(draws, None, isa)
    }

    fn of(draws: &'a Draws, drawn: Option<(u64, Sampler)>, isa: Isa) -> Self {
        Self {
            draws,
            drawn,
            again: None,
            given: None,
            isa,
            block: 0,
            settled: false,
            words: Words::default(),
            part: Words::default(),
            mixing: Mixing::default(),
            scratch: Scratch::default(),
        }
    }

    /// Draws some inputs from another seed, the others as before (pick and freeze: Sobol 1993).
    #[must_use]
    pub fn again(self, again: &'a Again) -> Self {
        Self { again: Some(again), ..self }
    }

    /// Takes some values as they are given instead of drawing them.
    #[must_use]
    pub fn giving(self, given: &'a Given) -> Self {
        Self { given: Some(given), ..self }
    }

    /// Moves to the block that starts with trial `block·128`.
    ///
    /// # Panics
    /// Beyond trial 2³⁴, where draws would repeat: refuse so many trials where they are asked for ([`MAX_TRIALS`]).
    pub fn start(&mut self, block: u64) {
        assert!(block < MAX_TRIALS / BLOCK as u64, "trial numbers end at 2^34");
        self.block = block;
    }

    /// Says that every column given to [`fill_own`](Self::fill_own) was filled before by a stream of the same draws.
    pub fn settle(&mut self) {
        self.settled = true;
    }

    /// Fills `out` with the values of an input drawn once a trial, a column that nothing else is written to: what is fixed is
    /// written only once.
    pub fn fill_own(&mut self, input: Input, out: &mut Column) {
        if !(self.settled && matches!(input, Input::Fixed(_))) {
            self.fill(input, 0, out);
        }
    }

    /// Fills `out` with the values of `input` in calendar year `year` (ignored by what is drawn once a trial).
    pub fn fill(&mut self, input: Input, year: i32, out: &mut Column) {
        let position = match input {
            Input::Fixed(value) => {
                *out = Column::splat(value);
                return;
            }
            Input::Drawn(position) => position,
        };
        let draw = &self.draws.draws[position];
        let Some((seed, sampler)) = self.drawn else {
            *out = Column::splat(draw.plan);
            return;
        };
        let year_of = if draw.yearly { year } else { 0 };
        let Some(given) = self.given else { return self.draw(position, (seed, sampler), year_of, out) };
        if !given.is_whole(position, year_of, self.block) {
            self.draw(position, (seed, sampler), year_of, out);
        }
        given.lay(position, year_of, self.block, out);
    }

    /// Fills `out` with what is drawn; `year` is 0 for what is drawn once a trial.
    fn draw(&mut self, position: usize, (seed, sampler): (u64, Sampler), year: i32, out: &mut Column) {
        let draw = &self.draws.draws[position];
        let again = self.again.filter(|again| again.which.get(position).copied().unwrap_or(false));
        let seed = again.map_or(seed, |again| again.seed);
        let year = year as u32;
        let (isa, block) = (self.isa, self.block);
        let form = &self.draws.forms[draw.form];
        if let (Some(loadings), Some(copula)) = (&draw.loadings, &self.draws.copula) {
            copula.mix(loadings, &Place { isa, sampler, seed, year, block }, &mut self.mixing, &mut self.words);
            let scores = &self.mixing.sum;
            match form {
                Form::ByScore(scored) => return scored.fill(isa, scores, &mut self.words, out),
                Form::ByWord(_) => copula.words(isa, &mut self.mixing, &mut self.words),
            }
        } else {
            sampler.words(isa, &draw.source, seed, year, block, &mut self.words);
        }
        let Form::ByWord(shape) = form else { unreachable!("what comes by score is correlated") };
        if shape.has_parts() {
            sampler.words(isa, &draw.part, seed, year, block, &mut self.part);
        }
        shape.fill(isa, &self.words, &self.part, &mut self.scratch, out);
    }
}
