//! The engine: a scenario in dense form, blocks of its futures in parallel, what they leave behind counted exactly.
//!
//! It reads no file, asks no clock and catches no signal. Threads are the feature `parallel`; without it the same futures run one
//! after another, to the same bits.
//!
//! | room | what is in it |
//! |---|---|
//! | [`units`], [`id`] | years, months and numbers; positions of forces and alliances |
//! | [`uncertainty`] | distributions, draws by key, samplers, correlation, columns of 128 lanes |
//! | [`mod@alliance`] | the nouns of a checked scenario: forces, areas, governance, funding, promises |
//! | [`outcomes`] | what a trial leaves behind: outcomes declared once, named columns, their mergeable counts |
//! | [`model`] | a scenario in dense form, and the worker that runs blocks of its trials: `docs/model.md` in code |
//! | [`statistics`] | figures of a run by name, each with its Monte Carlo error |
//! | [`run`] | blocks in parallel, counted exactly, until enough are done |
//! | [`team`] | threads that share out work |
//! | [`figures`] | which figures the engine makes: what tells results apart that do not mix |
//!
//! # Who may use whom
//!
//! | room | may import |
//! |---|---|
//! | `units` | nothing |
//! | `id` | nothing |
//! | `figures` | nothing |
//! | `team` | nothing |
//! | `uncertainty` | id, team, units |
//! | `alliance` | id, uncertainty, units |
//! | `outcomes` | uncertainty, units |
//! | `model` | alliance, id, outcomes, uncertainty, units |
//! | `statistics` | outcomes, units |
//! | `run` | model, outcomes, statistics, team, uncertainty, units |
//!
//! It goes one way: nothing looks back. `tests/house_rules.rs` reads this table and holds it.

#![cfg_attr(
    test,
    expect(clippy::disallowed_methods, reason = "what figures are held against in tests may differ in the last bit")
)]

pub mod alliance;
pub mod figures;
pub mod id;
pub mod model;
pub mod outcomes;
pub mod run;
pub mod statistics;
pub mod team;
pub mod uncertainty;
pub mod units;
