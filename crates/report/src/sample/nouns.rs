//! The scenarios of the samples.

use super::Sample;
use engine::alliance::*;
use engine::id::ForceId;
use engine::uncertainty::{Provenance, Quantity, quote_key};
use engine::units::{FinancialYear, Month};

const AREAS: [&str; 32] = [
    "Information and communications technology",
    "Contact management and dispatch centres",
    "Operational support, roads policing and firearms",
    "Finance",
    "People and human resources",
    "Estates",
    "Fleet",
    "Criminal justice and custody",
    "Prevention, partnerships and neighbourhoods",
    "Forensic services",
    "Intelligence",
    "Serious and organised crime",
    "Learning and development",
    "Procurement",
    "Records management",
    "Information management and assurance",
    "Professional standards",
    "Audit, insurance and strategic risk",
    "Business change",
    "Corporate communications",
    "Administrative services",
    "Performance and analysis",
    "Legal services",
    "Alcohol licensing",
    "Firearms licensing",
    "Dogs",
    "Air and marine",
    "Drones",
    "Events planning",
    "Vetting",
    "Wellbeing",
    "Command",
];

fn q(value: f64) -> Quantity {
    Quantity::fixed("sample", value)
}

fn fact(value: f64) -> Fact {
    Fact { value, provenance: Provenance::default() }
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn force(name: &str, budget: f64) -> Force {
    Force {
        name: name.to_owned(),
        key: format!("force.{}", quote_key(name)),
        budget: fact(budget),
        grant_share: fact(0.6),
        tax_base: fact(budget * 2300.0),
        band_d: fact(175.0),
        reserves: fact(budget * 0.15),
        population: fact(budget * 6000.0),
        officers: fact(budget * 10.0),
        opening_gap: q(0.01),
        demand_growth: q(0.0),
        uptake: q(1.0),
        deployable_share: q(0.06),
        mutual_aid: q(0.0),
        surge: Some(Surge { rate: q(1.0), x_min: q(50.0), alpha: q(2.0) }),
        elections: vec![],
        appetite: q(0.5),
        ledger: LedgerOverrides::default(),
    }
}

fn area(name: &str) -> Area {
    Area {
        name: name.to_owned(),
        key: format!("area.{name}"),
        cost: AreaCost::Total(q(4.5)),
        saving: q(0.083),
        noncashable: q(0.0),
        submit: q(1.0),
        implement: q(1.0),
        slip: q(1.0),
        approve: q(1.0),
        consultation: q(0.0),
        oneoff: q(0.1),
        running: q(0.0),
        ramp: q(1.0),
        needs_ict: false,
        operational: false,
        after: vec![],
        priority: 0.0,
    }
}

fn alliance(name: &str, kind: Kind, members: &[usize], areas: &[&str]) -> Alliance {
    let exit = Exit {
        base: q(0.01),
        election_weight: q(0.0),
        loss_weight: q(0.0),
        appetite_weight: q(0.0),
        voice_weight: q(0.0),
        notice: q(1.0),
        cost: q(2.0),
        leaver_share: q(0.5),
        fixed_share: q(1.0),
    };
    let merger = Merger {
        mandated: false,
        vesting: month("2020-04"),
        decision_date: month("2018-10"),
        consent: members.iter().map(|_| q(0.8)).collect(),
        rise_aversion: q(1.0),
        ministerial_approval: q(0.75),
        setup: q(3.0),
        abortive_cost: q(1.0),
        equalise: Equalise::Average,
        equalise_years: q(5.0),
    };
    Alliance {
        name: name.to_owned(),
        key: format!("alliance.{}", quote_key(name)),
        kind,
        members: members.iter().map(|id| ForceId(*id)).collect(),
        start: month("2015-03"),
        decision: DecisionRule::Unanimous,
        agree: q(0.8),
        board_cycle: q(0.25),
        slip: q(1.25),
        consultation: q(0.25),
        slots: None,
        ict_ready: q(2.0),
        ict_slip: q(1.5),
        workaround: q(0.5),
        realisation: q(0.7),
        attributable: q(0.75),
        attributable_cost: q(1.0),
        team: q(1.0),
        running: q(0.0),
        overrun: q(1.1),
        severance: q(0.2),
        ict_capital: q(4.0),
        ict_overrun: q(1.2),
        ict_cancelled: q(0.0),
        ict_cancel_at: q(1.0),
        ict_cancel_cost: q(0.0),
        design_share: q(0.2),
        share: ShareRule::Budget,
        share_from: vec![],
        voice: None,
        stalled_pace: q(0.6),
        stall_cut: q(0.01),
        finance_years: 7,
        finance_rate: q(0.0),
        reach: q(0.4),
        retained: q(0.3),
        unwind: q(2.0),
        scale_loss: q(0.0),
        overlap: q(0.0),
        review: None,
        exit,
        merger: (kind == Kind::Merger).then_some(merger),
        areas: areas.iter().map(|name| area(name)).collect(),
        part: 1.0,
    }
}

fn series() -> Series {
    Series { key: "sample".to_owned(), mean: vec![q(0.02)], sd: q(0.01), persistence: q(0.5) }
}

fn target(measure: &str, amount: f64, due: &str) -> Target {
    let name = format!("£{amount}m a year by {due}");
    Target { name, measure: measure.to_owned(), amount, year: year(due), provenance: Provenance::default() }
}

fn actual(measure: &str, when: When, value: f64, high: Option<f64>) -> Actual {
    Actual {
        measure: measure.to_owned(),
        when,
        value,
        high,
        series: None,
        definition: None,
        error: None,
        discrepancy: None,
        known: None,
        provenance: Provenance::default(),
    }
}

/// The scenario of a sample.
pub(super) fn scenario(which: Sample) -> Scenario {
    let two = || vec![force("Devon & Cornwall", 275.0), force("Dorset", 117.0)];
    let five = || {
        let more = [force("Avon & Somerset", 270.0), force("Gloucestershire", 105.0), force("Wiltshire", 103.0)];
        two().into_iter().chain(more).collect::<Vec<_>>()
    };
    let pair = |name: &str| alliance(name, Kind::Alliance, &[0, 1], &AREAS);
    let (name, title, forces, alliances) = match which {
        Sample::TwoForce => {
            ("two-force", "Devon & Cornwall and Dorset: strategic alliance", two(), vec![pair("Strategic alliance")])
        }
        Sample::FiveForce => {
            let northern = alliance("Northern hub", Kind::Alliance, &[2, 3, 4], &AREAS[..12]);
            let regional = alliance("Regional programme", Kind::Alliance, &[0, 1, 2, 3, 4], &AREAS[9..16]);
            ("five-force", "South West: two hubs and a region", five(), vec![pair("Southern hub"), northern, regional])
        }
        Sample::Merger => {
            let merger = alliance("Merger of 2020", Kind::Merger, &[0, 1], &AREAS[..8]);
            ("merger-2018", "Devon & Cornwall and Dorset: merger", two(), vec![pair("Strategic alliance"), merger])
        }
        Sample::Alone => ("standalone", "Dorset on its own", vec![force("Dorset", 117.0)], vec![]),
    };
    let joint = which != Sample::Alone;
    let known = vec![
        actual("implemented_saving", When::Date(month("2016-07")), 1.716, None),
        actual("saving_cashable", When::Year(year("2020/21")), 4.0, Some(12.0)),
    ];
    Scenario {
        name: name.to_owned(),
        title: title.to_owned(),
        question: None,
        sign_off: SignOff::default(),
        first_year: year("2014/15"),
        years: if which == Sample::Merger { 16 } else { 12 },
        economy: Economy {
            pay_share: q(0.8),
            inflation: series(),
            pay: series(),
            tax_base_growth: series(),
            limit: ReferendumLimit { pounds: q(5.0), percent: q(0.02), known: Default::default() },
        },
        funding: Funding { regimes: vec![], initial: 0, known: Default::default(), local_sd: q(0.01) },
        ledger: Ledger {
            min_reserves: q(0.03),
            max_reserves: q(0.25),
            gap_closure: q(0.8),
            cut_recurrence: q(0.8),
            foresight: q(0.0),
            officers_follow_cuts: q(1.0),
        },
        resilience: Resilience { chi: q(1.0), x_max: q(2500.0), incident_cost: q(0.0), reimbursed: q(0.0) },
        contact: None,
        appraisal: Appraisal { discount: 0.035, discount_late: 0.03, provenance: Provenance::default() },
        forces,
        alliances,
        benefits: vec![],
        targets: if joint { vec![target("saving_cashable", 12.0, "2018/19")] } else { vec![] },
        actuals: if joint { known } else { vec![] },
        report_dates: vec![month("2016-07")],
        correlations: vec![],
    }
}
