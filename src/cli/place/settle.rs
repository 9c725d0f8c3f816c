//! Putting under its name what was made, so that nothing of anybody's is lost, and ending what a dead process began.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::journal::{Item, Journal};
use super::look::{flush, flush_names, is_empty_folder, look};
use super::name::kind_of;
use super::rename::{exchange, into_free};
use super::same::{is_same, is_same_and_whole};
use super::staging::Staging;
use crate::cli::progress::undisturbed;
use crate::cli::tell;

/// So many names are tried for what is kept beside its place.
const MOST_BESIDE: u32 = 1000;

/// Why something was not put in place.
#[derive(Debug)]
pub(super) enum Why {
    /// Something else is there by now.
    Taken,
    /// Something failed.
    Failed(io::Error),
    /// It is in place, but its name could not be flushed to disk.
    Unflushed(io::Error),
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// What was not put in place, and where it lies now; nowhere where it was not kept.
#[derive(Debug)]
pub(super) struct NotPlaced {
    pub why: Why,
    pub kept: Vec<PathBuf>,
}

impl Staging {
    /// Puts what was made under these names in place of what was there before. Where that cannot be, all of it is kept beside its place,
    /// if it is to be kept, else given up. Says how each is told, as [`look`] does.
    pub fn place(&mut self, keep: bool, names: &[(OsString, Option<String>)]) -> Result<Vec<String>, NotPlaced> {
        let given_up = |error| NotPlaced { why: Why::Failed(error), kept: Vec::new() };
        let items = names.iter().map(|(name, before)| self.made(name, before.clone())).collect::<io::Result<_>>();
        let journal = Journal { keep, items: items.map_err(given_up)? };
        // A second Ctrl-C waits until nothing is between two names.
        let mut held = undisturbed();
        flush_names(&self.fresh_folder()).and_then(|()| journal.write(&self.journal())).map_err(given_up)?;
        self.stays = true;
        let placed = self.put(&journal);
        let ended = self.end(&journal, placed);
        let named = self.flush_place();
        if self.stays {
            held.forget(self.root());
        }
        drop(held);
        if ended.as_ref().err().is_none_or(|not| !not.kept.is_empty()) {
            self.keep_folders();
        }
        ended.and(named.map_err(|error| NotPlaced { why: Why::Unflushed(error), kept: Vec::new() }))?;
        Ok(journal.items.into_iter().map(|item| item.own).collect())
    }

    /// What was made under a name, flushed to disk, for no other eyes than what it is to replace.
    fn made(&self, name: &OsStr, before: Option<String>) -> io::Result<Item> {
        let own = self.fresh(name);
        flush(&own)?;
        if let (Some(_), Ok(there)) = (&before, fs::metadata(self.parent.join(name))) {
            // Where there are no permissions, there are none to keep.
            let _ = fs::set_permissions(&own, there.permissions());
        }
        let own = look(&own)?.ok_or(ErrorKind::NotFound)?;
        Ok(Item { name: name.to_owned(), before, own })
    }

    /// Puts all in place, nothing where any of the places is taken from the first.
    fn put(&self, journal: &Journal) -> Result<(), Why> {
        let taken = |item: &Item| {
            let (own, target) = (self.fresh(&item.name), self.target(item));
            let free = kind_of(&target)?.is_none() || is_empty_folder(&target) || look(&target)? == item.before;
            Ok::<bool, io::Error>(!free && !is_same(&own, &target))
        };
        for item in &journal.items {
            if taken(item)? {
                return Err(Why::Taken);
            }
        }
        journal.items.iter().try_for_each(|item| self.put_one(item))
    }

    /// Ends a placing: what was not placed is kept where it is to be, and the journal goes once nothing depends on it.
    fn end(&mut self, journal: &Journal, placed: Result<(), Why>) -> Result<(), NotPlaced> {
        let mut kept = Vec::new();
        if placed.is_err() && journal.keep {
            // What cannot be kept beside its place either is lost, and said so.
            kept = self.keep_beside(journal).unwrap_or_default();
        }
        let is_own = |item: &Item, path: &Path| {
            let found = look(path).ok().flatten();
            found.is_none() || found.as_ref() == Some(&item.own) || found == item.before
        };
        let ours = journal.items.iter().all(|item| {
            let (new, target) = (self.fresh(&item.name), self.target(item));
            let aside = self.aside(&item.name);
            [new, aside].iter().all(|path| is_own(item, path) || is_empty_folder(path) || is_same(&target, path))
        });
        if ours && Journal::remove(&self.journal()).is_ok() {
            self.stays = false;
        }
        placed.map_err(|why| NotPlaced { why, kept })
    }

    fn target(&self, item: &Item) -> PathBuf {
        self.parent.join(&item.name)
    }

    /// Whether what was found in the place may go: it is what is to be replaced, or of the same run, or an empty folder.
    fn may_go(item: &Item, found: &Path, own: &Path) -> io::Result<bool> {
        Ok((item.before.is_some() && look(found)? == item.before) || is_empty_folder(found) || is_same(own, found))
    }

    pub(super) fn put_one(&self, item: &Item) -> Result<(), Why> {
        let (own, target) = (self.fresh(&item.name), self.target(item));
        if item.before.is_none() {
            match into_free(&own, &target, self.can) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                placed => return Ok(placed?),
            }
            if is_same_and_whole(&own, &target) {
                return Ok(());
            }
            if !is_empty_folder(&target) {
                return Err(Why::Taken);
            }
        }
        match exchange(&own, &target, self.can) {
            Ok(()) => self.look_at_replaced(item, &own, &target),
            // What was to be replaced was taken away meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => self.put_into_free(&own, &target),
            Err(error) if error.kind() == ErrorKind::Unsupported => self.put_in_turn(item, &own, &target),
            Err(error) => Err(error.into()),
        }
    }

    /// After own and target changed places: what was replaced goes, or comes back.
    fn look_at_replaced(&self, item: &Item, replaced: &Path, target: &Path) -> Result<(), Why> {
        if Self::may_go(item, replaced, target)? {
            return Ok(());
        }
        if exchange(replaced, target, self.can).is_err() {
            // What had taken its place is gone again, or cannot go back.
            self.give_back(replaced, target)?;
        } else if look(replaced)?.as_ref() != Some(&item.own) {
            // Between the two somebody put a third thing there.
            self.save(replaced, target)?;
        }
        Err(Why::Taken)
    }

    fn put_into_free(&self, own: &Path, target: &Path) -> Result<(), Why> {
        match into_free(own, target, self.can) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if is_same_and_whole(own, target) {
                    Ok(())
                } else {
                    Err(Why::Taken)
                }
            }
            placed => Ok(placed?),
        }
    }

    /// Replaces something where two things cannot change places: a file by a rename, once it was looked at; a folder by moving it aside.
    fn put_in_turn(&self, item: &Item, own: &Path, target: &Path) -> Result<(), Why> {
        if !kind_of(own)?.is_some_and(|kind| kind.is_dir()) {
            if !Self::may_go(item, target, own)? {
                return Err(Why::Taken);
            }
            return Ok(fs::rename(own, target)?);
        }
        let aside = self.aside(&item.name);
        match fs::rename(target, &aside) {
            Err(error) if error.kind() == ErrorKind::NotFound => return self.put_into_free(own, target),
            moved => moved?,
        }
        if !Self::may_go(item, &aside, own)? {
            self.give_back(&aside, target)?;
            return Err(Why::Taken);
        }
        let placed = self.put_into_free(own, target);
        if placed.is_err() {
            self.give_back(&aside, target)?;
        }
        placed
    }

    /// Puts back what was in a place, beside it where that is taken.
    fn give_back(&self, found: &Path, target: &Path) -> io::Result<()> {
        match into_free(found, target, self.can) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.save(found, target),
            given => given,
        }
    }

    /// Keeps beside its place what somebody put there and somebody else has replaced.
    fn save(&self, found: &Path, target: &Path) -> io::Result<()> {
        for number in 2..MOST_BESIDE {
            let name = beside(target, number);
            match into_free(found, &name, self.can) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                saved => {
                    saved?;
                    tell(&format!("What was in the place of {} is in {} now.", target.display(), name.display()));
                    return Ok(());
                }
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Keeps what was made beside its place, all under one number.
    fn keep_beside(&self, journal: &Journal) -> io::Result<Vec<PathBuf>> {
        let own = |item: &&Item| look(&self.fresh(&item.name)).ok().flatten().as_ref() == Some(&item.own);
        let items: Vec<&Item> = journal.items.iter().filter(own).collect();
        'numbers: for number in 2..MOST_BESIDE {
            let names: Vec<PathBuf> = items.iter().map(|item| beside(&self.target(item), number)).collect();
            if names.iter().any(|name| !kind_of(name).is_ok_and(|kind| kind.is_none())) {
                continue;
            }
            for (item, name) in items.iter().zip(&names) {
                match into_free(&self.fresh(&item.name), name, self.can) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => continue 'numbers,
                    kept => kept?,
                }
            }
            return Ok(names);
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Takes away what has a name, where it is still what was there before; else it comes back.
    pub fn take_away(&mut self, name: &OsStr, before: Option<&String>) -> io::Result<()> {
        let (target, aside) = (self.parent.join(name), self.aside(name));
        if before.is_none() || look(&target)?.as_ref() != before {
            return Ok(());
        }
        fs::rename(&target, &aside)?;
        if look(&aside)?.as_ref() == before {
            return Ok(());
        }
        self.stays = true;
        self.give_back(&aside, &target)?;
        self.stays = false;
        Ok(())
    }

    /// Ends what a dead process began: what is not its own is put back, what it had made is put in place.
    pub fn settle(&mut self, journal: &Journal) -> io::Result<()> {
        for item in &journal.items {
            let (new, target) = (self.fresh(&item.name), self.target(item));
            for found in [&new, &self.aside(&item.name)] {
                let there = look(found)?;
                if there.is_none() || there.as_ref() == Some(&item.own) {
                    continue;
                }
                let replaced = kind_of(&target)?.is_some() || look(&new)?.as_ref() == Some(&item.own);
                if replaced && Self::may_go(item, found, &target)? {
                    continue;
                }
                if look(&target)?.as_ref() == Some(&item.own) && exchange(found, &target, self.can).is_ok() {
                    continue;
                }
                self.give_back(found, &target)?;
            }
        }
        let is_made = |item: &&Item| look(&self.fresh(&item.name)).ok().flatten().as_ref() == Some(&item.own);
        let made: Vec<Item> = journal.items.iter().filter(is_made).cloned().collect();
        let names: Vec<String> = made.iter().map(|item| item.name.to_string_lossy().into_owned()).collect();
        if names.is_empty() {
            return Journal::remove(&self.journal());
        }
        let journal = Journal { items: made, ..journal.clone() };
        let placed = self.put(&journal);
        match self.end(&journal, placed) {
            Ok(()) => tell(&format!("Put {} in place: a run that was killed had left it ready.", names.join(" and "))),
            Err(not) => {
                for kept in &not.kept {
                    tell(&format!("A run that was killed left its results: they are in {} now.", kept.display()));
                }
            }
        }
        flush_names(&self.parent)
    }
}

/// The name of something beside its place: `r-2`, `x-2.part`.
fn beside(target: &Path, number: u32) -> PathBuf {
    let mut name = target.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    if let Some(ending) = target.extension() {
        name.push(".");
        name.push(ending);
    }
    target.with_file_name(name)
}
