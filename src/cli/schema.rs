//! `alliance schema`: the JSON Schema of scenario files.

use clap::Args;

use super::{Failure, print};
use crate::scenario;

/// What `schema` takes: nothing.
#[derive(Debug, Args)]
pub(super) struct Arguments {}

/// Prints the schema.
pub(super) fn run() -> Result<(), Failure> {
    print(&format!("{:#}\n", scenario::schema()))
}
