//! Scenarios built in code: everything at rest unless a case sets it in motion.

use std::collections::BTreeMap;

use engine::alliance::{
    Alliance, Appraisal, Area, AreaCost, DecisionRule, Economy, Equalise, Exit, Fact, Force, Funding, Kind, Ledger,
    LedgerOverrides, Merger, ReferendumLimit, Regime, Resilience, Scenario, Series, ShareRule,
};
use engine::id::ForceId;
use engine::uncertainty::{Provenance, Quantity, Value, quote_key};
use engine::units::{FinancialYear, Month};

/// A known number under a key.
pub fn fixed(key: &str, value: f64) -> Quantity {
    Quantity::fixed(key, value)
}

/// Gives a quantity another known value, its key unchanged.
pub fn set(quantity: &mut Quantity, value: f64) {
    quantity.value = Value::Fixed(value);
}

/// A month, `2021-10`.
pub fn month(text: &str) -> Month {
    text.parse().expect("a month of the case")
}

/// A fact without a source.
pub fn fact(value: f64) -> Fact {
    Fact { value, provenance: Provenance::default() }
}

fn series(key: &str) -> Series {
    Series {
        key: key.to_owned(),
        mean: vec![fixed(&format!("{key}.mean[0]"), 0.0)],
        sd: fixed(&format!("{key}.sd"), 0.0),
        persistence: fixed(&format!("{key}.persistence"), 0.0),
    }
}

/// A regime of grant; `next` is its row of the transition matrix.
pub fn regime(name: &str, growth: f64, next: &[f64]) -> Regime {
    let key = format!("funding.regime.{}", quote_key(name));
    Regime {
        name: name.to_owned(),
        growth: fixed(&format!("{key}.growth"), growth),
        sd: fixed(&format!("{key}.sd"), 0.0),
        next: next.to_vec(),
    }
}

/// A scenario from 2020/21 without growth, gaps, limits or events, and with forces of the names given.
pub fn scenario(years: usize, forces: &[&str]) -> Scenario {
    Scenario {
        name: "case".to_owned(),
        title: "A case".to_owned(),
        question: None,
        sign_off: engine::alliance::SignOff::default(),
        first_year: FinancialYear(2020),
        years,
        economy: Economy {
            pay_share: fixed("economy.pay_share", 0.8),
            inflation: series("economy.inflation"),
            pay: series("economy.pay"),
            tax_base_growth: series("economy.tax_base_growth"),
            limit: ReferendumLimit {
                pounds: fixed("economy.limit.pounds", 0.0),
                percent: fixed("economy.limit.percent", 0.0),
                known: BTreeMap::new(),
            },
        },
        funding: Funding {
            regimes: vec![regime("flat", 0.0, &[1.0])],
            initial: 0,
            known: BTreeMap::new(),
            local_sd: fixed("funding.local_sd", 0.0),
        },
        ledger: Ledger {
            min_reserves: fixed("ledger.min_reserves", 0.0),
            max_reserves: fixed("ledger.max_reserves", 10.0),
            gap_closure: fixed("ledger.gap_closure", 0.0),
            cut_recurrence: fixed("ledger.cut_recurrence", 0.0),
            foresight: fixed("ledger.foresight", 0.0),
            officers_follow_cuts: fixed("ledger.officers_follow_cuts", 1.0),
        },
        resilience: Resilience {
            chi: fixed("resilience.chi", 1.0),
            x_max: fixed("resilience.x_max", 2500.0),
            incident_cost: fixed("resilience.incident_cost", 0.0),
            reimbursed: fixed("resilience.reimbursed", 0.0),
        },
        contact: None,
        appraisal: Appraisal { discount: 0.035, discount_late: 0.03, provenance: Provenance::default() },
        forces: forces.iter().map(|name| force(name)).collect(),
        alliances: Vec::new(),
        benefits: Vec::new(),
        targets: Vec::new(),
        actuals: Vec::new(),
        report_dates: Vec::new(),
        correlations: Vec::new(),
    }
}

/// A force of £100m: £60m grant, £40m precept (200,000 homes at £200), £10m reserves, 1,000 officers.
pub fn force(name: &str) -> Force {
    let key = format!("force.{}", quote_key(name));
    let q = |field: &str, value: f64| fixed(&format!("{key}.{field}"), value);
    Force {
        name: name.to_owned(),
        budget: fact(100.0),
        grant_share: fact(0.6),
        tax_base: fact(200_000.0),
        band_d: fact(200.0),
        reserves: fact(10.0),
        population: fact(500_000.0),
        officers: fact(1000.0),
        opening_gap: q("opening_gap", 0.0),
        demand_growth: q("demand_growth", 0.0),
        uptake: q("uptake", 1.0),
        deployable_share: q("deployable_share", 0.3),
        mutual_aid: q("mutual_aid", 0.0),
        surge: None,
        elections: Vec::new(),
        appetite: q("appetite", 0.5),
        ledger: LedgerOverrides::default(),
        key,
    }
}

/// An alliance from April 2020 that costs nothing, decides at once every quarter, and never breaks.
pub fn alliance(name: &str, members: &[usize]) -> Alliance {
    let key = format!("alliance.{}", quote_key(name));
    let q = |field: &str, value: f64| fixed(&format!("{key}.{field}"), value);
    Alliance {
        name: name.to_owned(),
        kind: Kind::Alliance,
        members: members.iter().map(|&f| ForceId(f)).collect(),
        start: month("2020-04"),
        decision: DecisionRule::Unanimous,
        agree: q("agree", 1.0),
        board_cycle: q("board_cycle", 0.25),
        slip: q("slip", 1.0),
        consultation: q("consultation", 0.0),
        slots: None,
        ict_ready: q("ict_ready", 0.0),
        ict_slip: q("ict_slip", 1.0),
        workaround: q("workaround", 1.0),
        realisation: q("realisation", 1.0),
        attributable: q("attributable", 1.0),
        attributable_cost: q("attributable_cost", 1.0),
        team: q("team", 0.0),
        running: q("running", 0.0),
        overrun: q("overrun", 1.0),
        severance: q("severance", 0.0),
        ict_capital: q("ict_capital", 0.0),
        ict_overrun: q("ict_overrun", 1.0),
        ict_cancelled: q("ict_cancelled", 0.0),
        ict_cancel_at: q("ict_cancel_at", 1.0),
        ict_cancel_cost: q("ict_cancel_cost", 0.0),
        design_share: q("design_share", 0.0),
        share: ShareRule::Equal,
        share_from: Vec::new(),
        voice: None,
        stalled_pace: q("stalled_pace", 1.0),
        stall_cut: q("stall_cut", 0.01),
        finance_years: 1,
        finance_rate: q("finance_rate", 0.0),
        reach: q("reach", 0.0),
        retained: q("retained", 0.0),
        unwind: q("unwind", 1.0),
        scale_loss: q("scale_loss", 0.0),
        overlap: q("overlap", 0.0),
        review: None,
        exit: Exit {
            base: q("exit.base", 0.0),
            election_weight: q("exit.election_weight", 0.0),
            loss_weight: q("exit.loss_weight", 0.0),
            appetite_weight: q("exit.appetite_weight", 0.0),
            voice_weight: q("exit.voice_weight", 0.0),
            notice: q("exit.notice", 1.0),
            cost: q("exit.cost", 0.0),
            leaver_share: q("exit.leaver_share", 0.5),
            fixed_share: q("exit.fixed_share", 1.0),
        },
        merger: None,
        areas: Vec::new(),
        part: 1.0,
        key,
    }
}

/// Makes an alliance a voluntary merger that everybody agrees to. `forces` are the names of its members.
pub fn merge(alliance: &mut Alliance, forces: &[&str], decision: &str, vesting: &str) {
    let key = alliance.key.clone();
    let q = |field: &str, value: f64| fixed(&format!("{key}.merger.{field}"), value);
    alliance.kind = Kind::Merger;
    alliance.decision = DecisionRule::Lead;
    alliance.merger = Some(Merger {
        mandated: false,
        vesting: month(vesting),
        decision_date: month(decision),
        consent: forces.iter().map(|name| q(&format!("consent.{}", quote_key(name)), 1.0)).collect(),
        rise_aversion: q("rise_aversion", 0.0),
        ministerial_approval: q("ministerial_approval", 1.0),
        setup: q("setup", 0.0),
        abortive_cost: q("abortive_cost", 0.0),
        equalise: Equalise::Average,
        equalise_years: q("equalise_years", 5.0),
    });
}

/// Adds an area that costs £10m a year in all, is to save a fifth of it, is submitted at ¼ and takes half a year: live at 1.
pub fn area(alliance: &mut Alliance, name: &str) -> usize {
    let key = format!("{}.area.{}", alliance.key, quote_key(name));
    let q = |field: &str, value: f64| fixed(&format!("{key}.{field}"), value);
    alliance.areas.push(Area {
        name: name.to_owned(),
        cost: AreaCost::Total(q("cost", 10.0)),
        saving: q("saving", 0.2),
        noncashable: q("noncashable", 0.0),
        submit: q("submit", 0.25),
        implement: q("implement", 0.5),
        slip: q("slip", 1.0),
        approve: q("approve", 1.0),
        consultation: q("consultation", 0.0),
        oneoff: q("oneoff", 0.0),
        running: q("running", 0.0),
        ramp: q("ramp", 0.0),
        needs_ict: false,
        operational: false,
        after: Vec::new(),
        priority: 0.0,
        key,
    });
    alliance.areas.len() - 1
}

/// Gives an area a cost in each member; `forces` are their names.
pub fn cost_by_member(area: &mut Area, forces: &[&str], costs: &[f64]) {
    let key = |name: &str| format!("{}.cost.{}", area.key, quote_key(name));
    area.cost = AreaCost::ByMember(forces.iter().zip(costs).map(|(name, cost)| fixed(&key(name), *cost)).collect());
}
