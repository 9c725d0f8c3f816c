//! Questions about scenarios and their answers: what the command line, a page and a program ask of the engine, in the same words.
//!
//! ```text
//! Request ── read ──▶ Study ── answer ──▶ Answer ── document ──▶ Document
//!  (plain data: the    (the scenarios      (figures with          (screen, tables, charts, page:
//!   question, draws,    read and checked)   their errors)          laid out, written nowhere)
//!   scenarios)
//! ```
//!
//! A [`Request`] is what a manifest keeps and what is asked again. Nothing here knows a terminal, a folder, a clock or a signal: files
//! come in through [`language::Source`], progress and stopping through [`Interrupt`](engine::run::Interrupt).
//!
//! | room | what is in it |
//! |---|---|
//! | [`request`] | what is asked, in plain data |
//! | [`question`] | what can be asked of scenarios |
//! | [`rules`] | whether it may be asked |
//! | [`limits`] | the numbers that may be asked for at most |
//! | [`study`] | a question with its scenarios read, and what it takes to answer it |
//! | [`answer`] | the answers, and what each leaves in tables, charts and pages |
//! | [`forecast`], [`compare`], [`what_if`], [`explain`], [`discover`], [`shares`], [`optimise`], [`assumptions`], [`track`], [`board`] | one question each |
//! | [`evaluate`] | the model at given inputs, for other programs' methods |
//! | [`evaluation`] | the same in pieces, worked out anywhere |
//! | [`futures`] | questions to futures that were kept |
//! | [`learn`] | what programmes of the past say of a new one |
//! | [`rows`] | inputs and outcomes of every future, for those who work on them |
//! | [`refused`] | what is wrong with a request, by its part |
//! | [`countable`] | questions that are answered by counting one row of futures, in pieces and anywhere |
//! | [`row`] | rows of futures that a question is made of |
//! | [`part`] | some pieces of a row, worked out anywhere: what they are of, and whether they are whole |
//! | [`counts`] | a question worked out in pieces, and the answer of all together |
//! | [`work`] | a question, or inputs to be evaluated, as whoever works out pieces of either sees it |
//! | [`error`] | why there is no answer |

pub mod answer;
pub mod assumptions;
pub mod board;
pub mod compare;
pub mod countable;
pub mod counts;
pub mod discover;
pub mod error;
pub mod evaluate;
pub mod evaluation;
pub mod explain;
pub mod forecast;
pub mod futures;
pub mod learn;
pub mod limits;
pub mod optimise;
pub mod part;
pub mod question;
pub mod refused;
pub mod request;
pub mod row;
pub mod rows;
pub mod rules;
pub mod shares;
pub mod study;
pub mod track;
pub mod what_if;
pub mod work;

pub use answer::{Answer, Charts, Document};
pub use countable::{Countable, Known};
pub use error::{Error, Kind};
pub use evaluation::Evaluation;
pub use question::{Question, Verb};
pub use refused::{Field, Refused};
pub use request::{Draws, Engine, Request, Simulated};
pub use study::{Means, Study};
pub use work::Work;

/// Answers a request.
///
/// # Errors
/// Why there is no answer: what is wrong with the request, or that it was stopped from outside.
pub fn ask(request: &Request, means: &Means) -> Result<Answer, Error> {
    request.read()?.answer(means)
}
