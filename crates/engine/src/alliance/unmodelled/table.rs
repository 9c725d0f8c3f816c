//! The defaults that mean "cannot go wrong": what each leaves out, how harmful that is, and one change that models it.

use super::{Harm, Stand, at_least, at_most, is_known};
use crate::alliance::{Alliance, Area, Force, Scenario, Series};
use crate::uncertainty::Quantity;

/// Whose key it is, and how to see whether it is left at a value that cannot go wrong.
pub(super) enum Of {
    /// Of each alliance.
    Alliance(fn(&Scenario, &Alliance) -> Stand),
    /// Of each business area: an alliance leaves it out where all its areas do.
    Area(fn(&Alliance, &Area) -> Stand),
    /// Of each force.
    Force(fn(&Scenario, &Force) -> Stand),
    /// Of the scenario, with the reason.
    Whole(fn(&Scenario) -> bool, &'static str),
}

/// One such default.
pub(super) struct Row {
    pub key: &'static str,
    pub what: &'static str,
    pub harm: Harm,
    /// Whether figures would be better with it: it is a help, and nothing that can go wrong.
    pub helps: bool,
    /// The value of an example.
    pub example: &'static str,
    pub of: Of,
}

impl Row {
    /// The key as people state it: a table as a whole.
    pub fn short(&self) -> &'static str {
        match self.key {
            "exit.base" => "exit",
            key => key,
        }
    }
}

pub(super) const fn row(harm: Harm, key: &'static str, what: &'static str, example: &'static str, of: Of) -> Row {
    Row { key, what, harm, helps: false, example, of }
}

/// The same of something that would help.
pub(super) const fn help(harm: Harm, key: &'static str, what: &'static str, example: &'static str, of: Of) -> Row {
    Row { helps: true, ..row(harm, key, what, example, of) }
}

/// Only where something holds.
pub(super) fn given(relevant: bool, stand: Stand) -> Stand {
    if relevant { stand } else { Stand::Irrelevant }
}

use Harm::{High, Low, Medium};
use Of::{Alliance as InAlliance, Area as InArea, Force as InForce, Whole};

/// All of them; within a degree of harm, the most harmful first.
pub(super) const ROWS: &[Row] = &[
    row(
        High,
        "realisation",
        "Savings falling short of what is claimed",
        "{ pert = { low = 0.3, mode = 0.75, high = 1.1 }, plan = 1 }",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_least(&own.realisation, 1.0))),
    ),
    row(
        High,
        "exit.base",
        "Partners leaving",
        "0.01",
        InAlliance(|_, own| {
            given(!own.merger.as_ref().is_some_and(|merger| merger.mandated), at_most(&own.exit.base, 0.0))
        }),
    ),
    row(
        High,
        "attributable",
        "Members finding part of the savings on their own",
        "{ pert = { low = 0.5, mode = 0.75, high = 1 }, plan = 1 }",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_least(&own.attributable, 1.0))),
    ),
    row(High, "merger.consent", "A commissioner refusing the merger", "0.8", InAlliance(consent)),
    row(
        High,
        "merger.ministerial_approval",
        "A minister refusing the merger",
        "0.9",
        InAlliance(|_, own| {
            let of =
                |merger: &crate::alliance::Merger| given(!merger.mandated, at_least(&merger.ministerial_approval, 1.0));
            own.merger.as_ref().map_or(Stand::Irrelevant, of)
        }),
    ),
    row(High, "approve", "Business cases being dropped", "0.9", InArea(|_, area| at_least(&area.approve, 1.0))),
    row(
        Medium,
        "slip",
        "Business cases coming late",
        "{ lognormal = { median = 1.25, p90 = 1.75 }, min = 0.9, plan = 1 }",
        InAlliance(|_, own| given(own.areas.iter().any(|area| !area.submit.is_none()), at_most(&own.slip, 1.0))),
    ),
    row(
        Medium,
        "agree",
        "Members not agreeing at a meeting",
        "0.85",
        InAlliance(|_, own| given(!own.areas.is_empty() && !own.board_cycle.is_none(), at_least(&own.agree, 1.0))),
    ),
    row(
        Medium,
        "slip",
        "Implementation taking longer than planned",
        "{ lognormal = { median = 1.25, p90 = 1.75 }, min = 0.9, plan = 1 }",
        InArea(|_, area| given(!area.implement.is_none(), at_most(&area.slip, 1.0))),
    ),
    row(
        Medium,
        "slots",
        "Areas waiting for people to implement them",
        "1",
        InAlliance(|_, own| match own.slots {
            _ if own.areas.len() < 2 => Stand::Irrelevant,
            None => Stand::Default,
            Some(slots) if slots as usize >= own.areas.len() => Stand::Set,
            Some(_) => Stand::Modelled,
        }),
    ),
    row(
        Medium,
        "overrun",
        "One-off costs overrunning",
        "{ pert = { low = 1, mode = 1.15, high = 1.4 }, plan = 1 }",
        InAlliance(|_, own| given(own.has_one_off_costs(), at_most(&own.overrun, 1.0))),
    ),
    row(
        Medium,
        "[[correlation]]",
        "Risks striking together",
        "[[correlation]]\nname = \"areas save together\"\nquantities = [\"alliance.*.area.*.saving\"]\nrho = 0.5",
        Whole(|own| own.correlations.is_empty() && has_two_uncertain(own), "no `[[correlation]]` is stated"),
    ),
    row(
        Medium,
        "ict_capital",
        "Building a common ICT platform",
        "2",
        InAlliance(|_, own| given(!own.areas.is_empty() && !own.needs_ict(), at_most(&own.ict_capital, 0.0))),
    ),
    row(
        Medium,
        "ict_ready",
        "Waiting for the common ICT platform",
        "2",
        InAlliance(|_, own| given(own.needs_ict(), at_most(&own.ict_ready, 0.0))),
    ),
    row(
        Medium,
        "ict_slip",
        "The common ICT platform coming late",
        "{ lognormal = { median = 1.5, p90 = 2.4 }, min = 0.9, plan = 1 }",
        InAlliance(|_, own| given(own.needs_ict() && !own.ict_ready.is_none(), at_most(&own.ict_slip, 1.0))),
    ),
    row(
        Medium,
        "workaround",
        "Savings missing until the common ICT platform is ready",
        "0.5",
        InAlliance(|_, own| given(own.needs_ict() && !own.ict_ready.is_none(), at_least(&own.workaround, 1.0))),
    ),
    row(
        Medium,
        "ict_overrun",
        "The common ICT platform costing more",
        "{ lognormal = { median = 1.2, p90 = 2 }, plan = 1 }",
        InAlliance(|_, own| given(!own.ict_capital.is_none(), at_most(&own.ict_overrun, 1.0))),
    ),
    row(
        Medium,
        "surge",
        "Meeting large incidents",
        "{ rate = 1, x_min = 50, alpha = 2 }",
        InForce(|_, own| match &own.surge {
            None => Stand::Default,
            Some(surge) => at_most(&surge.rate, 0.0),
        }),
    ),
    row(
        Medium,
        "funding.local_sd",
        "Grant differing from what is planned",
        "0.01",
        Whole(grant_is_known, "the growth of grant is certain in every year (`[funding]`)"),
    ),
    row(
        Medium,
        "economy.inflation.sd",
        "Prices and pay differing from what is planned",
        "0.01",
        Whole(
            |own| is_sure(&own.economy.inflation) && is_sure(&own.economy.pay),
            "`economy.inflation` and `economy.pay` are certain in every year",
        ),
    ),
    row(
        Medium,
        "stalled_pace",
        "Emergency cuts holding the programme up",
        "0.6",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_least(&own.stalled_pace, 1.0))),
    ),
    row(Medium, "oneoff", "Implementation costing money", "0.2", InArea(|_, area| at_most(&area.oneoff, 0.0))),
    row(
        Medium,
        "team",
        "A programme team costing money",
        "0.8",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_most(&own.team, 0.0))),
    ),
    row(
        Low,
        "consultation",
        "Consulting staff before a change",
        "0.25",
        InAlliance(|_, own| {
            let areas = own.areas.iter().all(|area| area.consultation.is_none());
            given(!own.areas.is_empty() && areas, at_most(&own.consultation, 0.0))
        }),
    ),
    row(Low, "ramp", "Savings building up gradually", "0.5", InArea(|_, area| at_most(&area.ramp, 0.0))),
    row(
        Low,
        "severance",
        "Paying severance",
        "0.2",
        InAlliance(|_, own| given(!own.areas.is_empty(), at_most(&own.severance, 0.0))),
    ),
    row(
        Low,
        "exit.cost",
        "An exit costing money",
        "1.5",
        InAlliance(|_, own| given(own.merger.is_none() && own.exit.is_modelled(), at_most(&own.exit.cost, 0.0))),
    ),
    row(
        Low,
        "design_share",
        "Dropped business cases costing money",
        "0.2",
        InAlliance(|_, own| {
            let dropped = own.areas.iter().any(|area| !area.is_sure());
            given(dropped && own.has_one_off_costs(), at_most(&own.design_share, 0.0))
        }),
    ),
    row(
        Low,
        "merger.setup",
        "Setting up the merger costing money",
        "5",
        InAlliance(|_, own| own.merger.as_ref().map_or(Stand::Irrelevant, |merger| at_most(&merger.setup, 0.0))),
    ),
    row(
        Low,
        "merger.abortive_cost",
        "A failed merger costing money",
        "1",
        InAlliance(|_, own| {
            let fails = |merger: &crate::alliance::Merger| {
                !merger.mandated && (merger.can_be_refused() || own.exit.is_modelled())
            };
            let of = |merger: &crate::alliance::Merger| given(fails(merger), at_most(&merger.abortive_cost, 0.0));
            own.merger.as_ref().map_or(Stand::Irrelevant, of)
        }),
    ),
    row(
        Low,
        "merger.rise_aversion",
        "A rise in council tax putting commissioners off the merger",
        "0.5",
        InAlliance(|_, own| {
            let asked = |merger: &crate::alliance::Merger| {
                !merger.mandated && merger.consent.iter().any(|chance| at_least(chance, 1.0) == Stand::Modelled)
            };
            let of = |merger: &crate::alliance::Merger| given(asked(merger), at_most(&merger.rise_aversion, 0.0));
            own.merger.as_ref().map_or(Stand::Irrelevant, of)
        }),
    ),
    row(
        Low,
        "resilience.incident_cost",
        "Large incidents costing money",
        "0.001",
        Whole(|own| own.has_incidents() && own.resilience.incident_cost.is_none(), "`resilience.incident_cost` is 0"),
    ),
    row(
        Low,
        "opening_gap",
        "A gap between spending and budget at the start",
        "0.01",
        InForce(|_, own| at_most(&own.opening_gap, 0.0)),
    ),
    row(
        Low,
        "demand_growth",
        "Demand growing faster than prices",
        "0.005",
        InForce(|_, own| at_most(&own.demand_growth, 0.0)),
    ),
    row(
        Low,
        "uptake",
        "Forces raising council tax by less than the limit",
        "{ beta = { a = 18, b = 1 }, plan = 1 }",
        InForce(|_, own| at_least(&own.uptake, 1.0)),
    ),
    row(
        Low,
        "economy.tax_base_growth.sd",
        "The council tax base growing otherwise than planned",
        "0.005",
        Whole(|own| is_sure(&own.economy.tax_base_growth), "`economy.tax_base_growth` is certain in every year"),
    ),
    row(
        Low,
        "economy.limit.percent",
        "The council tax limit changing",
        "{ uniform = { low = 0.01, high = 0.05 } }",
        Whole(
            |own| {
                let limit = &own.economy.limit;
                let after = (0..own.years as i32).map(|t| own.first_year.plus(t));
                is_known(&limit.pounds) && is_known(&limit.percent)
                    || after.skip(1).all(|year| limit.known.contains_key(&year))
            },
            "`economy.limit` is certain in every year",
        ),
    ),
];

fn consent(_: &Scenario, own: &Alliance) -> Stand {
    let of = |merger: &crate::alliance::Merger| {
        given(!merger.mandated, super::all(merger.consent.iter().map(|chance| at_least(chance, 1.0))))
    };
    own.merger.as_ref().map_or(Stand::Irrelevant, of)
}

/// Whether a series is the same in every future.
fn is_sure(series: &Series) -> bool {
    series.sd.is_none() && series.mean.iter().all(is_known)
}

/// Whether the growth of grant is the same in every future.
fn grant_is_known(scenario: &Scenario) -> bool {
    let funding = &scenario.funding;
    let later = (1..scenario.years as i32).map(|t| scenario.first_year.plus(t));
    let ruled = funding.regimes.len() < 2 || later.clone().all(|year| funding.known.contains_key(&year));
    let plain = funding.regimes.iter().all(|regime| regime.sd.is_none() && is_known(&regime.growth));
    ruled && plain && funding.local_sd.is_none()
}

/// Whether at least two numbers of the collaborations are uncertain, so that they could go wrong together.
fn has_two_uncertain(scenario: &Scenario) -> bool {
    let of_area = |area: &Area| {
        let all: [&Quantity; 7] =
            [&area.saving, &area.submit, &area.implement, &area.slip, &area.approve, &area.oneoff, &area.ramp];
        all.into_iter().filter(|own| !is_known(own)).count()
    };
    let of_alliance = |own: &Alliance| {
        let all: [&Quantity; 6] =
            [&own.slip, &own.realisation, &own.attributable, &own.overrun, &own.ict_slip, &own.ict_overrun];
        all.into_iter().filter(|own| !is_known(own)).count() + own.areas.iter().map(of_area).sum::<usize>()
    };
    scenario.alliances.iter().map(of_alliance).sum::<usize>() >= 2
}
