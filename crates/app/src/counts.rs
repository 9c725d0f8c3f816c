//! A question worked out in pieces, made anywhere, and the answer that all of them together give: byte for byte that of one machine.

use std::ops::Range;

use engine::outcomes::Accumulator;
use engine::run::Runner;
use engine::statistics;
use engine::uncertainty::lanes::BLOCK;

use crate::answer::Answer;
use crate::compare::Ready;
use crate::countable::{Countable, uncounted};
use crate::error::Error;
use crate::part::{Maker, Part, Place, in_order};
use crate::question::Question;
use crate::refused::Field;
use crate::request::Engine;
use crate::row::Row;
use crate::study::{Means, Study};
use crate::{shares, what_if};

impl Study {
    /// How many blocks of 128 futures there are to be counted.
    #[must_use]
    pub fn blocks(&self) -> u64 {
        self.draws().trials.div_ceil(BLOCK as u64)
    }

    /// The name of the part of some pieces of a row: a hash of all that decides it.
    ///
    /// # Errors
    /// Where the engine's name cannot be written.
    pub fn name_of(&self, engine: &Engine, row: &Row, pieces: &Range<u64>) -> Result<String, Error> {
        Maker { question: &self.hash(), engine }.name(&Place::of(row.clone(), pieces.clone()))
    }

    /// Whether it is worked out in pieces. What its scenarios hold is not looked at.
    ///
    /// # Errors
    /// Why it is not.
    pub fn may_be_counted(&self) -> Result<(), Error> {
        if self.draws().until.is_some() {
            let what = "a run that stops at a precision is not counted in ranges: ask for so many trials";
            return Err(Field::Until.refused(what).into());
        }
        match self.question() {
            Question::Run {} | Question::Compare { .. } | Question::WhatIf(_) | Question::Shares {} => Ok(()),
            other => Err(uncounted(other)),
        }
    }

    /// Whether rows may follow from what others hold: shares in proportion to what each force adds.
    #[must_use]
    pub const fn is_staged(&self) -> bool {
        matches!(self.question(), Question::Shares {})
    }

    /// The rows that are wanted, each with its number of pieces, as far as the parts that are there tell: what comes after them may follow
    /// from what they hold. Once all that is told of is there, nothing more is wanted.
    ///
    /// # Errors
    /// Why it may not be counted, or what is wrong with its scenarios or with the parts.
    pub fn rows(&self, means: &Means, parts: &[&[u8]]) -> Result<Vec<(Row, u64)>, Error> {
        self.may_be_counted()?;
        match self.question() {
            Question::WhatIf(asked) => {
                let rows = what_if::rows(&self.desk(means), asked)?;
                Ok(rows.into_iter().map(|row| (row, self.blocks())).collect())
            }
            Question::Shares {} => shares::rows(&self.desk(means), &self.opened(means, parts)?),
            _ => Ok(vec![(Row::Scenarios, self.blocks())]),
        }
    }

    /// Works out some pieces of a row.
    ///
    /// # Errors
    /// Where the question has no such row, the row no such pieces, or it is stopped from outside.
    pub fn count(&self, means: &Means, row: &Row, pieces: Range<u64>) -> Result<Vec<u8>, Error> {
        self.may_be_counted()?;
        let found = match self.question() {
            Question::Shares {} => shares::piece(&self.desk(means), row, pieces.clone())?,
            _ => self.counted(means, row, pieces.clone())?,
        };
        Maker { question: &self.hash(), engine: &means.engine }.seal(&Place::of(row.clone(), pieces), &found)
    }

    /// The counts of some blocks of a row.
    fn counted(&self, means: &Means, row: &Row, blocks: Range<u64>) -> Result<Vec<u8>, Error> {
        check_pieces(row, &blocks, self.blocks())?;
        let (countable, settings) = (self.countable_row(means, row)?, self.settings(means));
        let runner = Runner::new(countable.futures(), &settings, &means.interrupt)?;
        means.interrupt.begin("Counting", runner.trials_before(blocks.end) - runner.trials_before(blocks.start));
        Ok(runner.count(blocks, runner.nothing(), None, None)?.0.to_bytes())
    }

    /// A row made ready.
    fn countable_row(&self, means: &Means, row: &Row) -> Result<Countable, Error> {
        match (self.question(), row) {
            (Question::WhatIf(asked), Row::Points(points)) => {
                Ok(Countable::Points(Box::new(what_if::options(&self.desk(means), asked, *points)?)))
            }
            // Variants beside sweeps are a row of their own.
            (Question::WhatIf(asked), Row::Scenarios) if self.scenarios().len() > 1 => {
                let ready = Ready::of(&self.desk(means), None, &asked.outcomes(), None)?;
                Ok(Countable::SideBySide(Box::new(ready)))
            }
            (Question::Run {} | Question::Compare { .. }, Row::Scenarios) => self.countable(means, None),
            _ => Err(no_row()),
        }
    }

    /// What a part is of, which is whole, and of this question and this engine. Whether what it holds adds up is seen when it is told.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_part(&self, means: &Means, part: &[u8]) -> Result<Place, Error> {
        Ok(Maker { question: &self.hash(), engine: &means.engine }.open(part)?.place)
    }

    fn opened<'a>(&self, means: &Means, parts: &[&'a [u8]]) -> Result<Vec<Part<'a>>, Error> {
        let (question, engine) = (&self.hash(), &means.engine);
        parts.iter().map(|part| Maker { question, engine }.open(part)).collect()
    }

    /// The answer that parts give which hold every piece once; a part may be there more than once, if every copy is the same.
    ///
    /// # Errors
    /// Where a part is damaged or of something else, where two copies differ, where pieces are missing or in two parts.
    pub fn told_of(&self, means: &Means, parts: &[&[u8]]) -> Result<Answer, Error> {
        self.may_be_counted()?;
        let (parts, desk) = (self.opened(means, parts)?, self.desk(means));
        match self.question() {
            Question::Shares {} => Ok(Answer::Sharing(Box::new(shares::told_of(&desk, &parts)?))),
            Question::WhatIf(asked) => {
                Ok(Answer::WhatIf(Box::new(what_if::told_of(&desk, asked, |row| self.all_of(means, &parts, row))?)))
            }
            _ => {
                let (countable, figures) = self.all_of(means, &parts, &Row::Scenarios)?;
                self.told(&countable, means, &figures)
            }
        }
    }

    /// What all parts of a row say together.
    fn all_of(&self, means: &Means, parts: &[Part<'_>], row: &Row) -> Result<(Countable, statistics::Forecast), Error> {
        let own = in_order(parts, row, self.blocks())?;
        let (countable, settings) = (self.countable_row(means, row)?, self.settings(means));
        let runner = Runner::new(countable.futures(), &settings, &means.interrupt)?;
        let mut all = runner.nothing();
        for part in own {
            let counted = Accumulator::from_bytes(runner.plan(), part.holds).map_err(Error::failed)?;
            if !counted.is_of(settings.sampler, part.place.pieces.clone(), settings.trials) {
                return Err(part.of_others());
            }
            all.merge(&counted);
        }
        let figures = runner.forecast(&all);
        drop(runner);
        Ok((countable, figures))
    }
}

/// Whether a row of so many pieces has these.
///
/// # Errors
/// That it has not.
pub(crate) fn check_pieces(row: &Row, pieces: &Range<u64>, all: u64) -> Result<(), Error> {
    if pieces.start < pieces.end && pieces.end <= all {
        return Ok(());
    }
    let (from, to, what) = (pieces.start, pieces.end, row.pieces());
    Err(Field::Trials.refused(format!("{row}{from} to {to} is no range of its {all} {what}")).into())
}

/// That a row is none of the question.
pub(crate) fn no_row() -> Error {
    Field::Question.refused("this question has no such row").into()
}
