//! What scenarios do not model, and what of them was probably not meant, as every report lists it: on a page, in `summary.json`.

use serde::Serialize;

use super::data::ScenarioFacts;
use super::page::Section;
use super::terminal::{WIDTH, layout};
use super::words;
use engine::alliance::{NotModelled, Scenario, not_modelled};
use foreign::safe_text;

/// Something that can go wrong and that a scenario does not model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its key in an alliance, a business area, a force or the scenario, such as `exit.base`.
    pub key: &'static str,
    /// What is left out: `Partners leaving`.
    pub what: &'static str,
    /// Why: `no alliance states exit`.
    pub because: String,
    /// The alliances, areas or forces that leave it out, where others do not; null where all do.
    pub only_in: Option<String>,
    /// How harmful that is: `high`, `medium` or `low`.
    pub harm: &'static str,
    /// A change that models it.
    pub example: String,
}

impl From<NotModelled> for LeftOut {
    fn from(own: NotModelled) -> Self {
        let NotModelled { key, what, because, only_in, harm, example } = own;
        Self { key, what, because, only_in, harm: harm.word(), example }
    }
}

impl LeftOut {
    /// What is left out and where: `Partners leaving in Merger`.
    fn named(&self) -> String {
        self.only_in.as_ref().map_or_else(|| self.what.to_owned(), |place| format!("{} in {place}", self.what))
    }
}

/// All that a scenario leaves out, most harmful first.
pub(super) fn of(scenario: &Scenario) -> Vec<LeftOut> {
    not_modelled(scenario).into_iter().map(LeftOut::from).collect()
}

/// Things that the screen names.
const ON_SCREEN: usize = 3;

/// Each thing that some option leaves out, with why, or with the options that do where not all do; most harmful first.
fn each(options: &[ScenarioFacts]) -> Vec<String> {
    let mut seen: Vec<&LeftOut> = Vec::new();
    for own in options.iter().flat_map(|option| &option.not_modelled) {
        if !seen.iter().any(|other| (other.key, other.what) == (own.key, own.what)) {
            seen.push(own);
        }
    }
    let rank = |own: &&LeftOut| ["high", "medium", "low"].iter().position(|word| *word == own.harm);
    seen.sort_by_key(rank);
    let says = |own: &&LeftOut| {
        let without = |option: &&ScenarioFacts| option.not_modelled.iter().any(|other| other.what == own.what);
        let names: Vec<String> = options.iter().filter(without).map(|option| option.name.clone()).collect();
        match options {
            [_] => format!("{} ({})", own.named(), own.because),
            _ if names.len() == options.len() => own.what.to_owned(),
            // What one alliance leaves out another of the same option may model.
            _ => {
                let place = own.only_in.as_ref().map_or_else(String::new, |place| format!("{place} of "));
                format!("{} (in {place}{})", own.what, words::first_few(&names, 3))
            }
        }
    };
    seen.iter().map(says).collect()
}

/// The paragraph of the screen: the most harmful, and how many more; empty where all is modelled.
#[must_use]
pub fn paragraph(options: &[ScenarioFacts]) -> String {
    let all = each(options);
    if all.is_empty() {
        return String::new();
    }
    // Why, is told by `check` and on pages.
    let short = |text: &String| words::uncapital(text.split(" (").next().unwrap_or_default());
    let why = options.len() > 1;
    let named: Vec<String> =
        all.iter().take(ON_SCREEN).map(|text| if why { words::uncapital(text) } else { short(text) }).collect();
    let more = match all.len() - named.len() {
        0 => String::new(),
        more => format!("; and {more} more: alliance check lists them"),
    };
    let text = format!("Not modelled, and so no part of these figures: {}{more}.", named.join("; "));
    layout::wrap(&text, WIDTH, "").into_iter().map(|line| line + "\n").collect()
}

/// Markdown: all of them under a heading; empty where all is modelled.
pub(super) fn markdown(options: &[ScenarioFacts]) -> String {
    let all = each(options);
    if all.is_empty() {
        return String::new();
    }
    all.iter().fold("\n## What is not modelled, most harmful first\n\n".to_owned(), |text, own| {
        text + &format!("- {}\n", safe_text::markdown(own))
    })
}

/// What is sound but was probably not meant, of every option; with several, whose it is.
fn odd(options: &[ScenarioFacts]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for own in options {
        let whose = if options.len() > 1 { format!("{}: ", own.name) } else { String::new() };
        told.extend(own.worth_a_look.iter().map(|note| format!("{whose}{note}")));
    }
    told
}

/// Markdown: what is worth a look, under a heading; empty where nothing is.
pub(super) fn odd_markdown(options: &[ScenarioFacts]) -> String {
    let all = odd(options);
    let list: String = all.iter().map(|own| format!("- {}\n", safe_text::markdown(own))).collect();
    if list.is_empty() { list } else { format!("\n## Worth a look before these figures are used\n\n{list}") }
}

/// The section of a page: what is worth a look.
pub(super) fn odd_section(options: &[ScenarioFacts]) -> Section {
    let mut section = Section::new("Worth a look before these figures are used");
    let all = odd(options);
    if !all.is_empty() {
        section.text("These numbers of the scenario were probably meant otherwise. The figures here are worked out from them as they stand.");
        section.list(all);
    }
    section
}

/// The section of a page: all of them.
pub(super) fn section(options: &[ScenarioFacts]) -> Section {
    let mut section = Section::new("What is not modelled");
    let all = each(options);
    if !all.is_empty() {
        section.text(
            "These things can go wrong, and no figure here counts them: the scenario leaves them out, or gives them no room. That is not \
             the same as no risk. The most harmful stand first.",
        );
        section.list(all.into_iter().map(|text| text + ".").collect());
    }
    section
}
