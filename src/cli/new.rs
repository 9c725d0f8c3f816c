//! `alliance new`: a commented scenario file to start from.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, print};
use crate::scenario;

/// What `new` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Kind of collaboration: two-force, three-force, regional, merger, lead-force or standalone
    kind: String,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the file; one that exists is never overwritten.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = scenario::template(&arguments.kind).ok_or_else(|| {
        let kinds = scenario::template_kinds().join(", ");
        Failure::input(format!("'{}' is no kind of collaboration. Choose one of {kinds}.", arguments.kind))
    })?;
    let Some(file) = &arguments.out else {
        print(&text);
        return Ok(());
    };
    let doing = format!("{} could not be written", file.display());
    let mut out = fs::File::create_new(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::input(format!("{} exists already. Choose another name.", file.display()))
        }
        _ => Failure::io(&doing, error),
    })?;
    out.write_all(text.as_bytes()).map_err(|error| Failure::io(&doing, error))?;
    print(&format!("Wrote {}. Check it with: alliance check {}\n", file.display(), file.display()));
    Ok(())
}
