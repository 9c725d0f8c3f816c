//! From a recipe to a folder of results in its place and a report on the screen: the same for every verb that leaves results.

use std::path::Path;

use super::manifest::{Manifest, Outputs, Recipe};
use super::options::{Format, Output};
use super::place::Folder;
use super::produce::Means;
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, command_line, engine, print, sound};
use app::Study;
use report::words;

/// What a verb has made: its manifest, still to be written, and what it shows.
pub(super) struct Made {
    pub manifest: Manifest,
    /// The report for programs.
    pub json: String,
    /// The report for people.
    pub screen: String,
}

/// Whether a folder of results has a table of its own.
fn has_tables(folder: &Path) -> bool {
    let is_table = |path: &Path| path.extension().is_some_and(|ending| ending == "csv");
    std::fs::read_dir(folder).is_ok_and(|files| files.flatten().any(|file| is_table(&file.path())))
}

/// Has results made in a folder of their own, puts them in place, and shows them. `name` begins the folder's name, unless the user
/// has named it; `stopped` adds to what is said where the keyboard stops all after the last trial.
pub(super) fn deliver(
    (name, study, outputs): (&str, &Study, &Outputs),
    output: &Output,
    threads: usize,
    stopped: impl Fn(Failure) -> Failure,
    make: impl FnOnce(&Means, &Path) -> Result<Made, Failure>,
) -> Result<(), Failure> {
    sound::name(name).map_err(Failure::input)?;
    let interrupt = interruptible();
    let engine = engine();
    let recipe = Recipe::of(&engine, &study.hash(), outputs);
    let folder = Folder::open(&output.destination, name, &recipe, &interrupt)?;
    let target = folder.said().to_owned();
    let means = Means { app: app::Means { engine, threads, interrupt }, command_line: command_line() };
    let progress = (!output.quiet).then(|| Progress::follow(&means.app.interrupt));
    let made = make(&means, &folder.path)?;
    made.manifest.write(&folder.path, &means.app.interrupt).map_err(&stopped)?;
    check_not_stopped(&means.app.interrupt).map_err(&stopped)?;
    folder.finish()?;
    drop(progress);
    let said = match output.format {
        Format::Json => made.json,
        Format::Text if output.quiet => format!("{}\n", target.display()),
        Format::Text => {
            let holds = |name: &str| target.join(name).exists();
            let parts = [
                ("page", holds("report.html")),
                ("workbook", holds("report.xlsx")),
                ("tables", has_tables(&target)),
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
