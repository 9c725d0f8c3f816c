//! A folder of results: written under a temporary name, then put in place at one stroke.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::manifest::{FILE, Manifest, Recipe};
use super::options::Destination;

/// A folder being filled. Dropped before it is put in place, it takes everything with it.
pub(super) struct Folder {
    /// Where it is filled.
    pub path: PathBuf,
    target: PathBuf,
    /// Folders above it that had to be made, innermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// Opens a folder that will become `target`.
    pub fn open(target: &Path) -> Result<Self, Failure> {
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = target.file_name().ok_or_else(|| Failure::input(format!("{} names no folder", target.display())))?;
        let path = parent.join(format!(".{}-{}", name.to_string_lossy(), std::process::id()));
        let doing = format!("{} could not be made", target.display());
        let made = parent.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists());
        let folder = Self { made: made.map(Path::to_owned).collect(), path, target: target.to_owned() };
        // One of the same name is left over from a process that was killed.
        if folder.path.exists() {
            fs::remove_dir_all(&folder.path).map_err(|error| Failure::io(&doing, error))?;
        }
        fs::create_dir_all(&folder.path).map_err(|error| Failure::io(&doing, error))?;
        Ok(folder)
    }

    /// Puts the folder in place of the target.
    pub fn finish(mut self) -> Result<(), Failure> {
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
        self.made.clear();
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
        for folder in &self.made {
            // One that somebody else uses by now is not empty, and stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Where a run's results go. What is there is replaced unasked only by the same run, and asked only where it is a result.
pub(super) fn choose(destination: &Destination, name: &str, recipe: &Recipe) -> Result<PathBuf, Failure> {
    let hash = recipe.short_hash();
    let place = destination.out.clone().unwrap_or_else(|| PathBuf::from("output").join(format!("{name}-{hash}")));
    if !place.exists() || is_empty(&place) {
        return Ok(place);
    }
    let here = place.display();
    if !place.is_dir() {
        return Err(Failure::input(format!(
            "{here} is a file, where a folder of results is wanted. Choose another name."
        )));
    }
    let Ok(manifest) = Manifest::read(&place) else {
        return Err(Failure::input(format!("{here} exists and holds no results of a run. Choose another folder.")));
    };
    if destination.replace {
        return Ok(place);
    }
    if let Some(stranger) = stranger(&place, &place, &manifest) {
        let message = format!(
            "{here} also holds {stranger}, which the run did not write. Move it, or add --replace, which removes it."
        );
        return Err(Failure::input(message));
    }
    if manifest.recipe.short_hash() != hash {
        let message = format!("{here} holds another run. Choose another folder, or add --replace to overwrite it.");
        return Err(Failure::input(message));
    }
    Ok(place)
}

fn is_empty(place: &Path) -> bool {
    place.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// A file below `place` that the manifest does not name, by its path from `root`.
fn stranger(root: &Path, place: &Path, manifest: &Manifest) -> Option<String> {
    place.read_dir().ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            return stranger(root, &path, manifest);
        }
        (name != FILE && !manifest.files.contains_key(&name)).then_some(name)
    })
}
