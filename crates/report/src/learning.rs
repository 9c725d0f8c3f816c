//! What programmes of the past say of a new one. `alliance learn --format json` is this, as documented in `docs/learning.md`.

mod findings;
mod screen;
mod table;
#[cfg(test)]
mod tests;
mod toml;

use analysis::learn::{Belief, Case, ExitRate, HeldCase, HeldClass, Learnt, Quantity, Range, Spread};
use serde::Serialize;

use super::figure::Figure;
use super::number::power_of_ten;

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
    /// Where each comes from.
    pub sources: Vec<String>,
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
    /// Whether there is a base that gives it.
    pub is_met: bool,
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
    /// Each class forecast from the others.
    pub classes: Vec<HeldClassReport>,
    /// The scenario for which bases were found.
    pub scenario: Option<String>,
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

/// A case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseReport {
    /// The programme.
    pub programme: String,
    /// Its class.
    pub class: String,
    /// `delivered`, `lateness` or `overrun`.
    pub quantity: &'static str,
    /// The low end of its factor as it was published; null where only that it failed, or not, is known.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
    /// Whether it failed; null where that is not known.
    pub failed: Option<bool>,
    /// 10th percentile of what is believed of the factor; null where it failed or none is known.
    pub p10: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// How far it is drawn towards the others: 0 not at all, 1 wholly.
    pub shrinkage: Option<f64>,
    /// The chance of failing that the others give it.
    pub failing_by_others: Option<f64>,
    /// The chance, by the others, of a share as low as its own.
    pub rank_by_others: Option<f64>,
    /// Its logarithmic score by the others of the class.
    pub score: Option<f64>,
    /// The same by all others as one class.
    pub score_of_all: Option<f64>,
    /// Where it comes from.
    pub source: String,
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

/// A class forecast from the others.
#[derive(Debug, Clone, Serialize)]
pub struct HeldClassReport {
    /// The class.
    pub class: String,
    /// Its programmes of which it is known whether they failed.
    pub told: usize,
    /// Those that failed.
    pub failed: usize,
    /// The chance of failing by the others.
    pub failing_by_others: f64,
    /// Its programmes of which a share is known.
    pub shares: usize,
    /// Those outside what should hold eight in ten.
    pub outside: usize,
    /// Mean logarithmic score.
    pub score: f64,
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
            classes: told.classes.iter().map(held_class).collect(),
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

fn held_class(own: &HeldClass) -> HeldClassReport {
    HeldClassReport {
        class: own.class.clone(),
        told: own.told,
        failed: own.failed,
        failing_by_others: own.failing,
        shares: own.ranks.len(),
        outside: own.outside(),
        score: own.score,
    }
}

/// The cases behind each factor; of benefits also those of the class of which only that they failed, or not, is known.
fn cases(told: &Told, learnt: &Learnt) -> Vec<CaseReport> {
    let factors = [
        (Quantity::Share, "delivered", &learnt.share),
        (Quantity::Lateness, "lateness", &learnt.lateness),
        (Quantity::Overrun, "overrun", &learnt.overrun),
    ];
    let mut all = Vec::new();
    for (quantity, name, spread) in factors {
        for (at, case) in told.cases.iter().enumerate() {
            let shrunk = spread.iter().flat_map(|own| &own.cases).find(|own| own.case == at);
            let is_told = quantity == Quantity::Share && case.class == told.class && case.failed.is_some();
            if shrunk.is_none() && !is_told {
                continue;
            }
            let held = told.held.iter().find(|own| own.case == at).filter(|_| quantity == Quantity::Share);
            let range = ends(case, quantity);
            all.push(CaseReport {
                programme: case.name.clone(),
                class: case.class.clone(),
                quantity: name,
                low: range.map(|own| own.low),
                high: range.map(|own| own.high),
                failed: case.failed.filter(|_| quantity == Quantity::Share),
                p10: shrunk.map(|own| own.believed[0]),
                p50: shrunk.map(|own| own.believed[1]),
                p90: shrunk.map(|own| own.believed[2]),
                shrinkage: shrunk.map(|own| own.shrinkage),
                failing_by_others: held.map(|own| own.failing),
                rank_by_others: held.and_then(|own| own.rank),
                score: held.map(|own| own.score),
                score_of_all: held.map(|own| own.score_of_all),
                source: told.sources.get(at).cloned().unwrap_or_default(),
            });
        }
    }
    all
}

fn ends(case: &Case, quantity: Quantity) -> Option<Range> {
    match quantity {
        Quantity::Share => case.share,
        Quantity::Lateness => case.lateness,
        Quantity::Overrun => case.overrun,
    }
}

/// A number to so many digits, as it is written in a scenario.
fn to_digits(value: f64, digits: i32) -> String {
    let decimals = (digits - 1 - power_of_ten(value)).max(0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A base to the digits with which it is written.
#[must_use]
pub fn rounded_base(base: f64) -> f64 {
    to_digits(base, 4).parse().unwrap_or(base)
}
