//! Whether what lies at a place is of the same run: whoever finds it there is done.

use std::fs;
use std::path::Path;

use super::look::{ATTEMPTS, look};
use super::name::kind_of;
use crate::cli::Failure;
use crate::cli::manifest::{FILE, Manifest, hash_of};
use crate::cli::part::same_counts;
use engine::run::Interrupt;

/// A folder of results that was looked through.
pub(super) struct Results {
    pub manifest: Manifest,
    /// Something in it that the run did not write, or that is no longer as it wrote it, in words.
    pub stranger: Option<String>,
    /// Whether every file of the run is still there.
    complete: bool,
}

/// Looks through a folder of results; an error where it is none. Where others replace it meanwhile, it is looked through anew.
pub(super) fn look_through(folder: &Path, interrupt: &Interrupt) -> Result<Results, Failure> {
    let unread = |error| Failure::io(&format!("{} could not be read", folder.display()), error);
    let mut before = look(folder).map_err(unread)?;
    for _ in 1..ATTEMPTS {
        let found = look_through_once(folder, interrupt);
        let after = look(folder).map_err(unread)?;
        if after == before {
            return found;
        }
        before = after;
    }
    look_through_once(folder, interrupt)
}

fn look_through_once(folder: &Path, interrupt: &Interrupt) -> Result<Results, Failure> {
    let is_file = kind_of(&folder.join(FILE)).is_ok_and(|kind| kind.is_some_and(|kind| kind.is_file()));
    if !is_file {
        return Err(Failure::input(format!("{} holds no manifest", folder.display())));
    }
    let manifest = Manifest::read(folder)?;
    let stranger = stranger(folder, &manifest, interrupt)?;
    let complete = manifest.files.keys().all(|name| folder.join(name).is_file());
    Ok(Results { manifest, stranger, complete })
}

/// What the run did not write so, by its path within the folder.
fn stranger(root: &Path, manifest: &Manifest, interrupt: &Interrupt) -> Result<Option<String>, Failure> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let unread = |error| Failure::io(&format!("{} could not be read", folder.display()), error);
        for entry in fs::read_dir(&folder).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(unread)?);
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let inside = format!("{name}/");
            if kind.is_dir() && manifest.files.keys().any(|file| file.starts_with(&inside)) {
                folders.push(path);
            } else if kind.is_dir() || name != FILE && !manifest.files.contains_key(&name) {
                return Ok(Some(format!("{name}, which the run did not write")));
            } else if !kind.is_file() {
                return Ok(Some(format!("{name}, which is no longer a file")));
            } else if name != FILE && manifest.files.get(&name) != Some(&hash_of(&path, interrupt)?) {
                return Ok(Some(format!("{name}, which was changed after the run")));
            }
        }
    }
    Ok(None)
}

/// Whether what is `there` is of the same run as `own` and holds nothing else, so that nothing is lost where `own` takes its place.
pub(super) fn is_same(own: &Path, there: &Path) -> bool {
    compare(own, there, false)
}

/// Whether what is `there` is of the same run as `own` and whole, so that nothing is lost where `own` is not put in place.
pub(super) fn is_same_and_whole(own: &Path, there: &Path) -> bool {
    compare(own, there, true)
}

fn compare(own: &Path, there: &Path, whole: bool) -> bool {
    let kinds = [own, there].map(|path| kind_of(path).ok().flatten());
    match kinds {
        [Some(one), Some(other)] if one.is_dir() && other.is_dir() => {
            let Ok(own) = Manifest::read(own) else { return false };
            look_through(there, &Interrupt::default()).is_ok_and(|results| {
                results.manifest.recipe() == own.recipe() && results.stranger.is_none() && (results.complete || !whole)
            })
        }
        [Some(one), Some(other)] if one.is_file() && other.is_file() => {
            same_counts(own, there) || same_bytes(own, there).unwrap_or(false)
        }
        _ => false,
    }
}

/// Whether two files hold the same.
fn same_bytes(one: &Path, other: &Path) -> std::io::Result<bool> {
    if fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let hash = |path| hash_of(path, &Interrupt::default()).map_err(|failure| std::io::Error::other(failure.message));
    Ok(hash(one)? == hash(other)?)
}
