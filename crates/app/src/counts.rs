//! A question worked out in pieces, made anywhere, and the answer that all of them together give: byte for byte that of one machine.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use engine::outcomes::Accumulator;
use engine::run::{First, Runner};
use engine::statistics;
use engine::uncertainty::lanes::blocks_of;

use crate::answer::Answer;
use crate::compare::Ready;
use crate::countable::{Countable, uncounted};
use crate::error::Error;
use crate::part::{Maker, Part, Place, check_pieces, in_order};
use crate::question::Question;
use crate::refused::Field;
use crate::request::Engine;
use crate::row::{Row, Wanted};
use crate::study::{Means, Study};
use crate::{shares, what_if};

/// Rows of a question that were made ready, for the next range of the same: to compile them and to run the first futures, which set how
/// all is counted, takes as long as many a range. The last two are kept.
#[derive(Debug, Default)]
pub struct ReadyRows(Mutex<Vec<(Row, ReadyRow)>>);

/// A row made ready, and its first futures.
type ReadyRow = (Arc<Countable>, Arc<First>);

/// Rows that are kept ready: a worker goes on from one to the next, and with several threads is at the end of one and at the beginning of
/// the next.
const READY: usize = 2;

impl ReadyRows {
    fn get(&self, row: &Row) -> Option<ReadyRow> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(own, _)| own == row).map(|(_, ready)| ready.clone())
    }

    fn keep(&self, row: &Row, ready: ReadyRow) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(own, _)| own != row);
        kept.truncate(READY - 1);
        kept.insert(0, (row.clone(), ready));
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Study {
    /// How many blocks of 128 futures there are to be counted.
    #[must_use]
    pub fn blocks(&self) -> u64 {
        blocks_of(self.draws().trials)
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

    /// The rows that are wanted, as far as the parts that are there tell: what comes after them may follow from what they hold. Once all
    /// that is told of is there, nothing more is wanted.
    ///
    /// # Errors
    /// Why it may not be counted, or what is wrong with its scenarios or with the parts.
    pub fn rows(&self, means: &Means, parts: &[&[u8]]) -> Result<Vec<Wanted>, Error> {
        self.may_be_counted()?;
        match self.question() {
            Question::WhatIf(asked) => {
                let rows = what_if::rows(&self.desk(means), asked)?;
                Ok(rows.into_iter().map(|row| self.wanted(row)).collect())
            }
            Question::Shares {} => shares::rows(&self.desk(means), &self.opened(means, parts)?),
            _ => Ok(vec![self.wanted(Row::Scenarios)]),
        }
    }

    /// A row of blocks that is wanted: as heavy as scenarios are run side by side.
    fn wanted(&self, row: Row) -> Wanted {
        let options = match &row {
            // The base runs beside the points.
            Row::Points(points) => points.to.saturating_sub(points.from) + 1,
            _ => self.scenarios().len(),
        };
        Wanted { row, pieces: self.blocks(), weight: options.max(1) as u64 }
    }

    /// Works out some pieces of a row.
    ///
    /// # Errors
    /// Where the question has no such row, the row no such pieces, or it is stopped from outside.
    pub fn count(&self, means: &Means, row: &Row, pieces: Range<u64>) -> Result<Vec<u8>, Error> {
        self.count_by(&ReadyRows::default(), means, row, pieces)
    }

    /// The same by rows of this question that are kept ready.
    ///
    /// # Errors
    /// Those of [`Study::count`].
    pub fn count_by(&self, kept: &ReadyRows, means: &Means, row: &Row, pieces: Range<u64>) -> Result<Vec<u8>, Error> {
        self.may_be_counted()?;
        let found = match self.question() {
            Question::Shares {} => shares::piece(&self.desk(means), row, pieces.clone())?,
            _ => self.counted(kept, means, row, pieces.clone())?,
        };
        Maker { question: &self.hash(), engine: &means.engine }.seal(&Place::of(row.clone(), pieces), &found)
    }

    /// The counts of some blocks of a row.
    fn counted(&self, kept: &ReadyRows, means: &Means, row: &Row, blocks: Range<u64>) -> Result<Vec<u8>, Error> {
        check_pieces(row, &blocks, self.pieces_of(means, row)?)?;
        let settings = self.settings(means);
        let (countable, first) = match kept.get(row) {
            Some((countable, first)) => (countable, Some(first)),
            None => (Arc::new(self.countable_row(means, row)?), None),
        };
        let runner = Runner::after(countable.futures(), &settings, &means.interrupt, first)?;
        kept.keep(row, (Arc::clone(&countable), runner.first()));
        means.interrupt.begin("Counting", runner.trials_in(&blocks));
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
        let maker = Maker { question: &self.hash(), engine: &means.engine };
        Ok(maker.open(part, |row| self.pieces_of(means, row))?.place)
    }

    fn opened<'a>(&self, means: &Means, parts: &[&'a [u8]]) -> Result<Vec<Part<'a>>, Error> {
        let maker = Maker { question: &self.hash(), engine: &means.engine };
        parts.iter().map(|part| maker.open(part, |row| self.pieces_of(means, row))).collect()
    }

    /// How many pieces a row has.
    fn pieces_of(&self, means: &Means, row: &Row) -> Result<u64, Error> {
        let is_there = match (self.question(), row) {
            (Question::Shares {}, _) => return shares::pieces(&self.desk(means), row),
            (Question::WhatIf(asked), Row::Points(points)) => what_if::has(asked, *points),
            // Variants beside sweeps are a row of their own.
            (Question::WhatIf(_), Row::Scenarios) => self.scenarios().len() > 1,
            (_, Row::Scenarios) => true,
            _ => false,
        };
        if is_there { Ok(self.blocks()) } else { Err(no_row()) }
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

/// That a row is none of the question.
pub(crate) fn no_row() -> Error {
    Field::Row.refused("what is asked has no such row of futures").into()
}
