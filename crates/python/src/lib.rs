//! `alliance._lib`: the engine for Python. Scenarios are read, questions asked in the words of the command line, answers taken as frames.
//!
//! | room | what is in it |
//! |---|---|
//! | [`scenario`] | a scenario, what is worth a look in it, and the same with changes |
//! | [`arguments`] | arguments that several functions take |
//! | [`asking`] | one function a question |
//! | [`commission`] | a commissioned question read from its file |
//! | [`released`] | the one door to the engine: the interpreter released, panics made exceptions |
//! | [`watched`] | work with the interpreter released, progress told and Ctrl-C obeyed |
//! | [`answers`] | answers: figures, words, page, charts |
//! | [`evaluate`] | the model at given inputs, for other people's methods |
//! | [`frame`] | a table, handed over through the Arrow C stream |
//! | [`futures`] | inputs and outcomes of every future, as frames |
//! | [`spread`] | a question counted in ranges on many machines |
//! | [`errors`] | exceptions and the problems that they hold |

mod answers;
mod arguments;
mod asking;
mod commission;
mod errors;
mod evaluate;
mod frame;
mod futures;
mod released;
mod scenario;
mod spread;
mod watched;

use pyo3::prelude::*;

/// Monte Carlo forecasts of collaborations between police forces.
#[pymodule]
mod _lib {
    #[pymodule_export]
    use crate::answers::{
        Answer, Comparison, Discovery, Explanation, Forecast, Optimum, Register, Report, Sharing, WhatIf,
    };
    #[pymodule_export]
    use crate::asking::{assumptions, compare, discover, explain, optimise, report, run, shares, what_if};
    #[pymodule_export]
    use crate::errors::{AllianceError, Problem, RequestError, ScenarioError};
    #[pymodule_export]
    use crate::evaluate::{evaluate, quantiles};
    #[pymodule_export]
    use crate::frame::Frame;
    #[pymodule_export]
    use crate::futures::{Futures, futures};
    #[pymodule_export]
    use crate::scenario::Scenario;
    #[pymodule_export]
    use crate::spread::{Study, engine_in_words};

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
