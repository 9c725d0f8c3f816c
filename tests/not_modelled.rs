//! What a scenario leaves at a value that cannot go wrong is listed as not modelled, each with a change that models it.

use std::fs;

use engine::alliance::{NotModelled, not_modelled};
use language::{Loaded, Override, load};
use tempfile::TempDir;

/// Two forces and two areas, nothing stated but what must be.
const BARE: &str = include_str!("bare.toml");

/// The same as a merger whose commissioners are asked.
fn merger() -> String {
    BARE.replace("start = ", "kind = \"merger\"\nmerger = { vesting = \"2029-04\" }\nstart = ")
}

fn read(text: &str, changes: &[String]) -> Loaded {
    let place = TempDir::new().expect("a folder");
    let file = place.path().join("bare.toml");
    // A table goes into the file; all else is a change of one key.
    let (tables, keys): (Vec<&String>, Vec<&String>) = changes.iter().partition(|change| change.starts_with("[["));
    let tables: String = tables.into_iter().map(|table| format!("\n{table}\n")).collect();
    fs::write(&file, format!("{text}{tables}")).expect("written");
    let overrides: Vec<Override> =
        keys.into_iter().map(|key| Override::parse(key).unwrap_or_else(|problems| panic!("{problems}"))).collect();
    load(&file, &overrides).unwrap_or_else(|problems| panic!("{problems}"))
}

fn found(text: &str, changes: &[String]) -> Vec<NotModelled> {
    not_modelled(&read(text, changes).scenario)
}

fn says(all: &[NotModelled], key: &str) -> String {
    all.iter().find(|own| own.key == key).map_or_else(String::new, NotModelled::says)
}

#[test]
fn what_is_left_out_is_said_in_plain_words_and_with_its_key() {
    let all = found(BARE, &[]);
    assert_eq!(says(&all, "exit.base"), "Partners leaving is not modelled: no alliance states `exit`.");
    assert_eq!(says(&all, "surge"), "Meeting large incidents is not modelled: no force states `surge`.");
    for key in
        ["realisation", "attributable", "agree", "slots", "[[correlation]]", "approve", "funding.local_sd", "team"]
    {
        assert!(!says(&all, key).is_empty(), "{key} is not listed");
    }
}

#[test]
fn the_most_harmful_stands_first() {
    for text in [BARE.to_owned(), merger()] {
        let harms: Vec<_> = found(&text, &[]).iter().map(|own| own.harm).collect();
        assert!(harms.is_sorted(), "{harms:?}");
    }
}

#[test]
fn every_change_that_is_named_models_what_it_is_named_for() {
    for text in [BARE.to_owned(), merger()] {
        let mut changes: Vec<String> = Vec::new();
        let mut all = found(&text, &changes);
        // One after another: some things can only be left out once others are stated (the cost of an exit, of a refusal).
        while let Some(first) = all.first().cloned() {
            changes.push(first.example.clone());
            let after = found(&text, &changes);
            let same = |own: &&NotModelled| (own.key, own.what) == (first.key, first.what);
            // In one alliance, force or area of several it may still be left out: there another is named next.
            let again = after.iter().find(same).is_some_and(|own| own.example == first.example);
            assert!(!again, "{} is still not modelled after {}", first.what, first.example);
            all = after;
            assert!(changes.len() < 100, "{changes:?}");
        }
        assert!(changes.len() > 25, "{changes:?}");
    }
}

#[test]
fn what_is_stated_at_a_value_that_cannot_go_wrong_is_listed_and_not_called_unstated() {
    let all = found(BARE, &["alliance.K.agree=1".to_owned(), "alliance.K.exit.base=0".to_owned()]);
    assert_eq!(
        says(&all, "agree"),
        "Members not agreeing at a meeting is not modelled: `agree` leaves no room for it in any alliance."
    );
    assert!(says(&all, "exit.base").contains("`exit` leaves no room for it"), "{}", says(&all, "exit.base"));
}

#[test]
fn a_certain_loss_is_modelled() {
    // A chance of 0.9 and a realisation of 0.7 are certain numbers, but they count what goes wrong.
    let all = found(BARE, &["alliance.K.agree=0.9".to_owned(), "alliance.K.realisation=0.7".to_owned()]);
    assert_eq!((says(&all, "agree"), says(&all, "realisation")), (String::new(), String::new()));
}

#[test]
fn a_force_that_leaves_something_out_is_named_where_others_do_not() {
    let all = found(BARE, &["force.A.surge={ rate = 1, x_min = 50, alpha = 2 }".to_owned()]);
    assert_eq!(says(&all, "surge"), "Meeting large incidents is not modelled: B states no `surge`.");
}

#[test]
fn a_scenario_read_back_from_its_resolved_form_leaves_out_the_same() {
    let loaded = read(&merger(), &[]);
    let again = language::from_resolved(&loaded.resolved, "bare").expect("it is sound");
    assert_eq!(not_modelled(&again.scenario), not_modelled(&loaded.scenario));
}
