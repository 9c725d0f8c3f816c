//! The command line: one file a verb, each loads, runs, shows.

mod answer;
mod assumptions;
mod bench;
mod check;
mod checkpoint;
mod commissioned;
mod compare;
mod deliver;
mod discover;
mod explain;
mod forces;
mod futures;
mod import;
mod learn;
mod manifest;
mod merge;
mod new;
mod notes;
mod optimise;
mod options;
mod outcomes;
mod page;
mod part;
mod place;
mod produce;
mod progress;
mod reference;
mod replay;
mod report;
mod run;
mod schema;
mod seal;
mod shard;
mod shares;
mod sound;
mod track;
mod what_if;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::{FromArgMatches, Parser, Subcommand};

use crate::exit_code::Exit;
use ::report::terminal::{WIDTH, width_within};
use app::Engine;
use foreign::safe_text::{shown, shown_in_line};

/// Forecasts what a collaboration between police forces saves, costs and risks.
#[derive(Debug, Parser)]
#[command(name = "alliance", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Simulate a scenario: print a forecast, leave tables and charts
    Run(run::Arguments),
    /// Validate scenario files without running them
    Check(check::Arguments),
    /// List the outcomes of a scenario that can be asked for
    Outcomes(outcomes::Arguments),
    /// List what is known of real forces: facts by year with their sources, and their neighbours
    Forces(forces::Arguments),
    /// Print the JSON Schema of scenario files, or of requests
    Schema(schema::Arguments),
    /// Write a commented scenario file to start from, or a workbook to fill in
    New(new::Arguments),
    /// Turn a workbook that was filled in into a scenario file
    Import(import::Arguments),
    /// Put scenarios side by side on the same draws: what differs, how surely, for whom
    Compare(compare::Arguments),
    /// Answer a commissioned question: variants beside the base, keys swept
    WhatIf(what_if::Arguments),
    /// What drives an outcome, and what it would be worth to know it
    #[command(mut_arg("sampler", plainly))]
    Explain(explain::Arguments),
    /// Under which conditions a scenario fails
    #[command(mut_arg("sampler", plainly))]
    Discover(discover::Arguments),
    /// Whether the deal is fair to each force, and who would do better without the others
    #[command(mut_arg("sampler", plainly))]
    Shares(shares::Arguments),
    /// A better order and pace of delivery, and what it gains on fresh draws
    #[command(mut_arg("sampler", plainly))]
    Optimise(optimise::Arguments),
    /// Every number that a scenario states, its evidence, and how much it matters
    #[command(mut_arg("sampler", plainly))]
    Assumptions(assumptions::Arguments),
    /// What reported figures say of the plan: promises, value and assumptions before them and after
    #[command(mut_arg("sampler", plainly))]
    Track(track::Arguments),
    /// One page to put before a board: a forecast with drivers, fairness and assumptions; or several scenarios compared
    #[command(mut_arg("sampler", of_several))]
    Report(report::Arguments),
    /// Ask the futures that a run kept: which of them, in which groups, with which figures
    Futures(futures::Arguments),
    /// Assumptions from programmes of the past: what a reference class says of a new one, ready to paste
    #[command(mut_arg("set", of_scenario), mut_arg("trials", of_scenario), mut_arg("seed", of_scenario))]
    #[command(mut_arg("sampler", plainly), mut_arg("sampler", of_scenario))]
    Learn(learn::Arguments),
    /// A page that answers in a browser while its dials are turned: the engine and the scenarios in one file
    Page(page::Arguments),
    /// Run one machine's part of a run
    Shard(shard::Arguments),
    /// Put the parts of a run together: byte for byte what one machine gives
    Merge(merge::Arguments),
    /// Run again what a manifest describes and compare every byte
    Replay(replay::Arguments),
    /// How fast the engine is on this machine, kept in a history, and what got slower
    Bench(bench::Arguments),
    /// Print what completes commands in a shell: `alliance completions bash > ~/.local/share/bash-completion/completions/alliance`
    Completions(reference::Arguments),
    /// Print the manual page: `alliance manual > alliance.1`
    Manual,
}

/// Verbs that look at inputs sample plainly: no other way is offered.
fn plainly(sampler: clap::Arg) -> clap::Arg {
    sampler.help("How futures are sampled: plain, the one way in which inputs can be looked at")
}

/// The same of a page of one scenario.
fn of_several(sampler: clap::Arg) -> clap::Arg {
    sampler.help("How futures are sampled: plain for one scenario; for several plain, antithetic, latin or sobol")
}

/// Programmes of the past are not drawn: what changes a scenario, or says how it is drawn, needs one.
fn of_scenario(own: clap::Arg) -> clap::Arg {
    own.requires("scenario")
}

/// What a verb ends with: a message for people on standard error, and a code.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }

    fn input(message: impl Into<String>) -> Self {
        Self::new(Exit::BadInput, message)
    }

    fn io(doing: &str, error: impl std::fmt::Display) -> Self {
        Self::new(Exit::Failure, format!("{doing}: {error}"))
    }

    /// The same, with what is well all the same.
    fn but(self, well: &str) -> Self {
        Self { message: format!("{}; {well}", self.message), ..self }
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        let exit = match error.kind() {
            app::Kind::Input => Exit::BadInput,
            app::Kind::Stopped => Exit::Interrupted,
            app::Kind::Failed => Exit::Failure,
        };
        let message = match &error {
            app::Error::Refused(refused) => refused.told(options::named, options::written),
            _ => error.to_string(),
        };
        Self::new(exit, message)
    }
}

/// This engine.
fn engine() -> Engine {
    Engine::this(option_env!("ALLIANCE_COMMIT"))
}

/// Columns of what is printed: those of the terminal, or as many as are usual where the output goes elsewhere.
fn screen_width() -> usize {
    let size = io::stdout().is_terminal().then(|| console::Term::stdout().size_checked());
    size.flatten().map_or(WIDTH, |(_, columns)| width_within(usize::from(columns)))
}

/// The command line, for manifests.
fn command_line() -> String {
    let words = std::env::args_os().map(|word| shown_in_line(&word.to_string_lossy()).into_owned());
    words.collect::<Vec<_>>().join(" ")
}

/// Says something on standard error, where it is in no program's way; nothing foreign in it commands the terminal.
fn tell(text: &str) {
    // A reader that has gone away is no failure.
    let _ = writeln!(io::stderr(), "{}", shown(text));
}

/// Prints to standard output; a reader that has gone away is no failure, any other that does not take it is one.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    printed(out.write_all(shown(text).as_bytes()).and_then(|()| out.flush()))
}

/// What to make of an attempt to print.
fn printed(attempt: io::Result<()>) -> Result<(), Failure> {
    match attempt {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io("standard output could not be written", error))
        }
        _ => Ok(()),
    }
}

/// A file that grows beyond what the system allows is a write that fails, and not the end of the program.
fn outlive_limits() -> Result<(), Failure> {
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default())
        .map_err(|error| Failure::io("the signal of too large a file cannot be caught", error))?;
    Ok(())
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    match outlive_limits().and_then(|()| progress::catch()) {
        Ok(()) => answer(std::env::args_os()),
        failed => ended(failed),
    }
}

/// Answers a command line, the program's name first, as the program does; signals are left as they are.
#[must_use]
pub fn answer(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = reference::command().try_get_matches_from(words).and_then(|found| Cli::from_arg_matches(&found));
    match parsed {
        Ok(cli) => ended(perform(&cli.verb)),
        Err(error) => {
            let text = error.to_string();
            if error.use_stderr() {
                tell(text.trim_end());
                return Exit::BadInput.into();
            }
            ended(print(&text))
        }
    }
}

/// Says what went wrong, and ends.
fn ended(ended: Result<(), Failure>) -> ExitCode {
    match ended {
        Ok(()) => Exit::Success.into(),
        Err(failure) => {
            tell(failure.message.trim_end());
            failure.exit.into()
        }
    }
}

/// Does what was asked.
fn perform(verb: &Verb) -> Result<(), Failure> {
    match verb {
        Verb::Run(arguments) => run::run(arguments),
        Verb::Check(arguments) => check::run(arguments),
        Verb::Outcomes(arguments) => outcomes::run(arguments),
        Verb::Forces(arguments) => forces::run(arguments),
        Verb::Schema(arguments) => schema::run(arguments),
        Verb::New(arguments) => new::run(arguments),
        Verb::Import(arguments) => import::run(arguments),
        Verb::Compare(arguments) => compare::run(arguments),
        Verb::WhatIf(arguments) => what_if::run(arguments),
        Verb::Explain(arguments) => explain::run(arguments),
        Verb::Futures(arguments) => futures::run(arguments),
        Verb::Discover(arguments) => discover::run(arguments),
        Verb::Shares(arguments) => shares::run(arguments),
        Verb::Optimise(arguments) => optimise::run(arguments),
        Verb::Assumptions(arguments) => assumptions::run(arguments),
        Verb::Track(arguments) => track::run(arguments),
        Verb::Report(arguments) => report::run(arguments),
        Verb::Learn(arguments) => learn::run(arguments),
        Verb::Page(arguments) => page::run(arguments),
        Verb::Shard(arguments) => shard::run(arguments),
        Verb::Merge(arguments) => merge::run(arguments),
        Verb::Replay(arguments) => replay::run(arguments),
        Verb::Bench(arguments) => bench::run(arguments),
        Verb::Completions(arguments) => reference::completions(arguments),
        Verb::Manual => reference::manual(),
    }
}

#[cfg(test)]
mod tests;
