//! `alliance new`: a commented scenario file to start from, or a workbook to be filled in.

use std::path::{Path, PathBuf};

use clap::Args;
use engine::units::FinancialYear;
use language::{Start, USUAL_YEAR};

use super::place::Slot;
use super::{Failure, print, tell};
use report::workbook;

/// What `new` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Kind of collaboration: two-force, three-force, regional, merger, lead-force or standalone; with --xlsx also a scenario file
    #[arg(value_name = "KIND", required_unless_present = "forces")]
    kind: Option<String>,
    /// Real forces in place of invented ones, such as 'Bedfordshire, Hertfordshire': their facts are filled in, and what is missing is told
    #[arg(long, value_name = "NAMES")]
    forces: Option<String>,
    /// The kind of --forces [default: by their number]
    #[arg(long = "kind", value_name = "KIND", requires = "forces", conflicts_with = "kind")]
    of_kind: Option<String>,
    /// First year of a scenario of --forces [default: 2025/26, of which most is known]
    #[arg(long, value_name = "YEAR", requires = "forces")]
    year: Option<FinancialYear>,
    /// A workbook to be filled in instead of a file; `import` reads it
    #[arg(long)]
    xlsx: bool,
    /// File to write [default: standard output; of a workbook, <KIND>.xlsx or forces.xlsx]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the file; one that exists is never overwritten.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { xlsx, out, .. } = arguments;
    let kind = arguments.of_kind.as_deref().or(arguments.kind.as_deref());
    if let Some(forces) = &arguments.forces {
        let start = of_forces(kind, forces, arguments.year.unwrap_or(USUAL_YEAR))?;
        return write_start(&start, *xlsx, out.as_deref());
    }
    let kind = kind.unwrap_or_default();
    if *xlsx {
        let file = out.clone().unwrap_or_else(|| Path::new(kind).with_extension("xlsx"));
        return write_workbook(&file, &workbook(kind)?).and_then(|wrote| print(&wrote));
    }
    let text = language::template(kind).ok_or_else(|| unknown(kind))?;
    let Some(file) = out else {
        return print(&text);
    };
    create(file, text.as_bytes())?;
    print(&wrote(file))
}

/// A starting file of real forces.
fn of_forces(kind: Option<&str>, names: &str, year: FinancialYear) -> Result<Start, Failure> {
    if let Some(kind) = kind.filter(|kind| !language::template_kinds().contains(kind)) {
        return Err(unknown(kind));
    }
    let all = language::known_forces().map_err(|problems| Failure::input(problems.to_string()))?;
    let forces = language::named(&all, names).map_err(|wrong| Failure::input(wrong.join("\n")))?;
    language::start(kind, &forces, &all, year).map_err(Failure::input)
}

/// Writes it, and says what to know of it: on standard error where the file goes to standard output.
fn write_start(start: &Start, xlsx: bool, out: Option<&Path>) -> Result<(), Failure> {
    let notes: String = start.notes.iter().map(|note| format!("  - {note}\n")).collect();
    let file = match out {
        Some(file) => file,
        None if xlsx => Path::new("forces.xlsx"),
        None => {
            tell(notes.trim_end());
            return print(&start.text);
        }
    };
    let wrote = if xlsx {
        write_workbook(file, &book(&language::form_of(&start.text))?)?
    } else {
        create(file, start.text.as_bytes())?;
        wrote(file)
    };
    let first = if start.is_whole { "" } else { "It cannot be read before what is missing is stated:\n" };
    print(&format!("{wrote}{first}{notes}"))
}

fn wrote(file: &Path) -> String {
    format!("Wrote {}. Check it with: alliance check {}\n", file.display(), file.display())
}

fn write_workbook(file: &Path, bytes: &[u8]) -> Result<String, Failure> {
    create(file, bytes)?;
    let file = file.display();
    Ok(format!("Wrote {file}. Fill it in, then: alliance import {file}\n"))
}

/// The workbook of a kind, or of a file.
fn workbook(kind: &str) -> Result<Vec<u8>, Failure> {
    let file = Path::new(kind);
    let form = match language::template_form(kind) {
        Some(form) => form,
        None if !file.exists() && file.extension().is_none() => return Err(unknown(kind)),
        None => language::form(file).map_err(|problems| Failure::input(problems.to_string()))?,
    };
    book(&form)
}

fn book(form: &language::Form) -> Result<Vec<u8>, Failure> {
    workbook::form(form).map_err(|error| Failure::io("the workbook could not be made", error))
}

fn unknown(kind: &str) -> Failure {
    let kinds = language::template_kinds().join(", ");
    Failure::input(format!("'{kind}' is no kind of collaboration. Choose one of {kinds}."))
}

/// Writes a file where none may be yet.
fn create(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Slot::claim_free(file, "Choose another name")?.put(bytes)
}
