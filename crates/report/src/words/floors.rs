//! Whose reserves fall to their floor, with the alliances and alone: the finding and the title of the chart say the same. A merged force
//! has one fund, whose floor is one event and not one of each former area.

use engine::statistics::combined;
use std::collections::HashSet;

use super::{TWO_SIDED_95, money_figure, percent};
use crate::data::{AllianceReport, FundReport, Report, Series};
use crate::figure::Figure;
use engine::outcomes::Outcome;

/// A chance that rises by less is not told.
const RISES: f64 = 0.01;

/// A purse and its chances to reach the floor.
struct Purse {
    /// Whose reserves: `Dorset`, `the merged force (Merger)`.
    whose: String,
    /// Chance with the alliances.
    with: Option<Figure>,
    /// Chances alone, the least first: of a merged force those of its members.
    alone: Vec<Figure>,
    /// By how much they end higher at the median than alone, where that is clear.
    richer: Option<Figure>,
}

impl Purse {
    /// By how much likelier it is than alone; of a merged force, than for any member.
    fn rise(&self) -> Option<Figure> {
        let (with, most) = (self.with?, *self.alone.last()?);
        Some(Figure { value: with.value - most.value, error: combined(with.error, most.error) })
    }

    fn rises(&self) -> bool {
        self.rise().is_some_and(|more| more.clear() && more.value > RISES)
    }

    fn chance(&self) -> Option<Figure> {
        self.with.or_else(|| self.alone.last().copied())
    }

    /// The purse in a sentence without its end.
    fn says(&self, year: &str) -> String {
        let whose = &self.whose;
        let Some(chance) = self.chance() else { return format!("Reserves of {whose} at year ends") };
        let says = format!("Reserves of {whose} fall to their floor in {} of futures", percent(chance));
        let alone = match (&self.with, &self.alone[..]) {
            (None, _) | (_, []) => return says,
            (Some(_), [own]) => format!(", alone in {}", percent(*own)),
            (Some(_), [least, .., most]) if percent(*least) == percent(*most) => {
                format!("; alone, those of each member in {}", percent(*least))
            }
            (Some(_), [least, .., most]) => {
                format!("; alone, those of its members in {} to {}", percent(*least), percent(*most))
            }
        };
        let richer = match (self.richer, self.rises()) {
            (Some(more), true) => format!(", though at the median of {year} they are {} higher", money_figure(more)),
            _ => String::new(),
        };
        format!("{says}{alone}{richer}")
    }
}

/// The fund of a merger that vests in every future.
fn sure_fund(alliance: &AllianceReport) -> Option<&FundReport> {
    alliance.fund.as_ref().filter(|_| alliance.vested.is_some_and(|vested| vested.value >= 1.0))
}

/// The purses that there are: a merged force's in the place of its members'.
fn purses(report: &Report) -> Vec<Purse> {
    let mut found = Vec::new();
    let mut merged = HashSet::new();
    for alliance in &report.alliances {
        let Some(fund) = sure_fund(alliance) else { continue };
        let members: Vec<&str> = alliance.members.iter().map(|member| member.force.as_str()).collect();
        let own = report.forces.iter().filter(|force| members.contains(&force.name.as_str()));
        let mut alone: Vec<Figure> = own.filter_map(|force| force.floor_breached_standalone).collect();
        alone.sort_by(|a, b| a.value.total_cmp(&b.value));
        merged.extend(members);
        let whose = format!("the merged force ({})", alliance.name);
        found.push(Purse { whose, with: fund.floor_breached, alone, richer: None });
    }
    for force in report.forces.iter().filter(|force| !merged.contains(force.name.as_str())) {
        let last = |series: Series| force.yearly(series)?.last()?.p50;
        let richer = last(Outcome::Reserves.into())
            .zip(last(Series::alone(Outcome::Reserves)))
            .map(|(with, alone)| Figure { value: with.value - alone.value, error: combined(with.error, alone.error) });
        found.push(Purse {
            whose: force.name.clone(),
            with: force.floor_breached,
            alone: force.floor_breached_standalone.into_iter().collect(),
            richer: richer.filter(|more| more.value > TWO_SIDED_95 * more.error),
        });
    }
    found
}

/// The purse to speak of: that whose floor is likelier than alone by most; where none clearly is, the one likeliest to reach it.
fn worst(report: &Report) -> Option<Purse> {
    let size = |figure: Option<Figure>| figure.map_or(f64::NEG_INFINITY, |own| own.value);
    let (risen, others): (Vec<Purse>, Vec<Purse>) = purses(report).into_iter().partition(Purse::rises);
    let most = risen.into_iter().max_by(|a, b| size(a.rise()).total_cmp(&size(b.rise())));
    most.or_else(|| others.into_iter().max_by(|a, b| size(a.chance()).total_cmp(&size(b.chance()))))
}

/// The finding, where the floor is clearly likelier than alone.
pub(super) fn finding(report: &Report) -> Option<String> {
    worst(report).filter(Purse::rises).map(|purse| purse.says(report.scenario.last_year()) + ".")
}

/// The title of the chart of reserves.
pub(super) fn title(report: &Report) -> String {
    worst(report).map_or_else(|| "Reserves at year ends".to_owned(), |purse| purse.says(report.scenario.last_year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    fn chance(value: f64) -> Option<Figure> {
        Some(Figure { value, error: 0.001 })
    }

    #[test]
    fn the_finding_and_the_title_name_the_force_whose_floor_is_likelier_by_most() {
        let mut report = report(Sample::TwoForce);
        for (force, (with, alone)) in report.forces.iter_mut().zip([(0.30, 0.295), (0.12, 0.02)]) {
            (force.floor_breached, force.floor_breached_standalone) = (chance(with), chance(alone));
        }
        let name = report.forces[1].name.clone();
        let said = finding(&report).expect("it rises");
        assert!(
            said.starts_with(&format!("Reserves of {name} fall to their floor in 12% of futures, alone in 2.0%")),
            "{said}"
        );
        assert_eq!(title(&report) + ".", said);
        report.forces[1].floor_breached = chance(0.02);
        assert_eq!(finding(&report), None);
        assert!(title(&report).starts_with(&format!("Reserves of {} fall", report.forces[0].name)));
    }

    #[test]
    fn a_median_that_is_higher_while_the_floor_is_nearer_is_told_beside_it() {
        let mut report = report(Sample::TwoForce);
        let force = &mut report.forces[1];
        (force.floor_breached, force.floor_breached_standalone) = (chance(0.5), chance(0.02));
        for (series, value) in [(Outcome::Reserves.into(), 30.0), (Series::alone(Outcome::Reserves), 20.0)] {
            let yearly = force.yearly.iter_mut().find(|yearly| yearly.measure == series).expect("there");
            yearly.years.last_mut().expect("a year").spread.p50 = Some(Figure { value, error: 0.01 });
        }
        assert!(
            title(&report).ends_with("though at the median of 2025/26 they are £10.0m higher"),
            "{}",
            title(&report)
        );
    }

    #[test]
    fn a_merged_force_has_one_floor() {
        let mut report = report(Sample::TwoForce);
        for (force, alone) in report.forces.iter_mut().zip([0.02, 0.05]) {
            (force.floor_breached, force.floor_breached_standalone) = (chance(0.2), chance(alone));
        }
        let merger = &mut report.alliances[0];
        (merger.name, merger.vested) = ("Merger".to_owned(), Some(Figure { value: 1.0, error: 0.0 }));
        merger.fund = Some(FundReport {
            lowest_reserves: None,
            floor_breached: chance(0.1),
            officers_cut: None,
            cuts: None,
            reserves: Vec::new(),
            planned_cut: Vec::new(),
            emergency_cut: Vec::new(),
            at_floor: Vec::new(),
        });
        let said = "Reserves of the merged force (Merger) fall to their floor in 10% of futures; alone, those of its members in 2.0% to 5.0%";
        assert_eq!(title(&report), said);
        assert_eq!(finding(&report), Some(format!("{said}.")));
        report.alliances[0].vested = Some(Figure { value: 0.9, error: 0.001 });
        assert!(!title(&report).contains("merged"), "where it may not vest, the forces' own reserves are told");
    }
}
