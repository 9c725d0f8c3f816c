//! The manifest beside every result: what it takes to make it again, and the hash of every file.

mod earlier;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::{fmt, fs};

use app::request::{hash, hexadecimal};
use app::{Engine, Request};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::progress::check_not_stopped;
use super::seal;
use super::{Failure, sound};
use crate::exit_code::Exit;
use earlier::Earlier;
use engine::figures::{FIGURES, made_by_others};
use engine::run::Interrupt;
use foreign::files::{self, why_unread};

/// Version of the manifest's own form.
const FORMAT: u32 = 4;

/// Name of the manifest in a folder of results.
pub(super) const FILE: &str = "manifest.json";

/// What is made of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outputs {
    /// What of every trial is kept.
    pub trials: Kept,
    /// Whether charts are drawn.
    pub charts: bool,
    /// Whether a page is written.
    pub report: bool,
    /// Whether a workbook is written.
    pub xlsx: bool,
}

/// What tells results apart: of one recipe, the same engine makes the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipe {
    version: String,
    figures: u32,
    /// Hash of the request.
    request: String,
    outputs: Outputs,
}

impl Recipe {
    /// The recipe of an answer by an engine to a request of such a hash.
    pub fn of(engine: &Engine, request_hash: &str, outputs: &Outputs) -> Self {
        let Engine { version, figures, .. } = engine.clone();
        Self { version, figures, request: request_hash.to_owned(), outputs: outputs.clone() }
    }

    /// Short name of the results: changes with what is asked, with the version, and with what is kept, so that a run without trials or
    /// charts never takes the place of one that has them.
    pub fn short_hash(&self) -> String {
        let Outputs { trials, charts, report, xlsx } = &self.outputs;
        let Self { version, figures, request, .. } = self;
        hash(format!("{version}\n{figures}\n{request}\n{trials}\n{charts}\n{report}\n{xlsx}").as_bytes())[..8]
            .to_owned()
    }
}

/// What is kept of every trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kept {
    /// Nothing.
    #[value(skip)]
    Nothing,
    /// Outcomes and inputs.
    All,
    /// Outcomes alone.
    Outcomes,
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "none",
            Self::All => "all",
            Self::Outcomes => "outcomes",
        })
    }
}

impl Kept {
    /// Whether anything is.
    pub const fn any(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// The manifest of one result.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: u32,
    /// What was asked.
    pub request: Request,
    /// Hash of the request.
    pub request_hash: String,
    /// The engine that answered.
    pub engine: Engine,
    /// What was made of the answer.
    pub outputs: Outputs,
    /// Trials done, fewer than asked for where the precision was reached.
    pub trials_done: u64,
    pub command_line: String,
    pub threads: usize,
    pub instruction_set: String,
    pub wall_seconds: f64,
    /// SHA-256 of every other file of the folder.
    pub files: BTreeMap<String, String>,
    /// SHA-256 of all the rest of the manifest's text; version 0.1.0 wrote none.
    pub sha256: String,
}

impl Manifest {
    /// The question in words where it was asked so, else the titles of what was simulated.
    pub fn title(&self) -> String {
        if let Some(question) = self.request.question.in_words() {
            return question.to_owned();
        }
        let titles: Vec<&str> = self.request.scenarios.iter().map(|scenario| scenario.title.as_str()).collect();
        titles.join(" / ")
    }

    /// What tells its results from others.
    pub fn recipe(&self) -> Recipe {
        Recipe::of(&self.engine, &self.request_hash, &self.outputs)
    }

    /// Reads a manifest, or that of a folder, of a run by the same figures as this program's.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        Self::read_made_by(path, false)
    }

    /// Reads one to run it again: of a run by earlier figures too.
    pub fn read_to_replay(path: &Path) -> Result<Self, Failure> {
        Self::read_made_by(path, true)
    }

    fn read_made_by(path: &Path, earlier: bool) -> Result<Self, Failure> {
        let folder = path.is_dir();
        let path = if folder { path.join(FILE) } else { path.to_owned() };
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        let text = files::read_text(&path, files::MANIFEST).map_err(|why| {
            let hint = if folder { ". A folder of results holds a manifest.json" } else { "" };
            Failure::input(format!("{} cannot be read: {why}{hint}.", path.display()))
        })?;
        let form = Form::of(&text);
        if let Some(other) = form.as_ref().and_then(|form| form.refused(earlier)) {
            return Err(wrong(&other));
        }
        let first = form.is_some_and(|form| form.is_of_first_figures());
        if !first && !seal::is_whole(&text) {
            return Err(wrong("it is no manifest, or it was changed or damaged after it was written"));
        }
        let no_manifest =
            |error: serde_json::Error| Failure::input(format!("{} is no manifest: {error}", path.display()));
        let manifest: Self = if first {
            let of_first: Earlier = serde_json::from_str(&text).map_err(no_manifest)?;
            of_first.manifest().map_err(|why| wrong(&why))?
        } else {
            serde_json::from_str(&text).map_err(no_manifest)?
        };
        sound::manifest(&manifest).map_err(|why| wrong(&why))?;
        Ok(manifest)
    }

    /// Writes the manifest into a folder whose other files are complete.
    pub fn write(mut self, folder: &Path, interrupt: &Interrupt) -> Result<(), Failure> {
        self.format = FORMAT;
        self.files = hashes(folder, interrupt)?;
        self.sha256 = String::new();
        let text =
            serde_json::to_string_pretty(&self).map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
        fs::write(folder.join(FILE), seal::sealed(&(text + "\n")))
            .map_err(|error| Failure::io("the manifest could not be written", error))
    }
}

/// What tells whether a manifest can be read: its form, and which figures made what it describes.
#[derive(Deserialize)]
struct Form {
    format: u64,
    /// Who made it, in the present form and in the first.
    #[serde(alias = "recipe")]
    engine: Maker,
}

/// Who made something that is stored; 0.1.0 did not name its figures, which were 1.
#[derive(Deserialize)]
pub(super) struct Maker {
    version: String,
    #[serde(default = "first_figures")]
    pub figures: u32,
}

/// The figures of what names none.
const fn first_figures() -> u32 {
    1
}

impl Form {
    fn of(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Whether version 0.1.0 wrote it, which sealed none.
    fn is_of_first_figures(&self) -> bool {
        self.format == earlier::FORMAT && self.engine.figures == first_figures()
    }

    /// What to say of a manifest of another form, or made by other figures; `earlier` ones may be taken.
    fn refused(&self, earlier: bool) -> Option<String> {
        let Self { format, engine: Maker { version, figures } } = self;
        let is_known = *format == u64::from(FORMAT) || self.is_of_first_figures();
        let of = if sound::is_plain(version) { format!(" Replay it with version {version}") } else { String::new() };
        match made_by_others(*figures) {
            Some(_) if earlier && is_known && (first_figures()..FIGURES).contains(figures) => None,
            Some(other) => Some(format!("{other}, so that it cannot make the same bytes.{of}")),
            None if *format == u64::from(FORMAT) => None,
            None => Some(format!("manifest format {format}, where this engine reads {FORMAT}.{of}")),
        }
    }
}

/// Hash of a file, read piece by piece: kept trials may be larger than memory.
pub(super) fn hash_of(path: &Path, interrupt: &Interrupt) -> Result<String, Failure> {
    let doing = format!("{} could not be read", path.display());
    let hash = files::open(path, files::ANY_SIZE).and_then(|file| Ok(hash_rest(file, interrupt)?));
    check_not_stopped(interrupt)?;
    hash.map_err(|why| Failure::io(&doing, why))
}

/// Hash of all that is still to be read; cut short once it is to stop.
pub(super) fn hash_rest(mut from: impl Read, interrupt: &Interrupt) -> io::Result<String> {
    let mut sha = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece)? {
            _ if interrupt.is_stopped() => return Ok(String::new()),
            0 => return Ok(hexadecimal(&sha.finalize())),
            read => sha.update(&piece[..read]),
        }
    }
}

/// Hash of every file of a folder but its manifest, by its path within.
pub(super) fn hashes(folder: &Path, interrupt: &Interrupt) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let doing = format!("{} could not be read", next.display());
        let unread = |error| Failure::io(&doing, why_unread(&error));
        for entry in fs::read_dir(&next).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(folder)
                && name != Path::new(FILE)
            {
                found.insert(name.to_string_lossy().replace('\\', "/"), hash_of(&path, interrupt)?);
            }
        }
    }
    Ok(found)
}
