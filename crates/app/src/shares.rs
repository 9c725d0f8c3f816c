//! Whether the deal is fair to each force, and who would do better without the others.

use analysis::NoShares;
use report::sharing::SharingReport;

use crate::error::Error;
use crate::refused::Field;
use crate::study::Desk;

/// How the deal of a scenario is shared.
///
/// # Errors
/// Why there is no answer.
pub fn shared(desk: &Desk<'_>) -> Result<SharingReport, Error> {
    let loaded = desk.one()?;
    let found = analysis::shares(&loaded.scenario, &desk.settings(), &desk.means.interrupt);
    let found = found.map_err(|why| match why {
        NoShares::NoAlliance | NoShares::TooMuch(_) => Field::Scenarios.refused(why).into(),
        NoShares::Run(error) => error.into(),
        NoShares::Compile(error) => Error::uncompiled_of(loaded, &error),
    })?;
    let (of, run) = desk.told_of(loaded);
    Ok(SharingReport::build(of, run, &loaded.scenario, &found))
}
