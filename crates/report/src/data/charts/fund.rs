//! The chart of the one fund of a merged force: its reserves, its cuts, and how often its reserves meet their floor.

use super::fan;
use super::forces::{least_reserves, spending};
use crate::chart::fan::{Line, Panel, Timing};
use crate::chart::panels::ByForce;
use crate::chart::{ALONE, Heading, INK, Swatch};
use crate::data::{AllianceReport, FundReport, Report};
use crate::source::Figures;
use crate::words::{self, titles};
use engine::alliance::{Force, Scenario};

pub(super) fn funds(report: &Report, scenario: &Scenario, figures: &impl Figures) -> Vec<ByForce> {
    let found: Vec<(&AllianceReport, &FundReport)> =
        report.alliances.iter().filter_map(|alliance| Some((alliance, alliance.fund.as_ref()?))).collect();
    let several = found.len() > 1;
    let chart = |(k, (alliance, fund)): (usize, (&AllianceReport, &FundReport))| {
        let members: Vec<&Force> = scenario
            .forces
            .iter()
            .filter(|force| alliance.members.iter().any(|member| member.force == force.name))
            .collect();
        let name = if several { format!("merged-fund-{}", k + 1) } else { "merged-fund".to_owned() };
        let vested = alliance.vested.filter(|vested| vested.value < 1.0).map_or_else(String::new, |vested| {
            format!(", in the {} of futures in which it vests", words::percent(vested))
        });
        let subtitle = format!("The one fund of {} from its first year on, £m cash{vested}", alliance.name);
        let heading = Heading { title: titles::fund(alliance, report.scenario.last_year()), subtitle };
        let panels = vec![
            reserves(report, fund, |year| floor(scenario, &members, figures, year)),
            cuts(report, fund),
            at_floor(report, fund),
        ];
        let legend = vec![
            (Swatch::Line(INK, false), "floor (plan)".to_owned()),
            (Swatch::Line(ALONE, true), "emergency cuts, mean".to_owned()),
        ];
        ByForce { name, heading, panels, legend }
    };
    found.into_iter().enumerate().map(chart).collect()
}

/// The floor of the fund by the plan: its policy is that of its members, weighted by what they spend in the first year (MODEL section 6).
fn floor(scenario: &Scenario, members: &[&Force], figures: &impl Figures, year: &str) -> f64 {
    let first = scenario.first_year.to_string();
    let opening = |force: &&&Force| spending(force, figures, &first);
    let share = members.iter().map(|force| opening(&force) * least_reserves(scenario, force)).sum::<f64>()
        / members.iter().map(|force| opening(&force)).sum::<f64>();
    share * members.iter().map(|force| spending(force, figures, year)).sum::<f64>()
}

/// The years from the fund's first.
fn panel(report: &Report, fund: &FundReport, name: &str) -> Panel {
    let first = report.scenario.years.len() - fund.reserves.len().min(report.scenario.years.len());
    let years = report.scenario.years[first..].to_vec();
    Panel { name: name.to_owned(), unit: "£m".to_owned(), years, zero: true, ..Panel::default() }
}

fn plain(name: &str, values: Vec<Option<f64>>, (colour, dashed): (crate::chart::scene::Colour, bool)) -> Line {
    Line { name: name.to_owned(), label: String::new(), values, colour, dashed }
}

fn reserves(report: &Report, fund: &FundReport, floor: impl Fn(&str) -> f64) -> Panel {
    let values = fund.reserves.iter().map(|entry| Some(floor(&entry.year))).collect();
    Panel {
        timing: Timing::End,
        fan: Some(fan(&fund.reserves)),
        lines: vec![plain("floor (plan)", values, (INK, false))],
        ..panel(report, fund, "Reserves at the end of each year")
    }
}

fn cuts(report: &Report, fund: &FundReport) -> Panel {
    let values = fund.emergency_cut.iter().map(|entry| entry.spread.mean.map(|mean| mean.value)).collect();
    Panel {
        fan: Some(fan(&fund.planned_cut)),
        lines: vec![plain("emergency cuts, mean", values, (ALONE, true))],
        ..panel(report, fund, "Cuts planned, and forced")
    }
}

fn at_floor(report: &Report, fund: &FundReport) -> Panel {
    let values = fund.at_floor.iter().map(|entry| Some(entry.chance.value * 100.0)).collect();
    Panel {
        unit: "% of futures".to_owned(),
        lines: vec![plain("reserves at their floor", values, (INK, false))],
        ..panel(report, fund, "Reserves fall to their floor in the year")
    }
}
