//! What a run has counted so far, in a file: a checkpoint to go on from, or one machine's part of a run.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::manifest::{Recipe, Simulated, first_figures, hash, hash_rest};
use super::place::Slot;
use super::progress::check_not_stopped;
use super::{Failure, commit};
use crate::figures::made_by_others;
use crate::outcomes::{Accumulator, Plan};
use crate::run::Interrupt;
use crate::scenario::{Loaded, why_unread};

/// Version of the file's own form.
const FORMAT: u32 = 4;

/// No header is longer than this.
const LONGEST_HEADER: u64 = 1 << 28;

/// What a file of counts says of itself: its first line, as JSON. The counts follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of this form.
    pub alliance_counts: u32,
    pub recipe: Recipe,
    /// Git commit of the engine, where known: counts of two engines do not mix.
    pub commit: Option<String>,
    /// Which part this is, from 1, and of how many; none for a checkpoint.
    pub part: Option<(u64, u64)>,
    /// First block counted and the first that is not.
    pub blocks: (u64, u64),
    /// SHA-256 of the counts.
    pub counts: String,
    /// Seconds that counting took, of all the runs that went on from one another.
    #[serde(default)]
    pub wall_seconds: f64,
    /// SHA-256 of the file of trials beside this one, where they were kept.
    pub rows: Option<String>,
    pub scenario: Simulated,
}

impl Header {
    /// The header of a part of a run by this engine, or, with no part, of a checkpoint. Blocks and counts are still to be filled in.
    pub fn new(loaded: &Loaded, recipe: &Recipe, part: Option<(u64, u64)>) -> Self {
        Self {
            alliance_counts: FORMAT,
            recipe: recipe.clone(),
            commit: commit(),
            part,
            blocks: (0, 0),
            counts: String::new(),
            wall_seconds: 0.0,
            rows: None,
            scenario: Simulated::of(loaded),
        }
    }

    /// In what it differs from another that can be put together with it; empty where both are of the same run and engine.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let (own, others) = (&self.recipe, &other.recipe);
        let until = |recipe: &Recipe| recipe.until.map_or_else(|| "none".to_owned(), |until| until.to_string());
        let commit = |header: &Self| header.commit.clone().unwrap_or_else(|| "unknown".to_owned());
        // A checkpoint is of no parts.
        let parts = |header: &Self| header.part.map_or_else(|| "none".to_owned(), |(_, of)| of.to_string());
        let compared = [
            ("parts", parts(self), parts(other)),
            ("engine version", own.version.clone(), others.version.clone()),
            ("engine commit", commit(self), commit(other)),
            ("scenario hash", own.scenario_hash.clone(), others.scenario_hash.clone()),
            ("seed", own.seed.to_string(), others.seed.to_string()),
            ("sampler", own.sampler.clone(), others.sampler.clone()),
            ("trials", own.trials.to_string(), others.trials.to_string()),
            ("trials kept", own.keep_trials.to_string(), others.keep_trials.to_string()),
            ("precision", until(own), until(others)),
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

/// A file of counts whose header was read and whose counts are whole; these, which are large, still lie in it.
#[derive(Debug)]
pub(super) struct Part {
    pub path: PathBuf,
    pub header: Header,
    /// Bytes before the counts.
    before: usize,
}

impl Part {
    /// Reads the header of a file of counts and makes sure of the rest.
    pub fn read(path: &Path, interrupt: &Interrupt) -> Result<Self, Failure> {
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        if path.is_dir() {
            return Err(wrong("it is a folder, where a file of counts is wanted"));
        }
        let unreadable = |error| wrong(&format!("it cannot be read: {}", why_unread(&error)));
        let file = File::open(path).map_err(unreadable)?;
        let (mut file, mut head) = (BufReader::new(file), Vec::new());
        file.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut head).map_err(unreadable)?;
        let other = figures_of(&head).and_then(made_by_others);
        if let Some(other) = other {
            return Err(wrong(&format!(
                "its counts were {other}, and the two do not mix; name another file, or delete it"
            )));
        }
        let header: Header = serde_json::from_slice(&head)
            .map_err(|_| wrong("it is no part of a run and no checkpoint; name another file, or delete it"))?;
        if header.alliance_counts != FORMAT {
            return Err(wrong(&format!("its form is {}, where this engine reads {FORMAT}", header.alliance_counts)));
        }
        let hash = hash_rest(file, interrupt).map_err(unreadable)?;
        check_not_stopped(interrupt)?;
        if hash != header.counts {
            return Err(wrong("its counts are damaged or cut short; make it again"));
        }
        Ok(Self { path: path.to_owned(), header, before: head.len() })
    }

    /// Makes sure that the trials kept beside it are whole, where there are any.
    pub fn check_rows(&self, interrupt: &Interrupt) -> Result<(), Failure> {
        let Some(rows) = &self.header.rows else { return Ok(()) };
        let path = rows_beside(&self.path);
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        let missing =
            |error| wrong(&format!("the trials of {} cannot be read: {}", self.path.display(), why_unread(&error)));
        let found = File::open(&path).and_then(|file| hash_rest(file, interrupt)).map_err(missing)?;
        check_not_stopped(interrupt)?;
        if found == *rows {
            Ok(())
        } else {
            Err(wrong(&format!("these are not the trials of {}, or damaged; make the part again", self.path.display())))
        }
    }

    /// Its counts.
    pub fn counted(&self, plan: &Arc<Plan>) -> Result<Accumulator, Failure> {
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", self.path.display()));
        let bytes =
            fs::read(&self.path).map_err(|error| wrong(&format!("it cannot be read: {}", why_unread(&error))))?;
        let counts = bytes.get(self.before..).unwrap_or_default();
        Accumulator::from_bytes(plan, counts).map_err(wrong)
    }
}

/// The figures of which a header says that its counts are, whatever its form; none where it is no header.
fn figures_of(head: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct Any {
        #[serde(rename = "alliance_counts")]
        _form: u32,
        recipe: Figures,
    }
    #[derive(Deserialize)]
    struct Figures {
        #[serde(default = "first_figures")]
        figures: u32,
    }
    serde_json::from_slice::<Any>(head).ok().map(|any| any.recipe.figures)
}

/// Where the trials of a part are kept.
pub(super) fn rows_beside(part: &Path) -> PathBuf {
    part.with_extension("parquet")
}

/// Whether two files hold the counts of the same part of the same run.
pub(super) fn same_counts(one: &Path, other: &Path) -> bool {
    let read = |path| Part::read(path, &Interrupt::default()).ok();
    let (Some(one), Some(other)) = (read(one), read(other)) else { return false };
    one.header.part == other.header.part && one.header.differences(&other.header).is_empty()
}

impl Slot {
    /// Writes the counts of `blocks`, which took so long, and puts the file in place at one stroke.
    pub fn write(
        &self,
        header: &Header,
        blocks: (u64, u64),
        wall_seconds: f64,
        counted: &Accumulator,
    ) -> Result<(), Failure> {
        let bytes = counted.to_bytes();
        let header = Header { blocks, wall_seconds, counts: hash(&bytes), ..header.clone() };
        let mut text = serde_json::to_vec(&header).map_err(|error| self.failed(error))?;
        text.push(b'\n');
        text.extend(bytes);
        self.put(&text)
    }
}
