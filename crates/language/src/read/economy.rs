//! `[economy]`: prices, pay, tax base, the referendum limit on council tax; `[ledger]`: reserves policy.

use std::collections::BTreeMap;

use super::share;
use crate::reader::{Range, Reader, Spec};
use engine::alliance::{Economy, KnownLimit, Ledger, ReferendumLimit, Series};
use engine::units::FinancialYear;

/// Reads `[economy]`.
pub fn economy(r: &mut Reader<'_>) -> Economy {
    Economy {
        pay_share: r.quantity(share("pay_share", "Share of spending that is pay.").or(0.75)),
        inflation: r.table("inflation", "Non-pay prices, a yearly series.", |r| series(r, 0.02)),
        pay: r.table("pay", "Pay awards, a yearly series.", |r| series(r, 0.02)),
        tax_base_growth: r
            .table("tax_base_growth", "Growth of the council-tax base, a yearly series.", |r| series(r, 0.0)),
        limit: r.table(
            "limit",
            "The limit above which a rise of the police precept needs a referendum: the greater of the two.",
            limit,
        ),
    }
}

fn series(r: &mut Reader<'_>, mean: f64) -> Series {
    let path = "Mean path: a number, or a list whose entry t is for year t, the last holding on.";
    let sd = Spec::new("sd", "fraction a year", Range::FROM_0, "Stationary standard deviation around the mean path.");
    let persistence =
        Spec::new("persistence", "", Range::BELOW_1, "How much of a year's deviation lasts into the next.");
    Series {
        key: r.key.clone(),
        mean: r.quantities(Spec::new("mean", "fraction a year", Range::ABOVE_MINUS_1, path).or(mean)),
        sd: r.quantity(sd.or(0.0)),
        persistence: r.quantity(persistence.or(0.0)),
    }
}

const POUNDS: Spec = Spec::new(
    "pounds",
    "£ a year at Band D",
    Range::FROM_0,
    "Limit in pounds; drawn anew every year that is not known.",
);
const PERCENT: Spec = Spec::new(
    "percent",
    "fraction",
    Range::FROM_0,
    "Limit as a fraction of last year's Band D (0.02 is 2 %); drawn anew every year that is not known.",
);

fn limit(r: &mut Reader<'_>) -> ReferendumLimit {
    ReferendumLimit { pounds: r.quantity(POUNDS.or(0.0)), percent: r.quantity(PERCENT.or(0.02)), known: known(r) }
}

fn known(r: &mut Reader<'_>) -> BTreeMap<FinancialYear, KnownLimit> {
    let years = r.map("known", "<year>", "The known limit of one year, such as known.\"2015/16\".", |r, _| {
        r.keep_provenance();
        KnownLimit { pounds: r.plain(POUNDS.or(0.0)), percent: r.plain(PERCENT.or(0.0)) }
    });
    let mut known = BTreeMap::new();
    for (label, limit, at) in years {
        match label.parse() {
            Ok(year) => {
                known.insert(year, limit);
            }
            Err(error) => {
                r.cx.problem(&at, &r.address("known"), error, "Write the year in quotes, as known.\"2015/16\"");
            }
        }
    }
    known
}

/// The keys of `[ledger]`, which a force may override.
pub const LEDGER: [Spec; 6] = [
    share("min_reserves", "Floor of reserves as a share of spending: below it a force must make emergency cuts."),
    Spec::new(
        "max_reserves",
        "share",
        Range::FROM_0,
        "Ceiling of reserves as a share of spending: what exceeds it, and the opening reserves, is reinvested.",
    ),
    share(
        "gap_closure",
        "Share of a structural gap that a force closes each year by service cuts of its own, before reserves must.",
    ),
    share("cut_recurrence", "Share of an emergency cut that lasts into later years."),
    share(
        "foresight",
        "Weight that a force gives, when it plans cuts, to next year's balance where it expects a worse one than this year's: 0, it looks at this year alone.",
    ),
    share(
        "officers_follow_cuts",
        "How far officers go down with spending: 1, by the same share as recurring cuts are of spending; 0.6, by 60% of that.",
    ),
];

/// Reads `[ledger]`.
pub fn ledger(r: &mut Reader<'_>) -> Ledger {
    let [min_reserves, max_reserves, gap_closure, cut_recurrence, foresight, officers_follow_cuts] = LEDGER;
    Ledger {
        min_reserves: r.quantity(min_reserves.or(0.03)),
        max_reserves: r.quantity(max_reserves.or(0.25)),
        gap_closure: r.quantity(gap_closure.or(0.8)),
        cut_recurrence: r.quantity(cut_recurrence.or(0.8)),
        foresight: r.quantity(foresight.or(0.0)),
        officers_follow_cuts: r.quantity(officers_follow_cuts.or(1.0)),
    }
}
