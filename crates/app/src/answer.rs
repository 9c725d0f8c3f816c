//! The answers, and what each leaves: laid out for the screen, for tables, charts and pages, and written nowhere.

use language::Loaded;
use report::chart::Chart;
use report::comparison::{self, Comparison};
use report::explanation::{self, Explanation};
use report::inputs::Inputs;
use report::page::{self, Page, answers};
use report::register::{self, Register};
use report::sharing::{self, SharingReport};
use report::sheet::Sheet;
use report::tables;
use report::tracking::{self, Tracking};
use report::what_if::{self, WhatIf};
use report::{DiscoveryReport, Report, ScenarioFacts, left_out, terminal};

use crate::board::Board;
use crate::error::Error;
use crate::optimise::Optimised;
use crate::study::{Study, facts};

/// An answer: figures with their errors.
#[derive(Debug)]
pub enum Answer {
    /// What is to be expected of a scenario.
    Forecast(Box<Report>),
    /// Scenarios side by side.
    Comparison(Box<Comparison>),
    /// A commissioned question answered.
    WhatIf(Box<WhatIf>),
    /// What drives an outcome.
    Explanation(Box<Explanation>),
    /// When a scenario fails.
    Discovery(Box<DiscoveryReport>),
    /// Whether a deal is fair.
    Sharing(Box<SharingReport>),
    /// A better order and pace.
    Optimum(Box<Optimised>),
    /// What is assumed.
    Register(Box<Register>),
    /// What reported figures say.
    Tracking(Box<Tracking>),
    /// A board's paper.
    Board(Box<Board>),
}

/// What an answer leaves, each part laid out when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    answer: &'a Answer,
    scenarios: &'a [Loaded],
}

/// A set of charts.
pub struct Charts<'a> {
    drawn: Vec<Drawn<'a>>,
    /// What stands below each.
    pub foot: String,
    /// Whether they are files too, not on pages and sheets alone.
    pub is_file: bool,
}

enum Drawn<'a> {
    OfAnswer(&'a dyn Chart),
    Made(Box<dyn Chart + 'a>),
}

impl<'a> Charts<'a> {
    fn of(all: Vec<&'a dyn Chart>, foot: &str) -> Self {
        Self { drawn: all.into_iter().map(Drawn::OfAnswer).collect(), foot: foot.to_owned(), is_file: true }
    }

    fn made(chart: impl Chart + 'a, foot: String) -> Self {
        Self { drawn: vec![Drawn::Made(Box::new(chart))], foot, is_file: true }
    }

    /// Every one.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Chart> {
        let each = self.drawn.iter().map(|drawn| match drawn {
            Drawn::OfAnswer(chart) => *chart,
            Drawn::Made(chart) => &**chart,
        });
        each.collect()
    }
}

impl<'a> Document<'a> {
    /// The figures for programs, as JSON: what `summary.json` is.
    ///
    /// # Errors
    /// Where they have no such form: never in practice.
    pub fn json(&self) -> Result<String, Error> {
        self.answer.json()
    }

    /// What is said on a terminal of so many columns.
    #[must_use]
    pub fn screen(&self, width: usize) -> String {
        // The screen of a forecast says by itself what is left out.
        let left_out = match self.answer {
            Answer::Forecast(_) | Answer::Board(_) => String::new(),
            _ => left_out::paragraph_of(&self.facts(), width),
        };
        self.answer.said(width) + &left_out
    }

    /// The scenarios in short, each by what the answer calls it.
    fn facts(&self) -> Vec<ScenarioFacts> {
        let is_question = matches!(self.answer, Answer::WhatIf(_));
        let named = |(k, own): (usize, &Loaded)| {
            let facts = facts(&own.scenario, own);
            if is_question && k == 0 { ScenarioFacts { name: comparison::BASE.to_owned(), ..facts } } else { facts }
        };
        self.scenarios.iter().enumerate().map(named).collect()
    }

    /// Tables with every digit, some of which stand in a workbook alone.
    #[must_use]
    pub fn tables(&self) -> Vec<Sheet> {
        self.answer.tables()
    }

    /// The same with what is laid out for a workbook alone: the assumptions of a forecast.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut all = self.tables();
        if let (Answer::Forecast(_), [one]) = (self.answer, self.scenarios) {
            all.push(register::stated(one.assumptions(), &Inputs::of(&one.scenario)).alone());
        }
        all
    }

    /// Charts, in sets that share a foot.
    #[must_use]
    pub fn charts(&self) -> Vec<Charts<'a>> {
        self.answer.charts()
    }

    /// Further files, by name.
    #[must_use]
    pub fn files(&self) -> Vec<(&'static str, String)> {
        self.answer.files()
    }

    /// The page, for a browser or paper, and for the first sheets of a workbook.
    #[must_use]
    pub fn page(&self) -> Page {
        self.answer.page()
    }
}

impl Answer {
    /// Futures that it rests on; none where it has no number of its own.
    #[must_use]
    pub fn trials(&self) -> Option<u64> {
        match self {
            Self::Forecast(report) => Some(report.run.trials),
            _ => None,
        }
    }

    /// The figures for programs, as JSON.
    ///
    /// # Errors
    /// Where they have no such form: never in practice.
    pub fn json(&self) -> Result<String, Error> {
        match self {
            Self::Forecast(report) => report.to_json(),
            Self::Comparison(report) => report.to_json(),
            Self::WhatIf(report) => report.to_json(),
            Self::Explanation(report) => report.to_json(),
            Self::Discovery(report) => report.to_json(),
            Self::Sharing(report) => report.to_json(),
            Self::Optimum(found) => found.report.to_json(),
            Self::Register(report) => report.to_json(),
            Self::Tracking(report) => report.to_json(),
            Self::Board(board) => board.forecast.to_json(),
        }
        .map_err(Error::failed)
    }

    /// What was found, in sentences, the most important first.
    #[must_use]
    pub fn findings(&self) -> &[String] {
        match self {
            Self::Forecast(report) => &report.findings,
            Self::Comparison(report) => &report.findings,
            Self::WhatIf(report) => &report.answer,
            Self::Explanation(report) => &report.findings,
            Self::Discovery(report) => &report.findings,
            Self::Sharing(report) => &report.findings,
            Self::Optimum(found) => &found.report.findings,
            Self::Register(report) => &report.findings,
            Self::Tracking(report) => &report.findings,
            Self::Board(board) => &board.forecast.findings,
        }
    }

    /// What is said on a terminal, but for what the scenarios leave out.
    fn said(&self, width: usize) -> String {
        match self {
            Self::Forecast(report) => terminal::render(report, width),
            Self::Comparison(report) => comparison::screen::render(report, width),
            Self::WhatIf(report) => what_if::screen::render(report, width),
            Self::Explanation(report) => explanation::screen::render(report, width),
            Self::Discovery(report) => report.render(width),
            Self::Sharing(report) => sharing::screen::render(report, width),
            Self::Optimum(found) => found.report.render(width),
            Self::Register(report) => report.render(width),
            Self::Tracking(report) => tracking::screen::render(report, width),
            Self::Board(board) => terminal::render(&board.forecast, width),
        }
    }

    /// What it leaves, as the answer to a study.
    #[must_use]
    pub fn document<'a>(&'a self, study: &'a Study) -> Document<'a> {
        Document { answer: self, scenarios: study.scenarios() }
    }

    fn tables(&self) -> Vec<Sheet> {
        let compared = |found: &Comparison| comparison::table::comparison(found);
        match self {
            Self::Forecast(report) => tables::forecast(report),
            Self::Comparison(report) => vec![compared(report)],
            Self::WhatIf(report) => {
                let mut all: Vec<Sheet> = report.comparison.iter().map(compared).collect();
                if !report.sweeps.is_empty() {
                    all.push(what_if::table::sweeps(report));
                }
                all
            }
            Self::Explanation(report) => vec![explanation::table::drivers(report)],
            Self::Discovery(report) => vec![report.table()],
            Self::Sharing(report) => vec![sharing::table::coalitions(report), sharing::table::sharing(report)],
            Self::Optimum(found) => found.report.comparison.iter().map(compared).collect(),
            Self::Register(report) => vec![report.sheet()],
            Self::Tracking(report) => {
                vec![
                    tracking::table::figures(report),
                    tracking::table::outcomes(report),
                    tracking::table::assumptions(report),
                ]
            }
            Self::Board(board) => {
                let mut all = tables::forecast(&board.forecast);
                all.push(explanation::table::drivers(&board.drivers));
                all.push(board.register.sheet());
                all
            }
        }
    }

    fn charts(&self) -> Vec<Charts<'_>> {
        fn compared(found: &Comparison) -> Charts<'_> {
            Charts::of(found.charts.all(), &found.charts.foot)
        }
        match self {
            Self::Forecast(report) => vec![Charts::of(report.charts.all(), &report.charts.foot)],
            Self::Comparison(report) => vec![compared(report)],
            Self::WhatIf(report) => {
                let swept = Charts::of(report.charts.all(), &report.charts.foot);
                report.comparison.iter().map(compared).chain([swept]).collect()
            }
            Self::Explanation(report) => vec![Charts::of(report.charts.all(), &report.charts.foot)],
            Self::Discovery(report) => {
                report.chart().map(|chart| Charts::made(chart, report.foot())).into_iter().collect()
            }
            Self::Sharing(report) => vec![Charts::made(report.chart(), report.foot())],
            Self::Optimum(found) => found.report.comparison.iter().map(compared).collect(),
            Self::Register(_) => Vec::new(),
            Self::Tracking(report) => {
                report.chart().map(|chart| Charts::of(vec![chart], &report.foot())).into_iter().collect()
            }
            Self::Board(board) => {
                let forecast = Charts::of(board.forecast.charts.all(), &board.forecast.charts.foot);
                let drivers = Charts::of(board.drivers.charts.all(), "");
                vec![forecast, Charts { is_file: false, ..drivers }]
            }
        }
    }

    fn files(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Optimum(found) => found.file.iter().map(|file| ("optimised.toml", file.clone())).collect(),
            Self::Register(report) => vec![("assumptions.md", report.markdown())],
            _ => Vec::new(),
        }
    }

    fn page(&self) -> Page {
        match self {
            Self::Forecast(report) => page::forecast(report),
            Self::Comparison(report) => answers::comparison(report),
            Self::WhatIf(report) => answers::what_if(report),
            Self::Explanation(report) => answers::explanation(report),
            Self::Discovery(report) => answers::discovery(report),
            Self::Sharing(report) => answers::shares(report),
            Self::Optimum(found) => answers::optimum(&found.report),
            Self::Register(report) => answers::register(report),
            Self::Tracking(report) => answers::tracking(report),
            Self::Board(board) => {
                let Board { forecast, drivers, deal, register } = &**board;
                page::board(forecast, drivers, deal.as_ref().map_err(String::as_str), register)
            }
        }
    }
}
