//! What programmes of the past say of a new one. `alliance learn --format json` is this, as documented in `docs/learning.md`.

mod cases;
mod findings;
mod held;
mod screen;
mod table;
#[cfg(test)]
mod tests;
mod toml;

use analysis::learn::{Belief, Case, ExitRate, FEWEST_FUTURES, HeldCase, HeldClass, Learnt, Spread, Together};
use serde::Serialize;

use super::figure::Figure;
use super::number::power_of_ten;
use super::words::thousands;

use cases::cases;
pub use cases::{CaseReport, Said};
pub use held::{ClassesHeldReport, HeldClassReport, HeldReport};
pub use screen::render;
pub use table::table;
pub use toml::Target;

/// Version of the layout of the answer as JSON.
pub const FORMAT: u32 = 1;

/// What is known besides the figures of the class.
#[derive(Debug, Clone)]
pub struct Told {
    /// Name of the file.
    pub file: String,
    /// Version of the program.
    pub version: String,
    /// The cases.
    pub cases: Vec<Case>,
    /// What is said of each.
    pub said: Vec<Said>,
    /// The class.
    pub class: String,
    /// Names of those left out.
    pub without: Vec<String>,
    /// Cases of the class forecast from the others.
    pub held: Vec<HeldCase>,
    /// Classes forecast from the other classes.
    pub classes: Vec<HeldClass>,
    /// Name of the scenario for which bases were found.
    pub scenario: Option<String>,
    /// What of it was changed first, as it was written.
    pub changes: Vec<String>,
    /// Those bases.
    pub bases: Bases,
}

/// Bases of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum Bases {
    /// None was asked for.
    NotAsked,
    /// The class says nothing of how long alliances last.
    NoRate,
    /// Those found.
    Solved(Vec<Base>),
}

/// A base at which an alliance of a scenario sees first notices as often as the class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Base {
    /// The alliance.
    pub alliance: String,
    /// The base that the scenario states; null where that is uncertain.
    pub stated: Option<f64>,
    /// First notices by alliance years at that.
    pub stated_rate: Figure,
    /// The base found, to four digits.
    pub base: f64,
    /// First notices by alliance years at that.
    pub rate: Figure,
    /// The rate of the class.
    pub wanted: f64,
    /// Futures in which notices were counted.
    pub futures: u64,
    /// Whether the base gives that rate: within a hundredth of it, in 1,000 futures or more.
    pub is_met: bool,
}

impl Base {
    /// Why the base is not said to give the wanted rate; none where it is.
    fn unmet(&self) -> Option<String> {
        if self.is_met {
            return None;
        }
        let [wanted, have] = [FEWEST_FUTURES, self.futures].map(thousands);
        Some(if self.futures < FEWEST_FUTURES {
            format!("that takes {wanted} futures or more, and there were {have}")
        } else {
            "no base was found that gives it within a hundredth".to_owned()
        })
    }
}

/// Everything to be shown of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct LearningReport {
    /// [`FORMAT`].
    pub format: u32,
    /// Version of the program.
    pub version: String,
    /// Name of the file of programmes.
    pub file: String,
    /// The class.
    pub class: String,
    /// Names of programmes left out.
    pub without: Vec<String>,
    /// Programmes of the class.
    pub programmes: usize,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Programmes that failed.
    pub failing: FailingReport,
    /// Delivered by promised benefit, failed or not; null where nothing is known of any that did not fail.
    pub delivered: Option<[f64; 3]>,
    /// The same of one that does not fail.
    pub share: Option<SpreadReport>,
    /// Actual by planned time.
    pub lateness: Option<SpreadReport>,
    /// Actual by planned cost.
    pub overrun: Option<SpreadReport>,
    /// Ends by alliance years; null where the class has no alliance of which it is known how long it lasted.
    pub exit: Option<ExitReport>,
    /// The cases, each drawn towards the class.
    pub cases: Vec<CaseReport>,
    /// The answer under other beliefs.
    pub beliefs: Vec<BeliefReport>,
    /// The cases forecast from the others, together; null where there is nothing to forecast them from.
    pub held: Option<HeldReport>,
    /// Each class forecast from the others.
    pub classes: Vec<HeldClassReport>,
    /// The classes, together; null where no share is known of any.
    pub classes_held: Option<ClassesHeldReport>,
    /// The scenario for which bases were found.
    pub scenario: Option<String>,
    /// What of it was changed first.
    pub changes: Vec<String>,
    /// Those bases; null where none were asked for, or the class has no rate.
    pub bases: Option<Vec<Base>>,
    /// The assumptions in the scenario language, to be pasted under an alliance.
    pub toml: String,
}

/// How often programmes of the class fail.
#[derive(Debug, Clone, Serialize)]
pub struct FailingReport {
    /// Those of which it is known.
    pub told: usize,
    /// Those that failed.
    pub failed: usize,
    /// Programmes of all classes of which it is known.
    pub told_of_all: usize,
    /// The chance that a new one fails; null where it is known of none.
    pub chance: Option<f64>,
    /// 10th percentile of what is believed of that chance.
    pub low: Option<f64>,
    /// 90th percentile.
    pub high: Option<f64>,
}

/// A factor.
#[derive(Debug, Clone, Serialize)]
pub struct SpreadReport {
    /// Cases.
    pub cases: usize,
    /// Whether they are those of all classes.
    pub of_all_classes: bool,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// Mean of the standard deviation between cases, on the logarithm.
    pub between: f64,
}

/// Ends a year.
#[derive(Debug, Clone, Serialize)]
pub struct ExitReport {
    /// Ends seen.
    pub ended: u64,
    /// Alliance years.
    pub years: f64,
    /// Mean of what is believed of the rate.
    pub mean: f64,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
}

/// The answer under another belief.
#[derive(Debug, Clone, Serialize)]
pub struct BeliefReport {
    /// γ, by which fame is undone.
    pub fame: f64,
    /// The power of the class's likelihood.
    pub power: f64,
    /// The chance of failing; null where it is known of no programme.
    pub failing: Option<f64>,
    /// Delivered by promised benefit, failed or not: 10th, 50th and 90th percentile.
    pub delivered: Option<[f64; 3]>,
    /// Actual by planned time.
    pub lateness: Option<[f64; 3]>,
    /// Actual by planned cost.
    pub overrun: Option<[f64; 3]>,
    /// Ends a year.
    pub exit: Option<[f64; 3]>,
}

impl LearningReport {
    /// Puts an answer in words, with what the class says under each belief beside it.
    #[must_use]
    pub fn build(told: Told, learnt: &Learnt, of_each: &[(Belief, Learnt)]) -> Self {
        let told_of_all = told.cases.iter().filter(|case| case.failed.is_some()).count();
        let known = |value: f64| (told_of_all > 0).then_some(value);
        let mut report = Self {
            format: FORMAT,
            programmes: learnt.cases,
            findings: Vec::new(),
            failing: FailingReport {
                told: learnt.told,
                failed: learnt.failed,
                told_of_all,
                chance: known(learnt.failing),
                low: known(learnt.failing_within[0]),
                high: known(learnt.failing_within[1]),
            },
            delivered: learnt.delivered,
            share: learnt.share.as_ref().map(spread),
            lateness: learnt.lateness.as_ref().map(spread),
            overrun: learnt.overrun.as_ref().map(spread),
            exit: learnt.exit.map(exit),
            cases: cases(&told, learnt),
            beliefs: of_each.iter().map(|(own, learnt)| belief(*own, learnt, known(learnt.failing))).collect(),
            held: Together::of(&told.held).map(HeldReport::from),
            classes: told.classes.iter().map(HeldClassReport::from).collect(),
            classes_held: ClassesHeldReport::of(&told.classes),
            bases: match &told.bases {
                Bases::Solved(bases) => Some(bases.clone()),
                Bases::NotAsked | Bases::NoRate => None,
            },
            toml: String::new(),
            version: told.version,
            file: told.file,
            class: told.class,
            without: told.without,
            scenario: told.scenario,
            changes: told.changes,
        };
        report.toml = report.toml_for(None);
        report.findings = report.found(told.bases == Bases::NoRate);
        report
    }

    /// The answer as JSON.
    ///
    /// # Errors
    /// Where it has no such form: never in practice.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

fn spread(own: &Spread) -> SpreadReport {
    let [p10, p50, p90] = own.percentiles;
    SpreadReport { cases: own.cases.len(), of_all_classes: own.of_all_classes, p10, p50, p90, between: own.between }
}

fn exit(own: ExitRate) -> ExitReport {
    let [p10, p50, p90] = own.percentiles();
    ExitReport { ended: own.ended.round() as u64, years: own.years, mean: own.mean(), p10, p50, p90 }
}

fn belief(belief: Belief, own: &Learnt, failing: Option<f64>) -> BeliefReport {
    let of = |spread: &Option<Spread>| spread.as_ref().map(|own| own.percentiles);
    BeliefReport {
        fame: belief.fame,
        power: belief.power,
        failing,
        delivered: own.delivered,
        lateness: of(&own.lateness),
        overrun: of(&own.overrun),
        exit: own.exit.map(ExitRate::percentiles),
    }
}

/// Decimals of a number of so many digits.
fn decimals(value: f64, digits: i32) -> usize {
    (digits - 1 - power_of_ten(value)).max(0) as usize
}

/// A number to so many digits, as it is written in a scenario.
fn to_digits(value: f64, digits: i32) -> String {
    let text = format!("{value:.*}", decimals(value, digits));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A base to the digits with which it is written.
#[must_use]
pub fn rounded_base(base: f64) -> f64 {
    to_digits(base, 4).parse().unwrap_or(base)
}
