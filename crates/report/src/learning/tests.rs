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
    report_of(cases(), class, bases)
}

fn report_of(cases: Vec<Case>, class: &str, bases: Bases) -> LearningReport {
    let beliefs = [(0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (0.0, 0.5), (0.0, 0.25)];
    let of_each = beliefs.map(|(fame, power)| {
        let belief = Belief { fame, power };
        (belief, learn(&cases, class, belief))
    });
    let said = Said { source: "a \"source\"".to_owned(), confidence: "low".to_owned(), note: "a note".to_owned() };
    let told = Told {
        file: "cases.csv".to_owned(),
        version: "0".to_owned(),
        said: vec![said; cases.len()],
        held: held_out(&cases, class),
        classes: classes_held_out(&cases),
        scenario: Some("own".to_owned()),
        without: vec!["F".to_owned()],
        changes: vec!["years=12".to_owned()],
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
        futures: 2_000,
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
    assert!(ground.contains("few cases: of three of its four programmes") && ground.contains("one did, "), "{ground}");
    assert!(ground.contains("Left out: F."), "{ground}");
    let all = told.findings.join("\n");
    assert!(
        all.contains(
            "One of its alliances ended or lost a member in 32 alliance years. With half an end counted besides"
        ),
        "{all}"
    );
    assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    // One class of one case has no shares of its own to hold against.
    let merger = report("merger", Bases::NoRate);
    assert!(merger.share.as_ref().is_some_and(|own| own.of_all_classes));
    assert!(merger.findings.iter().any(|told| told.starts_with("No exit.base was looked for")));
}

#[test]
fn few_programmes_are_counted_in_words_that_hold() {
    let ground = |cases: &[Case], class: &str| report_of(cases.to_vec(), class, Bases::NotAsked).findings[1].clone();
    let (b, c) = (case("B", "a", Some((0.4, 0.6))), case("C", "a", Some((0.9, 1.0))));
    let unknown = |name: &str| Case { class: "a".to_owned(), ..case(name, "a", None) };
    assert!(ground(&[b.clone(), c.clone()], "a").contains("it is known whether they failed, and none of them did. "));
    assert!(
        ground(&[b.clone(), unknown("D")], "a")
            .contains("of one of its two programmes it is known whether it failed, and none")
    );
    assert!(ground(&[unknown("D")], "a").starts_with("Of its one programme it is not known whether it failed. "));
    let other = case("E", "b", Some((0.4, 0.6)));
    assert!(
        ground(&[unknown("D"), other], "a")
            .contains("whether it failed: that is what other classes leave to be believed.")
    );
    let one = report_of(vec![b, case("E", "b", Some((3.0, 4.0)))], "a", Bases::NotAsked).findings.join("\n");
    assert!(one.contains("Each class forecast from the other classes alone, ") && !one.contains("1 shares"), "{one}");
    assert!(!one.contains("half of them"), "{one}");
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
    let base_line = text.lines().find(|line| line.starts_with("exit.base")).expect("a base");
    assert!(
        base_line.contains("without F: 1 ends in") && base_line.contains("first notices a year, with years=12"),
        "{base_line}"
    );
    assert_eq!(text.matches("exit.base").count(), 1, "{text}");
    let unmet = report("alliance", Bases::Solved(vec![Base { is_met: false, ..base() }]));
    assert!(unmet.findings.last().is_some_and(|told| told.contains("is not met: no base was found")));
    let text = unmet.toml_for(Some(&target));
    assert!(!text.contains("exit.base  ") && text.contains("# No exit.base is written: no base was found"), "{text}");
    let few = report("alliance", Bases::Solved(vec![Base { is_met: false, futures: 999, ..base() }]));
    assert!(
        few.findings.last().is_some_and(|told| told.contains("that takes 1,000 futures or more, and there were 999"))
    );
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
