//! `alliance shard`: one machine's part of a run.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::manifest::{Kept, Outputs, Recipe, hash_of};
use super::options::{Changes, Draws, Keeping};
use super::part::{Header, Part, rows_beside};
use super::place::Slot;
use super::produce::{check_room, rows, unstored};
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, engine, print, sound};
use app::{Question, Study, limits};
use engine::outcomes::RowSink;
use engine::run::{Interrupt, ROW_CHUNK, Runner};
use engine::uncertainty::lanes::BLOCK;
use foreign::safe_text::file_name;
use report::words::thousands;

/// What `shard` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// Which part of how many, such as 3/64
    #[arg(long, value_name = "PART/PARTS", value_parser = part)]
    part: (u64, u64),
    #[command(flatten)]
    draws: Draws,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    changes: Changes,
    /// File of the part [default: output/<scenario>-<hash>-<part>-of-<parts>.part]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Reads `3/64`.
fn part(text: &str) -> Result<(u64, u64), String> {
    let numbers = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    limits::part(numbers.unwrap_or((0, 0)))
}

/// Blocks of part `part` of `of`: spans of whole chunks as equal as can be, which leave nothing out.
pub(super) fn span((part, of): (u64, u64), blocks: u64, chunk: u64) -> std::ops::Range<u64> {
    let chunks = u128::from(blocks.div_ceil(chunk));
    let start = |part: u64| (chunks * u128::from(part) / u128::from(of)) as u64 * chunk;
    start(part - 1)..start(part).min(blocks)
}

/// Blocks that a part holds together: trials that are kept lie in a file as they do in that of the whole run.
pub(super) const fn chunk(kept: Kept) -> u64 {
    if kept.any() { ROW_CHUNK } else { 1 }
}

/// Runs one part.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let loaded = arguments.changes.load(&arguments.file)?;
    sound::name(&loaded.scenario.name).map_err(Failure::input)?;
    let study = Study::new(Question::Run {}, arguments.draws.wire(None), vec![loaded])?;
    let ((part, of), kept) = (arguments.part, arguments.keeping.kept());
    let mut header = Header::new(&study, kept, Some((part, of)));
    let target = arguments.out.clone().unwrap_or_else(|| {
        let width = of.to_string().len();
        let outputs = Outputs { trials: kept, charts: true, report: false, xlsx: false };
        let hash = Recipe::of(&header.engine, &header.request_hash, &outputs).short_hash();
        let of_whom = file_name(&study.scenarios()[0].scenario.name);
        PathBuf::from("output").join(format!("{of_whom}-{hash}-{part:0width$}-of-{of}.part"))
    });
    let interrupt = interruptible();
    let means = app::Means { engine: engine(), threads: arguments.draws.threads, interrupt: interrupt.clone() };
    let (model, settings) = app::forecast::ready(&study.desk(&means))?;
    check_room(&model, kept, settings.trials)?;
    let slot = free(&target, &header, &interrupt)?;
    let beside = slot.beside();
    let mut stored = beside.as_ref().map(|path| rows(path, &model, kept)).transpose()?;
    let runner = Runner::new(&model, &settings, &interrupt).map_err(app::Error::from)?;
    let span = span((part, of), runner.blocks(), chunk(kept));
    let trials = runner.trials_in(&span);
    let progress = Progress::follow(&interrupt);
    interrupt.begin("Running the part", trials);
    let sink = stored.as_mut().map(|rows| rows as &mut dyn RowSink);
    let (counted, _) = runner.count(span.clone(), runner.nothing(), sink, None).map_err(app::Error::from)?;
    if let (Some(rows), Some(path)) = (stored, &beside) {
        rows.finish().map_err(unstored)?;
        header.rows = Some(hash_of(path, &interrupt)?);
    }
    check_not_stopped(&interrupt)?;
    slot.write(&header, (span.start, span.end), started.elapsed().as_secs_f64(), &counted)?;
    drop(progress);
    print(&format!("{}: {}\n", told(&header, trials, &runner), target.display()))
}

/// What to say of a part; one without a trial says why, and that it is wanted all the same.
fn told(header: &Header, trials: u64, runner: &Runner<'_>) -> String {
    let (part, of) = header.part.unwrap_or_default();
    if trials > 0 {
        return format!("Part {part} of {of}, {} trials", thousands(trials));
    }
    let (what, each) = if header.trials_kept.any() { ("chunk", ROW_CHUNK) } else { ("block", 1) };
    let all = runner.blocks().div_ceil(each);
    let plural = if all == 1 { "" } else { "s" };
    format!(
        "Part {part} of {of} holds no trials: there are {} trials, which are {} {what}{plural} of {}, fewer than the parts. merge takes it all the same",
        thousands(header.draws.trials),
        thousands(all),
        thousands(BLOCK as u64 * each)
    )
}

/// Claims the place of a part. What is there, or beside it, is replaced only where it is the same part of the same run.
fn free(target: &Path, header: &Header, interrupt: &Interrupt) -> Result<Slot, Failure> {
    let rows = Some(rows_beside(target)).filter(|_| header.trials_kept.any());
    let slot = Slot::claim(target)?.with(rows.as_deref())?;
    if let Some(there) = [Some(target.to_owned()), rows].into_iter().flatten().find(|path| path.is_file())
        && !Part::read(target, interrupt).is_ok_and(|there| there.header.is_same_part(header))
    {
        let here = there.display();
        let message = format!("{here} exists and is not of this part of this run. Choose another name.");
        return Err(Failure::input(message));
    }
    Ok(slot)
}

#[cfg(test)]
mod tests {
    use super::{part, span};

    #[test]
    fn parts_cover_every_block_once_however_many_there_are() {
        // 10 blocks in 4 parts: 0–2, 2–5, 5–7, 7–10.
        assert_eq!((1..=4).map(|k| span((k, 4), 10, 1)).collect::<Vec<_>>(), [0..2, 2..5, 5..7, 7..10]);
        // In chunks of 4 there are three: none, one, one and the last, which is short.
        assert_eq!((1..=4).map(|k| span((k, 4), 10, 4)).collect::<Vec<_>>(), [0..0, 0..4, 4..8, 8..10]);
        for (of, blocks) in [(1, 1), (7, 3), (64, 782), (1_000_000, 31_250_000)] {
            for chunk in [1, 32] {
                assert_eq!(span((1, of), blocks, chunk).start, 0);
                assert_eq!(span((of, of), blocks, chunk).end, blocks);
                let follows = |k| span((k, of), blocks, chunk).start == span((k - 1, of), blocks, chunk).end;
                assert!((2..=of.min(100)).all(follows));
            }
        }
    }

    #[test]
    fn a_part_is_one_of_so_many() {
        assert_eq!(part("3/64"), Ok((3, 64)));
        assert!(["0/4", "5/4", "3", "a/b", "1/0", "1/2000000"].iter().all(|text| part(text).is_err()));
    }
}
