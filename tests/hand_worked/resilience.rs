//! Surges, help and contact management (MODEL section 7).

use engine::alliance::{Contact, ContactForce, Scenario, Surge};
use engine::id::{AllianceId, AreaId, ForceId};

use crate::build::{alliance, area, cost_by_member, fact, fixed, month, scenario, set};
use crate::comes_to;

/// A surge of 500 officers in A every year: incidents so many that the largest always meets the cap.
fn surging(years: usize, forces: &[&str]) -> Scenario {
    let mut s = scenario(years, forces);
    let q = |field: &str, value: f64| fixed(&format!("force.A.surge.{field}"), value);
    s.forces[0].surge = Some(Surge { rate: q("rate", 1e12), x_min: q("x_min", 100.0), alpha: q("alpha", 2.0) });
    set(&mut s.resilience.x_max, 500.0);
    s
}

#[test]
fn what_a_surge_needs_beyond_deployable_officers_is_unmet() {
    let mut s = surging(2, &["A", "B"]);
    set(&mut s.resilience.incident_cost, 0.001);
    set(&mut s.resilience.reimbursed, 0.4);
    // 500 − 1000·0.3 = 200 a year. Cost 500·0.001·0.6 = 0.3 a year.
    comes_to(
        &s,
        &[
            ("force.A.surge[2020/21]", 500.0),
            ("force.A.unmet_officers[2020/21]", 200.0),
            ("unmet_officers[2020/21]", 200.0),
            ("unmet_total", 400.0),
            ("years_without_shortfall", 0.0),
            ("shortfall[2021/22]", 1.0),
            ("force.A.reserves[2021/22]", 9.4),
            ("force.B.surge[2020/21]", 0.0),
        ],
    );
}

#[test]
fn service_cuts_take_deployable_officers_in_the_year_in_which_they_are_made() {
    let mut s = surging(1, &["A"]);
    set(&mut s.forces[0].opening_gap, 0.1);
    set(&mut s.ledger.gap_closure, 1.0);
    // c = 10 of 110: 300·(1 − 1/11) deployable.
    comes_to(&s, &[("unmet_officers[2020/21]", 500.0 - 3000.0 / 11.0)]);
}

/// A helped by B: an operational area of 10 live at 1, another of 30 live at 3, one that is not operational.
fn helped() -> Scenario {
    let mut s = surging(4, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    for (name, cost, submit) in [("Dogs", 5.0, 0.25), ("Roads", 15.0, 2.25), ("Finance", 7.0, 0.25)] {
        let a = area(&mut k, name);
        cost_by_member(&mut k.areas[a], &["A", "B"], &[cost, cost]);
        k.areas[a].operational = name != "Finance";
        set(&mut k.areas[a].submit, submit);
    }
    set(&mut k.reach, 0.5);
    s.alliances.push(k);
    s
}

#[test]
fn a_partner_helps_with_what_is_idle_in_reach_and_shared() {
    let mut s = helped();
    s.forces[1].officers = fact(800.0);
    // B has 240 idle. Year 1: π = 10/40, help ¼·½·240 = 30 of 200. Year 3: π = 1: 120. Year 0: nothing is live by ½.
    comes_to(
        &s,
        &[
            ("unmet_officers[2020/21]", 200.0),
            ("unmet_officers[2021/22]", 170.0),
            ("unmet_officers[2023/24]", 80.0),
            ("unmet_officers_standalone[2023/24]", 200.0),
            ("unmet_total", 200.0 + 170.0 + 170.0 + 80.0),
            ("unmet_total_standalone", 800.0),
        ],
    );
}

#[test]
fn a_partner_keeps_back_the_part_of_its_own_surge_that_coincides() {
    let mut s = helped();
    s.forces[1].surge = Some(Surge {
        rate: fixed("force.B.surge.rate", 1e12),
        x_min: fixed("force.B.surge.x_min", 100.0),
        alpha: fixed("force.B.surge.alpha", 2.0),
    });
    set(&mut s.resilience.chi, 0.2);
    // Each can spare 300 − 0.2·500 = 200. Year 3: help ½·200 = 100: 100 unmet in each.
    comes_to(&s, &[("unmet_officers[2023/24]", 200.0), ("force.B.unmet_officers[2023/24]", 100.0)]);
}

#[test]
fn through_two_alliances_a_partner_helps_once_by_the_larger() {
    let mut s = helped();
    let mut second = alliance("L", &[0, 1]);
    let a = area(&mut second, "Air");
    second.areas[a].operational = true;
    set(&mut second.reach, 0.2);
    s.alliances.push(second);
    // Year 1: K gives ¼·½ = 0.125, L 0.2 of 300: 60. Year 3: K gives 0.5: 150.
    comes_to(&s, &[("unmet_officers[2021/22]", 140.0), ("unmet_officers[2023/24]", 50.0)]);
}

#[test]
fn help_fades_after_a_partner_has_left() {
    let mut s = helped();
    s.forces[1].elections = vec![month("2021-10")];
    let k = &mut s.alliances[0];
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 100.0);
    set(&mut k.exit.notice, 0.75);
    set(&mut k.unwind, 2.0);
    set(&mut k.retained, 0.2);
    // B gives notice at 1.5 and leaves at 2.25, before Roads. Year 3: π = ¼; kept at 3.5: 1 − 0.8·1.25/2 = 0.5.
    // Help ¼·½·300·½ = 18.75.
    comes_to(&s, &[("unmet_officers[2023/24]", 181.25)]);
}

/// Contact centres in forces A and B.
fn centres(calls: [f64; 2], aht: [f64; 2], agents: [u32; 2]) -> Scenario {
    let mut s = scenario(3, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    let a = area(&mut k, "Contact");
    s.alliances.push(k);
    let force = |f: usize, name: &str| ContactForce {
        force: ForceId(f),
        calls: fixed(&format!("contact.force.{name}.calls"), calls[f]),
        aht_s: fixed(&format!("contact.force.{name}.aht_s"), aht[f]),
        agents: agents[f],
    };
    s.contact = Some(Contact {
        alliance: AllianceId(0),
        area: AreaId(a),
        target_s: fixed("contact.target_s", 20.0),
        agents_saved: fixed("contact.agents_saved", 0.0),
        forces: vec![force(0, "A"), force(1, "B")],
    });
    s
}

#[test]
fn fourteen_agents_with_ten_erlangs_answer_the_share_in_time_that_tables_give() {
    let s = centres([200.0, 200.0], [180.0, 180.0], [14, 14]);
    // 200 calls an hour of 180 s are 10 erlangs; 14 agents; Erlang C 0.1741, within 20 s: 1 − 0.1741·e^(−4·20/180) = 0.8884.
    for (by, found) in crate::trials(&s) {
        let answered = found["contact_answered_standalone[2020/21]"];
        assert!((answered - 0.8884).abs() < 5e-5, "{by}: {answered}");
    }
}

#[test]
fn pooling_answers_more_once_the_area_is_live_and_fewer_agents_less() {
    let mut s = centres([60.0, 60.0], [60.0, 60.0], [2, 2]);
    set(&mut s.contact.as_mut().expect("given").target_s, 60.0);
    // Each alone: A = 1, N = 2: waits (1/2·2)/(1 + 1 + 1) = 1/3, in time 1 − e⁻¹/3.
    // Pooled from year 1: A = 2, N = 4: (16/24·2)/(1 + 2 + 2 + 8/6 + 4/3) = 4/23, in time 1 − 4/23·e⁻².
    let alone = 1.0 - (-1.0_f64).exp() / 3.0;
    comes_to(
        &s,
        &[
            ("contact_answered[2020/21]", alone),
            ("contact_answered[2021/22]", 1.0 - 4.0 / 23.0 * (-2.0_f64).exp()),
            ("contact_answered_standalone[2021/22]", alone),
        ],
    );
    set(&mut s.contact.as_mut().expect("given").agents_saved, 0.1);
    // 3.6 agents are 3: (8/6·3)/(1 + 2 + 2 + 4) = 4/9, in time 1 − 4/9·e⁻¹.
    comes_to(&s, &[("contact_answered[2021/22]", 1.0 - 4.0 / 9.0 * (-1.0_f64).exp())]);
}

#[test]
fn handling_time_is_weighted_by_calls_and_an_overload_answers_none_in_time() {
    let mut s = centres([30.0, 90.0], [240.0, 80.0], [2, 3]);
    set(&mut s.contact.as_mut().expect("given").target_s, 60.0);
    // A: 2 erlangs on 2 agents: none. B: 2 on 3: waits 4/9, one idle agent: 1 − 4/9·e^(−60/80). Weighted 30 : 90.
    // Pooled: 120 calls of (30·240 + 90·80)/120 = 120 s: 4 erlangs on 5: Σ_{i<5} 4^i/i! = 103/3, 4⁵/5!·5 = 128/3: waits 128/231.
    let alone = 0.75 * (1.0 - 4.0 / 9.0 * (-0.75_f64).exp());
    comes_to(
        &s,
        &[
            ("contact_answered_standalone[2021/22]", alone),
            ("contact_answered[2021/22]", 1.0 - 128.0 / 231.0 * (-0.5_f64).exp()),
        ],
    );
}
