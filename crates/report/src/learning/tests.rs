//! What is said of a class, and what is written of it.

use analysis::learn::{Belief, Case, Range, Survival, classes_held_out, held_out, learn};

use super::*;

fn case(name: &str, class: &str, share: Option<(f64, f64)>) -> Case {
    let range = share.map(|(low, high)| Range { low, high });
    Case {
        name: name.to_owned(),
        class: class.to_owned(),
        share: range,
        failed: range.map(|own| own.high <= 0.2),
        lateness: Some(Range { low: 1.5, high: 2.5 }),
        overrun: None,
        survival: Some(Survival { ended: name == "A", years: 8.0 }),
    }
}

fn cases() -> Vec<Case> {
    vec![
        case("A", "alliance", Some((0.0, 0.1))),
        case("B", "alliance", Some((0.4, 0.6))),
        case("C", "alliance", Some((0.9, 1.0))),
        case("D", "merger", Some((1.5, 1.9))),
        case("E", "alliance", None),
    ]
}

fn report(class: &str, bases: Bases) -> LearningReport {
    let cases = cases();
    let beliefs = [(0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (0.0, 0.5), (0.0, 0.25)];
    let of_each = beliefs.map(|(fame, power)| {
        let belief = Belief { fame, power };
        (belief, learn(&cases, class, belief))
    });
    let told = Told {
        file: "cases.csv".to_owned(),
        version: "0".to_owned(),
        sources: vec!["a \"source\"".to_owned(); cases.len()],
        held: held_out(&cases, class),
        classes: classes_held_out(&cases),
        scenario: Some("own".to_owned()),
        without: vec!["F".to_owned()],
        class: class.to_owned(),
        cases,
        bases,
    };
    LearningReport::build(told, &of_each[0].1, &of_each)
}

fn base() -> Base {
    let figure = |value: f64| Figure { value, error: 0.001 };
    Base {
        alliance: "Our alliance".to_owned(),
        stated: Some(0.006),
        stated_rate: figure(0.05),
        base: 0.004321,
        rate: figure(0.0469),
        wanted: 0.046_875,
        is_met: true,
    }
}

#[test]
fn a_number_is_written_to_its_digits() {
    let told = |value: f64| to_digits(value, 3);
    assert_eq!(
        [told(0.012_345), told(1.0), told(12.349), told(123.9), told(0.2)],
        ["0.0123", "1", "12.3", "124", "0.2"]
    );
    assert!((rounded_base(0.004_321_49) - 0.004_321).abs() < 1e-12);
}

#[test]
fn the_first_sentences_say_what_is_expected_and_on_how_few_cases_it_rests() {
    let told = report("alliance", Bases::NotAsked);
    assert!(told.findings[0].starts_with("A new programme of the class \"alliance\" would deliver between "));
    let ground = &told.findings[1];
    assert!(ground.contains("few cases: of 3 of its 4 programmes") && ground.contains("one did"), "{ground}");
    assert!(ground.contains("Left out: F."), "{ground}");
    let all = told.findings.join("\n");
    assert!(all.contains("One of its alliances ended or lost a member in 32 alliance years: 4.7% a year"), "{all}");
    assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    // One class of one case has no shares of its own to hold against.
    let merger = report("merger", Bases::NoRate);
    assert!(merger.share.as_ref().is_some_and(|own| own.of_all_classes));
    assert!(merger.findings.iter().any(|told| told.starts_with("No exit.base was looked for")));
}

#[test]
fn bases_are_told_with_what_they_give_and_written_where_they_are_met() {
    let met = report("alliance", Bases::Solved(vec![base()]));
    let last = met.findings.last().expect("a finding");
    assert!(last.contains("exit.base = 0.004321 (4.69% ±0.10)") && last.contains("at a base of 0.006"), "{last}");
    let target = Target {
        extends: "own.toml".to_owned(),
        title: "Ours".to_owned(),
        alliances: vec!["Our alliance".to_owned(), "Another".to_owned()],
    };
    let text = met.toml_for(Some(&target));
    assert!(text.contains("extends = \"own.toml\"") && text.matches("[[alliance]]").count() == 2, "{text}");
    assert_eq!(text.matches("exit.base").count(), 1, "{text}");
    let unmet = report("alliance", Bases::Solved(vec![Base { is_met: false, ..base() }]));
    assert!(unmet.findings.last().is_some_and(|told| told.contains("is met at no base")));
    assert!(!unmet.toml_for(Some(&target)).contains("exit.base "));
}

#[test]
fn the_screen_is_no_wider_than_it_may_be_and_holds_every_case() {
    let told = report("alliance", Bases::NotAsked);
    for width in [80, 100, 160] {
        let text = render(&told, "", width);
        assert!(text.lines().all(|line| line.chars().count() <= width), "{width}\n{text}");
        assert!(["delivered: A", "delivered: C", "lateness: B"].iter().all(|own| text.contains(own)), "{text}");
    }
    let sheet = table(&told);
    assert!(sheet.rows.iter().all(|row| row.len() == sheet.head.len()));
    assert!(told.to_json().is_ok_and(|text| text.contains("\"failing_by_others\"")));
}

#[test]
fn what_may_be_luck_is_worked_out_by_the_binomial() {
    // Two or more of five at two in ten: 1 − 0.8⁵ − 5·0.2·0.8⁴ = 1 − 0.32768 − 0.4096 = 0.26272. Three of three: 0.008.
    assert!((findings::by_luck(2, 5) - 0.262_72).abs() < 1e-12 && (findings::by_luck(3, 3) - 0.008).abs() < 1e-12);
    assert!((findings::by_luck(0, 4) - 1.0).abs() < 1e-15);
}
