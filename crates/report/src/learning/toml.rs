//! What was learnt in the scenario language: lines to paste under an alliance, or a scenario that extends another.

use language::text_to_toml;

use super::{LearningReport, SpreadReport, to_digits};

/// Digits of what is written: more would say more than the cases do.
const DIGITS: i32 = 3;

/// Digits of a base: it has been found for the rate, to be met with this.
const OF_BASE: i32 = 4;

/// The scenario that is extended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its file, as the new one names it.
    pub extends: String,
    /// Name of the new scenario; none where it is that of its file.
    pub title: String,
    /// Its alliances; what was learnt is stated of each.
    pub alliances: Vec<String>,
}

impl LearningReport {
    /// The assumptions, without a scenario as lines under an alliance.
    #[must_use]
    pub fn toml_for(&self, target: Option<&Target>) -> String {
        let mut text = format!("# {}\n", self.origin());
        let Some(target) = target else {
            text += &self.lines(None);
            if self.exit.is_some() && self.bases.is_none() {
                text += "# exit.base is one member's chance, and not the class's rate: `--for SCENARIO` finds it.\n";
            }
            for base in self.bases.iter().flatten() {
                text +=
                    &format!("# In the alliance {}:\n{}", text_to_toml(&base.alliance), self.exit_line(&base.alliance));
            }
            return text;
        };
        text += &format!(
            "format  = 1\nextends = {}\ntitle   = {}\n",
            text_to_toml(&target.extends),
            text_to_toml(&target.title)
        );
        for alliance in &target.alliances {
            text += &format!("\n[[alliance]]\nname        = {}\n", text_to_toml(alliance));
            text += &self.lines(Some(alliance));
        }
        text
    }

    fn origin(&self) -> String {
        let without = match self.without.as_slice() {
            [] => String::new(),
            some => format!(", without {}", some.join("; ")),
        };
        format!("alliance learn {}, class \"{}\"{without}: docs/learning.md", self.file, self.class)
    }

    fn lines(&self, alliance: Option<&str>) -> String {
        let mut text = String::new();
        if let (Some(share), Some(chance)) = (&self.share, self.failing.chance) {
            let failing = to_digits(chance, DIGITS);
            let chance: f64 = failing.parse().unwrap_or(chance);
            let parts = format!("{{ uniform = {{ low = 0, high = 0.2 }} }}, {{ {} }}", quantiles(share));
            let mixture = format!(
                "{{ mixture = {{ weights = [{failing}, {}], parts = [{parts}] }}, plan = 1",
                to_digits(1.0 - chance, DIGITS + 1)
            );
            let told = format!("{} of {} failed", self.failing.failed, self.failing.told);
            text += &format!("realisation = {mixture}, {} }}\n", self.source(&told, share));
        }
        if let Some(lateness) = &self.lateness {
            text += "# Lateness of the whole: where areas or the platform state a lateness of their own, part of it stands there already.\n";
            text += &format!("slip        = {}\n", self.factor(lateness));
        }
        if let Some(overrun) = &self.overrun {
            text += &format!("overrun     = {}\n", self.factor(overrun));
        }
        text + &alliance.map_or_else(String::new, |name| self.exit_line(name))
    }

    fn factor(&self, own: &SpreadReport) -> String {
        format!("{{ {}, plan = 1, {} }}", quantiles(own), self.source("", own))
    }

    fn source(&self, told: &str, own: &SpreadReport) -> String {
        let all = if own.of_all_classes { " of all classes" } else { "" };
        let cases = if own.cases == 1 { "case" } else { "cases" };
        let told = if told.is_empty() { String::new() } else { format!("{told}; ") };
        let text = format!(
            "{}: {told}spread of {} {cases}{all}",
            self.origin().trim_end_matches(": docs/learning.md"),
            own.cases
        );
        format!("source = {}, confidence = \"low\"", text_to_toml(&text))
    }

    fn exit_line(&self, alliance: &str) -> String {
        let (Some(exit), Some(base)) =
            (&self.exit, self.bases.iter().flatten().find(|base| base.alliance == alliance && base.is_met))
        else {
            return String::new();
        };
        let source = format!(
            "alliance learn {}, class \"{}\": {} ends in {} alliance years, {} a year; here {} first notices a year",
            self.file,
            self.class,
            exit.ended,
            to_digits(exit.years, DIGITS),
            percent(base.wanted),
            percent(base.rate.value)
        );
        format!(
            "exit.base   = {{ value = {}, source = {}, confidence = \"low\" }}\n",
            to_digits(base.base, OF_BASE),
            text_to_toml(&source)
        )
    }
}

fn quantiles(own: &SpreadReport) -> String {
    let [p10, p50, p90] = [own.p10, own.p50, own.p90].map(|value| to_digits(value, DIGITS));
    format!("quantiles = {{ p10 = {p10}, p50 = {p50}, p90 = {p90} }}, min = 0")
}

fn percent(rate: f64) -> String {
    format!("{} %", to_digits(100.0 * rate, DIGITS))
}
