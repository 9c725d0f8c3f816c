//! What was learnt in the scenario language: lines to paste under an alliance, or a scenario that extends another.

use engine::uncertainty::{Distribution, Family};
use foreign::safe_text::shown_in_line;
use language::text_to_toml;

use super::{Base, LearningReport, SpreadReport, decimals, to_digits};

/// Digits of what is written: more would say more than the cases do.
const DIGITS: i32 = 3;

/// Digits that are written where fewer would make three percentiles one.
const MOST_DIGITS: i32 = 15;

/// Digits of a base: it has been found for the rate, to be met with this.
const OF_BASE: i32 = 4;

/// A larger number no scenario takes, of a distribution but for the last thousandth.
const LARGEST: f64 = 1e12;
const NEARLY_ALL: f64 = 0.999;

/// Characters of a text that is made of names of any length.
const LONGEST: usize = 1_000;

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
        let mut text = format!("# {}: docs/learning.md\n", self.origin());
        let Some(target) = target else {
            text += &self.lines(None);
            if self.exit.is_some() && self.bases.is_none() {
                text += "# exit.base is one member's chance, and not the class's rate: `--for SCENARIO` finds it.\n";
            }
            for base in self.bases.iter().flatten() {
                text += &format!("# In the alliance {}:\n{}", text_to_toml(&base.alliance), self.exit_line(base));
            }
            return text;
        };
        text += &format!(
            "format  = 1\nextends = {}\ntitle   = {}\n",
            text_to_toml(&target.extends),
            text_to_toml(&short(&target.title))
        );
        for alliance in &target.alliances {
            text += &format!("\n[[alliance]]\nname        = {}\n", text_to_toml(alliance));
            text += &self.lines(Some(alliance));
        }
        text
    }

    /// What was asked: the file, the class, and who was left out. In one line, whatever they are called.
    fn origin(&self) -> String {
        let without = match self.without.as_slice() {
            [] => String::new(),
            some => format!(", without {}", some.join("; ")),
        };
        short(&format!("alliance learn {}, class \"{}\"{without}", self.file, self.class))
    }

    fn lines(&self, alliance: Option<&str>) -> String {
        let mut text = String::new();
        if let (Some(share), Some(chance)) = (&self.share, self.failing.chance) {
            text += &self.realisation(share, chance);
        }
        if let Some(lateness) = &self.lateness {
            text += "# Lateness of the whole: where areas or the platform state a lateness of their own, part of it stands there already.\n";
            text += &self.factor("slip        ", lateness);
        }
        if let Some(overrun) = &self.overrun {
            text += &self.factor("overrun     ", overrun);
        }
        let base = self.bases.iter().flatten().find(|base| alliance == Some(base.alliance.as_str()));
        text + &base.map_or_else(String::new, |base| self.exit_line(base))
    }

    fn realisation(&self, share: &SpreadReport, chance: f64) -> String {
        let Some(quantiles) = quantiles(share) else { return unwritten("realisation") };
        let [failing, not] = shares(chance);
        let told = format!("{} of {} failed", self.failing.failed, self.failing.told);
        format!(
            "realisation = {{ mixture = {{ weights = [{failing}, {not}], parts = [{{ uniform = {{ low = 0, high = 0.2 }} }}, {{ {quantiles} }}] }}, plan = 1, {} }}\n",
            self.source(&told, share)
        )
    }

    fn factor(&self, key: &str, own: &SpreadReport) -> String {
        quantiles(own).map_or_else(
            || unwritten(key.trim_end()),
            |quantiles| format!("{key}= {{ {quantiles}, plan = 1, {} }}\n", self.source("", own)),
        )
    }

    fn source(&self, told: &str, own: &SpreadReport) -> String {
        let all = if own.of_all_classes { " of all classes" } else { "" };
        let cases = if own.cases == 1 { "case" } else { "cases" };
        let told = if told.is_empty() { String::new() } else { format!("{told}; ") };
        sourced(&format!("{}: {told}spread of {} {cases}{all}", self.origin(), own.cases))
    }

    fn exit_line(&self, base: &Base) -> String {
        let Some(exit) = &self.exit else { return String::new() };
        if let Some(why) = base.unmet() {
            return format!("# No exit.base is written: {why}.\n");
        }
        let changed = match self.changes.as_slice() {
            [] => String::new(),
            some => format!(", with {}", short(&some.join("; "))),
        };
        let source = format!(
            "{}: {} ends in {} alliance years, {} a year; here {} first notices a year{changed}",
            self.origin(),
            exit.ended,
            to_digits(exit.years, DIGITS),
            percent(base.wanted),
            percent(base.rate.value)
        );
        format!("exit.base   = {{ value = {}, {} }}\n", to_digits(base.base, OF_BASE), sourced(&source))
    }
}

/// A source, and that it is little to rest on.
fn sourced(text: &str) -> String {
    format!("source = {}, confidence = \"low\"", text_to_toml(text))
}

/// In one line, and no longer than a text may be beside others.
fn short(text: &str) -> String {
    let line = shown_in_line(text);
    if line.chars().count() <= LONGEST {
        line.into_owned()
    } else {
        line.chars().take(LONGEST - 1).collect::<String>() + "…"
    }
}

/// That what was learnt is no number of a scenario.
fn unwritten(key: &str) -> String {
    format!("# No {key} is written: what was learnt is further apart or closer together than a scenario takes.\n")
}

/// The three percentiles to so few digits that they still are a distribution; none where they are no numbers of a scenario.
fn quantiles(own: &SpreadReport) -> Option<String> {
    let own = [own.p10, own.p50, own.p90];
    let written = |digits: i32| own.map(|value| to_digits(value, digits));
    let is_taken = |texts: &[String; 3]| {
        let [p10, p50, p90] = texts.each_ref().map(|text| text.parse().unwrap_or(f64::NAN));
        let taken = Distribution::new(Family::Quantiles { p10, p50, p90 }, Some(0.0), None);
        taken.is_ok_and(|own| own.quantile(NEARLY_ALL) <= LARGEST)
    };
    let [p10, p50, p90] = (DIGITS..=MOST_DIGITS).map(written).find(is_taken)?;
    Some(format!("quantiles = {{ p10 = {p10}, p50 = {p50}, p90 = {p90} }}, min = 0"))
}

/// A chance and that of the opposite, which sum to 1 and of which neither is nothing.
fn shares(chance: f64) -> [String; 2] {
    let decimals = decimals(chance, DIGITS).max(decimals(1.0 - chance, DIGITS));
    let first = format!("{chance:.decimals$}");
    let rest = 1.0 - first.parse().unwrap_or(chance);
    [first, format!("{rest:.decimals$}")].map(|text| trimmed(&text))
}

fn trimmed(text: &str) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn percent(rate: f64) -> String {
    format!("{} %", to_digits(100.0 * rate, DIGITS))
}
