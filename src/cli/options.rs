//! Options that several verbs share.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::scenario::{self, Loaded, Override};

/// Changes to a scenario from the command line.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Changes {
    /// Override a key, such as 'alliance."Strategic alliance".slip=1.2'; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Changes {
    /// Loads a scenario with these changes.
    pub fn load(&self, file: &Path) -> Result<Loaded, Failure> {
        let mut overrides = Vec::new();
        let mut problems = Vec::new();
        for text in &self.set {
            match Override::parse(text) {
                Ok(found) => overrides.push(found),
                Err(found) => problems.push(found.to_string()),
            }
        }
        let loaded = scenario::load(file, &overrides);
        match loaded {
            Ok(loaded) if problems.is_empty() => Ok(loaded),
            Ok(_) => Err(Failure::input(problems.join("\n"))),
            Err(found) => {
                problems.push(found.to_string());
                Err(Failure::input(problems.join("\n")))
            }
        }
    }
}

/// Where results go.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Destination {
    /// Folder of results [default: output/<scenario>-<hash>]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the folder even where it holds the results of another run
    #[arg(long)]
    pub replace: bool,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

/// More threads than this help nobody and may exhaust a machine.
const MOST_THREADS: usize = 1024;

/// Reads a number of threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads) if threads <= MOST_THREADS => Ok(threads),
        _ => Err(format!("a whole number up to {MOST_THREADS} is wanted; 0 is one a core")),
    }
}
