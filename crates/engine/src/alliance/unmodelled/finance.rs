//! More such defaults: what a finance officer would ask after.

use super::table::{Of, Row, given, help, row};
use super::{Harm, Stand, at_least, at_most};
use crate::alliance::Force;
use crate::uncertainty::Quantity;

use Harm::{Low, Medium};
use Of::{Alliance as InAlliance, Force as InForce, Whole};

/// All of them, in the order of [`super::table::ROWS`].
pub(super) const ROWS: &[Row] = &[
    row(
        Medium,
        "ict_cancelled",
        "The common ICT platform being stopped",
        "{ beta = { a = 3, b = 7 } }",
        InAlliance(|_, own| given(own.needs_ict() && !own.ict_ready.is_none(), at_most(&own.ict_cancelled, 0.0))),
    ),
    row(
        Medium,
        "review",
        "A board stopping a programme that fails",
        "{ every = 2, base = 0.02, weight = 3 }",
        InAlliance(|_, own| {
            let review = own.review.as_ref().map_or(Stand::Default, |review| at_most(&review.base, 0.0));
            given(!own.areas.is_empty(), review)
        }),
    ),
    row(
        Medium,
        "running",
        "Running what is shared costing money",
        "0.2",
        InAlliance(|_, own| {
            let areas = own.areas.iter().all(|area| area.running.is_none());
            given(!own.areas.is_empty() && areas, at_most(&own.running, 0.0))
        }),
    ),
    help(
        Low,
        "exit.fixed_share",
        "An exit costing less where less is live",
        "0.3",
        InAlliance(|_, own| {
            let costs = own.merger.is_none() && own.exit.is_modelled() && !own.exit.cost.is_none();
            given(costs, at_least(&own.exit.fixed_share, 1.0))
        }),
    ),
    row(
        Low,
        "scale_loss",
        "Those who stay losing scale when others leave",
        "0.3",
        InAlliance(|_, own| given(own.merger.is_none() && own.exit.is_modelled(), at_most(&own.scale_loss, 0.0))),
    ),
    row(
        Low,
        "overlap",
        "Members' own cuts shrinking what is in scope",
        "0.5",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_most(&own.overlap, 0.0))),
    ),
    help(
        Low,
        "attributable_cost",
        "Members bearing part of the costs of change anyway",
        "0.75",
        InAlliance(|_, own| given(own.has_costs_of_change(), at_least(&own.attributable_cost, 1.0))),
    ),
    row(
        Low,
        "finance_rate",
        "Interest on what is financed",
        "0.035",
        InAlliance(|_, own| {
            let setup = own.merger.as_ref().is_some_and(|merger| !merger.setup.is_none());
            let financed = own.finance_years > 1 && (setup || !own.ict_capital.is_none());
            given(financed, at_most(&own.finance_rate, 0.0))
        }),
    ),
    help(
        Low,
        "mutual_aid",
        "National mutual aid in large incidents",
        "100",
        InForce(|_, own| given(own.meets_incidents(), at_most(&own.mutual_aid, 0.0))),
    ),
    help(
        Low,
        "ledger.foresight",
        "Cutting ahead of lean years",
        "0.5",
        Whole(
            |own| {
                let all =
                    own.forces.iter().map(|force| force.ledger.foresight.as_ref().unwrap_or(&own.ledger.foresight));
                all.into_iter().all(Quantity::is_none)
            },
            "`foresight` is 0 in every force",
        ),
    ),
    help(
        Low,
        "ledger.officers_follow_cuts",
        "Cuts sparing officers",
        "0.6",
        Whole(
            |own| {
                let policy = |force: &Force| {
                    let all = force.ledger.officers_follow_cuts.as_ref().unwrap_or(&own.ledger.officers_follow_cuts);
                    at_least(all, 1.0) != Stand::Modelled
                };
                own.forces.iter().all(policy)
            },
            "`officers_follow_cuts` is 1 in every force",
        ),
    ),
];
