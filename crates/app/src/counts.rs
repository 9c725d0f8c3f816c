//! Counts of a range of a run, made anywhere, and the answer that all ranges together give: byte for byte that of one machine.
//!
//! A part is one line of JSON that says what it is, the counts, and a hash of both. Parts may come in any order and more than once.

use std::ops::Range;

use engine::outcomes::Accumulator;
use engine::run::Runner;
use engine::uncertainty::lanes::BLOCK;
use report::words::thousands;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answer::Answer;
use crate::countable::uncounted;
use crate::error::Error;
use crate::question::Question;
use crate::refused::Field;
use crate::request::{Engine, hash};
use crate::study::{Means, Study};

/// Version of the form of parts.
const FORMAT: u32 = 1;
/// Bytes of the SHA-256 that a part ends with.
const SEAL: usize = 32;
/// Most gaps that are named.
const NAMED: usize = 20;

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alliance_range: u32,
    /// Hash of the request whose futures are counted.
    request: String,
    /// The engine that counted: counts of two engines do not mix.
    engine: Engine,
    /// The first block and the first that is not in it.
    blocks: (u64, u64),
}

impl Head {
    fn new(study: &Study, engine: &Engine, blocks: &Range<u64>) -> Self {
        let blocks = (blocks.start, blocks.end);
        Self { alliance_range: FORMAT, request: study.hash(), engine: engine.clone(), blocks }
    }

    fn line(&self) -> Result<Vec<u8>, Error> {
        let mut line = serde_json::to_vec(self).map_err(Error::failed)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// A part that was looked at: what it says of itself, and its counts.
struct Part<'a> {
    blocks: Range<u64>,
    counts: &'a [u8],
    whole: &'a [u8],
}

impl Study {
    /// How many blocks of 128 futures there are to be counted.
    #[must_use]
    pub fn blocks(&self) -> u64 {
        self.draws().trials.div_ceil(BLOCK as u64)
    }

    /// The name of the counts of a range: a hash of all that decides them.
    ///
    /// # Errors
    /// Where the engine's name cannot be written.
    pub fn name_of(&self, engine: &Engine, blocks: &Range<u64>) -> Result<String, Error> {
        Ok(hash(&Head::new(self, engine, blocks).line()?))
    }

    /// Whether it is counted in ranges. What its scenarios hold is not looked at.
    ///
    /// # Errors
    /// Why it is not.
    pub fn may_be_counted(&self) -> Result<(), Error> {
        if self.draws().until.is_some() {
            let what = "a run that stops at a precision is not counted in ranges: ask for so many trials";
            return Err(Field::Until.refused(what).into());
        }
        match self.question() {
            Question::WhatIf(asked) if !asked.sweeps.is_empty() => {
                Err(Field::Sweeps.refused("a sweep is not counted in ranges: ask for its points as variants").into())
            }
            Question::Run {} | Question::Compare { .. } | Question::WhatIf(_) => Ok(()),
            other => Err(uncounted(other)),
        }
    }

    /// Counts a range of blocks.
    ///
    /// # Errors
    /// Where the question is not answered by counting, the range is none of the run's, or it is stopped from outside.
    pub fn count(&self, means: &Means, blocks: Range<u64>) -> Result<Vec<u8>, Error> {
        self.may_be_counted()?;
        if blocks.start >= blocks.end || blocks.end > self.blocks() {
            let (from, to, all) = (blocks.start, blocks.end, self.blocks());
            return Err(Field::Trials.refused(format!("{from} to {to} is no range of its {all} blocks")).into());
        }
        let (countable, settings) = (self.countable(means, None)?, self.settings(means));
        let runner = Runner::new(countable.futures(), &settings, &means.interrupt)?;
        means.interrupt.begin("Counting", runner.trials_before(blocks.end) - runner.trials_before(blocks.start));
        let (counted, _) = runner.count(blocks.clone(), runner.nothing(), None, None)?;
        let mut part = Head::new(self, &means.engine, &blocks).line()?;
        part.extend(counted.to_bytes());
        let seal = Sha256::digest(&part);
        part.extend(seal);
        Ok(part)
    }

    /// Whether a part is whole, and of this question and this engine. Whether its counts add up is seen when they are told.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_part(&self, means: &Means, part: &[u8]) -> Result<Range<u64>, Error> {
        Ok(self.part(&means.engine, part)?.blocks)
    }

    fn part<'a>(&self, engine: &Engine, whole: &'a [u8]) -> Result<Part<'a>, Error> {
        let damaged = || Error::failed("a part is damaged: its bytes are not those that were counted. Count it again.");
        let (sealed, seal) = whole.split_at_checked(whole.len().saturating_sub(SEAL)).ok_or_else(damaged)?;
        let end = sealed.iter().position(|byte| *byte == b'\n').ok_or_else(damaged)?;
        if Sha256::digest(sealed).as_slice() != seal {
            return Err(damaged());
        }
        let head: Head = serde_json::from_slice(&sealed[..end]).map_err(|_| damaged())?;
        if head.alliance_range != FORMAT {
            return Err(Error::failed(format!(
                "a part has form {}, where this engine reads {FORMAT}",
                head.alliance_range
            )));
        }
        if head.engine != *engine {
            let (made, own) = (told(&head.engine), told(engine));
            return Err(Error::failed(format!("a part was counted by {made}; this is {own}, and the two do not mix")));
        }
        if head.request != self.hash() {
            return Err(Error::failed(
                "a part is of another question: scenario, changes, trials, seed or sampler differ",
            ));
        }
        let blocks = head.blocks.0..head.blocks.1;
        if blocks.start >= blocks.end || blocks.end > self.blocks() {
            return Err(damaged());
        }
        Ok(Part { blocks, counts: &sealed[end + 1..], whole })
    }

    /// The answer that parts give which hold every block once; a part may be there more than once, if every copy is the same.
    ///
    /// # Errors
    /// Where a part is damaged or of something else, where two copies differ, where blocks are missing or counted in two parts.
    pub fn told_of(&self, means: &Means, parts: &[&[u8]]) -> Result<Answer, Error> {
        let mut read = parts.iter().map(|part| self.part(&means.engine, part)).collect::<Result<Vec<_>, _>>()?;
        read.sort_by_key(|part| (part.blocks.start, part.blocks.end));
        let differs = |pair: &[Part<'_>]| pair[0].blocks == pair[1].blocks && pair[0].whole != pair[1].whole;
        if let Some(pair) = read.windows(2).find(|pair| differs(pair)) {
            let Range { start, end } = pair[0].blocks;
            return Err(Error::failed(format!(
                "blocks {start} to {end} were counted twice, with different counts: one of the machines is faulty"
            )));
        }
        read.dedup_by(|one, other| one.blocks == other.blocks);
        self.check_tiled(&read)?;
        let (countable, settings) = (self.countable(means, None)?, self.settings(means));
        let runner = Runner::new(countable.futures(), &settings, &means.interrupt)?;
        let mut all = runner.nothing();
        for part in &read {
            let counted = Accumulator::from_bytes(runner.plan(), part.counts).map_err(Error::failed)?;
            if !counted.is_of(settings.sampler, part.blocks.clone(), settings.trials) {
                let Range { start, end } = part.blocks;
                return Err(Error::failed(format!("the part of blocks {start} to {end} holds the counts of others")));
            }
            all.merge(&counted);
        }
        self.told(&countable, means, &runner.forecast(&all))
    }

    /// Whether parts in order leave nothing out and hold nothing twice.
    fn check_tiled(&self, parts: &[Part<'_>]) -> Result<(), Error> {
        let (mut next, mut wrong) = (0, Vec::new());
        let missing = |from: u64, to: u64, wrong: &mut Vec<String>| {
            if from < to {
                wrong.push(format!("blocks {from} to {to} are missing"));
            }
        };
        for Part { blocks, .. } in parts {
            missing(next, blocks.start, &mut wrong);
            if blocks.start < next {
                wrong.push(format!("blocks {} to {} are in two parts", blocks.start, next.min(blocks.end)));
            }
            next = next.max(blocks.end);
        }
        missing(next, self.blocks(), &mut wrong);
        if wrong.is_empty() {
            return Ok(());
        }
        let more = wrong.len().saturating_sub(NAMED);
        wrong.truncate(NAMED);
        let more = if more > 0 { format!(" and {} more", thousands(more as u64)) } else { String::new() };
        Err(Error::failed(format!("of {} blocks, {}{more}", thousands(self.blocks()), wrong.join(", "))))
    }
}

/// An engine in words.
fn told(engine: &Engine) -> String {
    let commit = engine.commit.as_ref().map_or_else(String::new, |commit| format!(" of commit {commit}"));
    format!("engine {}, figures {}{commit}", engine.version, engine.figures)
}
