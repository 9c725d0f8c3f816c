//! What is told of a platform or a programme that may be stopped.

use super::{by, dated};
use crate::model::columns::AlliancePositions;
use crate::model::programme::Programme;
use crate::uncertainty::lanes::{Column, Isa};

/// Records what was stopped by the end of the horizon, where something can be.
pub(super) fn record_stops(at: &AlliancePositions, programme: &Programme, horizon: f64, out: &mut [Column], isa: Isa) {
    if let Some(platform) = &at.platform {
        programme.platform_stopped(&mut out[platform.ict_stopped], isa);
    }
    if let Some(review) = &at.review {
        let (date, given_up) = programme.stopped();
        by(isa, &mut out[review.stopped], date, horizon);
        dated(isa, &mut out[review.stopped_at], date, horizon);
        out[review.areas_given_up] = *given_up;
    }
}
