//! `alliance bench`: how fast the engine is on this machine, kept in a history, and what got slower.

mod accuracy;
mod beside;
mod history;
mod stolen;
mod suite;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use self::beside::Turns;
use self::history::{Change, Record};
use super::options::threads;
use super::{Failure, print, screen_width};
use engine::statistics::Estimate;
use report::grid::Table;
use report::terminal;
use report::words::{list, thousands};

/// What `bench` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// Folder of the shipped scenarios
    #[arg(long, value_name = "FOLDER", default_value = "scenarios")]
    scenarios: PathBuf,
    /// File that a line of JSON is added to
    #[arg(long, value_name = "FILE", default_value = "bench-history.jsonl")]
    history: PathBuf,
    /// An earlier history: says what got slower since its last line, beyond noise
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Another build of this program: measures both in turn, three rounds at a time, and says where this one is slower, beyond noise
    #[arg(long, value_name = "PROGRAM", conflicts_with = "against")]
    beside: Option<PathBuf>,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = threads)]
    threads: usize,
    /// Measure each task so many times, 3 to 99; fewer is quicker and noisier
    #[arg(long, value_name = "TIMES", default_value_t = 9, value_parser = clap::value_parser!(u32).range(3..=99))]
    rounds: u32,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How near the samplers come to the truth in the same time, and whether the errors that they state are true
    Accuracy(accuracy::Arguments),
}

/// Widths of the columns.
const COLUMNS: [usize; 7] = [30, 10, 13, 9, 17, 9, 12];

/// Measures the suite, adds it to the history, and compares it with an earlier one.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(What::Accuracy(arguments)) = &arguments.what {
        return accuracy::run(arguments);
    }
    // What cannot be read is told before minutes of measuring.
    let before = arguments.against.as_deref().map(history::last).transpose()?;
    let Arguments { scenarios, threads, rounds, .. } = arguments;
    history::check(&arguments.history)?;
    if let (Some(against), Some(before)) = (&arguments.against, &before) {
        same_threads(against, before, *threads)?;
    }
    let turns =
        arguments.beside.as_deref().map(|other| Turns::take(other, scenarios, *threads, *rounds)).transpose()?;
    let record = match turns.as_ref().and_then(Turns::together) {
        Some(record) => record,
        None => suite::measure(scenarios, *threads, *rounds)?,
    };
    let changes: Vec<Option<Change>> = record
        .tasks
        .iter()
        .map(|own| match &turns {
            Some(turns) => turns.change(own),
            None => history::change(own, &record, before.as_ref()?),
        })
        .collect();
    let mut said = Vec::new();
    if let (Some(program), Some(turns)) = (&arguments.beside, &turns) {
        said.push(format!("In turn with {} ({}).", program.display(), turns.other()));
    }
    if turns.is_some() || before.is_some() {
        said.extend(verdict(&record, &changes));
    }
    if before.is_some_and(|before| before.machine != record.machine) {
        said.push("Another machine: times were scaled by the calibration loop.".to_owned());
    }
    let notable =
        |share: Option<f64>, whose: &str| share.filter(|share| *share >= NOTABLE).map(|share| disturbed(share, whose));
    said.extend(notable(record.stolen, "Other machines on the same processors"));
    said.extend(notable(record.others, "Other programs"));
    let tables = [(table(&record, &changes), COLUMNS.to_vec())];
    history::append(&arguments.history, &record)?;
    let terms = format!(
        "median of {} rounds; ±: a standard error; best: the shortest; change: of the time, more is slower. A line was added to {}.",
        turns.as_ref().map_or(*rounds, Turns::rounds),
        arguments.history.display()
    );
    print(&terminal::answer(&[headline(&record)], &said, &tables, &terms, screen_width()))
}

/// Times with other threads cannot be compared: no loop tells how they scale.
fn same_threads(file: &Path, before: &Record, threads: usize) -> Result<(), Failure> {
    let (here, then) = (suite::machine(threads).threads, before.machine.threads);
    if here == then {
        return Ok(());
    }
    let file = file.display();
    Err(Failure::input(format!(
        "{file}: its last line was measured with --threads {then}, this would be with {here}. Give --threads {then}."
    )))
}

/// A share of the processors' time that is worth a word.
const NOTABLE: f64 = 0.02;

fn disturbed(share: f64, whose: &str) -> String {
    format!("{whose} took {:.0}% of the time that was asked for: left alone, times would be shorter.", 100.0 * share)
}

fn headline(record: &Record) -> String {
    let machine = &record.machine;
    let memory = record.peak_memory_mb.map_or_else(String::new, |mb| format!(", peak memory {mb:.0} MB"));
    format!(
        "alliance {} on {}, {}, {}; a step of the calibration loop takes {:.2} ns{memory}",
        record.version,
        machine.cpu,
        if machine.threads == 1 { "1 thread".to_owned() } else { format!("{} threads", machine.threads) },
        machine.instruction_set,
        record.calibration_ns
    )
}

fn table(record: &Record, changes: &[Option<Change>]) -> Table {
    let mut table = Table::new(&["Task", "trials", "µs a trial", "±", "trials a second", "best", "change"]);
    for (own, change) in record.tasks.iter().zip(changes) {
        let micros = Estimate::new(own.ns_a_trial / 1000.0, own.noise * own.ns_a_trial / 1000.0);
        table.push([
            own.name.clone(),
            thousands(own.trials),
            micros.rounded(2),
            format!("{:.1}%", own.noise * 100.0),
            thousands(own.trials_a_second as u64),
            Estimate::new(own.best_ns_a_trial / 1000.0, own.noise * own.ns_a_trial / 1000.0).rounded(2),
            change.map_or_else(
                || "–".to_owned(),
                |change| {
                    // Nothing has no sign but plus.
                    let percent = (100.0 * (change.ratio - 1.0)).round() + 0.0;
                    format!("{percent:+.0} ±{:.0}%", 100.0 * change.noise * change.ratio).replace('-', "−")
                },
            ),
        ]);
    }
    table
}

/// What got slower, and what got faster, beyond noise.
fn verdict(record: &Record, changes: &[Option<Change>]) -> Vec<String> {
    let clear = |faster: bool| {
        let changed = |change: &Change| change.clear && (change.ratio < 1.0) == faster;
        let both = record.tasks.iter().zip(changes);
        both.filter(|(_, change)| change.is_some_and(|change| changed(&change)))
            // A name with a comma in it, among names with commas between.
            .map(|(own, _)| if own.name.contains(',') { format!("\"{}\"", own.name) } else { own.name.clone() })
            .collect::<Vec<_>>()
    };
    let (slower, faster) = (clear(false), clear(true));
    let mut said = vec![if slower.is_empty() {
        "Nothing got slower beyond noise.".to_owned()
    } else {
        format!("Slower beyond noise: {}.", list(&slower))
    }];
    if !faster.is_empty() {
        said.push(format!("Faster beyond noise: {}.", list(&faster)));
    }
    said
}
