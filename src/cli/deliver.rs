//! From a recipe to a folder of results in its place and a report on the screen: the same for every verb that leaves results.

use std::path::Path;

use super::manifest::{Manifest, Recipe};
use super::options::{Format, Output};
use super::place::Folder;
use super::produce::Means;
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, command_line, commit, print, sound};
use crate::exit_code::Exit;
use report::words;

/// What a verb has made: its manifest, still to be written, and what it shows.
pub(super) struct Made {
    pub manifest: Manifest,
    /// The report for programs.
    pub json: String,
    /// The report for people.
    pub screen: String,
}

impl Made {
    /// A report with its manifest.
    pub fn new(manifest: Manifest, json: Result<String, serde_json::Error>, screen: String) -> Result<Self, Failure> {
        let json = json.map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
        Ok(Self { manifest, json, screen })
    }
}

/// Has results made in a folder of their own, puts them in place, and shows them. `name` begins the folder's name, unless the user
/// has named it; `stopped` adds to what is said where the keyboard stops all after the last trial.
pub(super) fn deliver(
    (name, recipe): (&str, &Recipe),
    output: &Output,
    threads: usize,
    stopped: impl Fn(Failure) -> Failure,
    make: impl FnOnce(&Means, &Path) -> Result<Made, Failure>,
) -> Result<(), Failure> {
    sound::name(name).map_err(Failure::input)?;
    let interrupt = interruptible();
    let folder = Folder::open(&output.destination, name, recipe, &interrupt)?;
    let target = folder.said().to_owned();
    let means = Means { threads, command_line: command_line(), commit: commit(), interrupt };
    let progress = Progress::follow(&means.interrupt);
    let made = make(&means, &folder.path)?;
    made.manifest.write(&folder.path, &means.interrupt).map_err(&stopped)?;
    check_not_stopped(&means.interrupt).map_err(&stopped)?;
    folder.finish()?;
    drop(progress);
    let said = match output.format {
        Format::Json => made.json,
        Format::Text => {
            let holds = |name: &str| target.join(name).exists();
            let parts = [
                ("page", holds("report.html")),
                ("workbook", holds("report.xlsx")),
                ("tables", true),
                ("charts", holds("charts")),
            ];
            let parts: Vec<String> =
                parts.iter().filter(|(_, there)| *there).map(|(part, _)| (*part).to_owned()).collect();
            let made_of = words::capital(&words::list(&parts));
            format!("{}{made_of}: {}\n", made.screen, target.display())
        }
    };
    print(&said).map_err(|failure| failure.but(&format!("the results are in {}", target.display())))
}
