//! `[[force]]`: a police force, its facts of the first year and its own uncertain numbers.

use super::economy::LEDGER;
use super::share;
use crate::describe::Default;
use crate::reader::{Range, Reader, Spec};
use engine::alliance::{Fact, Force, LedgerOverrides, Surge};
use engine::uncertainty::Provenance;

const BUDGET: Spec = Spec::new("budget", "£m", Range::ABOVE_0, "Net revenue budget of the first year.");
const GRANT_SHARE: Spec =
    Spec::new("grant_share", "share", Range::SHARE, "Share of the budget that is government grant.");
const TAX_BASE: Spec = Spec::new("tax_base", "Band D equivalents", Range::ABOVE_0, "Council-tax base.");
const BAND_D: Spec = Spec::new("band_d", "£ a year", Range::ABOVE_0, "Police precept at Band D in the first year.");
const RESERVES: Spec = Spec::new("reserves", "£m", Range::FROM_0, "Usable reserves at the start.");
const POPULATION: Spec = Spec::new("population", "residents", Range::ABOVE_0, "Residents.");
const OFFICERS: Spec = Spec::new("officers", "full-time equivalents", Range::ABOVE_0, "Police officers.");

/// Reads a force.
pub fn force(r: &mut Reader<'_>) -> Force {
    let name = r.text("name", Default::Required, "Its name, unique among the forces.").unwrap_or_default();
    r.draws_as("Borrow the draws of the force so named, to pair two scenarios whose names differ.");
    let budget = r.required_fact(BUDGET);
    let grant_share = r.required_fact(GRANT_SHARE);
    let band_d = r.required_fact(BAND_D);
    Force {
        key: r.key.clone(),
        tax_base: tax_base(r, &budget, &grant_share, &band_d),
        reserves: r.required_fact(RESERVES),
        population: r.required_fact(POPULATION),
        officers: r.required_fact(OFFICERS),
        opening_gap: r.quantity(
            Spec::new(
                "opening_gap",
                "share of budget",
                Range::ABOVE_MINUS_1,
                "Gap between spending and budget at the start.",
            )
            .or(0.0),
        ),
        demand_growth: r.quantity(
            Spec::new("demand_growth", "fraction a year", Range::ANY, "Growth of demand above prices.").or(0.0),
        ),
        uptake: r.quantity(share("uptake", "Share of the referendum limit that is taken each year.").or(1.0)),
        deployable_share: r
            .quantity(share("deployable_share", "Share of officers who can be sent to a surge.").or(0.06)),
        mutual_aid: r.quantity(
            Spec::new(
                "mutual_aid",
                "officers",
                Range::FROM_0,
                "Officers whom national mutual aid brings in time, with the alliances and without.",
            )
            .or(0.0),
        ),
        surge: r.optional_table(
            "surge",
            "Surges of demand from major incidents; without them the force meets none.",
            surge,
        ),
        elections: r.months("elections", "Dates of its commissioner's elections."),
        appetite: r.quantity(share("appetite", "Appetite for risk and change: 0 none, 1 all.").or(0.5)),
        ledger: ledger(r),
        budget,
        grant_share,
        band_d,
        name,
    }
}

/// Where it is not written: what the budget leaves to the precept, at the first year's Band D.
fn tax_base(r: &mut Reader<'_>, budget: &Fact, grant_share: &Fact, band_d: &Fact) -> Fact {
    if let Some(fact) = r.fact(TAX_BASE, Some("(budget − grant)·10⁶/band_d")) {
        return fact;
    }
    let value = budget.value * (1.0 - grant_share.value) * 1e6 / band_d.value;
    let source = format!(
        "computed from budget, grant and Band D{}",
        budget.provenance.source.as_ref().map_or(String::new(), |source| format!(" ({source})"))
    );
    let fact = Fact { value, provenance: Provenance { source: Some(source), ..Provenance::default() } };
    r.put_fact(&TAX_BASE, &fact);
    fact
}

fn surge(r: &mut Reader<'_>) -> Surge {
    Surge {
        rate: r.quantity(Spec::new("rate", "incidents a year", Range::FROM_0, "Major incidents a year.")),
        x_min: r.quantity(Spec::new("x_min", "officers", Range::ABOVE_0, "Smallest surge.")),
        alpha: r.quantity(Spec::new(
            "alpha",
            "",
            Range::ABOVE_1,
            "Pareto exponent of the surge's size: the larger, the rarer great surges.",
        )),
    }
}

fn ledger(r: &mut Reader<'_>) -> LedgerOverrides {
    let [min_reserves, max_reserves, gap_closure, cut_recurrence, foresight, officers_follow_cuts] =
        LEDGER.map(|spec| r.optional_quantity(spec));
    LedgerOverrides { min_reserves, max_reserves, gap_closure, cut_recurrence, foresight, officers_follow_cuts }
}
