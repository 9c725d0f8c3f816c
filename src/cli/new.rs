//! `alliance new`: a commented scenario file to start from, or a workbook to be filled in.

use std::path::{Path, PathBuf};

use clap::Args;

use super::place::Slot;
use super::{Failure, print};
use report::workbook;

/// What `new` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Kind of collaboration: two-force, three-force, regional, merger, lead-force or standalone; with --xlsx also a scenario file
    kind: String,
    /// A workbook to be filled in instead of a file; `import` reads it
    #[arg(long)]
    xlsx: bool,
    /// File to write [default: standard output; of a workbook, <KIND>.xlsx]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the file; one that exists is never overwritten.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { kind, xlsx, out } = arguments;
    if *xlsx {
        let file = out.clone().unwrap_or_else(|| Path::new(kind).with_extension("xlsx"));
        create(&file, &workbook(kind)?)?;
        let file = file.display();
        return print(&format!("Wrote {file}. Fill it in, then: alliance import {file}\n"));
    }
    let text = language::template(kind).ok_or_else(|| unknown(kind))?;
    let Some(file) = out else {
        return print(&text);
    };
    create(file, text.as_bytes())?;
    print(&format!("Wrote {}. Check it with: alliance check {}\n", file.display(), file.display()))
}

/// The workbook of a kind, or of a file.
fn workbook(kind: &str) -> Result<Vec<u8>, Failure> {
    let file = Path::new(kind);
    let form = match language::template_form(kind) {
        Some(form) => form,
        None if !file.exists() && file.extension().is_none() => return Err(unknown(kind)),
        None => language::form(file).map_err(|problems| Failure::input(problems.to_string()))?,
    };
    workbook::form(&form).map_err(|error| Failure::io("the workbook could not be made", error))
}

fn unknown(kind: &str) -> Failure {
    let kinds = language::template_kinds().join(", ");
    Failure::input(format!("'{kind}' is no kind of collaboration. Choose one of {kinds}."))
}

/// Writes a file where none may be yet.
fn create(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Slot::claim_free(file, "Choose another name")?.put(bytes)
}
