//! What conditions are and are not, and what they come to in a future.

use super::*;

const NAMES: [&str; 4] = ["npv", "left", "force.\"D & C\".npv", "reserves[2016/17]"];

fn find(name: &str) -> Result<Named, String> {
    if name == "yes" {
        return Ok(Named::Value(1.0, vec![1]));
    }
    let column = NAMES.iter().position(|own| *own == name).map(Named::Column);
    column.ok_or_else(|| format!("there is no {name}"))
}

/// Asks a condition of one future.
fn asked(text: &str, row: [f64; 4]) -> Option<bool> {
    let condition = Condition::read(text, &find).expect(text);
    condition.holds(&|k| row[condition.columns[k]]).expect("yes or no")
}

#[test]
fn and_binds_before_or_and_not_before_both() {
    let row = [-1.0, 1.0, 2.0, f64::NAN];
    for (text, holds) in [
        ("npv < 0", Some(true)),
        ("npv<0 and left", Some(true)),
        ("left = yes", Some(true)),
        ("not left or npv < 0", Some(true)),
        ("not (left or npv < 0)", Some(false)),
        ("npv > 0 or left and npv < 0", Some(true)),
        ("(npv > 0 or left) and npv > 0", Some(false)),
        ("force.\"D & C\".npv >= 2", Some(true)),
        ("npv < 0 or npv != -1", Some(true)),
        ("npv ≤ -1 and left ≥ 1", Some(true)),
        ("0 > npv AND 1 <= left", Some(true)),
        ("npv < force.\"D & C\".npv", Some(true)),
    ] {
        assert_eq!(asked(text, row), holds, "{text}");
    }
}

#[test]
fn what_is_missing_leaves_open_what_rests_on_it() {
    let row = [-1.0, 0.0, 2.0, f64::NAN];
    for (text, holds) in [
        ("reserves[2016/17] < 5", None),
        ("not reserves[2016/17] < 5", None),
        ("reserves[2016/17] < 5 or npv < 0", Some(true)),
        ("reserves[2016/17] < 5 and npv < 0", None),
        ("reserves[2016/17] < 5 and left", Some(false)),
        ("reserves[2016/17] is missing", Some(true)),
        ("reserves[2016/17] is not missing", Some(false)),
        ("npv is missing", Some(false)),
    ] {
        assert_eq!(asked(text, row), holds, "{text}");
    }
}

#[test]
fn equal_is_what_the_engine_counts_as_equal() {
    let row = [1e-10, 0.0, 0.0, 0.0];
    for (text, holds) in [("npv = 0", true), ("npv > 0", false), ("npv >= 0", true), ("npv != 0", false)] {
        assert_eq!(asked(text, row), Some(holds), "{text}");
    }
}

#[test]
fn what_is_no_condition_says_what_is_wanted() {
    for (text, wanted) in [
        ("", "such as npv < 0"),
        ("npv <", "something is missing at its end"),
        ("npv < 0 left", "and, or or is wanted"),
        ("(npv < 0", "a ( stays open"),
        ("npv < 0)", "closes nothing"),
        ("npv ! 0", "is no sign"),
        ("3", "by itself is no condition"),
        ("npv < inf", "not a finite number"),
        ("netto < 0", "there is no netto"),
        ("npv is 0", "missing or not missing"),
        ("force.\"D & C.npv < 0", "a quote stays open"),
        ("reserves[2016/17 < 0", "a [ stays open"),
        ("and npv", "there is no and"),
    ] {
        let error = Condition::read(text, &find).expect_err(text);
        assert!(error.contains(wanted), "{text}: {error}");
    }
    let deep = "(".repeat(100) + "npv < 0" + &")".repeat(100);
    assert!(Condition::read(&deep, &find).is_err() && Condition::read(&"not ".repeat(900), &find).is_err());
}

#[test]
fn a_figure_that_is_neither_yes_nor_no_does_not_stand_alone() {
    let condition = Condition::read("npv", &find).expect("read");
    assert_eq!(condition.holds(&|_| 0.5), Err(0));
    assert_eq!(condition.holds(&|_| 1.0), Ok(Some(true)));
}

#[test]
fn a_condition_has_a_longest_and_a_deepest() {
    let why = |text: &str| Condition::read(text, &find).map(drop);
    let long = |characters: usize| format!("{}npv < 0", " ".repeat(characters - 7));
    assert_eq!(why(&long(MOST_CHARACTERS)), Ok(()));
    assert!(why(&long(MOST_CHARACTERS + 1)).is_err_and(|why| why.contains("longer than 4000")));
    let deep = |levels: usize| format!("{}left{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(why(&deep(DEEPEST)), Ok(()));
    assert!(why(&deep(DEEPEST + 1)).is_err_and(|why| why.contains("more than 32")));
    assert!(why(&format!("{}left", "not ".repeat(DEEPEST + 1))).is_err_and(|why| why.contains("more than 32")));
}
