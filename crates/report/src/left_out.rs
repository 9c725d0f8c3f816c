//! What scenarios do not model, and what of them was probably not meant, as every report lists it: on a page, in `summary.json`.

use serde::Serialize;

use super::data::ScenarioFacts;
use super::page::Section;
use super::terminal::layout;
use super::words;
use engine::alliance::{NotModelled, Scenario, not_modelled};
use foreign::safe_text;

/// Something that can go wrong, or would help, and that a scenario does not model.
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
    /// Whether it would help; else it is what can go wrong.
    pub helps: bool,
    /// A change that models it.
    pub example: String,
}

impl From<NotModelled> for LeftOut {
    fn from(own: NotModelled) -> Self {
        let NotModelled { key, what, because, only_in, harm, helps, example } = own;
        Self { key, what, because, only_in, harm: harm.word(), helps, example }
    }
}

impl LeftOut {
    /// What is left out and where: `Partners leaving in Merger`.
    fn named(&self) -> String {
        self.only_in.as_ref().map_or_else(|| self.what.to_owned(), |place| format!("{} in {place}", self.what))
    }
}

/// All that a scenario leaves out: what can go wrong, most harmful first, then what would help.
pub(super) fn of(scenario: &Scenario) -> Vec<LeftOut> {
    not_modelled(scenario).into_iter().map(LeftOut::from).collect()
}

/// Things that the screen names: that can go wrong, and that would help.
const ON_SCREEN: usize = 3;
const HELP_ON_SCREEN: usize = 1;

/// Each thing that some option leaves out, with why, or with the options that do where not all do, most harmful first: what would help, or
/// what can go wrong.
fn each(options: &[ScenarioFacts], helps: bool) -> Vec<String> {
    let mut seen: Vec<&LeftOut> = Vec::new();
    for own in options.iter().flat_map(|option| &option.not_modelled).filter(|own| own.helps == helps) {
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

/// What can go wrong and is left out, by name, most harmful first.
pub(super) fn named(facts: &ScenarioFacts) -> Vec<String> {
    let wrong = facts.not_modelled.iter().filter(|own| !own.helps);
    wrong.map(|own| words::uncapital(&own.named())).collect()
}

/// The paragraph of the screen: the most harmful, what would help, and how many more of each; empty where all is modelled.
pub(super) fn paragraph(options: &[ScenarioFacts], width: usize) -> String {
    // Why, is told by `check` and on pages.
    let short = |text: &String| match options {
        [_] => words::uncapital(text.split(" (").next().unwrap_or_default()),
        _ => words::uncapital(text),
    };
    let named = |helps: bool, most: usize| {
        let all = each(options, helps);
        let told: Vec<String> = all.iter().take(most).map(short).collect();
        let more = match all.len() - told.len() {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        (!all.is_empty()).then(|| (format!("{}{more}", told.join("; ")), !more.is_empty()))
    };
    let (wrong, help) = (named(false, ON_SCREEN), named(true, HELP_ON_SCREEN));
    let is_more = [&wrong, &help].into_iter().flatten().any(|(_, is_more)| *is_more);
    let wrong = wrong.map(|(all, _)| format!("Not modelled, and so no part of these figures: {all}."));
    let help = help.map(|(all, _)| format!("Not modelled, though it would help: {all}."));
    let rest = is_more.then(|| "To list them: alliance check.".to_owned());
    let text = wrong.into_iter().chain(help).chain(rest).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return text;
    }
    layout::wrap(&text, width, "").into_iter().map(|line| line + "\n").collect()
}

/// The same of scenarios of which nothing else is told, and which of them are invented to start from.
#[must_use]
pub fn paragraph_of(scenarios: &[ScenarioFacts], width: usize) -> String {
    // Variants of one scenario share what it invents.
    let most = scenarios.iter().max_by_key(|own| own.invented);
    let invented = most.and_then(ScenarioFacts::is_no_plan).unwrap_or_default();
    let invented: String = layout::wrap(&invented, width, "").into_iter().map(|line| line + "\n").collect();
    invented.trim_start().to_owned() + &paragraph(scenarios, width)
}

/// Markdown: all of them, what can go wrong and what would help under a heading each; empty where all is modelled.
pub(super) fn markdown(options: &[ScenarioFacts]) -> String {
    let under = |head: &str, helps: bool| {
        let all = each(options, helps);
        let list: String = all.iter().map(|own| format!("- {}\n", safe_text::markdown(own))).collect();
        if list.is_empty() { list } else { format!("\n## {head}\n\n{list}") }
    };
    under("What can go wrong and is not modelled, most harmful first", false)
        + &under("What would help and is not modelled", true)
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
        section.text(
            "These numbers of the scenario were probably meant otherwise, only stand in for others, or are invented to start from. The \
             figures here are worked out from them as they stand.",
        );
        section.list(all);
    }
    section
}

/// The section of a page: all of them, what can go wrong before what would help.
pub(super) fn section(options: &[ScenarioFacts]) -> Section {
    let mut section = Section::new("What is not modelled");
    let sentences = |helps: bool| each(options, helps).into_iter().map(|text| text + ".").collect::<Vec<String>>();
    let (wrong, help) = (sentences(false), sentences(true));
    if !wrong.is_empty() {
        section.text(
            "These things can go wrong, and no figure here counts them: the scenario leaves them out, or gives them no room. That is not \
             the same as no risk. The most harmful stand first.",
        );
        section.list(wrong);
    }
    if !help.is_empty() {
        section.text(
            "These things would help, and no figure here counts them either: with them the figures would be better.",
        );
        section.list(help);
    }
    section
}
