//! Where something is to stand: an absolute name, settled before anything is touched.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf, is_separator};

use crate::cli::Failure;

/// What is to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    File,
    Folder,
}

/// A place for a file or a folder of results.
#[derive(Debug)]
pub(super) struct Place {
    /// As the user named it.
    pub said: PathBuf,
    /// The folder that holds it, without links; some of it may still have to be made.
    pub parent: PathBuf,
    /// Its name there.
    pub name: OsString,
}

impl Place {
    /// The place of a name. A link at its end is followed; what is neither file nor folder is refused.
    pub fn of(said: &Path, wanted: Wanted) -> Result<Self, Failure> {
        let shown = said.display();
        let what = wanted.noun();
        let text = said.to_string_lossy();
        let whole = text.trim_end_matches(is_separator);
        if matches!(whole.rsplit(is_separator).next(), None | Some("" | "." | "..")) {
            let message = format!("'{shown}' names no {what}. Choose a name that does not end in \".\" or \"..\".");
            return Err(Failure::input(message));
        }
        if wanted == Wanted::File && whole.len() < text.len() {
            return Err(Failure::input(format!(
                "{shown} names a folder, where a file is wanted. Choose another name."
            )));
        }
        let failed = |error: io::Error| not_made(said, &error);
        let named = absolute(said).map_err(failed)?;
        let named = match kind_of(&named).map_err(failed)? {
            // A pipe has no other name.
            Some(kind)
                if kind.is_symlink() && fs::metadata(&named).is_ok_and(|there| !there.is_dir() && !there.is_file()) =>
            {
                named
            }
            Some(kind) if kind.is_symlink() => fs::canonicalize(&named).map_err(|_| {
                Failure::input(format!("{shown} is a link that leads to nothing. Choose another name, or remove it."))
            })?,
            _ => named,
        };
        if let Some(kind) = kind_of(&named).map_err(failed)? {
            wanted.check(kind).map_err(|why| Failure::input(format!("{shown} is {why}. Choose another name.")))?;
            if fs::metadata(&named).map_err(failed)?.permissions().readonly() {
                let message = format!("{shown} may not be changed. Choose another name, or make it writable.");
                return Err(Failure::input(message));
            }
        }
        let (Some(parent), Some(name)) = (named.parent(), named.file_name()) else {
            return Err(Failure::input(format!("{shown} names no {what}. Choose another name.")));
        };
        if let Some(file) = file_above(parent) {
            let file = file.display();
            let message = format!("{shown} cannot be made: {file} is no folder. Choose another name.");
            return Err(Failure::input(message));
        }
        let parent = settled(parent).map_err(failed)?.ok_or_else(|| {
            Failure::input(format!("{shown} leads back out of a folder that is not there. Choose another name."))
        })?;
        Ok(Self { said: said.to_owned(), name: name.to_owned(), parent })
    }

    /// Its absolute name.
    pub fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }
}

impl Wanted {
    const fn noun(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
        }
    }

    /// Why what is there cannot be replaced by what is wanted, if so.
    fn check(self, kind: FileType) -> Result<(), String> {
        match self {
            Self::File if kind.is_dir() => Err("a folder, where a file is wanted".to_owned()),
            Self::Folder if kind.is_file() => Err("a file, where a folder of results is wanted".to_owned()),
            _ if kind.is_dir() || kind.is_file() => Ok(()),
            _ => Err(format!("a pipe, a device or the like, where a {} is wanted, and is left as it is", self.noun())),
        }
    }
}

/// What to say where a name leads nowhere that something could be made: of one that is too long, that it is.
pub(super) fn not_made(said: &Path, error: &io::Error) -> Failure {
    let shown = said.display();
    if error.kind() == ErrorKind::InvalidFilename {
        return Failure::input(format!("{shown} is longer than a name may be here. Choose a shorter one."));
    }
    Failure::io(&format!("{shown} could not be made"), error)
}

/// An absolute name that ends in the name itself: a separator behind it would lead through a link.
fn absolute(said: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(said)?;
    Ok(match (whole.parent(), whole.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => whole,
    })
}

/// What is there, not following a link; `None` where nothing is.
pub(super) fn kind_of(path: &Path) -> io::Result<Option<FileType>> {
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(Some(there.file_type())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is there and is no folder, where a folder is to be or to be made.
fn file_above(folder: &Path) -> Option<&Path> {
    let there = |path: &'_ Path| fs::metadata(path).ok().map(|data| data.is_dir());
    folder
        .ancestors()
        .find_map(|path| there(path).map(|is_folder| (path, is_folder)))
        .filter(|(_, is_folder)| !is_folder)
        .map(|(path, _)| path)
}

/// A folder's name without links and detours, as far as it is there; `None` where what is not there leads back out of itself.
fn settled(folder: &Path) -> io::Result<Option<PathBuf>> {
    let (mut there, mut missing) = (folder, Vec::new());
    loop {
        match fs::canonicalize(there) {
            Ok(base) => return Ok(Some(missing.iter().rev().fold(base, |path, name| path.join(name)))),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else { return Ok(None) };
                missing.push(name);
                there = parent;
            }
            Err(error) => return Err(error),
        }
    }
}
