//! `alliance schema`: the JSON Schema of scenario files.

use clap::Args;

use super::{Failure, print};

/// What `schema` takes: nothing.
#[derive(Debug, Args)]
pub(super) struct Arguments {}

/// Prints the schema.
pub(super) fn run() -> Result<(), Failure> {
    print(&format!("{:#}\n", language::schema()))
}
