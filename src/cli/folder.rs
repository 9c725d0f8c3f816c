//! A folder of results: written under a temporary name, then put in place at one stroke.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::manifest::{FILE, Manifest};
use super::options::Destination;

/// A folder being filled. Dropped before it is put in place, it takes everything with it.
pub(super) struct Folder {
    /// Where it is filled.
    pub path: PathBuf,
    target: PathBuf,
}

impl Folder {
    /// Opens a folder that will become `target`.
    pub fn open(target: &Path) -> Result<Self, Failure> {
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = target.file_name().ok_or_else(|| Failure::input(format!("{} names no folder", target.display())))?;
        let path = parent.join(format!(".{}-{}", name.to_string_lossy(), std::process::id()));
        let doing = format!("{} could not be made", path.display());
        // One of the same name is left over from a process that was killed.
        if path.exists() {
            fs::remove_dir_all(&path).map_err(|error| Failure::io(&doing, error))?;
        }
        fs::create_dir_all(&path).map_err(|error| Failure::io(&doing, error))?;
        Ok(Self { path, target: target.to_owned() })
    }

    /// Puts the folder in place of the target.
    pub fn finish(self) -> Result<(), Failure> {
        let doing = format!("{} could not be put in place", self.target.display());
        let mut aside = self.path.clone();
        aside.as_mut_os_string().push("-old");
        let replaces = self.target.exists();
        if replaces {
            fs::rename(&self.target, &aside).map_err(|error| Failure::io(&doing, error))?;
        }
        if let Err(error) = fs::rename(&self.path, &self.target) {
            if replaces {
                // The old result is put back: nobody is left without one.
                let _ = fs::rename(&aside, &self.target);
            }
            return Err(Failure::io(&doing, error));
        }
        if replaces {
            // What cannot be removed does no harm.
            let _ = fs::remove_dir_all(&aside);
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // After `finish` there is nothing left under this name.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Where a run's results go; a folder that holds anything else than this very run is not overwritten unasked.
pub(super) fn choose(destination: &Destination, name: &str, short_hash: &str) -> Result<PathBuf, Failure> {
    let Some(out) = &destination.out else { return Ok(PathBuf::from("output").join(format!("{name}-{short_hash}"))) };
    if !out.exists() || destination.replace {
        return Ok(out.clone());
    }
    let is_empty = out.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    let is_same =
        out.join(FILE).exists() && Manifest::read(out).is_ok_and(|manifest| manifest.recipe.short_hash() == short_hash);
    if is_empty || is_same {
        return Ok(out.clone());
    }
    Err(Failure::input(format!(
        "{} exists and holds something else. Choose another folder, or add --replace to overwrite it.",
        out.display()
    )))
}
