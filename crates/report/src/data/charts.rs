//! What each chart shows, filled from the figures of the report.

mod chances;
mod forces;
mod fund;

use super::{AllianceReport, Report, YearSpread, Yearly};
use crate::chart::area_savings::AreaSavings;
use crate::chart::fan::{Fan, Line, Mark, Panel, Timing};
use crate::chart::force_npv::ForceNpv;
use crate::chart::npv_curve::{Named, NpvCurve};
use crate::chart::over_years::OverYears;
use crate::chart::panels::ByForce;
use crate::chart::payback::{Bar, Payback};
use crate::chart::ranges::Row;
use crate::chart::reported::Reported;
use crate::chart::scene::Colour;
use crate::chart::{ALONE, BLUE, Chart, Heading, INK, PLAN, Swatch};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use crate::words::{self, titles};
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId};
use foreign::safe_text::file_name;

/// The charts of a report; what a scenario does not have is missing.
#[derive(Debug, Clone, Default)]
pub struct Charts {
    /// Source, trials, seed and hash, at the foot of each.
    pub foot: String,
    /// Cashable saving by year.
    pub savings_fan: Option<OverYears>,
    /// Cumulative net position.
    pub net_position: Option<OverYears>,
    /// Net present value.
    pub npv_curve: Option<NpvCurve>,
    /// Payback.
    pub payback: Option<Payback>,
    /// Savings by business area, one an alliance.
    pub areas: Vec<AreaSavings>,
    /// Areas live.
    pub areas_live: Option<OverYears>,
    /// Reserves.
    pub reserves: Option<ByForce>,
    /// Funding.
    pub funding: Option<ByForce>,
    /// Net present value by force.
    pub force_npv: Option<ForceNpv>,
    /// Council tax.
    pub council_tax: Option<ByForce>,
    /// Running costs.
    pub running: Option<OverYears>,
    /// The fund of each merged force.
    pub funds: Vec<ByForce>,
    /// Programmes and platforms stopped.
    pub stops: Option<OverYears>,
    /// Surges.
    pub surge: Option<OverYears>,
    /// What is known to have happened.
    pub reported: Option<Reported>,
}

impl Charts {
    /// The charts that there are, in the order of reading.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Chart> {
        fn one<T: Chart>(chart: &Option<T>) -> Option<&dyn Chart> {
            chart.as_ref().map(|chart| chart as &dyn Chart)
        }
        let first = [one(&self.savings_fan), one(&self.net_position), one(&self.npv_curve), one(&self.payback)];
        let delivery = [one(&self.running), one(&self.areas_live), one(&self.stops)];
        let forces = [one(&self.force_npv), one(&self.reserves)];
        let last = [one(&self.funding), one(&self.council_tax), one(&self.surge), one(&self.reported)];
        let areas = self.areas.iter().map(|chart| chart as &dyn Chart);
        let funds = self.funds.iter().map(|chart| chart as &dyn Chart);
        let before = first.into_iter().flatten().chain(areas).chain(delivery.into_iter().flatten());
        before.chain(forces.into_iter().flatten()).chain(funds).chain(last.into_iter().flatten()).collect()
    }

    pub(super) fn of(report: &Report, scenario: &Scenario, figures: &impl Figures) -> Self {
        Self {
            foot: foot(report),
            savings_fan: savings_fan(report),
            net_position: net_position(report),
            npv_curve: npv_curve(report),
            payback: payback(report),
            areas: area_savings(report),
            areas_live: areas_live(report),
            reserves: forces::reserves(report, scenario, figures),
            funding: forces::funding(report),
            force_npv: forces::force_npv(report),
            council_tax: forces::council_tax(report),
            running: running(report),
            funds: fund::funds(report, scenario, figures),
            stops: chances::stops(report),
            surge: chances::surge(report),
            reported: reported(report),
        }
    }
}

fn foot(report: &Report) -> String {
    let (scenario, run) = (&report.scenario, &report.run);
    let hash: String = scenario.hash.chars().take(12).collect();
    format!(
        "Source: alliance {}, scenario {} ({hash}). {} trials, {} sampler, seed {}.",
        run.version,
        scenario.name,
        words::thousands(run.trials),
        run.sampler,
        run.seed
    )
}

fn fan(years: &[YearSpread]) -> Fan {
    let of = |pick: &dyn Fn(&Spread) -> Option<Figure>| {
        years.iter().map(|entry| pick(&entry.spread).map_or(f64::NAN, |figure| figure.value)).collect()
    };
    Fan { p10: of(&|s| s.p10), p25: of(&|s| s.p25), p50: of(&|s| s.p50), p75: of(&|s| s.p75), p90: of(&|s| s.p90) }
}

fn line(
    yearly: &Yearly,
    (name, label): (&str, &str),
    (colour, dashed): (Colour, bool),
    pick: fn(&Spread) -> Option<f64>,
) -> Line {
    let values = yearly.years.iter().map(|entry| pick(&entry.spread)).collect();
    Line { name: name.to_owned(), label: label.to_owned(), values, colour, dashed }
}

const fn plan(spread: &Spread) -> Option<f64> {
    spread.plan
}

fn median(spread: &Spread) -> Option<f64> {
    spread.p50.map(|p50| p50.value)
}

/// A panel of the whole scenario: the fan of a measure and its plan, each named at its right end.
fn whole_panel(report: &Report, yearly: &Yearly, timing: Timing) -> Panel {
    let last = yearly.last();
    let says = |value: Option<String>| value.unwrap_or_default();
    let unit = yearly.unit;
    Panel {
        name: String::new(),
        unit: unit.to_owned(),
        years: report.scenario.years.clone(),
        timing,
        fan: Some(fan(&yearly.years)),
        median_label: says(last.and_then(|l| l.p50).map(|p50| format!("median {}", words::amount_figure(p50, unit)))),
        lines: vec![line(
            yearly,
            ("plan", &says(last.and_then(|l| l.plan).map(|plan| format!("plan {}", words::amount(plan, unit))))),
            (PLAN, false),
            plan,
        )],
        marks: Vec::new(),
        zero: true,
        also: None,
    }
}

/// What is known of an outcome, as marks, with its entry for the legend.
fn known(report: &Report, measure: &OutcomeId) -> (Vec<Mark>, Option<(Swatch, String)>) {
    let horizon = report.scenario.years.len() as f64;
    let found: Vec<_> = report
        .actuals
        .iter()
        .filter(|actual| actual.measure == *measure && (0.0..=horizon).contains(&actual.time))
        .collect();
    let mark =
        |actual: &&super::ActualReport| Mark { time: actual.time, value: actual.value, high: actual.high, ring: None };
    let says = |actual: &&super::ActualReport| {
        let value = words::typed(actual.value, actual.unit);
        let value = actual.high.map_or(value.clone(), |high| format!("{value} to {}", words::typed(high, actual.unit)));
        format!("{value} in {}", words::named(&actual.when))
    };
    let said: Vec<String> = found.iter().map(says).collect();
    let entry = (!said.is_empty()).then(|| (Swatch::Diamond(INK), format!("reported: {}", words::list(&said))));
    (found.iter().map(mark).collect(), entry)
}

fn savings_fan(report: &Report) -> Option<OverYears> {
    let measure = titles::savings_measure(report);
    let yearly = report.yearly(measure)?;
    let mut panel = whole_panel(report, yearly, Timing::Over);
    "£m".clone_into(&mut panel.unit);
    let (mut legend, mut goals) = (Vec::new(), Vec::new());
    for target in report.targets.iter().filter(|target| target.measure == measure.whole()) {
        let Some(t) = report.scenario.years.iter().position(|year| *year == target.year) else { continue };
        panel.marks.push(Mark { time: t as f64 + 0.5, value: target.amount, high: None, ring: Some(INK) });
        goals.push(format!("{} in {}", words::typed(target.amount, target.unit), target.year));
    }
    if !goals.is_empty() {
        legend.push((Swatch::Ring(INK), format!("target: {}", words::list(&goals))));
    }
    // An annual rate implemented by a date is no saving within a year: it has a table, not this axis.
    let (marks, entry) = known(report, &measure.whole());
    panel.marks.extend(marks);
    legend.extend(entry);
    let prices = if measure == Outcome::SavingCashable { "cash" } else { words::prices(yearly.unit) };
    let subtitle = titles::subtitle(
        &measure.whole(),
        &format!(" of each year, all alliances, £m, {prices}{}", may_not_vest(&report.alliances)),
    );
    let heading = Heading { title: titles::savings(report), subtitle };
    Some(OverYears { name: "savings-fan", heading, panel, legend })
}

fn net_position(report: &Report) -> Option<OverYears> {
    let mut panel = whole_panel(report, report.yearly(Outcome::NetCumulative)?, Timing::End);
    let mut legend = Vec::new();
    let payback = report.whole.payback.as_ref()?;
    let rings = [("plan", payback.plan, PLAN), ("median future", median(payback), BLUE)];
    for (who, time, colour) in rings {
        let Some(time) = time else { continue };
        panel.marks.push(Mark { time, value: 0.0, high: None, ring: Some(colour) });
        legend.push((Swatch::Ring(colour), format!("{who} earned back after {time:.1} years")));
    }
    let vesting = may_not_vest(&report.alliances);
    let subtitle =
        format!("Additional cashable saving less all investment, added up to each year’s end, £m cash{vesting}");
    let heading = Heading { title: titles::net_position(report), subtitle };
    Some(OverYears { name: "net-position", heading, panel, legend })
}

fn npv_curve(report: &Report) -> Option<NpvCurve> {
    let npv = report.whole.npv.as_ref()?;
    let points: Vec<(f64, f64)> =
        report.npv_distribution.iter().map(|point| (point.value, point.chance_at_least)).collect();
    // What is the same in every future is told in a sentence.
    if points.len() < 2 || points.first().map(|point| point.0) == points.last().map(|point| point.0) {
        return None;
    }
    let zero = report.whole.npv_below_zero.map(|below| Named {
        value: 0.0,
        chance: 1.0 - below.value,
        says: vec![format!("no loss in {}", words::percent(below.complement())), "of futures".to_owned()],
    });
    let plan = npv.plan.zip(npv.below_plan).map(|(value, below)| Named {
        value,
        chance: 1.0 - below.value,
        says: vec![
            format!("plan {}", words::money(value)),
            format!("reached in {}", words::percent(below.complement())),
        ],
    });
    let over = report.scenario.span();
    let vesting = may_not_vest(&report.alliances);
    let subtitle = format!("Chance that net present value, {over}, is at least the amount below{vesting}");
    let unit = format!("net present value, £m, {} prices", report.scenario.first_year());
    Some(NpvCurve { heading: Heading { title: titles::npv(report), subtitle }, unit, points, zero, plan })
}

fn payback(report: &Report) -> Option<Payback> {
    let payback = report.whole.payback.as_ref()?;
    let bar = |year: &super::PaybackYear| Bar {
        label: year.year.clone(),
        share: year.share.value,
        says: words::percent(year.share),
        plan: year.plan,
    };
    let never = payback.missing.map(|share| Bar {
        label: "never".to_owned(),
        share: share.value,
        says: words::percent(share),
        plan: payback.plan.is_none(),
    });
    let shares = report.payback_years.iter().map(|year| year.share).chain(payback.missing);
    if shares.into_iter().any(|share| share.value >= 1.0) {
        // Every future pays back in the same year, or none does.
        return None;
    }
    let vesting = may_not_vest(&report.alliances);
    let subtitle = format!("Year in which the investment is earned back for good, share of futures{vesting}");
    let heading = Heading { title: titles::payback(report), subtitle };
    Some(Payback { heading, years: report.payback_years.iter().map(bar).collect(), never })
}

fn area_savings(report: &Report) -> Vec<AreaSavings> {
    let several = report.alliances.len() > 1;
    let last = report.scenario.last_year();
    let mut charts = Vec::new();
    for (i, alliance) in report.alliances.iter().enumerate() {
        let row = |area: &super::AreaReport| {
            let spread = area.saving.as_ref()?;
            let mean = spread.mean?;
            let plan = spread.plan.map_or_else(|| "–".to_owned(), |plan| format!("{plan:.2}"));
            Some(Row {
                name: area.name.clone(),
                plan: spread.plan,
                middle: mean.value,
                p10: spread.p10.map_or(f64::NAN, |p10| p10.value),
                p90: spread.p90.map_or(f64::NAN, |p90| p90.value),
                says: format!("{} / {plan}", mean.rounded(2)),
            })
        };
        let mut rows: Vec<Row> = alliance.areas.iter().filter_map(row).collect();
        if rows.is_empty() {
            continue;
        }
        let size = |row: &Row| row.plan.unwrap_or(row.middle);
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let file = if several { area_file(report, i) } else { "area-savings".to_owned() };
        let vesting = may_not_vest(std::slice::from_ref(alliance));
        let subtitle = format!("Gross cashable saving of each area of {} in {last}, £m cash{vesting}", alliance.name);
        let heading = Heading { title: words::capital(&titles::areas(alliance, several)), subtitle };
        charts.push(AreaSavings { file, heading, rows });
    }
    charts
}

/// That figures of all futures hold those in which a merger does not vest; nothing where each does.
fn may_not_vest(alliances: &[AllianceReport]) -> String {
    let several = alliances.len() > 1;
    let each = alliances.iter().filter_map(|own| {
        let vested = own.vested.filter(|vested| vested.value < 1.0)?;
        let who = if several { own.name.as_str() } else { "it" };
        Some(format!("; over all futures: {who} vests in {} of them", words::percent(vested)))
    });
    each.collect()
}

/// The name of an alliance's file, with its number where another alliance would have the same.
fn area_file(report: &Report, i: usize) -> String {
    let file = |name: &str| {
        let plain = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
        let plain: String = plain.flat_map(char::to_lowercase).collect();
        file_name(&format!("area-savings-{plain}"))
    };
    let own = file(&report.alliances[i].name);
    let twin = report.alliances.iter().enumerate().any(|(k, other)| k != i && file(&other.name) == own);
    if twin { format!("{own}.{}", i + 1) } else { own }
}

fn areas_live(report: &Report) -> Option<OverYears> {
    let mut panel = whole_panel(report, report.yearly(Outcome::AreasLive)?, Timing::End);
    "areas".clone_into(&mut panel.unit);
    let (marks, entry) = known(report, &Outcome::AreasLive.whole());
    panel.marks = marks;
    let subtitle =
        "Business areas live at the end of each year; those of an alliance that has ended no longer count".to_owned();
    let heading = Heading { title: titles::areas_live(report), subtitle };
    Some(OverYears { name: "areas-live", heading, panel, legend: entry.into_iter().collect() })
}

fn running(report: &Report) -> Option<OverYears> {
    let yearly = report.yearly(Outcome::RunningCost)?;
    let mut panel = whole_panel(report, yearly, Timing::Over);
    // Where nothing runs in most futures the median says little.
    let mean = |spread: &Spread| spread.mean.map(|mean| mean.value);
    let label = yearly.last().and_then(|last| last.mean).map(|mean| format!("mean {}", words::money_figure(mean)));
    panel.lines.push(line(yearly, ("mean", &label.unwrap_or_default()), (ALONE, true), mean));
    let subtitle = "Cost of running what is shared, of each year, £m cash; part of the investment".to_owned();
    let heading = Heading { title: titles::running(report), subtitle };
    Some(OverYears { name: "running-cost", heading, panel, legend: Vec::new() })
}

/// Every reported figure among its futures; none where nothing was reported.
fn reported(report: &Report) -> Option<Reported> {
    let known: Vec<_> = report.actuals.iter().filter_map(|actual| Some((actual, actual.ranks?))).collect();
    let mut rows = Vec::new();
    for (actual, (low, high)) in &known {
        let name = format!("{} {}", words::row_name(&actual.measure), actual.when);
        let says = |value| words::typed(value, actual.unit);
        let of = |end: &str| if actual.high.is_some() { format!("{name}, {end} reading") } else { name.clone() };
        rows.push(Reported::row(of("low"), *low, says(actual.value)));
        rows.extend(actual.high.map(|value| Reported::row(of("high"), *high, says(value))));
    }
    if rows.is_empty() {
        return None;
    }
    let ranks: Vec<(f64, f64)> = known.iter().map(|(_, ranks)| *ranks).collect();
    let subtitle = "Where each figure lies among the futures of its own measure and date: share of them that are lower, and half of those that are equal. \
                    A disputed figure lies outside where both its readings do"
        .to_owned();
    Some(Reported { heading: Heading { title: titles::reported(&ranks), subtitle }, rows })
}
