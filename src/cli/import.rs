//! `alliance import`: a workbook that was filled in becomes a scenario file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::place::Slot;
use super::{Failure, notes, print};
use language::{Loaded, from_book};

/// What `import` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Workbook, made by `new --xlsx` and filled in
    book: PathBuf,
    /// Scenario file to write [default: beside the workbook, with its name]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file where it exists
    #[arg(long)]
    replace: bool,
}

/// Checks the workbook and writes the file; where anything is wrong, nothing.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { book, out, replace } = arguments;
    let file = out.clone().unwrap_or_else(|| book.with_extension("toml"));
    let (loaded, text) = from_book(book, &file).map_err(|problems| Failure::input(problems.to_string()))?;
    let from = book.file_name().unwrap_or_default().to_string_lossy();
    let text = format!("# Made from {from} by alliance import, which writes it anew from there.\n{text}");
    if file.canonicalize().is_ok_and(|file| book.canonicalize().is_ok_and(|book| file == book)) {
        return Err(Failure::input(format!(
            "{} is the workbook itself. Choose another name with --out.",
            file.display()
        )));
    }
    let slot = if *replace {
        Slot::claim(&file)
    } else {
        Slot::claim_free(&file, "Choose another name, or replace it with --replace")
    };
    slot?.put(text.as_bytes())?;
    print(&(said(&file, &loaded) + &notes::all(&loaded.worth_a_look)))
}

/// What was read, and what to do next.
fn said(file: &Path, loaded: &Loaded) -> String {
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let scenario = &loaded.scenario;
    let areas = scenario.alliances.iter().map(|alliance| alliance.areas.len()).sum();
    let parts = [
        count(scenario.forces.len(), "force", "forces"),
        count(scenario.alliances.len(), "alliance", "alliances"),
        count(areas, "area", "areas"),
        count(loaded.assumptions().count(), "number", "numbers"),
    ];
    let without = loaded.without_source.len();
    let without = if without == 0 { "all with a source".to_owned() } else { format!("{without} without a source") };
    let file = file.display();
    format!("Wrote {file}: {}, {without}. Run it with: alliance run {file}\n", parts.join(", "))
}
