//! What options are called: by their titles, each by one of its own.

use crate::words;
use engine::alliance::Scenario;

/// The title of each option; where several bear the same, with the name of its scenario behind it. Of options of the same forces what
/// several titles begin with, up to a colon, is left out: it tells nothing apart.
#[must_use]
pub fn titles(scenarios: &[Scenario], same_forces: bool) -> Vec<String> {
    let titles: Vec<String> = scenarios.iter().map(|own| own.title.clone()).collect();
    let shorter = if same_forces { without_what_is_shared(&titles) } else { titles };
    let called = |title: &String| shorter.iter().filter(|other| *other == title).count();
    let label = |(own, title): (&Scenario, &String)| match called(title) {
        1 => title.clone(),
        _ => format!("{title} ({})", own.name),
    };
    scenarios.iter().zip(&shorter).map(label).collect()
}

fn without_what_is_shared(titles: &[String]) -> Vec<String> {
    let begins = |title: &str| title.split_once(": ").map(|(begins, _)| begins.to_owned());
    let shared = |begins: &String| titles.iter().filter(|title| title.starts_with(&format!("{begins}: "))).count() > 1;
    let without = |title: &String| match begins(title).filter(shared) {
        Some(begins) => title[begins.len() + 2..].to_owned(),
        None => title.clone(),
    };
    let shorter: Vec<String> = titles.iter().map(without).collect();
    // A shorter name that options of different titles would bear is none.
    let clash = |label: &String, title: &String| {
        shorter.iter().zip(titles).any(|(other, full)| other == label && full != title)
    };
    let each = shorter.iter().zip(titles);
    each.map(|(short, full)| if clash(short, full) { full.clone() } else { short.clone() }).collect()
}

/// The same, cut to what a chart has room for; what would then be the same is numbered.
#[must_use]
pub fn for_charts(labels: &[String]) -> Vec<String> {
    const ROOM: usize = 44;
    let cut = |label: &String| match label.chars().count() {
        0..=ROOM => label.clone(),
        _ => label.chars().take(ROOM - 1).collect::<String>().trim_end().to_owned() + "…",
    };
    let cut: Vec<String> = labels.iter().map(|label| words::capital(&cut(label))).collect();
    let same = |label: &String| cut.iter().filter(|other| *other == label).count() > 1;
    cut.iter()
        .enumerate()
        .map(|(o, label)| if same(label) { format!("{label} ({})", o + 1) } else { label.clone() })
        .collect()
}

/// What the scenario is called that variants are held against.
pub const BASE: &str = "the base";

/// A label within a sentence.
#[must_use]
pub fn quoted(label: &str) -> String {
    format!("\"{label}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(all: &[&str]) -> Vec<String> {
        all.iter().map(|label| (*label).to_owned()).collect()
    }

    #[test]
    fn what_several_titles_begin_with_is_left_out_unless_two_would_then_be_the_same() {
        let found = without_what_is_shared(&labels(&["A and B: alliance", "A and B: no alliance", "A serves B"]));
        assert_eq!(found, ["alliance", "no alliance", "A serves B"]);
        let apart = labels(&["A and B: alliance", "C and D: alliance", "A and B: merger", "C and D: merger"]);
        assert_eq!(without_what_is_shared(&apart), apart);
        let same = labels(&["A and B: alliance", "A and B: alliance"]);
        assert_eq!(without_what_is_shared(&same), ["alliance", "alliance"]);
    }

    #[test]
    fn titles_that_differ_only_where_a_chart_cuts_them_are_numbered() {
        let long = "One force delivers enabling services for all of the others".to_owned();
        let found = for_charts(&[format!("{long} in 2026"), format!("{long} in 2027")]);
        assert!(found[0].ends_with("… (1)") && found[1].ends_with("… (2)"), "{found:?}");
    }
}
