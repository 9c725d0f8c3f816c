//! Reading files: plain files only, and none larger than a file of its kind is; from the disk, or from what a door was given.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of a scenario, of a file that it names, and of a workbook at most.
pub const SCENARIO: u64 = 10_000_000;
/// Bytes of a manifest, and of what a part or a checkpoint says of itself, at most.
pub const MANIFEST: u64 = 100_000_000;
/// Bytes of a part or a checkpoint at most.
pub const COUNTS: u64 = 4_000_000_000;
/// Bytes of a history of measurements at most.
pub const HISTORY: u64 = 10_000_000;
/// What is read piece by piece may have any size.
pub const ANY_SIZE: u64 = u64::MAX;

/// Why a file cannot be read.
#[derive(Debug)]
pub enum Unread {
    /// The system says why.
    Failed(io::Error),
    /// It is a folder.
    Folder,
    /// It is a device, a pipe or a socket.
    NoPlainFile,
    /// It is larger than a file of its kind may be.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// How many are read at most.
        most: u64,
    },
    /// It is not UTF-8.
    NoText,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        match self {
            Self::Failed(error) => f.write_str(&why_unread(error)),
            Self::Folder => f.write_str("it is a folder"),
            Self::NoPlainFile => f.write_str("it is no plain file"),
            Self::TooLarge { bytes, most } => {
                write!(f, "it has {:.1} MB; at most {} MB are read", megabytes(*bytes), megabytes(*most))
            }
            Self::NoText => f.write_str("it is not UTF-8"),
        }
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Where files come from.
pub trait Source: fmt::Debug {
    /// Reads a file of at most so many bytes.
    ///
    /// # Errors
    /// Says why it is not read.
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unread>;
}

/// The disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Source for Disk {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
        read(path, most)
    }
}

/// Files that were handed over, by their paths: a page and a server read no disk.
#[derive(Debug, Clone, Default)]
pub struct Given(pub BTreeMap<PathBuf, Vec<u8>>);

impl Source for Given {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
        let content = self.0.get(path).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let bytes = content.len() as u64;
        if bytes > most { Err(Unread::TooLarge { bytes, most }) } else { Ok(content.clone()) }
    }
}

/// Why the system reads no file, in words.
#[must_use]
pub fn why_unread(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Opens a plain file of at most so many bytes.
///
/// # Errors
/// Says why it is not read.
pub fn open(path: &Path, most: u64) -> Result<File, Unread> {
    // Before it is opened: a pipe would wait for somebody to write.
    check(&fs::metadata(path)?, most)?;
    let file = File::open(path)?;
    // What was opened may be another by now.
    check(&file.metadata()?, most)?;
    Ok(file)
}

fn check(kind: &Metadata, most: u64) -> Result<(), Unread> {
    match kind.len() {
        _ if kind.is_dir() => Err(Unread::Folder),
        _ if !kind.is_file() => Err(Unread::NoPlainFile),
        bytes if bytes > most => Err(Unread::TooLarge { bytes, most }),
        _ => Ok(()),
    }
}

/// Reads a plain file of at most so many bytes.
///
/// # Errors
/// Says why it is not read.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    // Some files of the system have more in them than they say.
    open(path, most)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let found = bytes.len() as u64;
    if found > most { Err(Unread::TooLarge { bytes: found, most }) } else { Ok(bytes) }
}

/// Reads a text of at most so many bytes.
///
/// # Errors
/// Says why it is not read.
pub fn read_text(path: &Path, most: u64) -> Result<String, Unread> {
    String::from_utf8(read(path, most)?).map_err(|_| Unread::NoText)
}

#[cfg(test)]
mod tests {
    use super::{read, read_text};

    #[test]
    fn a_file_is_read_to_its_limit_and_not_beyond() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x");
        std::fs::write(&path, "four").expect("there is room");
        assert_eq!(read(&path, 4).expect("it is read"), b"four");
        assert_eq!(read(&path, 3).expect_err("too large").to_string(), "it has 0.0 MB; at most 0.000003 MB are read");
        assert_eq!(read(folder.path(), 9).expect_err("a folder").to_string(), "it is a folder");
        assert_eq!(read(&folder.path().join("y"), 9).expect_err("nothing").to_string(), "there is no such file");
        std::fs::write(&path, [0xff]).expect("there is room");
        assert_eq!(read_text(&path, 9).expect_err("no text").to_string(), "it is not UTF-8");
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("there is mkfifo");
        assert!(made.success());
        let zero = folder.path().join("zero");
        std::os::unix::fs::symlink("/dev/zero", &zero).expect("a link");
        for path in [pipe, zero] {
            assert_eq!(read(&path, 9).expect_err("no plain file").to_string(), "it is no plain file");
        }
    }
}
