//! The answer in sentences, none stronger than the few cases behind it.

use super::{BeliefReport, LearningReport, SpreadReport, to_digits};
use crate::figure::Figure;
use crate::words::{count, list, percent};

/// Fewer cases are few, and are called so.
const FEW: usize = 10;

/// What is rarer than this is not put down to luck.
const RARE: f64 = 0.05;

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
            let (low, high, middle) = (factor(own.p10), factor(own.p90), factor(own.p50));
            format!("One that does not fail would deliver between {low} and {high} of its promise, {middle} in the middle{}.", of(own))
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
                "A new programme of the class \"{}\" would deliver between {} and {} of what it promises (P10 to P90), {} in the middle, with {failing}.",
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
        let without = match self.without.as_slice() {
            [] => String::new(),
            some => format!(" Left out: {}.", list(some)),
        };
        format!("{} Programmes of which nobody reported are missing.{without}", self.grounds())
    }

    /// On how many programmes the chance of failing rests.
    fn grounds(&self) -> String {
        let fails = &self.failing;
        let few = if fails.told < FEW { "few cases" } else { "these cases" };
        if fails.told == 0 {
            let unknown = match self.programmes {
                1 => "Of its one programme it is not known whether it failed".to_owned(),
                several => format!("Of none of its {} programmes is it known whether they failed", count(several)),
            };
            let others = if fails.told_of_all > 0 { ": that is what other classes leave to be believed" } else { "" };
            return format!("{unknown}{others}.");
        }
        if self.programmes == 1 {
            let how = if fails.failed == 0 {
                "which did not fail"
            } else {
                "which failed: it delivered at most 0.2 of its promise"
            };
            return format!("That rests on one programme, {how}.");
        }
        let failed = match fails.failed {
            0 => "none of them did".to_owned(),
            some => format!("{} did, delivering at most 0.2 of the promise", count(some)),
        };
        let whether = if fails.told == 1 { "whether it failed" } else { "whether they failed" };
        format!(
            "That rests on {few}: of {} of its {} programmes it is known {whether}, and {failed}.",
            count(fails.told),
            count(self.programmes)
        )
    }

    fn ends(&self) -> Option<String> {
        let own = self.exit.as_ref()?;
        let ended = match own.ended {
            0 => "None of its alliances ended or lost a member".to_owned(),
            1 => "One of its alliances ended or lost a member".to_owned(),
            more => format!("{} of its alliances ended or lost a member", crate::words::capital(&count(more as usize))),
        };
        Some(format!(
            "{ended} in {} alliance years. With half an end counted besides, as so few could be by luck, that is {} a year on average ({} to {} is believed, P10 to P90).",
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
        let own = self.held.filter(|own| own.shares > 0)?;
        let few = if own.cases < FEW { "; so few cases cannot tell the two apart" } else { "" };
        Some(format!(
            "Each forecast from the others, {} outside what should hold eight in ten. The mean logarithmic score (higher is better) is {} by the class and {} by all classes taken as one{few}.",
            lie(own.outside, own.shares),
            signed(own.score),
            signed(own.score_of_all)
        ))
    }

    fn classes_held(&self) -> Option<String> {
        let own = self.classes_held?;
        let found = format!(
            "Each class forecast from the other classes alone, {} outside what should hold eight in ten",
            lie(own.outside, own.shares)
        );
        let meaning = if own.by_luck < RARE {
            format!(
                ", which a sound forecast has in {} of cases: classes differ, and one without cases of its own has no sound forecast here",
                chance(own.by_luck)
            )
        } else {
            ", where a sound forecast has two in ten, which so few cannot tell apart; classes are expected to differ, so that one without cases of its own has no sound forecast here".to_owned()
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
            let (nearest, rate) = (to_digits(base.base, 4), with_error(base.rate));
            match base.unmet() {
                None => format!("{found}is met at exit.base = {nearest} ({rate})."),
                Some(why) => format!("{found}is not met: {why} ({nearest} gives {rate})."),
            }
        };
        self.bases.iter().flatten().map(told).collect()
    }
}

fn with_error(rate: Figure) -> String {
    format!("{:.2}% ±{:.2}", 100.0 * rate.value, 100.0 * rate.error)
}

/// How many of some shares lie outside something.
fn lie(outside: usize, shares: usize) -> String {
    match (outside, shares) {
        (0, 1) => "the one share does not lie".to_owned(),
        (1, 1) => "the one share lies".to_owned(),
        (0, _) => format!("none of {} shares lies", count(shares)),
        (1, _) => format!("one of {} shares lies", count(shares)),
        _ => format!("{} of {} shares lie", count(outside), count(shares)),
    }
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
        "It would {verb} between {} and {} times {what} {planned}, {} in the middle{}.",
        factor(own.p10),
        factor(own.p90),
        factor(own.p50),
        of(own)
    )
}
