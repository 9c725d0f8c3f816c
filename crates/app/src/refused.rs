//! What is wrong with a request: which part of it, which scenario, what, and what would be right. Each door puts its own name of the part in.

use std::fmt;

use serde::Serialize;

/// A part of a request that something can be wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Version of the request's form.
    Format,
    /// The question as a whole.
    Question,
    /// The outcome asked about.
    Outcome,
    /// What counts as failure.
    Fail,
    /// Years over which scenarios are compared.
    Years,
    /// The percentile that is made as good as possible.
    Percentile,
    /// Delivery slots that are tried.
    Slots,
    /// The month up to which reported figures count.
    AsOf,
    /// What figure and forecast may differ by.
    Discrepancy,
    /// Most futures.
    Most,
    /// Reported figures.
    Actuals,
    /// Measures asked for.
    Measures,
    /// Sweeps.
    Sweeps,
    /// How many trials.
    Trials,
    /// How futures are sampled.
    Sampler,
    /// The precision at which a run stops.
    Until,
    /// The scenarios.
    Scenarios,
    /// The scenario that another is held against.
    Second,
    /// Inputs that are given.
    Inputs,
    /// Which kept futures.
    Where,
    /// By what kept futures are put in groups.
    By,
    /// What is told of kept futures.
    Show,
    /// The class of programmes.
    Class,
    /// Programmes that are left out.
    Without,
    /// A row of futures of which some are worked out.
    Row,
    /// Which pieces of it.
    Pieces,
}

impl Field {
    /// Where it stands in a request.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Question => "question",
            Self::Outcome => "question.outcome",
            Self::Fail => "question.fail",
            Self::Years => "question.years",
            Self::Percentile => "question.percentile",
            Self::Slots => "question.slots",
            Self::AsOf => "question.as_of",
            Self::Discrepancy => "question.discrepancy",
            Self::Most => "question.most",
            Self::Actuals => "actual",
            Self::Measures => "question.measures",
            Self::Sweeps => "question.sweeps",
            Self::Trials => "draws.trials",
            Self::Sampler => "draws.sampler",
            Self::Until => "draws.until",
            Self::Scenarios => "scenarios",
            Self::Second => "scenarios[1]",
            Self::Inputs => "inputs",
            Self::Where => "where",
            Self::By => "by",
            Self::Show => "show",
            Self::Class => "class",
            Self::Without => "without",
            Self::Row => "row",
            Self::Pieces => "pieces",
        }
    }

    /// What is wrong with it.
    pub fn refused(self, what: impl fmt::Display) -> Refused {
        Refused { field: self, scenario: None, what: what.to_string(), example: None }
    }
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The part of the request.
    pub field: Field,
    /// The scenario that it is about, by its file where it has one, else by its name; none where it is about none by itself.
    pub scenario: Option<String>,
    /// What is wrong and what would be right, without a full stop.
    pub what: String,
    /// A part of the request and what could stand there.
    pub example: Option<(Field, String)>,
}

impl Refused {
    /// The same, of a scenario.
    #[must_use]
    pub fn of(self, scenario: impl Into<String>) -> Self {
        Self { scenario: Some(scenario.into()), ..self }
    }

    /// The same, with what could be asked.
    #[must_use]
    pub fn such_as(self, field: Field, value: impl Into<String>) -> Self {
        Self { example: Some((field, value.into())), ..self }
    }

    /// In words: `named` calls parts of the request as whoever asked knows them, or leaves them out; `written` says how a value is given.
    pub fn told(
        &self,
        named: impl Fn(Field) -> Option<&'static str>,
        written: impl Fn(Field, &str) -> String,
    ) -> String {
        let about = [named(self.field), self.scenario.as_deref()];
        let about: String = about.into_iter().flatten().map(|about| format!("{about}: ")).collect();
        let example = self
            .example
            .as_ref()
            .map_or_else(String::new, |(field, value)| format!(", such as {}", written(*field, value)));
        format!("{about}{}{example}", self.what)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(|field| Some(field.path()), |field, value| format!("{} = {value:?}", field.path())))
    }
}
