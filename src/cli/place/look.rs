//! What lies at a place, in short, so that what was changed or put there meanwhile is seen; and flushing it to disk.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::name::kind_of;
use app::request::hash;

/// How often something is looked at anew that others replace meanwhile.
pub(super) const ATTEMPTS: u32 = 100;

/// Names, kinds, numbers, sizes and times of all that lies at a place, hashed; `None` where nothing is.
pub(super) fn look(path: &Path) -> io::Result<Option<String>> {
    let mut tried = 0;
    loop {
        tried += 1;
        match look_once(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && tried < ATTEMPTS => {}
            looked => return looked,
        }
    }
}

fn look_once(path: &Path) -> io::Result<Option<String>> {
    let Some(kind) = kind_of(path)? else { return Ok(None) };
    let mut lines = Vec::new();
    if kind.is_dir() {
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let (own, data) = (entry.path(), entry.metadata()?);
                let name = own.strip_prefix(path).unwrap_or(&own).as_os_str().as_encoded_bytes().to_owned();
                lines.push((name, line(&data)));
                if data.is_dir() {
                    folders.push(own);
                }
            }
        }
        lines.sort();
    } else {
        lines.push((Vec::new(), line(&fs::symlink_metadata(path)?)));
    }
    let mut text = format!("{kind:?}").into_bytes();
    for (name, line) in lines {
        text.extend([name.as_slice(), b"\0", line.as_bytes(), b"\0"].concat());
    }
    Ok(Some(hash(&text)))
}

/// Kind, number, size and time; of a folder, whose time changes with what lies in it, the kind and the number alone.
fn line(data: &Metadata) -> String {
    let kind = data.file_type();
    if kind.is_dir() {
        return format!("folder {}", number(data));
    }
    let time = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{kind:?} {} {} {}", number(data), data.len(), time.as_nanos())
}

/// By which the file system tells two things apart: a clock that ticks some hundred times a second does not.
#[cfg(unix)]
fn number(data: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(data)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// Whether there is a folder with nothing in it.
pub(super) fn is_empty_folder(path: &Path) -> bool {
    kind_of(path).is_ok_and(|kind| kind.is_some_and(|kind| kind.is_dir()))
        && path.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// Flushes a file, or a folder with all that lies in it, to disk.
pub(super) fn flush(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        return File::options().write(true).open(path)?.sync_all();
    }
    for entry in fs::read_dir(path)? {
        flush(&entry?.path())?;
    }
    flush_names(path)
}

/// Flushes the names that a folder holds to disk, where the system has a way to.
pub(super) fn flush_names(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems have no such thing as flushing a folder.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        flushed => flushed,
    }
}
