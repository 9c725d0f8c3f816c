//! A folder of results: filled where nobody sees it, then put in place at one stroke.

use std::path::{Path, PathBuf};

use super::file::unflushed;
use super::look::{is_empty_folder, look};
use super::name::{Place, Wanted, not_made};
use super::same::look_through;
use super::settle::{NotPlaced, Why};
use super::staging::Staging;
use crate::cli::Failure;
use crate::cli::manifest::{FILE, Recipe};
use crate::cli::options::Destination;
use engine::run::Interrupt;
use foreign::safe_text::file_name;

/// A folder being filled. Dropped before it is put in place, it takes everything with it.
#[derive(Debug)]
pub(in crate::cli) struct Folder {
    /// Where it is filled.
    pub path: PathBuf,
    place: Place,
    staging: Staging,
    /// What is there and is to be replaced.
    before: Option<String>,
}

impl Folder {
    /// Opens a folder for the results of a recipe. What is there is replaced unasked only by the same run, and asked only where it is
    /// a result. `name` begins its name, unless the user has named it.
    pub fn open(
        destination: &Destination,
        name: &str,
        recipe: &Recipe,
        interrupt: &Interrupt,
    ) -> Result<Self, Failure> {
        let place = Self::place(destination, name, recipe)?;
        let failed = |error| not_made(&place.said, &error);
        let staging = Staging::open(&place.parent).map_err(failed)?;
        let target = place.path();
        let before = look(&target).map_err(failed)?;
        if before.is_some() {
            check(&place, destination.replace, recipe, interrupt)?;
            check_mounted(&place)?;
        }
        let path = staging.fresh(&place.name);
        std::fs::create_dir(&path).map_err(failed)?;
        Ok(Self { path, place, staging, before })
    }

    /// Where the results of a recipe go.
    fn place(destination: &Destination, name: &str, recipe: &Recipe) -> Result<Place, Failure> {
        let named = || PathBuf::from("output").join(format!("{}-{}", file_name(name), recipe.short_hash()));
        Place::of(&destination.out.clone().unwrap_or_else(named), Wanted::Folder)
    }

    /// Refuses a file that would lie at the place of the results, or in them: neither could be replaced without the other.
    pub fn check_apart(file: &Path, destination: &Destination, name: &str, recipe: &Recipe) -> Result<(), Failure> {
        let folder = Self::place(destination, name, recipe)?;
        if Place::of(file, Wanted::File)?.path().starts_with(folder.path()) {
            let (file, folder) = (file.display(), folder.said.display());
            let message = format!("{file} lies at the place of the results, {folder}. Name a file outside it.");
            return Err(Failure::input(message));
        }
        Ok(())
    }

    /// As the user named it.
    pub fn said(&self) -> &Path {
        &self.place.said
    }

    /// Puts the folder in place.
    pub fn finish(mut self) -> Result<(), Failure> {
        let names = [(self.place.name.clone(), self.before.clone())];
        self.staging.place(true, &names).map(drop).map_err(|not| self.not_placed(&not))
    }

    /// What to say where it is not in its place.
    fn not_placed(&self, not: &NotPlaced) -> Failure {
        let here = self.place.said.display();
        let kept = match not.kept.first() {
            Some(path) => format!("The results are in {}.", path.display()),
            None => "The results could not be kept.".to_owned(),
        };
        match &not.why {
            Why::Taken => Failure::input(format!(
                "{here} was put there or changed while the run worked, and is left as it is. {kept}"
            )),
            Why::Unflushed(error) => unflushed(&self.place.said, error),
            Why::Failed(error) => Failure::io(&format!("{here} could not be put in place"), format!("{error}. {kept}")),
        }
    }
}

/// Whether what is in the place may be replaced by the results of a recipe.
fn check(place: &Place, replace: bool, recipe: &Recipe, interrupt: &Interrupt) -> Result<(), Failure> {
    let here = place.said.display();
    if is_empty_folder(&place.path()) {
        return Ok(());
    }
    let found = match look_through(&place.path(), interrupt) {
        Ok(found) => found,
        Err(why) => {
            crate::cli::progress::check_not_stopped(interrupt)?;
            let message = if place.path().join(FILE).is_file() {
                format!(
                    "{here} holds what this engine does not replace. {}\nMove it, or choose another folder.",
                    why.message
                )
            } else {
                format!("{here} exists and holds no results of a run. Choose another folder.")
            };
            return Err(Failure::input(message));
        }
    };
    if replace {
        return Ok(());
    }
    if let Some(stranger) = found.stranger {
        return Err(Failure::input(format!(
            "{here} also holds {stranger}. Move it, or add --replace, which removes it."
        )));
    }
    if found.manifest.recipe() != *recipe {
        let message = format!("{here} holds another run. Choose another folder, or add --replace to overwrite it.");
        return Err(Failure::input(message));
    }
    Ok(())
}

/// A folder at which another file system begins cannot be replaced: that is told before anything is run.
#[cfg(unix)]
fn check_mounted(place: &Place) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|data| data.dev()).ok();
    if device(&place.path()) == device(&place.parent) {
        return Ok(());
    }
    let here = place.said.display();
    Err(Failure::input(format!("{here} is where another disk begins. Choose a folder within it: {here}/results.")))
}

#[cfg(not(unix))]
fn check_mounted(_: &Place) -> Result<(), Failure> {
    Ok(())
}

/// A folder to work in that nobody will see, in the system's place for such.
#[derive(Debug)]
pub(in crate::cli) struct Scratch(Staging);

impl Scratch {
    /// Opens one.
    pub fn open() -> Result<Self, Failure> {
        let place = std::env::temp_dir();
        let failed = |error| Failure::io(&format!("{} could not be written", place.display()), error);
        Staging::open(&place).map(Self).map_err(failed)
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.0.fresh_folder()
    }
}
