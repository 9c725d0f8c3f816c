//! Work that is done in pieces anywhere: a question, or inputs to be evaluated, in plain data that any machine with the same engine reads.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::counts::ReadyRows;
use crate::error::Error;
use crate::evaluation::{Evaluation, Laid};
use crate::part::Place;
use crate::refused::Field;
use crate::request::{Engine, Request};
use crate::row::{Row, Wanted};
use crate::study::{Means, Study};

/// Work that is done in pieces.
#[derive(Debug, Clone)]
pub enum Work {
    /// A question.
    Question(Arc<Study>),
    /// Inputs to be evaluated.
    Evaluation(Arc<Evaluation>),
}

/// The same as plain data.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Plain {
    Question(Request),
    Evaluation(Laid),
}

impl Work {
    /// Reads it from JSON.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, Error> {
        let plain = serde_json::from_str(text).map_err(|why| Field::Question.refused(why.to_string()))?;
        match plain {
            Plain::Question(request) => Ok(Self::Question(Arc::new(request.read()?))),
            Plain::Evaluation(laid) => Ok(Self::Evaluation(Arc::new(Evaluation::read(laid)?))),
        }
    }

    /// The same as JSON. Values that are given are not in it: they go with each piece.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn json(&self) -> Result<String, Error> {
        let plain = match self {
            Self::Question(study) => Plain::Question(study.request()),
            Self::Evaluation(evaluation) => Plain::Evaluation(evaluation.laid().clone()),
        };
        serde_json::to_string(&plain).map_err(Error::failed)
    }

    /// Whether rows may follow from what others hold.
    #[must_use]
    pub fn is_staged(&self) -> bool {
        matches!(self, Self::Question(study) if study.is_staged())
    }

    /// The rows that are wanted, as far as the parts that are there tell.
    ///
    /// # Errors
    /// Those of [`Study::rows`].
    pub fn rows(&self, means: &Means, parts: &[&[u8]]) -> Result<Vec<Wanted>, Error> {
        match self {
            Self::Question(study) => study.rows(means, parts),
            Self::Evaluation(evaluation) => Ok(vec![evaluation.wanted()]),
        }
    }

    /// Bytes that are given to a piece besides what all know.
    #[must_use]
    pub fn width(&self) -> u64 {
        match self {
            Self::Question(_) => 0,
            Self::Evaluation(evaluation) => evaluation.width(),
        }
    }

    /// What is given to some pieces besides what all know.
    ///
    /// # Errors
    /// Those of [`Evaluation::given`].
    pub fn given(&self, pieces: &Range<u64>) -> Result<Vec<u8>, Error> {
        match self {
            Self::Question(_) => Ok(Vec::new()),
            Self::Evaluation(evaluation) => evaluation.given(pieces),
        }
    }

    /// The name of the part of some pieces of a row: a hash of all that decides it.
    ///
    /// # Errors
    /// Those of [`Study::name_of`] and of [`Evaluation::name_of`].
    pub fn name_of(&self, engine: &Engine, row: &Row, pieces: &Range<u64>) -> Result<String, Error> {
        match self {
            Self::Question(study) => study.name_of(engine, row, pieces),
            Self::Evaluation(evaluation) => evaluation.name_of(engine, row, pieces),
        }
    }

    /// Works out some pieces of a row, with what is given to them, by rows of this work that are kept ready.
    ///
    /// # Errors
    /// Those of [`Study::count`] and of [`Evaluation::count`].
    pub fn count(
        &self,
        kept: &ReadyRows,
        means: &Means,
        row: &Row,
        pieces: Range<u64>,
        given: &[u8],
    ) -> Result<Vec<u8>, Error> {
        match self {
            Self::Question(study) => study.count_by(kept, means, row, pieces),
            Self::Evaluation(evaluation) => evaluation.count(means, row, pieces, given),
        }
    }

    /// What a part is of, which is whole, and of this work and this engine.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_part(&self, means: &Means, part: &[u8]) -> Result<Place, Error> {
        match self {
            Self::Question(study) => study.check_part(means, part),
            Self::Evaluation(evaluation) => evaluation.check_part(means, part),
        }
    }
}
