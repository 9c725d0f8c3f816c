//! The manifest beside every result: what it takes to make it again, and the hash of every file.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::options::Output;
use super::progress::check_not_stopped;
use super::questions::Asked;
use super::seal::{self, hash, hexadecimal};
use super::{Failure, sound};
use crate::exit_code::Exit;
use engine::figures::{FIGURES, made_by_others};
use engine::run::Interrupt;
use foreign::files::{self, why_unread};
use foreign::safe_text::shown_in_line;
use language::{self, Loaded};

/// Version of the manifest's own form.
const FORMAT: u32 = 3;

/// The form that version 0.1.0 wrote.
const OF_FIRST_FIGURES: u64 = 2;

/// Name of the manifest in a folder of results.
pub(super) const FILE: &str = "manifest.json";

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verb {
    /// One scenario was run.
    Run,
    /// Scenarios were compared.
    Compare,
    /// A question was answered.
    WhatIf,
    /// An outcome was explained.
    Explain,
    /// The conditions of a failure were sought.
    Discover,
    /// Coalitions and ways to share were tried.
    Shares,
    /// A better order and pace of delivery was sought.
    Optimise,
    /// Assumptions were put in a register.
    Assumptions,
    /// A page for a board was written.
    Report,
}

impl Verb {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Compare => "compare",
            Self::WhatIf => "what-if",
            Self::Explain => "explain",
            Self::Discover => "discover",
            Self::Shares => "shares",
            Self::Optimise => "optimise",
            Self::Assumptions => "assumptions",
            Self::Report => "report",
        }
    }
}

/// What a run needs to be made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Recipe {
    /// What is done.
    pub verb: Verb,
    /// Engine version.
    pub version: String,
    /// Which figures the engine made; 0.1.0 did not name its own, which were 1.
    #[serde(default = "first_figures")]
    pub figures: u32,
    /// Hash of the resolved scenario, or of those of several in their order.
    pub scenario_hash: String,
    pub seed: u64,
    pub sampler: String,
    /// Trials asked for.
    pub trials: u64,
    /// Precision asked for with `--until`.
    pub until: Option<f64>,
    /// What of every trial was kept.
    pub keep_trials: Kept,
    /// Whether charts were drawn.
    pub charts: bool,
    /// Whether a page was written.
    #[serde(default)]
    pub report: bool,
    /// Whether a workbook was written.
    #[serde(default)]
    pub xlsx: bool,
}

impl Recipe {
    /// The same with the output that was asked for.
    pub fn with(self, output: &Output) -> Self {
        Self { charts: !output.no_charts, report: output.report, xlsx: output.xlsx, ..self }
    }

    /// Short name of the run: changes with the scenario, the seed, the sampler, the trials, the version, and with what is kept,
    /// so that a run without trials or charts never takes the place of one that has them.
    pub fn short_hash(&self) -> String {
        let text = [
            format!("{:?}", self.verb),
            self.version.clone(),
            self.figures.to_string(),
            self.scenario_hash.clone(),
            self.seed.to_string(),
            self.sampler.clone(),
            self.trials.to_string(),
            self.until.map_or_else(String::new, |until| until.to_string()),
            self.keep_trials.to_string(),
            self.charts.to_string(),
            self.report.to_string(),
            self.xlsx.to_string(),
        ]
        .join("\n");
        hash(text.as_bytes())[..8].to_owned()
    }
}

/// What is kept of every trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case", from = "KeptForm")]
pub(super) enum Kept {
    /// Nothing.
    #[value(skip)]
    Nothing,
    /// Outcomes and inputs.
    All,
    /// Outcomes alone.
    Outcomes,
}

/// How manifests say what was kept: those of version 0.1.0 only whether outcomes were.
#[derive(Deserialize)]
#[serde(untagged)]
enum KeptForm {
    Outcomes(bool),
    Named(KeptName),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptName {
    Nothing,
    All,
    Outcomes,
}

impl From<KeptForm> for Kept {
    fn from(form: KeptForm) -> Self {
        match form {
            KeptForm::Outcomes(false) | KeptForm::Named(KeptName::Nothing) => Self::Nothing,
            KeptForm::Named(KeptName::All) => Self::All,
            KeptForm::Outcomes(true) | KeptForm::Named(KeptName::Outcomes) => Self::Outcomes,
        }
    }
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

/// The figures of what names none.
pub(super) const fn first_figures() -> u32 {
    1
}

/// The manifest of one result.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    pub recipe: Recipe,
    /// Trials done, fewer than asked for where the precision was reached.
    pub trials_done: u64,
    /// Git commit of the engine, where known.
    pub commit: Option<String>,
    pub command_line: String,
    pub threads: usize,
    pub instruction_set: String,
    pub wall_seconds: f64,
    /// SHA-256 of every other file of the folder.
    pub files: BTreeMap<String, String>,
    /// The question that was answered, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// What was simulated; of several, the baseline first.
    pub scenarios: Vec<Simulated>,
    /// SHA-256 of all the rest of the manifest's text; version 0.1.0 wrote none.
    #[serde(default)]
    pub sha256: String,
}

/// A scenario as it was simulated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Simulated {
    pub name: String,
    pub title: String,
    /// Files that were read.
    pub sources: Vec<String>,
    /// The scenario with every default filled in.
    pub resolved: Json,
}

impl Simulated {
    pub fn of(loaded: &Loaded) -> Self {
        Self {
            name: loaded.scenario.name.clone(),
            title: loaded.scenario.title.clone(),
            sources: loaded.files.iter().map(|file| shown_in_line(&file.display().to_string()).into_owned()).collect(),
            resolved: loaded.resolved.clone(),
        }
    }

    /// The scenario, read back from its resolved form.
    pub fn load(&self) -> Result<Loaded, Failure> {
        let read = language::from_resolved(&self.resolved, &self.name)
            .map_err(|problems| Failure::input(problems.to_string()))?;
        Ok(Loaded { files: self.sources.iter().map(PathBuf::from).collect(), ..read })
    }
}

impl Manifest {
    /// The question that was answered, else the titles of what was simulated.
    pub fn title(&self) -> String {
        if let Some(question) = self.asked.as_ref().and_then(|asked| asked.question.clone()) {
            return question;
        }
        let titles: Vec<&str> = self.scenarios.iter().map(|scenario| scenario.title.as_str()).collect();
        titles.join(" / ")
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
        if !seal::is_whole(&text) && !form.is_some_and(|form| form.has_no_seal()) {
            return Err(wrong("it is no manifest, or it was changed or damaged after it was written"));
        }
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|error| Failure::input(format!("{} is no manifest: {error}", path.display())))?;
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
    recipe: Made,
}

#[derive(Deserialize)]
struct Made {
    version: String,
    #[serde(default = "first_figures")]
    figures: u32,
}

impl Form {
    fn of(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Whether version 0.1.0 wrote it, which sealed none.
    fn has_no_seal(&self) -> bool {
        self.format == OF_FIRST_FIGURES && self.recipe.figures == first_figures()
    }

    /// What to say of a manifest of another form, or made by other figures; `earlier` ones may be taken.
    fn refused(&self, earlier: bool) -> Option<String> {
        let Self { format, recipe: Made { version, figures } } = self;
        let is_known = *format == u64::from(FORMAT) || self.has_no_seal();
        let of = if sound::is_plain(version) { format!(" Replay it with version {version}") } else { String::new() };
        match made_by_others(*figures) {
            Some(_) if earlier && is_known && *figures < FIGURES => None,
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

/// Hash of a resolved scenario.
pub(super) fn scenario_hash(resolved: &Json) -> String {
    hash(resolved.to_string().as_bytes())
}

/// Hash of the resolved forms of what is simulated: of one, its own; of several, that of theirs in order.
pub(super) fn hash_of_all<'a>(resolved: impl Iterator<Item = &'a Json>) -> String {
    let each: Vec<String> = resolved.map(scenario_hash).collect();
    match &each[..] {
        [one] => one.clone(),
        several => hash(several.join("\n").as_bytes()),
    }
}

/// Hash of scenarios and of what was asked of them.
pub(super) fn asked_hash(scenarios: &str, asked: &Asked) -> String {
    // A question is plain texts and numbers: it always has a JSON form.
    let asked = serde_json::to_string(asked).unwrap_or_default();
    hash(format!("{scenarios}\n{asked}").as_bytes())
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
