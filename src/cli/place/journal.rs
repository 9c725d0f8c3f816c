//! What is being put in place, written down before anything gets its name.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::look::flush_names;
use super::staging::remove_file;
use foreign::files::{self, Unread};

/// Something that is being put in place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Item {
    /// Its name, in the hidden folder and in the one that holds that.
    pub name: OsString,
    /// What is there and is to be replaced, as [`super::look::look`] tells it; `None` where nothing is.
    pub before: Option<String>,
    /// What takes its place, told the same way.
    pub own: String,
}

/// All that is put in place together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Whether it is kept beside its place where that is taken: what took long to make is.
    pub keep: bool,
    pub items: Vec<Item>,
}

impl Journal {
    /// Writes it to disk, whole or not at all.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let new = folder.join("journal-new");
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        fs::rename(new, path)?;
        flush_names(folder)
    }

    /// Reads what a dead process wrote; `None` where it had not come so far.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match files::read(path, files::MANIFEST) {
            Err(Unread::Failed(error)) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(Unread::Failed(error)) => return Err(error),
            read => read.map_err(|why| io::Error::other(why.to_string()))?,
        };
        let journal: Self = serde_json::from_slice(&text)?;
        let is_name = |item: &Item| {
            let mut parts = Path::new(&item.name).components();
            matches!((parts.next(), parts.next()), (Some(Component::Normal(name)), None) if name == item.name)
        };
        if journal.items.iter().all(is_name) { Ok(Some(journal)) } else { Err(ErrorKind::InvalidData.into()) }
    }

    /// Forgets what was put in place.
    pub fn remove(path: &Path) -> io::Result<()> {
        remove_file(path)
    }
}
