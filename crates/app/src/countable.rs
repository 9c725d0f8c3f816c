//! Questions that are answered by counting one row of futures: made ready here, counted piece by piece wherever there is time, told here.

use std::sync::Arc;

use analysis::{Comparison, Remembered};
use engine::model::Model;
use engine::run::{Futures, Settings, Stopped};
use engine::statistics;
use language::Loaded;

use crate::answer::Answer;
use crate::compare::{Called, Ready};
use crate::error::Error;
use crate::question::Question;
use crate::refused::Field;
use crate::study::{Means, Study, compiled};
use crate::{forecast, what_if};

/// What is known of the first scenario of a question, as it stands, from questions before.
#[derive(Debug)]
pub struct Known {
    /// Its model.
    pub model: Model,
    /// What it made of blocks as a baseline.
    pub remembered: Arc<Remembered>,
}

impl Known {
    /// Compiles a scenario.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(loaded: &Loaded) -> Result<Self, Error> {
        Ok(Self { model: compiled(loaded)?, remembered: Arc::default() })
    }
}

/// A question ready to be counted.
#[derive(Debug)]
pub enum Countable {
    /// What is to be expected of a scenario.
    Forecast(Box<Model>),
    /// Scenarios side by side, under their titles or as variants of the first.
    SideBySide(Box<Ready>),
    /// Points of a sweep beside the base.
    Points(Box<Comparison>),
}

impl Study {
    /// The question made ready; the measures that it asks for besides the usual ones must be there. What is
    /// `known` of the first scenario is not worked out again.
    ///
    /// # Errors
    /// What is wrong with the scenarios, or that this question is not answered by counting.
    pub fn countable(&self, means: &Means, known: Option<&Known>) -> Result<Countable, Error> {
        let desk = self.desk(means);
        match self.question() {
            Question::Run {} => {
                let model = known
                    .map_or_else(|| forecast::ready(&desk).map(|ready| ready.0), |known| Ok(known.model.clone()))?;
                Ok(Countable::Forecast(Box::new(model)))
            }
            Question::Compare { years } => Ok(Countable::SideBySide(Box::new(Ready::of(&desk, *years, &[], known)?))),
            Question::WhatIf(asked) if asked.sweeps.is_empty() => {
                Ok(Countable::SideBySide(Box::new(Ready::of(&desk, None, &asked.outcomes(), known)?)))
            }
            other => Err(uncounted(other)),
        }
    }

    /// The settings of its run.
    #[must_use]
    pub fn settings(&self, means: &Means) -> Settings {
        self.desk(means).settings()
    }

    /// What the counts of all its trials say.
    ///
    /// # Errors
    /// Where the figures are those of another question.
    pub fn told(&self, countable: &Countable, means: &Means, figures: &statistics::Forecast) -> Result<Answer, Error> {
        let (desk, stopped) = (self.desk(means), Stopped::AllTrials);
        match (self.question(), countable, self.scenarios().first()) {
            (Question::Run {}, Countable::Forecast(_), _) => {
                Ok(Answer::Forecast(Box::new(forecast::told(&desk, figures, stopped)?)))
            }
            (Question::Compare { .. }, Countable::SideBySide(ready), _) => {
                Ok(Answer::Comparison(Box::new(ready.told(&desk, (&[], Called::Titles), figures, stopped))))
            }
            (Question::WhatIf(asked), Countable::SideBySide(ready), Some(base)) => {
                let variants = ready.told(&desk, (&asked.outcomes(), Called::Variants), figures, stopped);
                Ok(Answer::WhatIf(Box::new(what_if::told(&desk, asked, base, Some(variants), Vec::new()))))
            }
            _ => Err(Field::Question.refused("these are the counts of another question").into()),
        }
    }
}

/// That a question is not answered by counting.
pub(crate) fn uncounted(question: &Question) -> Error {
    Field::Question.refused(format!("{} is not answered by counting alone", question.verb().name())).into()
}

impl Countable {
    /// What is counted.
    #[must_use]
    pub fn futures(&self) -> &dyn Futures {
        match self {
            Self::Forecast(model) => &**model,
            Self::SideBySide(ready) => &ready.options,
            Self::Points(options) => &**options,
        }
    }
}
