//! The pages of answers: options compared, questions, drivers, conditions of failure, shares, a better order.

use super::{Page, Part, Section};
use crate::chart::Chart;
use crate::comparison::{self, Comparison};
use crate::data::RunIdentity;
use crate::explanation::{self, Explanation};
use crate::grid::Table;
use crate::optimum::OptimumReport;
use crate::register::Register;
use crate::sharing::{self, SharingReport};
use crate::terminal::layout::Laid;
use crate::tracking::{self, Tracking};
use crate::what_if::{self, WhatIf};
use crate::{DiscoveryReport, ScenarioFacts, left_out, words};

/// What pages of answers have in common.
struct Answer<'a> {
    title: String,
    question: String,
    findings: Vec<String>,
    tables: Vec<Laid>,
    charts: Vec<(Vec<&'a dyn Chart>, &'a str)>,
    terms: String,
    run: &'a RunIdentity,
    options: &'a [ScenarioFacts],
}

impl Answer<'_> {
    fn page(self) -> Page {
        let mut in_short = Section::new("In short");
        in_short.parts.push(Part::List(self.findings));
        let mut pictures = Section::new("In pictures");
        for (charts, foot) in self.charts {
            pictures.charts(charts, foot);
        }
        let mut figures = Section::new("In figures");
        self.tables.into_iter().for_each(|(table, _)| figures.table(table));
        let odd = left_out::odd_section(self.options);
        let left_out = left_out::section(self.options);
        let mut terms = Section::terms("What the words mean, and where this comes from");
        terms.text(self.terms);
        terms.text(
            "The folder that holds this page holds the same in tables and as JSON, and a manifest: alliance replay makes all of it again \
             and compares every byte.",
        );
        let made = format!(
            "By Monte Carlo simulation: {} possible futures, {} sampler, seed {}; alliance {}.",
            words::thousands(self.run.trials),
            self.run.sampler,
            self.run.seed,
            self.run.version
        );
        Page {
            title: self.title,
            question: self.question,
            made,
            brief: None,
            sections: vec![in_short, odd, pictures, figures, left_out, terms],
        }
    }
}

fn pictures(compared: &Comparison) -> (Vec<&dyn Chart>, &str) {
    (compared.charts.all(), compared.charts.foot.as_str())
}

/// The page of a comparison.
#[must_use]
pub fn comparison(report: &Comparison) -> Page {
    let mut page = Answer {
        title: "Which option is better?".to_owned(),
        // Different starts, where there are any, are said first.
        question: report
            .notes
            .iter()
            .cloned()
            .chain([format!("Compared over {}.", report.horizon.says())])
            .collect::<Vec<_>>()
            .join(" "),
        findings: report.findings.clone(),
        tables: comparison::screen::tables(report, &[]),
        charts: vec![pictures(report)],
        terms: comparison::screen::foot(report),
        run: &report.run,
        options: &report.options,
    }
    .page();
    page.sections.insert(1, options(report));
    page
}

/// What is compared.
fn options(report: &Comparison) -> Section {
    let mut section = Section::new("The options");
    let mut table = Table::new(&["Option", "scenario", "years"]);
    for (o, (option, label)) in report.options.iter().zip(&report.labels).enumerate() {
        let baseline = if o == 0 { " (baseline)" } else { "" };
        let years = option.span();
        table.push([format!("{label}{baseline}"), option.name.clone(), years]);
    }
    section.table(table);
    comparison::screen::differ(report, true).into_iter().for_each(|(table, _)| section.table(table));
    section
}

/// The page of an answered question.
#[must_use]
pub fn what_if(report: &WhatIf) -> Page {
    let asked = &report.asked;
    let by = asked.requested_by.as_ref().map_or_else(String::new, |who| format!("Asked by {who}. "));
    let on = asked.date.as_ref().map_or_else(String::new, |date| format!("{date}. "));
    let compared = report.comparison.iter().map(pictures);
    Answer {
        title: asked.question.clone().unwrap_or_else(|| report.base.title.clone()),
        question: format!("{by}{on}Base: {} ({})", report.base.name, report.base.title),
        findings: report
            .answer
            .iter()
            .chain(report.comparison.iter().flat_map(|found| &found.notes))
            .cloned()
            .collect(),
        tables: what_if::screen::tables(report),
        charts: compared.chain([(report.charts.all(), report.charts.foot.as_str())]).collect(),
        terms: what_if::screen::foot(report),
        run: &report.run,
        options: std::slice::from_ref(&report.base),
    }
    .page()
}

/// The page of an explanation.
#[must_use]
pub fn explanation(report: &Explanation) -> Page {
    Answer {
        title: report.scenario.title.clone(),
        question: format!("What drives {}?", words::the_measure(&report.outcome)),
        findings: report.findings.clone(),
        tables: explanation::screen::tables(report),
        charts: vec![(report.charts.all(), report.charts.foot.as_str())],
        terms: explanation::screen::foot(report),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}

/// The page of the conditions of a failure.
#[must_use]
pub fn discovery(report: &DiscoveryReport) -> Page {
    let (chart, foot) = (report.chart(), report.foot());
    Answer {
        title: report.scenario.title.clone(),
        question: report.question(),
        findings: report.findings.clone(),
        tables: report.tables(),
        charts: chart.iter().map(|chart| (vec![chart as &dyn Chart], foot.as_str())).collect(),
        terms: report.terms(),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}

/// The page of what reported figures say.
#[must_use]
pub fn tracking(report: &Tracking) -> Page {
    let foot = report.foot();
    Answer {
        title: report.scenario.title.clone(),
        question: report.question(),
        findings: report.findings.clone(),
        tables: tracking::screen::tables(report),
        charts: report.chart().into_iter().map(|chart| (vec![chart as &dyn Chart], foot.as_str())).collect(),
        terms: tracking::screen::foot(report),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}

/// The page of how a deal is shared.
#[must_use]
pub fn shares(report: &SharingReport) -> Page {
    let (chart, foot) = (report.chart(), report.foot());
    Answer {
        title: report.scenario.title.clone(),
        question: "Is the deal fair to each force, and would some do better by themselves?".to_owned(),
        findings: report.findings.clone(),
        tables: sharing::screen::tables(report),
        charts: vec![(vec![&chart], &foot)],
        terms: sharing::screen::foot(report),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}

/// The page of a register of assumptions: all of them.
#[must_use]
pub fn register(report: &Register) -> Page {
    let table = report.table(usize::MAX);
    Answer {
        title: format!("Assumptions: {}", report.scenario.title),
        question: format!(
            "What is assumed, on which evidence, and how much does it matter for {}?",
            words::measure(&report.outcome)
        ),
        findings: report.findings.clone(),
        tables: vec![(table, Vec::new())],
        charts: Vec::new(),
        terms: report.terms(),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}

/// The page of a better order.
#[must_use]
pub fn optimum(report: &OptimumReport) -> Page {
    Answer {
        title: report.scenario.title.clone(),
        question: report.question(),
        findings: report.findings.clone(),
        tables: report.tables(),
        charts: report.comparison.iter().map(pictures).collect(),
        terms: report.terms(),
        run: &report.run,
        options: std::slice::from_ref(&report.scenario),
    }
    .page()
}
