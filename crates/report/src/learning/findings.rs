//! The answer in sentences, none stronger than the few cases behind it.

use super::{BeliefReport, LearningReport, SpreadReport, to_digits};
use crate::figure::Figure;
use crate::words::{count, list, percent};

/// Fewer cases are few, and are called so.
const FEW: usize = 10;

/// Outside a range of eight in ten lie two in ten where a forecast is sound.
const OUTSIDE: f64 = 0.2;

/// What is rarer than this is not put down to luck.
const RARE: f64 = 0.05;

/// The chance that a sound forecast has so many outside of so many, or more: binomial.
pub(super) fn by_luck(outside: usize, shares: usize) -> f64 {
    let mut term = (0..shares).fold(1.0, |term, _| term * (1.0 - OUTSIDE));
    let mut below = 0.0;
    for k in 0..outside {
        below += term;
        term *= (shares - k) as f64 / (k + 1) as f64 * OUTSIDE / (1.0 - OUTSIDE);
    }
    1.0 - below
}

/// A chance without a Monte Carlo error.
pub(super) fn chance(value: f64) -> String {
    percent(Figure { value, error: 0.0 })
}

/// A factor, to two digits.
pub(super) fn factor(value: f64) -> String {
    to_digits(value, 2)
}

impl LearningReport {
    /// The findings; `no_rate` where a scenario was given and the class says nothing of how long alliances last.
    pub(super) fn found(&self, no_rate: bool) -> Vec<String> {
        let mut all = vec![self.opening(), self.ground()];
        all.extend(self.share.as_ref().filter(|_| self.failing.told > 0).map(|own| {
            let (low, high, half) = (factor(own.p10), factor(own.p90), factor(own.p50));
            format!("One that does not fail would deliver between {low} and {high} of its promise, half of them less than {half}{}.", of(own))
        }));
        all.extend(self.lateness.as_ref().map(|own| times("take", "the time", own)));
        all.extend(self.overrun.as_ref().map(|own| times("cost", "what was", own)));
        all.extend(self.ends());
        all.extend(self.believed());
        all.extend(self.held());
        all.extend(self.classes_held());
        all.extend(self.bases_found(no_rate));
        all
    }

    fn opening(&self) -> String {
        let fails = &self.failing;
        let (Some(chance_of), Some(low), Some(high)) = (fails.chance, fails.low, fails.high) else {
            return format!(
                "Nothing is known of what programmes of the class \"{}\" deliver, or whether they fail.",
                self.class
            );
        };
        let within = format!("{} to {} is believed, P10 to P90", chance(low), chance(high));
        let failing = format!("a chance of {} of failing outright ({within})", chance(chance_of));
        match self.delivered {
            Some([p10, p50, p90]) => format!(
                "A new programme of the class \"{}\" would deliver between {} and {} of what it promises (P10 to P90), half of them less than {}, with {failing}.",
                self.class,
                factor(p10),
                factor(p90),
                factor(p50)
            ),
            None => format!(
                "A new programme of the class \"{}\" has {failing}; nothing is known of what others deliver.",
                self.class
            ),
        }
    }

    fn ground(&self) -> String {
        let fails = &self.failing;
        let (told, failed) = (fails.told, if fails.failed == 0 { "none".to_owned() } else { count(fails.failed) });
        let few = if told < FEW { "few cases" } else { "these cases" };
        let without = match self.without.as_slice() {
            [] => String::new(),
            some => format!(" Left out: {}.", list(some)),
        };
        let own = match (told, fails.told_of_all) {
            (0, 0) => format!("Of none of its {} programmes is it known.", self.programmes),
            (0, _) => format!(
                "Of none of its {} programmes is it known whether they failed: that is what other classes leave to be believed.",
                self.programmes
            ),
            (1, _) if self.programmes == 1 => {
                let how = if fails.failed == 0 {
                    "which did not fail"
                } else {
                    "which failed: it delivered at most 0.2 of its promise"
                };
                format!("That rests on one programme, {how}.")
            }
            _ => format!(
                "That rests on {few}: of {told} of its {} programmes it is known whether they failed, and {failed} did, delivering at most 0.2 of the promise.",
                self.programmes
            ),
        };
        format!("{own} Programmes of which nobody reported are missing.{without}")
    }

    fn ends(&self) -> Option<String> {
        let own = self.exit.as_ref()?;
        let ended = match own.ended {
            0 => "None of its alliances ended or lost a member".to_owned(),
            1 => "One of its alliances ended or lost a member".to_owned(),
            more => format!("{} of its alliances ended or lost a member", crate::words::capital(&count(more as usize))),
        };
        Some(format!(
            "{ended} in {} alliance years: {} a year ({} to {}).",
            to_digits(own.years, 3),
            chance(own.mean),
            chance(own.p10),
            chance(own.p90)
        ))
    }

    fn believed(&self) -> Option<String> {
        let at = |fame: f64, power: f64| {
            let is = |own: &&BeliefReport| (own.fame - fame).abs() < 1e-9 && (own.power - power).abs() < 1e-9;
            self.beliefs.iter().find(is)
        };
        let (half, whole, quarter) = (at(0.5, 1.0)?, at(1.0, 1.0)?, at(0.0, 0.25)?);
        let widened = quarter.delivered.map_or_else(String::new, |[low, _, high]| {
            format!(
                " Where the class is believed by a quarter only, what is delivered lies between {} and {}.",
                factor(low),
                factor(high)
            )
        });
        Some(format!(
            "Programmes that went badly may be known better than others: weighed against that, the chance of failing is {} or {} (γ of ½ or 1).{widened}",
            chance(half.failing?),
            chance(whole.failing?)
        ))
    }

    fn held(&self) -> Option<String> {
        let held: Vec<_> = self.cases.iter().filter(|own| own.score.is_some()).collect();
        let ranks: Vec<f64> = held.iter().filter_map(|own| own.rank_by_others).collect();
        let outside = ranks.iter().filter(|rank| !(0.1..=0.9).contains(*rank)).count();
        let mean = |of: &dyn Fn(&super::CaseReport) -> Option<f64>| {
            held.iter().filter_map(|own| of(own)).sum::<f64>() / held.len() as f64
        };
        if ranks.is_empty() {
            return None;
        }
        let (own, all) = (mean(&|own| own.score), mean(&|own| own.score_of_all));
        let few = if held.len() < FEW { "; so few cases cannot tell the two apart" } else { "" };
        Some(format!(
            "Each forecast from the others, {outside} of {} shares lie outside what should hold eight in ten. The mean logarithmic score (higher is better) is {} by the class and {} by all classes taken as one{few}.",
            ranks.len(),
            signed(own),
            signed(all)
        ))
    }

    fn classes_held(&self) -> Option<String> {
        let (shares, outside) =
            self.classes.iter().fold((0, 0), |(shares, outside), own| (shares + own.shares, outside + own.outside));
        if shares == 0 {
            return None;
        }
        let found = format!(
            "Each class forecast from the other classes alone, {outside} of {shares} shares lie outside that range, where a sound forecast has two in ten"
        );
        let meaning = if by_luck(outside, shares) < RARE {
            ": classes differ by more than luck, and a class without cases of its own has no sound forecast here"
        } else {
            ", which so few cannot tell apart; classes are expected to differ, so that one without cases of its own has no sound forecast here"
        };
        Some(format!("{found}{meaning}."))
    }

    fn bases_found(&self, no_rate: bool) -> Vec<String> {
        let name = self.scenario.as_deref().unwrap_or_default();
        if no_rate {
            return vec![
                "No exit.base was looked for: the class has no alliance of which it is known how long it lasted."
                    .to_owned(),
            ];
        }
        if self.bases.as_ref().is_some_and(Vec::is_empty) {
            return vec![format!("In {name} nobody leaves by giving notice, so that no exit.base was looked for.")];
        }
        let told = |base: &super::Base| {
            let rate = |own: Figure| percent(own);
            let stated = base.stated.map_or_else(|| "its own".to_owned(), |own| own.to_string());
            let found = format!(
                "In {name}, members of {} give a first notice {} a year at a base of {}; the class's {} a year ",
                base.alliance,
                rate(base.stated_rate),
                stated,
                chance(base.wanted)
            );
            if base.is_met {
                format!("{found}is met at exit.base = {} ({}).", to_digits(base.base, 4), with_error(base.rate))
            } else {
                format!("{found}is met at no base: the nearest gives {}.", with_error(base.rate))
            }
        };
        self.bases.iter().flatten().map(told).collect()
    }
}

fn with_error(rate: Figure) -> String {
    format!("{:.2}% ±{:.2}", 100.0 * rate.value, 100.0 * rate.error)
}

fn signed(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

fn of(own: &SpreadReport) -> String {
    let cases = if own.cases == 1 { "case".to_owned() } else { "cases".to_owned() };
    let all = if own.of_all_classes { " of all classes, as its own are fewer than two" } else { "" };
    format!(" (from {} {cases}{all})", count(own.cases))
}

fn times(verb: &str, what: &str, own: &SpreadReport) -> String {
    let planned = if what.starts_with("the") { "that was planned" } else { "planned" };
    format!(
        "It would {verb} between {} and {} times {what} {planned}, half of them less than {}{}.",
        factor(own.p10),
        factor(own.p90),
        factor(own.p50),
        of(own)
    )
}
