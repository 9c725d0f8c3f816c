//! Whether the deal is fair to each force, and who would do better without the others.

use std::ops::Range;

use analysis::{Deals, Figures, NoShares, Run, Runs, Shares, shares_from};
use language::Loaded;
use report::sharing::SharingReport;

use crate::counts::{check_pieces, no_row};
use crate::error::Error;
use crate::part::{Part, bytes_of, columns_of, in_order};
use crate::refused::Field;
use crate::row::Row;
use crate::study::Desk;

/// How the deal of a scenario is shared.
///
/// # Errors
/// Why there is no answer.
pub fn shared(desk: &Desk<'_>) -> Result<SharingReport, Error> {
    let loaded = desk.one()?;
    let found = analysis::shares(&loaded.scenario, &desk.settings(), &desk.means.interrupt);
    told(desk, &found.map_err(|why| unshared(loaded, why))?)
}

fn told(desk: &Desk<'_>, found: &Shares) -> Result<SharingReport, Error> {
    let loaded = desk.one()?;
    let (of, run) = desk.told_of(loaded);
    Ok(SharingReport::build(of, run, &loaded.scenario, found))
}

fn unshared(loaded: &Loaded, why: NoShares) -> Error {
    match why {
        NoShares::NoAlliance | NoShares::TooMuch(_) => Field::Scenarios.refused(why).into(),
        NoShares::Run(error) => error.into(),
        NoShares::Compile(error) => Error::uncompiled_of(loaded, &error),
        NoShares::Wanted(_) => Error::failed(why),
    }
}

/// The rows that are wanted, each with its number of pieces, as far as the parts that are there tell.
///
/// # Errors
/// Why the deal cannot be looked at.
pub fn rows(desk: &Desk<'_>, parts: &[Part<'_>]) -> Result<Vec<(Row, u64)>, Error> {
    from_parts(desk, parts, |found, made| match found {
        Ok(_) | Err(NoShares::Wanted(_)) => Ok(made.asked),
        Err(why) => Err(unshared(desk.one()?, why)),
    })
}

/// How the deal is shared by what parts hold.
///
/// # Errors
/// Where parts are missing, twice, or hold something else.
pub fn told_of(desk: &Desk<'_>, parts: &[Part<'_>]) -> Result<SharingReport, Error> {
    from_parts(desk, parts, |found, made| match (found, made.wrong) {
        (Ok(found), _) => told(desk, &found),
        (Err(NoShares::Wanted(_)), Some(wrong)) => Err(wrong),
        (Err(why), _) => Err(unshared(desk.one()?, why)),
    })
}

/// Figures of some pieces of a row.
///
/// # Errors
/// Where there is no such row, no such pieces, or it is stopped from outside.
pub fn piece(desk: &Desk<'_>, row: &Row, pieces: Range<u64>) -> Result<Vec<u8>, Error> {
    let (loaded, settings) = (desk.one()?, desk.settings());
    let deals = Deals::new(&loaded.scenario, &settings, &desk.means.interrupt);
    let deals = deals.map_err(|why| unshared(loaded, why))?;
    let run = row.run().ok_or_else(no_row)?;
    check_pieces(row, &pieces, deals.shape(&run).ok_or_else(no_row)?.pieces)?;
    let found = deals.figures(&run, pieces).map_err(|why| unshared(loaded, why))?;
    Ok(bytes_of(&found))
}

/// What is made of the figures that parts hold.
fn from_parts<T>(
    desk: &Desk<'_>,
    parts: &[Part<'_>],
    then: impl FnOnce(Result<Shares, NoShares>, Made<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (loaded, settings) = (desk.one()?, desk.settings());
    let deals = Deals::new(&loaded.scenario, &settings, &desk.means.interrupt);
    let deals = deals.map_err(|why| unshared(loaded, why))?;
    let mut made = Made { deals: &deals, parts, asked: Vec::new(), wrong: None };
    let found = shares_from(&deals, &mut made);
    then(found, made)
}

/// Runs that were made elsewhere, in parts.
struct Made<'a> {
    deals: &'a Deals<'a>,
    parts: &'a [Part<'a>],
    /// Rows that were asked for so far, each with its number of pieces.
    asked: Vec<(Row, u64)>,
    /// What is wrong with the parts of the first row that is not there.
    wrong: Option<Error>,
}

impl Runs for Made<'_> {
    fn take(&mut self, _stage: &str, wanted: &[Run]) -> Result<Vec<Figures>, NoShares> {
        let rows: Vec<(Row, u64)> =
            wanted.iter().map(|run| (Row::of(run), self.deals.shape(run).map_or(0, |shape| shape.pieces))).collect();
        self.asked.extend(rows.iter().cloned());
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for (run, (row, pieces)) in wanted.iter().zip(&rows) {
            match self.all_of(run, row, *pieces) {
                Ok(figures) => found.push(figures),
                Err(why) => {
                    self.wrong.get_or_insert(why);
                    missing.push(run.clone());
                }
            }
        }
        if missing.is_empty() { Ok(found) } else { Err(NoShares::Wanted(missing)) }
    }
}

impl Made<'_> {
    /// The figures of a run, from all its parts.
    fn all_of(&self, run: &Run, row: &Row, pieces: u64) -> Result<Figures, Error> {
        let shape = self.deals.shape(run).ok_or_else(no_row)?;
        let mut all: Figures = vec![Vec::with_capacity(shape.places as usize); shape.columns];
        for part in in_order(self.parts, row, pieces)? {
            let places = shape.places_in(&part.place.pieces) as usize;
            let own = columns_of(part.holds, shape.columns, places).ok_or_else(|| part.of_others())?;
            all.iter_mut().zip(own).for_each(|(column, more)| column.extend(more));
        }
        Ok(all)
    }
}
