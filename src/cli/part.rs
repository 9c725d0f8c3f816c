//! What a run has counted so far, in a file: a checkpoint to go on from, or one machine's part of a run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Failure;
use super::manifest::{Recipe, hash};
use crate::outcomes::{Accumulator, Plan};

/// Version of the file's own form.
const FORMAT: u32 = 1;

/// What a file of counts says of itself: its first line, as JSON. The counts follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of this form.
    pub alliance_counts: u32,
    pub scenario: String,
    pub title: String,
    pub recipe: Recipe,
    /// Which part this is, from 1, and of how many; none for a checkpoint.
    pub part: Option<(u64, u64)>,
    /// First block counted and the first that is not.
    pub blocks: (u64, u64),
    /// Files that were read.
    pub sources: Vec<String>,
    /// SHA-256 of the counts.
    pub counts: String,
    /// The scenario with every default filled in.
    pub resolved: Json,
}

/// A file of counts, read.
#[derive(Debug)]
pub(super) struct Part {
    pub path: PathBuf,
    pub header: Header,
    bytes: Vec<u8>,
}

impl Header {
    /// A header for the counts of `blocks`; what identifies the counts is filled in when they are written.
    pub fn new(scenario: (&str, &str), recipe: &Recipe, sources: Vec<String>, resolved: &Json) -> Self {
        Self {
            alliance_counts: FORMAT,
            scenario: scenario.0.to_owned(),
            title: scenario.1.to_owned(),
            recipe: recipe.clone(),
            part: None,
            blocks: (0, 0),
            sources,
            counts: String::new(),
            resolved: resolved.clone(),
        }
    }

    /// Writes the counts under a temporary name and puts the file in place at one stroke.
    pub fn write(mut self, path: &Path, counted: &Accumulator) -> Result<(), Failure> {
        let doing = format!("{} could not be written", path.display());
        let bytes = counted.to_bytes();
        self.counts = hash(&bytes);
        let mut text = serde_json::to_vec(&self).map_err(|error| Failure::io(&doing, error))?;
        text.push(b'\n');
        text.extend(bytes);
        let name = path.file_name().ok_or_else(|| Failure::input(format!("{} names no file", path.display())))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = folder.join(format!(".{}-{}", name.to_string_lossy(), std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::File::create(&temporary))
            .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&temporary, path));
        written.map_err(|error| {
            // Nothing is left of a file that could not be finished.
            let _ = fs::remove_file(&temporary);
            Failure::io(&doing, error)
        })
    }
}

impl Part {
    /// Reads a file of counts.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        let bytes = fs::read(path).map_err(|error| wrong(&format!("it cannot be read: {error}")))?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let strange = "it is no part of a run and no checkpoint";
        let (head, counts) = bytes.split_at(end.ok_or_else(|| wrong(strange))?);
        let header: Header = serde_json::from_slice(head).map_err(|_| wrong(strange))?;
        if header.alliance_counts != FORMAT {
            return Err(wrong(&format!("its form is {}, where this engine reads {FORMAT}", header.alliance_counts)));
        }
        let counts = &counts[1..];
        if hash(counts) != header.counts {
            return Err(wrong("its counts are damaged or cut short; make it again"));
        }
        Ok(Self { path: path.to_owned(), bytes: counts.to_vec(), header })
    }

    /// Its counts.
    pub fn counted(&self, plan: &Arc<Plan>) -> Result<Accumulator, Failure> {
        Accumulator::from_bytes(plan, &self.bytes)
            .map_err(|why| Failure::input(format!("{}: {why}.", self.path.display())))
    }

    /// In what the run that it belongs to differs from another; empty where it is the same run.
    pub fn differences(&self, other: &Recipe) -> Vec<String> {
        let own = &self.header.recipe;
        let until = |recipe: &Recipe| recipe.until.map_or_else(|| "none".to_owned(), |until| until.to_string());
        let compared = [
            ("engine version", own.version.clone(), other.version.clone()),
            ("scenario hash", own.scenario_hash.clone(), other.scenario_hash.clone()),
            ("seed", own.seed.to_string(), other.seed.to_string()),
            ("sampler", own.sampler.clone(), other.sampler.clone()),
            ("trials", own.trials.to_string(), other.trials.to_string()),
            ("precision", until(own), until(other)),
        ];
        let differs = |(name, own, other): &(&str, String, String)| {
            (own != other).then(|| format!("{name} {}, not {}", short(own), short(other)))
        };
        compared.iter().filter_map(differs).collect()
    }
}

/// The beginning of a long hash.
fn short(text: &str) -> &str {
    text.get(..12).unwrap_or(text)
}
