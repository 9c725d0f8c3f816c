//! Given inputs evaluated in pieces, made anywhere, and what all of them together give: byte for byte what one machine finds.

use std::ops::Range;

use analysis::{Averaged, Measured, each_future, same_futures};
use engine::run::Settings;
use engine::uncertainty::lanes::{BLOCK, blocks_of, trials_before};
use language::Loaded;
use serde::{Deserialize, Serialize};

use crate::counts::no_row;
use crate::error::Error;
use crate::evaluate::{Ends, Evaluated, Experiments, check, ends_of, ready, rows};
use crate::part::{Maker, Part, Place, bytes_of, check_pieces, columns_of, in_order};
use crate::refused::Field;
use crate::request::{Draws, Engine, Simulated, hash};
use crate::row::{Row, Wanted};
use crate::study::{Desk, Means};

/// Figures of a mean: itself, its error, and the number of futures in which it is missing.
const OF_A_MEAN: usize = 3;

/// What is evaluated, in plain data but for the values that are given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laid {
    scenario: Simulated,
    draws: Draws,
    outcomes: Vec<String>,
    is_averaged: bool,
    rows: u64,
    inputs: Vec<Input>,
}

/// An input that is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    /// Its least and its greatest value in all rows, by which a fixed number is made one that can vary.
    ends: Ends,
}

/// Inputs to be evaluated in pieces: blocks of 128 rows that are futures, or single rows that meet the same futures.
#[derive(Debug, Clone)]
pub struct Evaluation {
    laid: Laid,
    loaded: Loaded,
    /// Values by input and row; none where they come with each piece.
    values: Vec<Vec<f64>>,
    hash: String,
}

impl Evaluation {
    /// Of experiments that can be evaluated.
    ///
    /// # Errors
    /// Every input that cannot be given, and what else is wrong.
    pub fn new(desk: &Desk<'_>, asked: Experiments) -> Result<Self, Error> {
        let loaded = desk.one()?;
        check(desk.draws, &asked)?;
        let ends = ends_of(&asked);
        ready(loaded, &asked, &ends)?;
        let rows = rows(&asked)? as u64;
        let (names, values): (Vec<String>, Vec<Vec<f64>>) = asked.inputs.into_iter().unzip();
        let inputs = names.into_iter().zip(ends).map(|(name, ends)| Input { name, ends }).collect();
        let (scenario, draws) = (Simulated::of(loaded), desk.draws.clone());
        let (outcomes, is_averaged) = (asked.outcomes, asked.is_averaged);
        Self::of(Laid { scenario, draws, outcomes, is_averaged, rows, inputs }, loaded.clone(), values)
    }

    /// The same read from plain data: the values come with each piece.
    ///
    /// # Errors
    /// What is wrong with its scenario.
    pub fn read(laid: Laid) -> Result<Self, Error> {
        let loaded = laid.scenario.read()?;
        Self::of(laid, loaded, Vec::new())
    }

    fn of(laid: Laid, loaded: Loaded, values: Vec<Vec<f64>>) -> Result<Self, Error> {
        let text = serde_json::to_vec(&laid).map_err(Error::failed)?;
        Ok(Self { hash: hash(&text), laid, loaded, values })
    }

    /// The same as plain data.
    #[must_use]
    pub const fn laid(&self) -> &Laid {
        &self.laid
    }

    /// Its only row, with its number of pieces.
    #[must_use]
    pub const fn row(&self) -> (Row, u64) {
        if self.laid.is_averaged { (Row::Means, self.laid.rows) } else { (Row::Futures, blocks_of(self.laid.rows)) }
    }

    /// The same as what is wanted.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let weight = if self.laid.is_averaged { blocks_of(self.laid.draws.trials) } else { 1 };
        let (row, pieces) = self.row();
        Wanted { row, pieces, weight }
    }

    /// How many pieces a row has.
    fn pieces_of(&self, row: &Row) -> Result<u64, Error> {
        let (own, pieces) = self.row();
        if own == *row { Ok(pieces) } else { Err(no_row()) }
    }

    /// Bytes that are given to a piece.
    #[must_use]
    pub const fn width(&self) -> u64 {
        let each = if self.laid.is_averaged { 1 } else { BLOCK };
        (each * self.laid.inputs.len() * size_of::<f64>()) as u64
    }

    /// The rows of some pieces.
    fn rows_of(&self, pieces: &Range<u64>) -> Range<usize> {
        let all = self.laid.rows;
        let before =
            |piece: u64| if self.laid.is_averaged { piece.min(all) } else { trials_before(piece, all) } as usize;
        before(pieces.start)..before(pieces.end)
    }

    /// The values that are given to some pieces, as bytes.
    ///
    /// # Errors
    /// Where there are no such pieces, or no values: whoever reads plain data has none.
    pub fn given(&self, pieces: &Range<u64>) -> Result<Vec<u8>, Error> {
        let (row, all) = self.row();
        check_pieces(&row, pieces, all)?;
        if self.values.len() != self.laid.inputs.len() {
            return Err(Field::Inputs
                .refused("the values are with whoever gives them, and come with each piece")
                .into());
        }
        let rows = self.rows_of(pieces);
        Ok(bytes_of(&self.values.iter().map(|column| column[rows.clone()].to_vec()).collect::<Vec<_>>()))
    }

    /// What the part of some pieces is of.
    fn place(&self, pieces: &Range<u64>) -> Result<Place, Error> {
        Ok(Place { row: self.row().0, pieces: pieces.clone(), given: Some(hash(&self.given(pieces)?)) })
    }

    /// The name of the part of some pieces of its row: a hash of all that decides it.
    ///
    /// # Errors
    /// Where there is no such row, no such pieces or no values.
    pub fn name_of(&self, engine: &Engine, row: &Row, pieces: &Range<u64>) -> Result<String, Error> {
        self.pieces_of(row)?;
        Maker { question: &self.hash, engine }.name(&self.place(pieces)?)
    }

    /// Evaluates some pieces by the values that are given to them.
    ///
    /// # Errors
    /// Where there are no such pieces, not so many values, or it is stopped from outside.
    pub fn count(&self, means: &Means, row: &Row, pieces: Range<u64>, given: &[u8]) -> Result<Vec<u8>, Error> {
        check_pieces(row, &pieces, self.pieces_of(row)?)?;
        let names = self.laid.inputs.iter().map(|input| input.name.clone());
        let rows = self.rows_of(&pieces).len();
        let values = columns_of(given, self.laid.inputs.len(), rows);
        let values = values.ok_or_else(|| Field::Inputs.refused("other values were given than those of these rows"))?;
        let (outcomes, is_averaged) = (self.laid.outcomes.clone(), self.laid.is_averaged);
        let asked = Experiments { inputs: names.zip(values).collect(), outcomes, is_averaged };
        let found = self.found(means, &asked, rows, &pieces)?;
        let place = Place { row: row.clone(), pieces, given: Some(hash(given)) };
        Maker { question: &self.hash, engine: &means.engine }.seal(&place, &bytes_of(&found))
    }

    /// What some pieces hold, column by column.
    fn found(
        &self,
        means: &Means,
        asked: &Experiments,
        rows: usize,
        pieces: &Range<u64>,
    ) -> Result<Vec<Vec<f64>>, Error> {
        let ends: Vec<Ends> = self.laid.inputs.iter().map(|input| input.ends).collect();
        let ready = ready(&self.loaded, asked, &ends)?;
        let settings = Desk { scenarios: &[], draws: &self.laid.draws, means }.settings();
        let (model, given, columns) = (&ready.model, &ready.given, &ready.columns);
        if !self.laid.is_averaged {
            let settings = Settings { trials: self.laid.rows, ..settings };
            return Ok(each_future(model, given, (&settings, pieces.clone()), columns, &means.interrupt)?);
        }
        let found = same_futures(model, given, rows, &settings, columns, &means.interrupt)?;
        let figures = |own: &Averaged| [own.mean.value, own.mean.error, own.missing as f64];
        let column = |k: usize| found.iter().map(|row| figures(&row[k / OF_A_MEAN])[k % OF_A_MEAN]).collect();
        Ok((0..OF_A_MEAN * columns.len()).map(column).collect())
    }

    /// What a part is of, which is whole, and of these values and this engine.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_part(&self, means: &Means, part: &[u8]) -> Result<Place, Error> {
        Ok(self.opened(means, part)?.place)
    }

    fn opened<'p>(&self, means: &Means, part: &'p [u8]) -> Result<Part<'p>, Error> {
        let maker = Maker { question: &self.hash, engine: &means.engine };
        let part = maker.open(part, |row| self.pieces_of(row))?;
        if part.place != self.place(&part.place.pieces)? {
            return Err(Error::failed("a part is of other values than those that are given"));
        }
        Ok(part)
    }

    /// What parts give together which hold every piece once.
    ///
    /// # Errors
    /// Where a part is damaged or of something else, where two copies differ, where pieces are missing or in two parts.
    pub fn told_of(&self, means: &Means, parts: &[&[u8]]) -> Result<Evaluated, Error> {
        let parts = parts.iter().map(|part| self.opened(means, part)).collect::<Result<Vec<_>, _>>()?;
        let (row, pieces) = self.row();
        let (outcomes, rows) = (self.laid.outcomes.len(), self.laid.rows as usize);
        let width = if self.laid.is_averaged { OF_A_MEAN * outcomes } else { outcomes };
        let mut all: Vec<Vec<f64>> = vec![Vec::with_capacity(rows); width];
        for part in in_order(&parts, &row, pieces)? {
            let places = self.rows_of(&part.place.pieces).len();
            let own = columns_of(part.holds, width, places).ok_or_else(|| part.of_others())?;
            all.iter_mut().zip(own).for_each(|(column, more)| column.extend(more));
        }
        if !self.laid.is_averaged {
            return Ok(Evaluated::Futures(all));
        }
        let averaged = |row: usize| {
            let of = |own: &[Vec<f64>]| Averaged {
                mean: Measured { value: own[0][row], error: own[1][row] },
                missing: own[2][row] as u64,
            };
            all.chunks_exact(OF_A_MEAN).map(of).collect()
        };
        Ok(Evaluated::Means((0..rows).map(averaged).collect()))
    }
}
