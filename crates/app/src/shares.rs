//! Whether the deal is fair to each force, and who would do better without the others.

use std::ops::Range;

use analysis::{Deals, Figures, NoShares, Run, Runs, Shares, shares_from};
use engine::run::Settings;
use language::Loaded;
use report::sharing::SharingReport;

use crate::counts::no_row;
use crate::error::Error;
use crate::part::{Part, bytes_of, check_pieces, columns_of, in_order};
use crate::refused::Field;
use crate::row::{Row, Wanted};
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
        NoShares::Wanted | NoShares::NoRun => Error::failed(why),
    }
}

/// The rows that are wanted, as far as the parts that are there tell.
///
/// # Errors
/// Why the deal cannot be looked at.
pub fn rows(desk: &Desk<'_>, parts: &[Part<'_>]) -> Result<Vec<Wanted>, Error> {
    from_parts(desk, parts, |found, made| match found {
        Ok(_) | Err(NoShares::Wanted) => Ok(made.asked),
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
        (Err(NoShares::Wanted), Some(wrong)) => Err(wrong),
        (Err(why), _) => Err(unshared(desk.one()?, why)),
    })
}

/// Figures of some pieces of a row.
///
/// # Errors
/// Where there is no such row, no such pieces, or it is stopped from outside.
pub fn piece(desk: &Desk<'_>, row: &Row, pieces: Range<u64>) -> Result<Vec<u8>, Error> {
    let (loaded, settings) = (desk.one()?, desk.settings());
    let deals = deals(desk, &settings)?;
    let run = row.run().ok_or_else(no_row)?;
    check_pieces(row, &pieces, deals.shape(&run).ok_or_else(no_row)?.pieces)?;
    let found = deals.figures(&run, pieces).map_err(|why| unshared(loaded, why))?;
    Ok(bytes_of(&found))
}

/// How many pieces a row has.
///
/// # Errors
/// Where there is no such row.
pub fn pieces(desk: &Desk<'_>, row: &Row) -> Result<u64, Error> {
    let settings = desk.settings();
    let (deals, run) = (deals(desk, &settings)?, row.run().ok_or_else(no_row)?);
    Ok(deals.shape(&run).ok_or_else(no_row)?.pieces)
}

fn deals<'a>(desk: &'a Desk<'_>, settings: &'a Settings) -> Result<Deals<'a>, Error> {
    let (loaded, means) = (desk.one()?, desk.means);
    Deals::new(&loaded.scenario, settings, &means.interrupt).map_err(|why| unshared(loaded, why))
}

/// What is made of the figures that parts hold.
fn from_parts<T>(
    desk: &Desk<'_>,
    parts: &[Part<'_>],
    then: impl FnOnce(Result<Shares, NoShares>, Made<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let settings = desk.settings();
    let deals = deals(desk, &settings)?;
    let mut made = Made { deals: &deals, parts, asked: Vec::new(), wrong: None };
    let found = shares_from(&deals, &mut made);
    then(found, made)
}

/// Runs that were made elsewhere, in parts.
struct Made<'a> {
    deals: &'a Deals<'a>,
    parts: &'a [Part<'a>],
    /// Rows that were asked for so far.
    asked: Vec<Wanted>,
    /// What is wrong with the parts of the first row that is not there.
    wrong: Option<Error>,
}

impl Runs for Made<'_> {
    fn take(&mut self, _stage: &str, wanted: &[Run], into: &mut dyn FnMut(Figures)) -> Result<(), NoShares> {
        for run in wanted {
            let shape = self.deals.shape(run).ok_or(NoShares::NoRun)?;
            let (row, pieces, weight) = (Row::of(run), shape.pieces, self.deals.weight(run));
            self.asked.push(Wanted { row, pieces, weight });
        }
        for run in wanted {
            match self.all_of(run) {
                Ok(figures) => into(figures),
                Err(why) => {
                    self.wrong = Some(why);
                    return Err(NoShares::Wanted);
                }
            }
        }
        Ok(())
    }
}

impl Made<'_> {
    /// The figures of a run, from all its parts.
    fn all_of(&self, run: &Run) -> Result<Figures, Error> {
        let shape = self.deals.shape(run).ok_or_else(no_row)?;
        let mut all: Figures = vec![Vec::with_capacity(shape.places as usize); shape.columns];
        for part in in_order(self.parts, &Row::of(run), shape.pieces)? {
            let places = shape.places_in(&part.place.pieces) as usize;
            let own = columns_of(part.holds, shape.columns, places).ok_or_else(|| part.of_others())?;
            all.iter_mut().zip(own).for_each(|(column, more)| column.extend(more));
        }
        Ok(all)
    }
}
