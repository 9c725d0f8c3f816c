//! What is told of the one fund of a merged force.

use crate::model::arithmetic::add;
use crate::model::form::Compiled;
use crate::model::fund::Fund;
use crate::uncertainty::lanes::{Column, Isa};

/// The same of a merged force.
pub(super) fn record_fund_details(model: &Compiled, fund: &Fund, t: usize, all: bool, out: &mut [Column], isa: Isa) {
    let Some(at) = &model.at.alliances[fund.alliance].fund else { return };
    let ledger = &fund.ledger;
    for (first, figure) in [
        (at.planned_cut, &ledger.planned),
        (at.emergency_cut, &ledger.emergency),
        (at.restored, &ledger.restored),
        (at.reinvestment, &ledger.reinvestment),
    ] {
        if !all && !model.counted[first + t] {
            continue;
        }
        if t < fund.from {
            out[first + t] = Column::splat(f64::NAN);
        } else {
            fund.tell(&mut out[first + t], figure, isa);
        }
    }
}

/// Records year `t` of the fund of a merged force; what comes before it is missing.
pub(super) fn record_fund_year(model: &Compiled, fund: &Fund, t: usize, out: &mut [Column], isa: Isa) {
    let Some(at) = &model.at.alliances[fund.alliance].fund else { return };
    let reserves = &mut out[at.reserves + t];
    if t < fund.from { *reserves = Column::splat(f64::NAN) } else { fund.tell(reserves, &fund.ledger.reserves, isa) }
}

/// Records what is known of a merged force at the end.
pub(super) fn record_fund(model: &Compiled, fund: &Fund, out: &mut [Column], isa: Isa) {
    let Some(at) = &model.at.alliances[fund.alliance].fund else { return };
    let ledger = &fund.ledger;
    for (position, figure) in [
        (at.lowest_reserves, &ledger.lowest),
        (at.floor_breached, &ledger.breached),
        (at.not_viable_years, &ledger.not_viable),
        (at.cuts, &ledger.all_cuts),
    ] {
        fund.tell(&mut out[position], figure, isa);
    }
    let mut officers = Column::default();
    for force in fund.members() {
        add(isa, &mut officers, &out[model.at.forces[force].with.officers_cut]);
    }
    fund.tell(&mut out[at.officers_cut], &officers, isa);
}
