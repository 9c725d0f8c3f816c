//! Parts of a question, made anywhere: each one line of JSON that says what it is, what was found, and a hash of both. They may come in any
//! order and more than once.

use std::ops::Range;

use engine::units::thousands;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::refused::Field;
use crate::request::{Engine, hash};
use crate::row::Row;

/// Version of the form of parts.
const FORMAT: u32 = 2;
/// Bytes of the SHA-256 that a part ends with.
const SEAL: usize = 32;
/// Most gaps that are named.
const NAMED: usize = 20;

/// The version of its form that a part names, whatever else is in it, in this form and in the first.
#[derive(Deserialize)]
struct Form {
    #[serde(alias = "alliance_range")]
    alliance_part: u32,
}

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alliance_part: u32,
    /// Hash of the question of which it is a part.
    question: String,
    /// The engine that made it: figures of two engines do not mix.
    engine: Engine,
    row: Row,
    /// The first piece of the row and the first that is not in it.
    pieces: (u64, u64),
    /// Hash of what was given to it besides the question; none where nothing is.
    given: Option<String>,
}

/// Those that make and read parts of one question.
#[derive(Debug, Clone, Copy)]
pub struct Maker<'a> {
    /// Hash of the question.
    pub question: &'a str,
    /// The engine.
    pub engine: &'a Engine,
}

/// What a part is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The row.
    pub row: Row,
    /// Its pieces.
    pub pieces: Range<u64>,
    /// Hash of what was given to it; none where nothing is.
    pub given: Option<String>,
}

/// A part that was opened.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// What it is of.
    pub place: Place,
    /// What was found.
    pub holds: &'a [u8],
    whole: &'a [u8],
}

impl Place {
    /// Of some pieces of a row to which nothing is given.
    #[must_use]
    pub const fn of(row: Row, pieces: Range<u64>) -> Self {
        Self { row, pieces, given: None }
    }
}

impl Maker<'_> {
    fn head(&self, place: &Place) -> Result<Vec<u8>, Error> {
        let Place { row, pieces, given } = place.clone();
        let (question, engine) = (self.question.to_owned(), self.engine.clone());
        let head = Head { alliance_part: FORMAT, question, engine, row, pieces: (pieces.start, pieces.end), given };
        let mut line = serde_json::to_vec(&head).map_err(Error::failed)?;
        line.push(b'\n');
        Ok(line)
    }

    /// The name of a part: a hash of all that decides what it holds.
    ///
    /// # Errors
    /// Where the engine's name cannot be written.
    pub fn name(&self, place: &Place) -> Result<String, Error> {
        Ok(hash(&self.head(place)?))
    }

    /// A part, of what was found.
    ///
    /// # Errors
    /// Those of [`Maker::name`].
    pub fn seal(&self, place: &Place, found: &[u8]) -> Result<Vec<u8>, Error> {
        let mut part = self.head(place)?;
        part.extend(found);
        let seal = Sha256::digest(&part);
        part.extend(seal);
        Ok(part)
    }

    /// A part opened: whole, of this question and of this engine, and of a row and of pieces that the question has: `pieces_of` says how
    /// many a row has. What it holds is not looked at.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open<'p>(&self, whole: &'p [u8], pieces_of: impl Fn(&Row) -> Result<u64, Error>) -> Result<Part<'p>, Error> {
        let (sealed, seal) = whole.split_at_checked(whole.len().saturating_sub(SEAL)).ok_or_else(damaged)?;
        let end = sealed.iter().position(|byte| *byte == b'\n').ok_or_else(damaged)?;
        if Sha256::digest(sealed).as_slice() != seal {
            return Err(damaged());
        }
        // What earlier forms say besides is not known any more.
        let Form { alliance_part: form } = serde_json::from_slice(&sealed[..end]).map_err(|_| damaged())?;
        if form != FORMAT {
            let age = if form < FORMAT { "an older" } else { "a newer" };
            let what = format!("a part is in {age} form, {form}, where this engine reads {FORMAT}. Count it again.");
            return Err(Error::failed(what));
        }
        let head: Head = serde_json::from_slice(&sealed[..end]).map_err(|_| damaged())?;
        if head.engine != *self.engine {
            let (made, own) = (told(&head.engine), told(self.engine));
            return Err(Error::failed(format!("a part was counted by {made}; this is {own}, and the two do not mix")));
        }
        if head.question != self.question {
            let what = "a part is of another question: scenario, changes, trials, seed or sampler differ";
            return Err(Error::failed(what));
        }
        let place = Place { row: head.row, pieces: head.pieces.0..head.pieces.1, given: head.given };
        check_pieces(&place.row, &place.pieces, pieces_of(&place.row)?)?;
        Ok(Part { place, holds: &sealed[end + 1..], whole })
    }
}

impl Part<'_> {
    /// That it holds something else than what it says.
    #[must_use]
    pub fn of_others(&self) -> Error {
        let Place { row, pieces, .. } = &self.place;
        Error::failed(format!("the part of {} holds what is of others", row.told(pieces)))
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
    let what = row.pieces();
    let wanted = format!("a range of its {} {what} is wanted, the first of them 0", thousands(all));
    Err(Field::Pieces.refused(format!("{} are none; {wanted}", row.told(pieces))).into())
}

/// That the bytes of a part are not those that were made.
#[must_use]
pub fn damaged() -> Error {
    Error::failed("a part is damaged: its bytes are not those that were counted. Count it again.")
}

/// The parts of a row of so many pieces, in order: every piece in one of them. A part may be there more than once, if every copy is the same.
///
/// # Errors
/// Where two copies differ, and which pieces are missing or in two parts.
pub fn in_order<'p, 'a>(parts: &'p [Part<'a>], row: &Row, pieces: u64) -> Result<Vec<&'p Part<'a>>, Error> {
    let mut own: Vec<&Part<'_>> = parts.iter().filter(|part| part.place.row == *row).collect();
    own.sort_by_key(|part| (part.place.pieces.start, part.place.pieces.end));
    let differ = |pair: &[&Part<'_>]| pair[0].place.pieces == pair[1].place.pieces && pair[0].whole != pair[1].whole;
    if let Some(pair) = own.windows(2).find(|pair| differ(pair)) {
        let what = row.told(&pair[0].place.pieces);
        return Err(Error::failed(format!("{what} were counted twice, and differ: one of the machines is faulty")));
    }
    own.dedup_by(|one, other| one.place.pieces == other.place.pieces);
    check_tiled(&own, row, pieces)?;
    Ok(own)
}

/// Whether parts in order leave nothing out and hold nothing twice.
fn check_tiled(parts: &[&Part<'_>], row: &Row, pieces: u64) -> Result<(), Error> {
    let (mut next, mut wrong) = (0, Vec::new());
    let what = row.pieces();
    let missing = |from: u64, to: u64, wrong: &mut Vec<String>| {
        if from < to {
            wrong.push(format!("{what} {from} to {to} are missing"));
        }
    };
    for part in parts {
        let own = &part.place.pieces;
        missing(next, own.start, &mut wrong);
        if own.start < next {
            wrong.push(format!("{what} {} to {} are in two parts", own.start, next.min(own.end)));
        }
        next = next.max(own.end);
    }
    missing(next, pieces, &mut wrong);
    if wrong.is_empty() {
        return Ok(());
    }
    let more = wrong.len().saturating_sub(NAMED);
    wrong.truncate(NAMED);
    let more = if more > 0 { format!(" and {} more", thousands(more as u64)) } else { String::new() };
    Err(Error::failed(format!("{row}of {} {what}, {}{more}", thousands(pieces), wrong.join(", "))))
}

/// An engine in words.
fn told(engine: &Engine) -> String {
    let commit = engine.commit.as_ref().map_or_else(String::new, |commit| format!(" of commit {commit}"));
    format!("engine {}, figures {}{commit}", engine.version, engine.figures)
}

/// Figures as bytes, column by column.
#[must_use]
pub fn bytes_of(columns: &[Vec<f64>]) -> Vec<u8> {
    columns.iter().flatten().flat_map(|value| value.to_le_bytes()).collect()
}

/// Columns of so many figures each, read back; none where there are not so many.
#[must_use]
pub fn columns_of(bytes: &[u8], columns: usize, places: usize) -> Option<Vec<Vec<f64>>> {
    let (each, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() || each.len() != columns.checked_mul(places)? {
        return None;
    }
    let column = |k: usize| each[k * places..(k + 1) * places].iter().map(|one| f64::from_le_bytes(*one)).collect();
    Some((0..columns).map(column).collect())
}
