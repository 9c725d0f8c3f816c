//! Lines of programmes as they are read, and what is said of those that cannot be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use foreign::files::Given;

use super::{Programme, programmes};
use crate::problem::Problems;

fn read(text: &str) -> Result<(Vec<Programme>, Problems), Problems> {
    let files = BTreeMap::from([(PathBuf::from("x.csv"), text.as_bytes().to_vec())]);
    programmes(&Given(files), Path::new("x.csv"))
}

#[test]
fn a_line_is_read_with_ranges_and_single_figures() {
    let text = "Class,Programme,promised,Delivered Low,delivered_high,planned_years,actual_years_low,ended,exposure,failed,source\n\
                # a comment\n\
                alliance,North and South,12,1.2,4,4,9,no,10,,a report\n\
                ICT,Platform,,,,,,,,yes,another\n";
    let (found, odd) = read(text).expect("it is sound");
    assert!(odd.list().is_empty(), "{odd}");
    let first = &found[0];
    assert_eq!((first.class.as_str(), first.name.as_str(), first.place.line), ("alliance", "North and South", 3));
    assert_eq!(first.delivered, Some([(1.2, 4.0), (12.0, 12.0)]));
    assert_eq!((first.years, first.exposure), (Some([(9.0, 9.0), (4.0, 4.0)]), Some((false, 10.0))));
    assert_eq!((found[1].failed, found[1].delivered, found[1].cost), (Some(true), None, None));
}

#[test]
fn everything_wrong_is_told_at_once_with_line_and_column() {
    let text = "class,programme,promised,delivered,delivered_low,delivered_high,actual_years,ended,exposure,failed\n\
                alliance,A,£12m,3,,,,maybe,,\n\
                ,B,12,,5,4,,yes,,\n\
                alliance,C,0,,,,2,,7,\n\
                alliance,D,12,3,2,,,,,\n\
                alliance,D,12,3,,,,,,\n";
    let told = read(text).expect_err("nearly all is wrong").to_string();
    for wanted in [
        "x.csv:2:12: promised: \"£12m\" is no number. Write 12",
        "x.csv:2:22: ended: \"maybe\" is neither yes nor no. Write yes or no",
        "x.csv:3:1: class: is not written. Every line names",
        "x.csv:3:8: delivered_low: 5 is above delivered_high, 4.",
        "x.csv:3:13: ended: it is not said after how many years.",
        "x.csv:4:12: promised: 0 is not above 0 and at most 10^12.",
        "x.csv:4:20: exposure: it is not said whether it ended.",
        "x.csv:5:15: delivered: is written beside a range. Write delivered alone, or delivered_low and delivered_high.",
        "x.csv:6:10: programme: \"D\" of the class \"alliance\" stands on line 5 too.",
    ] {
        assert!(told.contains(wanted), "no '{wanted}' in\n{told}");
    }
}

#[test]
fn columns_that_are_not_known_or_missing_are_told_with_what_was_meant() {
    let told = read("class,program,promissed,promised,promised\nalliance,A,1,1,1\n").expect_err("columns").to_string();
    for wanted in [
        "x.csv:1:7: there is no column \"program\". Did you mean \"programme\"?",
        "x.csv:1:15: there is no column \"promissed\". Did you mean \"promised\"?",
        "x.csv:1:34: \"promised\" is a column twice.",
        "x.csv:1:1: the column programme is missing.",
    ] {
        assert!(told.contains(wanted), "no '{wanted}' in\n{told}");
    }
}

#[test]
fn a_figure_with_nothing_to_hold_it_against_is_an_error_and_a_line_without_figures_is_worth_a_look() {
    let told = read("class,programme,delivered_high\nalliance,A,3\n").expect_err("no promise").to_string();
    assert!(told.contains("x.csv:2:12: delivered_high: there is no promised to hold it against."), "{told}");
    let (_, odd) = read("class,programme,promised\nalliance,A,3\n").expect("it is sound");
    let odd = odd.to_string();
    assert!(odd.contains("nothing can be learnt from this line") && odd.contains("has no source"), "{odd}");
    let empty = read("class,programme\n").expect_err("no line").to_string();
    assert!(empty.contains("holds no programme"), "{empty}");
}

#[test]
fn figures_of_two_units_and_names_all_but_the_same_are_worth_a_look() {
    let text = "class,programme,promised,delivered,planned_years,actual_years,planned_cost,actual_cost,source\n\
                Alliance,A,12,250,4,81,900,42,s\n\
                alliance ,B,12,0.1,4,80,840,42,s\n\
                Alliance,B,12,240,,,,,s\n\
                Alliance,b,12,3,,,,,s\n\
                a-l-liance,C,12,3,,,,,s\n\
                alliance ,C,12,3,,,,,s\n";
    let (found, odd) = read(text).expect("it is sound");
    let told: Vec<String> = odd.list().iter().map(ToString::to_string).collect();
    assert_eq!(
        (found.len(), told),
        (
            6,
            [
                "x.csv:2:1: worth a look: actual_years: actual_years is 20 times planned_years. Are both in the same unit?",
                "x.csv:2:1: worth a look: delivered: delivered is 21 times promised. Are both in the same unit?",
                "x.csv:2:1: worth a look: planned_cost: planned_cost is 21 times actual_cost. Are both in the same unit?",
                "x.csv:3:1: worth a look: class: \"alliance\" is all but \"Alliance\", and counts as another class. If they are one, spell them alike.",
                "x.csv:5:1: worth a look: programme: \"b\" is all but \"B\", and counts as another programme. If they are one, spell them alike.",
                "x.csv:6:1: worth a look: class: \"a-l-liance\" is all but \"Alliance\", and counts as another class. If they are one, spell them alike.",
            ]
            .map(str::to_owned)
            .to_vec()
        )
    );
}
