//! An answer as it stands on the page: at a glance, then section by section, in the words, tables and charts of every other document.

use app::{Answer, Document, Study};
use report::chart::{self, Chart};
use report::glance::{Glance, Told};
use report::{page, words};
use serde::Serialize;

use crate::session::Tell;

/// An answer on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Trials that it rests on.
    pub trials: u64,
    /// SHA-256 of its JSON: of what `--format json` prints.
    pub hash: String,
    /// What is asked.
    pub question: String,
    /// The answer in a sentence.
    pub answer: String,
    /// Three figures.
    pub figures: Vec<Told>,
    /// One chart, as SVG.
    pub chart: Option<String>,
    /// The sections; none where only the glance is asked for.
    pub sections: Vec<Section>,
    /// What the words mean.
    pub terms: String,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What it holds.
    pub html: String,
}

impl Shown {
    /// The answer as it is shown, whole or at a glance.
    ///
    /// # Errors
    /// Where it has no JSON form: never in practice.
    pub fn of(answer: &Answer, study: &Study, Tell { trials, whole }: Tell) -> Result<Self, String> {
        let document = &answer.document(study);
        let glance = match answer {
            Answer::Forecast(report) => Glance::of_forecast(report),
            Answer::Comparison(report) => Glance::of_comparison(report),
            Answer::WhatIf(report) => Glance::of_what_if(report),
            _ => Glance { question: String::new(), answer: String::new(), figures: Vec::new(), chart: None },
        };
        let drawn = |(chart, foot): (&dyn Chart, &str)| chart::inline(&chart.scene(foot));
        // A change asks nothing new: the question is that of the scenario, unless somebody put another in words.
        let own = study.scenarios().first().map(|base| words::question(&base.scenario));
        let question = match answer {
            Answer::WhatIf(report) => report.asked.question.clone().or(own).unwrap_or(glance.question),
            _ => glance.question,
        };
        let json = document.json().map_err(|error| error.to_string())?;
        Ok(Self {
            trials,
            hash: app::request::hash(json.as_bytes()),
            question,
            answer: glance.answer,
            figures: glance.figures,
            chart: glance.chart.map(drawn),
            sections: if whole { sections(document) } else { Vec::new() },
            terms: if whole { terms(answer) } else { String::new() },
        })
    }
}

/// What was found; how the figures came about is told apart.
fn sections(document: &Document<'_>) -> Vec<Section> {
    let page = document.page();
    let found = page.sections.iter().filter(|section| !section.terms && !section.parts.is_empty());
    found.map(|section| Section { title: section.title.clone(), html: section.html() }).collect()
}

fn terms(answer: &Answer) -> String {
    let paragraph = |text: String| {
        let mut section = page::Section::terms("");
        section.text(text);
        section.html()
    };
    match answer {
        Answer::Forecast(report) => page::method(report).html(),
        Answer::Comparison(report) => paragraph(report::comparison::screen::foot(report)),
        Answer::WhatIf(report) => paragraph(report::what_if::screen::foot(report)),
        _ => String::new(),
    }
}
