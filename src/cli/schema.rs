//! `alliance schema`: the JSON Schema of scenario files, or of requests.

use clap::{Args, ValueEnum};

use super::{Failure, print};

/// What `schema` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Of what: scenario, or request (what `manifest.json` keeps)
    #[arg(value_enum, default_value_t, hide_possible_values = true)]
    of: Of,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Of {
    #[default]
    Scenario,
    Request,
}

/// Prints the schema.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let schema = match arguments.of {
        Of::Scenario => language::schema(),
        Of::Request => app::request::schema(),
    };
    print(&format!("{schema:#}\n"))
}
