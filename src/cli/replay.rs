//! `alliance replay`: run again what a manifest describes and compare every byte.

use std::path::PathBuf;

use clap::Args;

use super::folder::Folder;
use super::manifest::{Manifest, hashes, scenario_hash};
use super::produce::{Means, produce};
use super::progress::interruptible;
use super::{Failure, print};
use crate::exit_code::Exit;
use crate::scenario;

/// What `replay` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Manifest, or the folder that holds it
    manifest: PathBuf,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = super::run::threads)]
    threads: usize,
}

/// Makes the run again in a folder of its own and says whether the bytes agree.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let manifest = Manifest::read(&arguments.manifest)?;
    let loaded = scenario::from_resolved(&manifest.resolved).map_err(Failure::input)?;
    let mut recipe = manifest.recipe.clone();
    let mut differences = Vec::new();
    if scenario_hash(&manifest.resolved) != recipe.scenario_hash {
        differences.push("the manifest's scenario is not the one that its hash names".to_owned());
    }
    let version = env!("CARGO_PKG_VERSION");
    if recipe.version != version {
        print(&format!("Made by version {}, replayed by {version}: figures may differ.\n", recipe.version));
        version.clone_into(&mut recipe.version);
    }
    let folder = Folder::open(&std::env::temp_dir().join("alliance-replay"))?;
    let means = Means { threads: arguments.threads, command_line: String::new(), interrupt: interruptible()? };
    produce(&loaded, &recipe, &means, &folder.path)?;
    let again = hashes(&folder.path)?;
    for (name, hash) in &manifest.files {
        match again.get(name) {
            Some(new) if new == hash => {}
            Some(_) => differences.push(format!("{name} differs")),
            None => differences.push(format!("{name} was not made again")),
        }
    }
    differences
        .extend(again.keys().filter(|name| !manifest.files.contains_key(*name)).map(|name| format!("{name} is new")));
    if differences.is_empty() {
        print(&format!("{}: {} files, every byte agrees.\n", manifest.title, again.len()));
        return Ok(());
    }
    Err(Failure::new(Exit::Differs, format!("{}: the replay differs.\n  {}", manifest.title, differences.join("\n  "))))
}
