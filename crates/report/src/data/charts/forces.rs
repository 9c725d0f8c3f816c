//! The charts that hold one panel or one row a force.

use super::{fan, line, median, plan};
use crate::chart::fan::{Line, Panel, Timing};
use crate::chart::force_npv::ForceNpv;
use crate::chart::panels::ByForce;
use crate::chart::ranges::Row;
use crate::chart::{ALONE, Heading, INK, PLAN, Swatch};
use crate::data::Series;
use crate::data::{ForceReport, Report, Yearly};
use crate::source::Figures;
use crate::words::{self, titles};
use engine::alliance::{Force, Scenario};
use engine::outcomes::Outcome;

/// A panel of one force.
fn force_panel(report: &Report, force: &ForceReport, yearly: &Yearly, timing: Timing) -> Panel {
    Panel {
        name: force.name.clone(),
        unit: yearly.unit.to_owned(),
        years: report.scenario.years.clone(),
        timing,
        fan: Some(fan(&yearly.years)),
        ..Panel::default()
    }
}

/// The least reserves that a force may hold by the plan, a share of its spending.
pub(super) fn least_reserves(scenario: &Scenario, force: &Force) -> f64 {
    force.ledger.min_reserves.as_ref().unwrap_or(&scenario.ledger.min_reserves).plan_value()
}

/// What a force spends in a year by the plan, £m.
pub(super) fn spending(force: &Force, figures: &impl Figures, year: &str) -> f64 {
    let column = Outcome::Expenditure.of_force(&force.name).at(year);
    figures.plan(&column.name()).filter(|spent| spent.is_finite()).unwrap_or(force.budget.value)
}

pub(super) fn reserves(report: &Report, scenario: &Scenario, figures: &impl Figures) -> Option<ByForce> {
    let mut panels = Vec::new();
    for (force, facts) in report.forces.iter().zip(&scenario.forces) {
        let alone = force.yearly(Series::alone(Outcome::Reserves));
        let yearly = force.yearly(Outcome::Reserves).or(alone)?;
        let mut panel = force_panel(report, force, yearly, Timing::End);
        panel.zero = true;
        if let (Some(alone), false) = (alone, report.scenario.alone) {
            panel.lines.push(line(alone, ("median alone", ""), (ALONE, true), median));
        }
        let share = least_reserves(scenario, facts);
        let values = report.scenario.years.iter().map(|year| Some(share * spending(facts, figures, year))).collect();
        panel.lines.push(Line {
            name: "floor (plan)".to_owned(),
            label: String::new(),
            values,
            colour: INK,
            dashed: false,
        });
        panels.push(panel);
    }
    let mut legend = Vec::new();
    if !report.scenario.alone {
        legend.push((Swatch::Line(ALONE, true), "median alone".to_owned()));
    }
    legend.push((Swatch::Line(INK, false), "floor (plan)".to_owned()));
    let with = if report.scenario.alone { "" } else { " with the alliances, and alone" };
    let merged = report.alliances.iter().any(|alliance| alliance.fund.is_some());
    let parts = if merged { "; of a merged force, the part of each former area" } else { "" };
    let subtitle =
        format!("Usable reserves at the end of each year{with}, £m cash; each force on its own scale{parts}");
    let heading = Heading { title: titles::reserves(report), subtitle };
    Some(ByForce { name: "reserves".to_owned(), heading, panels, legend })
}

pub(super) fn funding(report: &Report) -> Option<ByForce> {
    let mut panels = Vec::new();
    for force in &report.forces {
        let yearly = force.yearly(Outcome::Funding)?;
        let mut panel = force_panel(report, force, yearly, Timing::Over);
        panel.lines.push(line(yearly, ("plan", ""), (PLAN, false), plan));
        panels.push(panel);
    }
    let legend = vec![(Swatch::Line(PLAN, false), "plan".to_owned())];
    let subtitle = "Grant, precept and other income of each year, £m cash; each force on its own scale, not from zero";
    let heading = Heading { title: titles::funding(report), subtitle: subtitle.to_owned() };
    Some(ByForce { name: "funding".to_owned(), heading, panels, legend })
}

pub(super) fn force_npv(report: &Report) -> Option<ForceNpv> {
    let row = |force: &ForceReport| {
        let npv = force.npv.as_ref()?;
        Some(Row {
            name: force.name.clone(),
            plan: npv.plan,
            middle: npv.p50?.value,
            p10: npv.p10?.value,
            p90: npv.p90?.value,
            says: force.loses.map_or_else(String::new, words::percent),
        })
    };
    let rows: Vec<Row> = report.forces.iter().filter_map(row).collect();
    let over = report.scenario.span();
    let vesting = super::may_not_vest(&report.alliances);
    let subtitle = format!("Each force’s share of net present value, {over}{vesting}");
    let heading = Heading { title: titles::force_npv(report), subtitle };
    let unit = format!("share of net present value, £m, {} prices", report.scenario.first_year());
    (!rows.is_empty()).then_some(ForceNpv { heading, unit, rows })
}

pub(super) fn council_tax(report: &Report) -> Option<ByForce> {
    let panel = |force: &ForceReport| {
        let yearly = force.yearly(Outcome::CouncilTaxChange)?;
        let mut panel = force_panel(report, force, yearly, Timing::Over);
        "£ a year".clone_into(&mut panel.unit);
        panel.zero = true;
        panel.lines.push(line(yearly, ("plan", ""), (PLAN, false), plan));
        Some(panel)
    };
    let mut panels: Vec<Panel> = report.forces.iter().filter_map(panel).collect();
    Panel::share_scale(&mut panels);
    let legend = vec![(Swatch::Line(PLAN, false), "plan".to_owned())];
    let vests =
        report.alliances.iter().find(|alliance| alliance.mandated == Some(false)).and_then(|merger| merger.vested);
    let vests = vests.filter(|vested| vested.value < 1.0);
    let all = vests.map_or_else(String::new, |vested| {
        format!("; all futures, £0 in those in which it does not vest ({})", words::percent(vested.complement()))
    });
    let subtitle = format!("What the merger adds to the police precept of a Band D household, £ a year, cash{all}");
    let heading = Heading { title: titles::council_tax(report), subtitle };
    (!panels.is_empty()).then_some(ByForce { name: "council-tax".to_owned(), heading, panels, legend })
}
