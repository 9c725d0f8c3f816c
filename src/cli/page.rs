//! `alliance page`: one file that answers in a browser while its dials are turned: the engine, one to six scenarios, and nothing fetched.

mod assemble;
mod dials;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::request::Simulated;
use app::{Means, Verb, limits};
use clap::Args;
use serde::Serialize;

use super::options::{Changes, threads};
use super::place::Slot;
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
    /// Of each scenario, the keys of the dials that are shown at first.
    dials: &'a [Vec<String>],
}

/// Writes the page.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    limits::scenarios(Verb::Report, arguments.files.len())
        .map_err(|why| Failure::input(why.replacen(Verb::Report.name(), "page", 1)))?;
    let loaded = arguments.changes.load_all(&arguments.files.iter().collect::<Vec<_>>())?;
    let Some(first) = loaded.first() else { return Err(Failure::input("there is no scenario to show")) };
    let file = arguments.out.clone().unwrap_or_else(|| Path::new(&first.scenario.name).with_extension("html"));
    let slot = if arguments.replace {
        Slot::claim(&file)?
    } else {
        Slot::claim_free(&file, "Choose another name, or add --replace")?
    };
    let means = Means { engine: engine(), threads: arguments.threads, interrupt: Arc::default() };
    let dials = loaded.iter().map(|own| dials::chosen(own, &means)).collect::<Result<Vec<_>, _>>()?;
    let data = Data {
        scenarios: loaded.iter().map(Simulated::of).collect(),
        commit: means.engine.commit.clone(),
        dials: &dials,
    };
    let data =
        serde_json::to_string(&data).map_err(|error| Failure::io("the scenarios could not be written", error))?;
    let page = assemble(&first.scenario.title, &data)?;
    slot.put(page.as_bytes())?;
    print(&format!("Wrote {}, {} kB. Open it in a browser.\n", file.display(), page.len().div_ceil(1000)))
}
