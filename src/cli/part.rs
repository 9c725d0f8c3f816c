//! What a run has counted so far, in a file: a checkpoint to go on from, or one machine's part of a run.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use super::manifest::{Kept, Maker, Outputs, hash_rest};
use super::place::Slot;
use super::progress::check_not_stopped;
use super::seal::HASHES_COUNT;
use super::shard::{chunk, span};
use super::{Failure, engine, sound};
use app::request::scenario_hash;
use app::{Draws, Engine, Question, Request, Simulated, Study, limits};
use engine::figures::made_by_others;
use engine::outcomes::{Accumulator, Plan};
use engine::run::Interrupt;
use engine::uncertainty::lanes::{blocks_of, trials_in};
use foreign::files;

/// Version of the file's own form.
const FORMAT: u32 = 6;

/// Bytes of the SHA-256 that such a file ends with: of all before it, header and counts.
const SEAL: usize = 32;

/// What a file of counts says of itself: its first line, as JSON. The counts follow, then a hash of both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    /// Version of this form.
    pub alliance_counts: u32,
    /// Which futures are counted.
    pub draws: Draws,
    /// What they are futures of.
    pub scenario: Simulated,
    /// Hash of the request, a run of that scenario.
    pub request_hash: String,
    /// The engine that counted: counts of two engines do not mix.
    pub engine: Engine,
    /// What of every trial is kept beside the counts.
    pub trials_kept: Kept,
    /// Which part this is, from 1, and of how many; none for a checkpoint.
    pub part: Option<(u64, u64)>,
    /// First block counted and the first that is not.
    pub blocks: (u64, u64),
    /// Seconds that counting took, of all the runs that went on from one another.
    pub wall_seconds: f64,
    /// SHA-256 of the file of trials beside this one, where they were kept.
    pub rows: Option<String>,
}

impl Header {
    /// The header of a part of the run that a study asks for, by this engine, or, with no part, of a checkpoint. Blocks and counts are still
    /// to be filled in.
    pub fn new(study: &Study, trials_kept: Kept, part: Option<(u64, u64)>) -> Self {
        Self {
            alliance_counts: FORMAT,
            draws: study.draws().clone(),
            scenario: Simulated::of(&study.scenarios()[0]),
            request_hash: study.hash(),
            engine: engine(),
            trials_kept,
            part,
            blocks: (0, 0),
            wall_seconds: 0.0,
            rows: None,
        }
    }

    /// What was asked: a run of the scenario.
    pub fn request(&self) -> Request {
        Request {
            format: app::request::FORMAT,
            question: Question::Run {},
            draws: self.draws.clone(),
            scenarios: vec![self.scenario.clone()],
        }
    }

    /// In what it differs from another that can be put together with it; empty where both are of the same run and engine.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let told = [self, other].map(Self::told);
        let pairs = told[0].iter().zip(&told[1]);
        let differs = pairs.filter(|((_, own), (_, other))| own != other);
        differs.map(|((name, own), (_, other))| format!("{name} {}, not {}", short(own), short(other))).collect()
    }

    /// Whether it is of the same part of the same run.
    pub fn is_same_part(&self, other: &Self) -> bool {
        self.part == other.part && self.differences(other).is_empty()
    }

    /// What it can differ in, by name.
    fn told(&self) -> [(&'static str, String); 9] {
        let Draws { trials, seed, sampler, until } = &self.draws;
        [
            // A checkpoint is of no parts.
            ("parts", self.part.map_or_else(|| "none".to_owned(), |(_, of)| of.to_string())),
            ("engine version", self.engine.version.clone()),
            ("engine commit", self.engine.commit.clone().unwrap_or_else(|| "unknown".to_owned())),
            ("scenario hash", scenario_hash(&self.scenario.resolved)),
            ("seed", seed.to_string()),
            ("sampler", sampler.to_string()),
            ("trials", trials.to_string()),
            ("trials kept", self.trials_kept.to_string()),
            ("precision", until.map_or_else(|| "none".to_owned(), |until| until.to_string())),
        ]
    }
}

/// The beginning of a long hash.
fn short(text: &str) -> &str {
    text.get(..12).unwrap_or(text)
}

impl Header {
    /// What is wrong with it, though it is whole; the first that is found.
    fn check(&self) -> Result<(), String> {
        let request = self.request();
        let outputs = Outputs { trials: self.trials_kept, charts: false, report: false, xlsx: false };
        sound::made(&self.engine, &request, &outputs)?;
        sound::name(&self.scenario.name)?;
        sound::seconds(self.wall_seconds)?;
        if request.hash() != self.request_hash {
            return Err(format!("what was asked is not what its hash names; {}", remedy(self.part)));
        }
        let (blocks, all) = (self.blocks, blocks_of(self.draws.trials));
        let fits = match self.part {
            None => blocks.0 == 0 && blocks.1 <= all,
            Some(part) => {
                let span =
                    span(limits::part(part).map_err(|why| format!("part: {why}"))?, all, chunk(self.trials_kept));
                blocks == (span.start, span.end)
            }
        };
        let whose = if self.part.is_some() { "part" } else { "run" };
        let why = || format!("blocks {} to {} are not those of its {whose}; {}", blocks.0, blocks.1, remedy(self.part));
        if fits { Ok(()) } else { Err(why()) }
    }

    /// Trials that are counted in it.
    pub fn trials(&self) -> u64 {
        trials_in(&(self.blocks.0..self.blocks.1), self.draws.trials)
    }
}

/// A file of counts whose header was read and that is whole; its counts, which are large, still lie in it.
#[derive(Debug)]
pub(super) struct Part {
    pub path: PathBuf,
    pub header: Header,
    /// Bytes before the counts.
    before: usize,
}

impl Part {
    /// Reads the header of a file of counts and makes sure that the file is whole and its header holds.
    pub fn read(path: &Path, interrupt: &Interrupt) -> Result<Self, Failure> {
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        let unreadable = |why: &dyn std::fmt::Display| wrong(&format!("it cannot be read: {why}"));
        let file = files::open(path, files::COUNTS).map_err(|why| match why {
            files::Unread::Folder => wrong("it is a folder, where a file of counts is wanted"),
            why => unreadable(&why),
        })?;
        let (mut file, mut head) = (BufReader::new(file), Vec::new());
        file.by_ref().take(files::MANIFEST).read_until(b'\n', &mut head).map_err(|error| unreadable(&error))?;
        let form = form_of(&head).ok_or_else(|| wrong(NO_PART))?;
        let others = made_by_others(form.engine.figures)
            .map(|other| format!("its counts were {other}, and the two do not mix; name another file, or delete it"));
        if form.alliance_counts != FORMAT {
            let form = format!(
                "its form is {}, where this engine reads {FORMAT}; {}",
                form.alliance_counts,
                remedy(form.part)
            );
            return Err(wrong(&others.unwrap_or(form)));
        }
        let whole = is_whole(&head, file, interrupt).map_err(|error| unreadable(&error))?;
        check_not_stopped(interrupt)?;
        if !whole {
            return Err(wrong(&damaged(form.part)));
        }
        if let Some(others) = others {
            return Err(wrong(&others));
        }
        let header: Header = serde_json::from_slice(&head).map_err(|error| wrong(&format!("{NO_PART} ({error})")))?;
        header.check().map_err(|why| wrong(&why))?;
        Ok(Self { path: path.to_owned(), header, before: head.len() })
    }

    /// Makes sure that the trials kept beside it are whole, where there are any.
    pub fn check_rows(&self, interrupt: &Interrupt) -> Result<(), Failure> {
        let Some(rows) = &self.header.rows else { return Ok(()) };
        let path = rows_beside(&self.path);
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
        let found = self.open_rows(&path).and_then(|file| {
            hash_rest(file, interrupt).map_err(|error| wrong(&format!("it cannot be read: {error}")))
        })?;
        check_not_stopped(interrupt)?;
        if found == *rows {
            Ok(())
        } else {
            Err(wrong(&format!("these are not the trials of {}, or damaged; make the part again", self.path.display())))
        }
    }

    /// Opens the trials kept beside it.
    pub fn open_rows(&self, path: &Path) -> Result<File, Failure> {
        let of = self.path.display();
        files::open(path, files::ANY_SIZE)
            .map_err(|why| Failure::input(format!("{}: the trials of {of} cannot be read: {why}.", path.display())))
    }

    /// Its counts, which must be of the trials that its header names.
    pub fn counted(&self, plan: &Arc<Plan>) -> Result<Accumulator, Failure> {
        let wrong = |why: &str| Failure::input(format!("{}: {why}.", self.path.display()));
        let bytes =
            files::read(&self.path, files::COUNTS).map_err(|why| wrong(&format!("it cannot be read: {why}")))?;
        // It was whole when its header was read, and may have been written anew since.
        let (rest, seal) = bytes.split_last_chunk::<SEAL>().ok_or_else(|| wrong(&damaged(self.header.part)))?;
        if HASHES_COUNT && Sha256::digest(rest)[..] != seal[..] {
            return Err(wrong(&damaged(self.header.part)));
        }
        let remedy = remedy(self.header.part);
        let counted = Accumulator::from_bytes(plan, rest.get(self.before..).unwrap_or_default())
            .map_err(|why| wrong(&format!("{why}; {remedy}")))?;
        let Header { draws, blocks, .. } = &self.header;
        if counted.is_of(draws.sampler, blocks.0..blocks.1, draws.trials) {
            Ok(counted)
        } else {
            Err(wrong(&format!("its counts are not those of the blocks that it names; {remedy}")))
        }
    }
}

/// What to say of a file of another kind.
const NO_PART: &str = "it is no part of a run and no checkpoint; name another file";

/// What to say of a file that is not whole.
fn damaged(part: Option<(u64, u64)>) -> String {
    format!("it is damaged or cut short; {}", remedy(part))
}

/// What to do about a file that does not hold: a part can be made again; a checkpoint is what a run left on its way.
const fn remedy(part: Option<(u64, u64)>) -> &'static str {
    match part {
        Some(_) => "make it again with the same shard command",
        None => "delete it and give the same run command again, which then begins anew",
    }
}

/// Whether the rest of a file ends with the hash of all before it, `head` included.
fn is_whole(head: &[u8], mut rest: impl Read, interrupt: &Interrupt) -> io::Result<bool> {
    let mut sha = Sha256::new();
    sha.update(head);
    // What may be the seal waits until it is known whether more follows.
    let (mut piece, mut held) = (vec![0; 1 << 16], Vec::new());
    loop {
        match rest.read(&mut piece)? {
            _ if interrupt.is_stopped() => return Ok(false),
            0 => return Ok(!HASHES_COUNT || held == sha.finalize()[..]),
            read => held.extend_from_slice(&piece[..read]),
        }
        let sure = held.len().saturating_sub(SEAL);
        sha.update(&held[..sure]);
        held.drain(..sure);
    }
}

/// What a header says in any form.
#[derive(Deserialize)]
struct Form {
    alliance_counts: u32,
    /// Who counted, in the present form and in earlier ones.
    #[serde(alias = "recipe")]
    engine: Maker,
    /// Which part; none of a checkpoint.
    #[serde(default)]
    part: Option<(u64, u64)>,
}

/// The form of a header, and the figures of which it says that its counts are; none where it is no header.
fn form_of(head: &[u8]) -> Option<Form> {
    serde_json::from_slice(head).ok()
}

/// Where the trials of a part are kept.
pub(super) fn rows_beside(part: &Path) -> PathBuf {
    part.with_extension("parquet")
}

/// Whether two files hold the counts of the same part of the same run.
pub(super) fn same_counts(one: &Path, other: &Path) -> bool {
    let read = |path| Part::read(path, &Interrupt::default()).ok();
    let (Some(one), Some(other)) = (read(one), read(other)) else { return false };
    one.header.is_same_part(&other.header)
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
        let header = Header { blocks, wall_seconds, ..header.clone() };
        let mut text = serde_json::to_vec(&header).map_err(|error| self.failed(error))?;
        text.push(b'\n');
        text.extend(counted.to_bytes());
        let seal = Sha256::digest(&text);
        text.extend(seal);
        self.put(&text)
    }
}
