//! The hidden folder beside a place in which something is made. Whoever fills it holds its lock: one whose lock is free is left from a
//! process that is dead, whatever its number was and in whichever container it ran.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::journal::Journal;
use super::look::flush_names;
use super::name::kind_of;
use super::rename::Can;
use crate::cli::progress::{half_filled, is_half_filled, no_longer_half_filled};

/// How such folders are called, before what tells them apart.
const PREFIX: &str = ".alliance-";

/// Locked as long as the folder is being filled.
const LOCK: &str = "lock";

/// How often another folder is tried where somebody else takes one away.
const ATTEMPTS: u32 = 100;

/// A hidden folder, its lock held. Dropped, it goes with all that is in it, unless that is not ours.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    /// The folder that holds it, and in which what is made gets its name.
    pub parent: PathBuf,
    /// Held where the file system has locks.
    lock: Option<File>,
    /// Folders above it that had to be made, innermost first; they go with it where nothing was put in them.
    made: Vec<PathBuf>,
    /// Whether something lies in it that is not ours to remove.
    pub stays: bool,
    pub can: Can,
}

impl Staging {
    /// Opens one in a folder, which is made where it is not there, once what dead processes left in it is settled.
    pub fn open(parent: &Path) -> io::Result<Self> {
        let made: Vec<PathBuf> = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        let mut tried = 0;
        let mut staging = loop {
            tried += 1;
            match fs::create_dir_all(parent).and_then(|()| Self::claim(parent)) {
                // Somebody took the folder above it, or itself, for left behind.
                Err(error) if error.kind() == ErrorKind::NotFound && tried < ATTEMPTS => {}
                Err(error) => {
                    remove_if_empty(&made);
                    return Err(error);
                }
                Ok(staging) => break staging,
            }
        };
        staging.made = made;
        staging.settle_others();
        Ok(staging)
    }

    /// Makes a folder and locks it.
    fn claim(parent: &Path) -> io::Result<Self> {
        let mut named = tempfile::Builder::new();
        named.prefix(PREFIX).rand_bytes(12);
        #[cfg(unix)]
        named.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let root = named.tempdir_in(parent)?.keep();
        half_filled(&root);
        // From here on it goes whatever fails.
        let mut own =
            Self { root, parent: parent.to_owned(), lock: None, made: Vec::new(), stays: false, can: Can::best() };
        let lock = File::create_new(own.root.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => own.lock = Some(lock),
            Err(TryLockError::WouldBlock) => return Err(ErrorKind::NotFound.into()),
            // Without locks nobody takes it for left behind.
            Err(TryLockError::Error(_)) => {}
        }
        fs::metadata(own.root.join(LOCK))?;
        for folder in [own.fresh_folder(), own.aside_folder()] {
            fs::create_dir(folder)?;
        }
        Ok(own)
    }

    /// Where what is made lies, under the name that it will have; once it is in place, what it replaced.
    pub fn fresh(&self, name: &OsStr) -> PathBuf {
        self.fresh_folder().join(name)
    }

    /// Where what is to be replaced lies as long as nothing is in its place.
    pub fn aside(&self, name: &OsStr) -> PathBuf {
        self.aside_folder().join(name)
    }

    pub fn fresh_folder(&self) -> PathBuf {
        self.root.join("new")
    }

    fn aside_folder(&self) -> PathBuf {
        self.root.join("aside")
    }

    /// Where it is written down what is being put in place.
    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Folders that were made for it stay: something was put in them.
    pub fn keep_folders(&mut self) {
        self.made.clear();
    }

    /// Flushes the name of what was put in place to disk, and those of the folders that were made for it.
    pub fn flush_place(&self) -> io::Result<()> {
        self.made.iter().filter_map(|folder| folder.parent()).chain([self.parent.as_path()]).try_for_each(flush_names)
    }

    /// Settles what dead processes left in the same folder.
    fn settle_others(&self) {
        let Ok(entries) = self.parent.read_dir() else { return };
        for entry in entries.flatten() {
            let root = entry.path();
            if !is_half_filled(&root) && entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
                // What cannot be settled now, another run may settle.
                let _ = self.settle_other(root);
            }
        }
    }

    fn settle_other(&self, root: PathBuf) -> io::Result<()> {
        let data = fs::symlink_metadata(&root)?;
        if !data.is_dir() || !same_owner(&data, &fs::metadata(&self.root)?) {
            return Ok(());
        }
        let lock = root.join(LOCK);
        match kind_of(&lock)? {
            // Left before it was locked, or about to be: only one that is empty goes, and who is about to lock it takes another.
            None => fs::remove_dir(&root),
            Some(kind) if kind.is_file() && is_one(&root)? => {
                let lock = File::options().read(true).write(true).open(lock)?;
                if lock.try_lock().is_err() {
                    return Ok(());
                }
                let (parent, can) = (self.parent.clone(), self.can);
                let mut left = Self { root, parent, lock: Some(lock), made: Vec::new(), stays: true, can };
                if let Some(journal) = Journal::read(&left.journal())? {
                    left.settle(&journal)?;
                }
                left.stays = false;
                Ok(())
            }
            Some(_) => Ok(()),
        }
    }

    /// Removes all that is in it, and itself.
    fn remove(&mut self) -> io::Result<()> {
        // Without it, nothing in here is anybody's but ours.
        remove_file(&self.journal())?;
        for folder in [self.fresh_folder(), self.aside_folder()] {
            match fs::remove_dir_all(folder) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        remove_file(&self.root.join("journal-new"))?;
        // The lock goes before it is let go, where the system allows that.
        let removed = remove_file(&self.root.join(LOCK)).and_then(|()| fs::remove_dir(&self.root));
        self.lock = None;
        if removed.is_err() {
            remove_file(&self.root.join(LOCK))?;
            fs::remove_dir(&self.root)?;
        }
        Ok(())
    }
}

/// Whether a folder holds what such a folder holds, and nothing else: one of somebody else may bear a name like it.
fn is_one(root: &Path) -> io::Result<bool> {
    let own = ["new", "aside", "journal", "journal-new", LOCK];
    for entry in root.read_dir()? {
        if !own.iter().any(|name| entry.as_ref().is_ok_and(|entry| entry.file_name() == *name)) {
            return Ok(false);
        }
    }
    Ok(fs::metadata(root.join(LOCK))?.len() == 0)
}

/// Removes a file, where there is one.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Removes folders that were made for nothing; one that somebody else uses by now is not empty, and stays.
fn remove_if_empty(folders: &[PathBuf]) {
    for folder in folders {
        let _ = fs::remove_dir(folder);
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.stays {
            // What cannot be removed does no harm: a later run tries again.
            let _ = self.remove();
        }
        no_longer_half_filled(&self.root);
        remove_if_empty(&self.made);
    }
}

/// Whether two folders are of one user: what others left is theirs to settle.
#[cfg(unix)]
fn same_owner(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn same_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}
