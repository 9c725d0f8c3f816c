//! `alliance page`: one file that answers in a browser while its dials are turned: the engine, one to six scenarios, and nothing fetched.

mod assemble;
mod dials;

use std::path::PathBuf;

use app::request::Simulated;
use app::{Means, Verb, limits};
use clap::Args;
use foreign::safe_text::file_name;
use language::Loaded;
use serde::Serialize;

use super::options::{Changes, threads};
use super::place::Slot;
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, engine, print};
use assemble::assemble;

/// What `page` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file, or up to six
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// File to write [default: the name of the first scenario, with .html]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    replace: bool,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = threads)]
    threads: usize,
    #[command(flatten)]
    changes: Changes,
}

/// What the page's engine is given.
#[derive(Debug, Serialize)]
struct Data<'a> {
    scenarios: Vec<Simulated>,
    commit: Option<String>,
    /// Changes with which they were read.
    set: &'a [String],
    /// What the dials that are shown at first matter for, of each scenario.
    about: Vec<String>,
    /// Of each scenario, the keys of the dials that are shown at first.
    dials: &'a [Vec<String>],
}

/// Writes the page.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    limits::scenarios(Verb::Report, arguments.files.len())
        .map_err(|why| Failure::input(why.replacen(Verb::Report.name(), "page", 1)))?;
    let loaded = arguments.changes.load_all(&arguments.files.iter().collect::<Vec<_>>())?;
    let Some(first) = loaded.first() else { return Err(Failure::input("there is no scenario to show")) };
    let file =
        arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.html", file_name(&first.scenario.name))));
    let interrupt = interruptible();
    let slot = if arguments.replace {
        Slot::claim(&file)?
    } else {
        Slot::claim_free(&file, "Choose another name, or add --replace")?
    };
    let progress = Progress::follow(&interrupt);
    let means = Means { engine: engine(), threads: arguments.threads, interrupt };
    let dials = loaded.iter().map(|own| dials::chosen(own, &means)).collect::<Result<Vec<_>, _>>()?;
    let data = Data {
        scenarios: loaded.iter().map(named).collect(),
        commit: means.engine.commit.clone(),
        set: &arguments.changes.set,
        about: loaded.iter().map(dials::about).collect(),
        dials: &dials,
    };
    let data =
        serde_json::to_string(&data).map_err(|error| Failure::io("the scenarios could not be written", error))?;
    let page = assemble(&first.scenario.title, &data)?;
    check_not_stopped(&means.interrupt)?;
    slot.put(page.as_bytes())?;
    drop(progress);
    print(&format!("Wrote {}, {} kB. Open it in a browser.\n", file.display(), page.len().div_ceil(1000)))
}

/// A scenario as it is put into a page. Of its files the names alone: whoever is sent the page is not told of folders. What stands behind
/// `--set` is in it as it was typed.
fn named(loaded: &Loaded) -> Simulated {
    let own = Simulated::of(loaded);
    let name = |path: &String| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Simulated { sources: own.sources.iter().map(name).collect(), ..own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_files_a_page_holds_the_names_alone() {
        let loaded = language::load(std::path::Path::new("scenarios/lead-force.toml"), &[]).expect("it is sound");
        let sources = named(&loaded).sources;
        assert!(sources.contains(&"lead-force.toml".to_owned()) && !sources.concat().contains('/'), "{sources:?}");
    }
}
