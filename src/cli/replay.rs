//! `alliance replay`: run again what a manifest describes and compare every byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::answer::Task;
use super::manifest::{Manifest, Simulated, hash_of, hashes};
use super::options::threads;
use super::place::Scratch;
use super::produce::Means;
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, commit, print};
use crate::exit_code::Exit;
use crate::figures::made_by_others;
use crate::run::Interrupt;

/// What `replay` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Manifest, or the folder that holds it
    manifest: PathBuf,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = threads)]
    threads: usize,
}

/// Makes the run again in a folder of its own and says whether the bytes agree.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let manifest = Manifest::read_to_replay(&arguments.manifest)?;
    let others = made_by_others(manifest.recipe.figures);
    let loaded = manifest.scenarios.iter().map(Simulated::load).collect::<Result<Vec<_>, _>>();
    let loaded =
        loaded.map_err(|failure| if others.is_some() { no_longer_read(&manifest, failure) } else { failure })?;
    let recipe = &manifest.recipe;
    let interrupt = interruptible();
    let mut differences = changed_since(&manifest, &arguments.manifest, &interrupt)?;
    if let Some(other) = other_engine(&manifest).filter(|_| others.is_none()) {
        print(&other)?;
    }
    let folder = Scratch::open()?;
    let progress = Progress::follow(&interrupt);
    let means = Means {
        threads: arguments.threads,
        command_line: String::new(),
        // The results name the engine that made them first; whether another one agrees is the question.
        commit: manifest.commit.clone(),
        interrupt,
    };
    let asked = &manifest.asked.clone().unwrap_or_default();
    let (loaded, means, folder) = (&loaded[..], &means, &*folder.path());
    Task { loaded, asked, recipe, means, folder, started: Instant::now() }.perform()?;
    check_not_stopped(&means.interrupt)?;
    let again = hashes(folder, &means.interrupt)?;
    drop(progress);
    let made = made_differently(&manifest, &again);
    if let Some(others) = others {
        return Err(by_other_figures(&manifest, &others, &made, &differences));
    }
    differences.extend(made);
    if differences.is_empty() {
        let gone = match taken_away(&manifest, &arguments.manifest) {
            0 => String::new(),
            1 => " One of them is no longer in the folder.".to_owned(),
            several => format!(" {several} of them are no longer in the folder."),
        };
        return print(&format!("{}: {} files, every byte agrees.{gone}\n", manifest.title(), again.len()));
    }
    Err(Failure::new(
        Exit::Differs,
        format!("{}: the replay differs.\n  {}", manifest.title(), differences.join("\n  ")),
    ))
}

/// What is made otherwise than the manifest says, file by file.
fn made_differently(manifest: &Manifest, again: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |(name, hash): (&String, &String)| match again.get(name) {
        Some(new) if new == hash => None,
        Some(_) => Some(format!("{name} differs")),
        None => Some(format!("{name} was not made again")),
    };
    let new = again.keys().filter(|name| !manifest.files.contains_key(*name)).map(|name| format!("{name} is new"));
    manifest.files.iter().filter_map(differs).chain(new).collect()
}

/// How the replay of a run by other figures ends: what differs is listed, and expected; what was changed after the run is not.
fn by_other_figures(manifest: &Manifest, others: &str, made: &[String], changed: &[String]) -> Failure {
    let title = manifest.title();
    if !changed.is_empty() {
        let message = format!("{title}: what the run left was changed after it.\n  {}", changed.join("\n  "));
        return Failure::new(Exit::Differs, message);
    }
    let what = if made.is_empty() {
        "Every byte agrees all the same.".to_owned()
    } else {
        format!("Differences are expected; CHANGELOG.md says which figures changed and why.\n  {}", made.join("\n  "))
    };
    Failure::new(
        Exit::OtherFigures,
        format!("{title}, run by version {}: the run was {others}. {what}", manifest.recipe.version),
    )
}

/// What to say of a scenario that an earlier version took and this one does not.
fn no_longer_read(manifest: &Manifest, failure: Failure) -> Failure {
    let version = &manifest.recipe.version;
    failure.but(&format!("version {version} took this scenario, so that version replays it"))
}

/// Files beside the manifest that are no longer what the run wrote. One that was taken away is not missed.
fn changed_since(manifest: &Manifest, path: &Path, interrupt: &Interrupt) -> Result<Vec<String>, Failure> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let mut changed = Vec::new();
    for (name, hash) in &manifest.files {
        let file = folder.join(name);
        if file.symlink_metadata().is_ok() && !file.is_file() {
            changed.push(format!("{name} is no file any more"));
        } else if file.is_file() && hash_of(&file, interrupt)? != *hash {
            changed.push(format!("{name} was changed after the run"));
        }
    }
    Ok(changed)
}

/// How many files of a folder of results are no longer there; of a manifest by itself none is missed.
fn taken_away(manifest: &Manifest, path: &Path) -> usize {
    if path.is_dir() { manifest.files.keys().filter(|name| !path.join(name).exists()).count() } else { 0 }
}

/// What to say where another engine made the results.
fn other_engine(manifest: &Manifest) -> Option<String> {
    let engine =
        |version: &str, commit: Option<&str>| commit.map_or(version.to_owned(), |c| format!("{version} ({c})"));
    let made = engine(&manifest.recipe.version, manifest.commit.as_deref());
    let now = engine(env!("CARGO_PKG_VERSION"), commit().as_deref());
    (made != now).then(|| format!("Made by version {made}, replayed by {now}: figures may differ.\n"))
}
