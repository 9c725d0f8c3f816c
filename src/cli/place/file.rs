//! A place for a file, found fit to be written to before anything is run.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::look::look;
use super::name::{Place, Wanted, not_made};
use super::settle::{NotPlaced, Why};
use super::staging::{Staging, remove_file};
use crate::cli::Failure;

/// A place for a file, and for one beside it where there is to be one.
#[derive(Debug)]
pub(in crate::cli) struct Slot {
    /// As the user named it.
    pub path: PathBuf,
    /// Whether what is written is kept where its place is taken meanwhile.
    keep: bool,
    /// What to do where something else is there.
    remedy: &'static str,
    made: Mutex<Made>,
}

/// Where it is written first, and what is to be replaced.
#[derive(Debug)]
struct Made {
    staging: Staging,
    name: OsString,
    /// What is there, as it was last seen or put there.
    before: Option<String>,
    /// The file beside it, in the same way.
    beside: Option<(OsString, Option<String>)>,
}

impl Slot {
    /// Claims a place. What is there now may be replaced; what comes there from now on may not.
    pub fn claim(path: &Path) -> Result<Self, Failure> {
        let place = Place::of(path, Wanted::File)?;
        let failed = |error| failed(path, error);
        let staging = Staging::open(&place.parent).map_err(failed)?;
        let before = look(&place.path()).map_err(failed)?;
        let made = Mutex::new(Made { staging, name: place.name, before, beside: None });
        Ok(Self { path: path.to_owned(), keep: false, remedy: "Choose another name", made })
    }

    /// Claims a place where nothing may be yet; `remedy` is what to do where something is.
    pub fn claim_free(path: &Path, remedy: &'static str) -> Result<Self, Failure> {
        let there = |error: std::io::Error| not_made(path, &error);
        if super::name::kind_of(path).map_err(there)?.is_some() {
            return Err(exists(path, remedy));
        }
        // Only the folders of results are made for it.
        let place = Place::of(path, Wanted::File)?;
        if super::name::kind_of(&place.parent).map_err(there)?.is_none() {
            let message = format!("{} could not be written: name a file in a folder that is there.", path.display());
            return Err(Failure::input(message));
        }
        let slot = Self { remedy, ..Self::claim(path)? };
        if slot.made().before.is_some() { Err(exists(path, remedy)) } else { Ok(slot) }
    }

    /// Claims the place of a file beside it as well, which is put in place with it; both are kept whatever happens.
    pub fn with(mut self, beside: Option<&Path>) -> Result<Self, Failure> {
        self.keep = true;
        if let Some(path) = beside {
            let place = Place::of(path, Wanted::File)?;
            let mut made = self.made();
            if place.parent != made.staging.parent || place.name == made.name {
                let (here, beside) = (self.path.display(), path.display());
                return Err(Failure::input(format!(
                    "{here} cannot have its trials beside it, in {beside}. Choose another name, one that does not end in .parquet."
                )));
            }
            let before = look(&place.path()).map_err(|error| failed(path, error))?;
            made.beside = Some((place.name, before));
            drop(made);
        }
        Ok(self)
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the file beside it is written first.
    pub fn beside(&self) -> Option<PathBuf> {
        let made = self.made();
        made.beside.as_ref().map(|(name, _)| made.staging.fresh(name))
    }

    /// What to say where it cannot be written.
    pub fn failed(&self, error: impl std::fmt::Display) -> Failure {
        failed(&self.path, error)
    }

    /// Writes the file and puts it in place at one stroke, with the file beside it.
    pub fn put(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut made = self.made();
        if made.staging.stays {
            return Err(self.failed("what was in its place could not be put back yet"));
        }
        let new = made.staging.fresh(&made.name);
        remove_file(&new)
            .and_then(|()| File::create_new(&new))
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| self.failed(error))?;
        let own = (made.name.clone(), made.before.clone());
        // The file beside it first: without it, it is not whole.
        let all: Vec<_> = made.beside.clone().into_iter().chain([own]).collect();
        let mut placed = made.staging.place(self.keep, &all).map_err(|not| self.not_placed(&not))?;
        // What is there from now on is what was put there, and not what may have come since.
        made.before = placed.pop();
        Ok(())
    }

    /// What to say where something else was in the place.
    fn not_placed(&self, not: &NotPlaced) -> Failure {
        let here = self.path.display();
        let kept: Vec<String> = not.kept.iter().map(|path| path.display().to_string()).collect();
        let kept =
            if kept.is_empty() { String::new() } else { format!(" What was written is in {}.", kept.join(" and ")) };
        match &not.why {
            Why::Taken => {
                let remedy = self.remedy;
                Failure::input(format!(
                    "{here} was put there or changed meanwhile, and is left as it is. {remedy}.{kept}"
                ))
            }
            Why::Unflushed(error) => unflushed(&self.path, error),
            Why::Failed(error) if kept.is_empty() => self.failed(error),
            Why::Failed(error) => self.failed(format!("{error}.{kept}")),
        }
    }

    /// Takes the file away, where it is still the one that was put there or was there before.
    pub fn take_away(&self) {
        let mut made = self.made();
        let (name, before) = (made.name.clone(), made.before.take());
        // One that cannot be removed does no harm: the same run would only go on from it.
        let _ = made.staging.take_away(&name, before.as_ref());
    }
}

fn failed(path: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::io(&format!("{} could not be written", path.display()), error)
}

/// What to say of what is in place and may not outlast a power cut.
pub(super) fn unflushed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(&format!("{} is in place, but could not be flushed to disk", path.display()), error)
}

fn exists(path: &Path, remedy: &str) -> Failure {
    Failure::input(format!("{} exists already. {remedy}.", path.display()))
}
