//! The page of a forecast. Its order follows the Five Case Model (HM Treasury 2018) where that helps: why, at which value, for whom
//! and with which money, how delivered.

use super::{Page, Part, Section};
use crate::brief::Brief;
use crate::chart::Chart;
use crate::data::{Benefit, Report};
use crate::explanation::{self, Explanation};
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::register::Register;
use crate::sharing::{self, SharingReport};
use crate::terminal::layout::with_error;
use crate::{left_out, sections, words};

fn some<T: Chart>(chart: &Option<T>) -> Option<&dyn Chart> {
    chart.as_ref().map(|chart| chart as &dyn Chart)
}

/// The page of a forecast.
#[must_use]
pub fn forecast(report: &Report) -> Page {
    let (charts, foot) = (&report.charts, report.charts.foot.as_str());
    let mut in_short = Section::new("In short");
    in_short.parts.push(Part::List(report.findings.clone()));
    in_short.charts(some(&charts.savings_fan), foot);

    let mut promised = Section::new("What was promised, and what happened");
    promised.table(sections::targets(report));
    promised.table(sections::actuals(report, usize::MAX, None));
    promised.charts(some(&charts.reported), foot);
    promised.table(benefits(&report.benefits));

    let mut value = Section::new("Value: the plan beside the futures");
    value.table(sections::plan(report));
    value.charts(
        [some(&charts.npv_curve), some(&charts.net_position), some(&charts.payback), some(&charts.running)]
            .into_iter()
            .flatten(),
        foot,
    );

    let mut money = Section::new("Each force: money, reserves, council tax");
    money.table(sections::forces(report));
    money.charts([some(&charts.force_npv), some(&charts.reserves)].into_iter().flatten(), foot);
    money.charts(charts.funds.iter().map(|chart| chart as &dyn Chart), foot);
    money.charts([some(&charts.funding), some(&charts.council_tax)].into_iter().flatten(), foot);

    let mut delivery = Section::new("Delivery and governance");
    delivery.table(sections::alliances(report));
    delivery.charts([some(&charts.areas_live), some(&charts.stops)].into_iter().flatten(), foot);
    delivery.charts(charts.areas.iter().map(|chart| chart as &dyn Chart), foot);

    let mut resilience = Section::new("Resilience");
    if let Some(chart) = some(&charts.surge) {
        resilience.text(resilient(report));
        resilience.charts([chart], foot);
    }
    let odd = left_out::odd_section(std::slice::from_ref(&report.scenario));
    let left_out = left_out::section(std::slice::from_ref(&report.scenario));
    Page {
        title: report.scenario.title.clone(),
        question: report.question.clone(),
        made: made(report),
        brief: None,
        sections: vec![
            in_short,
            odd,
            promised,
            value,
            money,
            delivery,
            resilience,
            left_out,
            method(report),
            provenance(report),
        ],
    }
}

/// The page for a board: the forecast with what drives it, whether the deal is fair (or why that is not told), and what is assumed.
#[must_use]
pub fn board(report: &Report, drivers: &Explanation, deal: Result<&SharingReport, &str>, assumed: &Register) -> Page {
    let mut page = forecast(report);
    page.brief = Some(Brief::of_board(report, drivers, assumed));
    let mut driven = Section::new("What drives it, and what it is worth to know more");
    driven.parts.push(Part::List(drivers.findings.clone()));
    driven.charts(drivers.charts.all(), &drivers.charts.foot);
    explanation::screen::tables(drivers).into_iter().for_each(|(table, _)| driven.table(table));

    let mut fair = Section::new("Is the deal fair, and will it hold?");
    if let Err(why) = deal {
        fair.text(format!("This is left out: {}.", why.trim_end_matches('.')));
    }
    if let Ok(deal) = deal {
        fair.parts.push(Part::List(deal.findings.clone()));
        fair.charts([&deal.chart() as &dyn Chart], &deal.foot());
        sharing::screen::tables(deal).into_iter().for_each(|(table, _)| fair.table(table));
        fair.text(sharing::screen::foot(deal));
    }
    let mut assumptions = Section::new("Assumptions: what most needs a second look");
    assumptions.parts.push(Part::List(assumed.findings.clone()));
    let mut first = assumed.in_short(ASSUMPTIONS);
    first.note = format!(
        "The first {} of {}; all are in the table of assumptions.",
        first.rows.len(),
        assumed.assumptions.len()
    );
    assumptions.table(first);
    assumptions.text(assumed.terms());
    // Before what is not modelled, method and provenance.
    let at = page.sections.len().saturating_sub(3);
    page.sections.splice(at..at, [driven, fair, assumptions]);
    page
}

/// Assumptions that the page for a board names.
const ASSUMPTIONS: usize = 25;

fn made(report: &Report) -> String {
    let run = &report.run;
    format!(
        "A forecast by Monte Carlo simulation: {} possible futures, {} sampler, seed {}; {}; alliance {}.",
        words::thousands(run.trials),
        run.sampler,
        run.seed,
        report.scenario.span(),
        run.version
    )
}

/// Business areas that the map of benefits names.
const AREAS: usize = 3;

/// The map of benefits: the objective that each serves, the areas that give it, and what it is in the last year.
fn benefits(all: &[Benefit]) -> Table {
    let mut table =
        Table::new(&["Benefits of live areas in full, last year", "serves", "from", "plan", "P10", "P50", "P90"]);
    for benefit in all {
        let Some(last) = benefit.years.last() else { continue };
        let spread = &last.spread;
        let plan = spread.plan.map_or_else(|| "–".to_owned(), |plan| words::amount(plan, ""));
        let at = |figure| with_error(figure, 1, "–");
        let name = format!("{}, {}", benefit.name, benefit.unit);
        let from = words::first_few(&benefit.areas, AREAS);
        table.push([name, benefit.objective.clone(), from, plan, at(spread.p10), at(spread.p50), at(spread.p90)]);
    }
    table.note = "How much of each benefit's full effect its areas have delivered, by how many are live and how far they have come; \
                  cashable savings that turn up in money are told under value."
        .to_owned();
    table
}

fn resilient(report: &Report) -> String {
    match report.whole.unmet_reduction {
        Some(fewer) => format!(
            "Officers missing at large incidents, over all years: {} {} with the alliances than with each force alone.",
            words::percent(Figure { value: fewer.value.abs(), ..fewer }),
            if fewer.value < 0.0 { "more" } else { "fewer" }
        ),
        None => "How often some force has too few officers for its largest incident of a year.".to_owned(),
    }
}

/// How its figures came about.
#[must_use]
pub fn method(report: &Report) -> Section {
    let mut section = Section::terms("Method and limits");
    let errors = format!(
        "P10, P50 and P90: one, five and nine futures in ten are lower. {STANDARD_ERROR} It is what is left of chance because the number \
         of futures is finite, and says nothing about whether the assumptions are right."
    );
    section.parts.push(Part::List(
        [
            "Every uncertain quantity is drawn anew in each possible future; the same rules of funding, delivery, governance and \
             realisation then run year by year, once with the alliances and once with every force alone. The plan is the same \
             calculation with every quantity at its planned value.",
            &errors,
            "What never comes within the years simulated is called never and counted as later than every date. What is known to have \
             happened is shown beside the forecast and never used by it.",
            "The figures are those of a model: it knows no politics beyond chances to agree and to leave, no quality of service beyond \
             officers available, and nothing that its scenario does not state.",
        ]
        .map(str::to_owned)
        .to_vec(),
    ));
    if report.run.trials < 10_000 {
        section.text("Fewer than 10,000 futures were simulated: small chances are told roughly.");
    }
    section
}

fn provenance(report: &Report) -> Section {
    let run = &report.run;
    let mut table = Table::new(&["What", "which"]);
    let commit = run.commit.clone().unwrap_or_else(|| "unknown".to_owned());
    let rows = [
        ("Scenario", report.scenario.name.clone()),
        ("SHA-256 of the resolved scenario", report.scenario.hash.clone()),
        ("Engine", format!("alliance {}, commit {commit}", run.version)),
        ("Futures", words::thousands(run.trials)),
        ("Sampler and seed", format!("{}, {}", run.sampler, run.seed)),
        ("To make it again", "alliance replay, with the folder that holds this page".to_owned()),
    ];
    for (what, which) in rows {
        table.push([what.to_owned(), which]);
    }
    table.note = "The folder's manifest.json holds the scenario with every default and the hash of every file; a replay compares every \
                  byte."
        .to_owned();
    let mut section = Section::terms("Where this comes from");
    section.table(table);
    section
}
