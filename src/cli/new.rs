//! `alliance new`: a commented scenario file to start from, or a workbook to be filled in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, print};
use crate::report::workbook;
use crate::scenario;

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
        create(&file, &workbook(kind)?, ANOTHER)?;
        let file = file.display();
        print(&format!("Wrote {file}. Fill it in, then: alliance import {file}\n"));
        return Ok(());
    }
    let text = scenario::template(kind).ok_or_else(|| unknown(kind))?;
    let Some(file) = out else {
        print(&text);
        return Ok(());
    };
    create(file, text.as_bytes(), ANOTHER)?;
    print(&format!("Wrote {}. Check it with: alliance check {}\n", file.display(), file.display()));
    Ok(())
}

/// The workbook of a kind, or of a file.
fn workbook(kind: &str) -> Result<Vec<u8>, Failure> {
    let file = Path::new(kind);
    let form = match scenario::template_form(kind) {
        Some(form) => form,
        None if !file.exists() && file.extension().is_none() => return Err(unknown(kind)),
        None => scenario::form(file).map_err(|problems| Failure::input(problems.to_string()))?,
    };
    workbook::form(&form).map_err(|error| Failure::io("the workbook could not be made", error))
}

fn unknown(kind: &str) -> Failure {
    let kinds = scenario::template_kinds().join(", ");
    Failure::input(format!("'{kind}' is no kind of collaboration. Choose one of {kinds}."))
}

/// What to do where a file is there already.
const ANOTHER: &str = "Choose another name";

/// Writes a file that must not be there yet; `remedy` is what to do where it is.
pub(super) fn create(file: &Path, bytes: &[u8], remedy: &str) -> Result<(), Failure> {
    let doing = format!("{} could not be written", file.display());
    let mut out = fs::File::create_new(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::input(format!("{} exists already. {remedy}.", file.display())),
        _ => Failure::io(&doing, error),
    })?;
    out.write_all(bytes).map_err(|error| Failure::io(&doing, error))
}
