//! What is put before a board: a forecast with what drives it, whether the deal is fair, and what is assumed.

use report::Report;
use report::explanation::Explanation;
use report::register::Register;
use report::sharing::SharingReport;

use crate::assumptions::register;
use crate::error::Error;
use crate::explain::{explained, unasked};
use crate::forecast::forecast;
use crate::shares::shared;
use crate::study::Desk;

/// The parts of a board's paper, all of the same trials: a figure that two of them print is one.
#[derive(Debug)]
pub struct Board {
    /// The forecast.
    pub forecast: Report,
    /// What drives its net present value or, where it has none, a force's reserves.
    pub drivers: Explanation,
    /// Whether the deal is fair, or why that cannot be told.
    pub deal: Result<SharingReport, String>,
    /// What is assumed.
    pub register: Register,
}

/// Answers what a board asks.
///
/// # Errors
/// Why there is no answer.
pub fn board(desk: &Desk<'_>) -> Result<Board, Error> {
    let forecast = forecast(desk)?;
    let drivers = explained(desk, &unasked(&desk.one()?.scenario).name(), None)?;
    // What cannot be told is left out, and the page says why.
    let deal = match shared(desk) {
        Err(Error::Refused(why)) => Err(why.what),
        told => Ok(told?),
    };
    let register = register(desk.one()?, &drivers);
    Ok(Board { forecast, drivers, deal, register })
}
