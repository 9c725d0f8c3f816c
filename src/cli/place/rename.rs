//! Renames that replace nothing, and two things changing places, by what the file system can do.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::name::kind_of;

/// What the file system is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Can {
    /// All that it can.
    All,
    /// What every one can: plain renames, and links where there are such.
    Least,
}

impl Can {
    /// What can be asked of this system.
    pub const fn best() -> Self {
        if cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple")) {
            Self::All
        } else {
            Self::Least
        }
    }
}

/// Gives something a name that is free; `AlreadyExists` where it is not.
pub(super) fn into_free(from: &Path, to: &Path, can: Can) -> io::Result<()> {
    match whole::into_free(from, to, can) {
        Err(error) if cannot(&error) => into_free_least(from, to),
        renamed => renamed,
    }
}

/// The same without the help of the file system.
fn into_free_least(from: &Path, to: &Path) -> io::Result<()> {
    let taken = || Err(ErrorKind::AlreadyExists.into());
    if kind_of(to)?.is_some() {
        return taken();
    }
    if kind_of(from)?.is_some_and(|kind| kind.is_dir()) {
        // A folder replaces nothing but a folder that is empty.
        return match fs::rename(from, to) {
            Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory) => taken(),
            renamed => renamed,
        };
    }
    // A second name replaces nothing either.
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => Err(error),
        // Without such names, that it was looked at just now has to do.
        Err(_) => fs::rename(from, to),
    }
}

/// Has two things change places at one stroke; `Unsupported` where the file system cannot.
pub(super) fn exchange(one: &Path, other: &Path, can: Can) -> io::Result<()> {
    match whole::exchange(one, other, can) {
        Err(error) if cannot(&error) => Err(ErrorKind::Unsupported.into()),
        exchanged => exchanged,
    }
}

/// Whether an error says that such a rename is not known here. Some containers forbid what they do not know.
fn cannot(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
        || cfg!(unix) && error.raw_os_error() == Some(1)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod whole {
    use std::io;
    use std::path::Path;

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    use super::Can;

    pub(super) fn into_free(from: &Path, to: &Path, can: Can) -> io::Result<()> {
        with(from, to, can, RenameFlags::NOREPLACE)
    }

    pub(super) fn exchange(one: &Path, other: &Path, can: Can) -> io::Result<()> {
        with(one, other, can, RenameFlags::EXCHANGE)
    }

    fn with(from: &Path, to: &Path, can: Can, flags: RenameFlags) -> io::Result<()> {
        match can {
            Can::All => Ok(renameat_with(CWD, from, CWD, to, flags)?),
            Can::Least => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod whole {
    use std::io;
    use std::path::Path;

    use super::Can;

    pub(super) fn into_free(_: &Path, _: &Path, _: Can) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn exchange(_: &Path, _: &Path, _: Can) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
