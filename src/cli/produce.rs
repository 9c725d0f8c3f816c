//! One run from a loaded scenario to a folder full of results; shared by `run`, `replay` and `merge`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::Failure;
use super::checkpoint::Checkpoint;
use super::manifest::{Kept, Manifest, Recipe, Simulated, scenario_hash};
use super::progress::check_not_stopped;
use crate::exit_code::Exit;
use engine::alliance::Scenario;
use engine::model::{Basis, CompileError, Model};
use engine::outcomes::{Outcome, OutcomeId, RowSink};
use engine::run::{self, Interrupt, RunError, Settings, Stopped, Until};
use engine::statistics::Forecast;
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::Loaded;
use report::chart::{self, Chart, Format};
use report::inputs::Inputs;
use report::page::{self, Page};
use report::tables::Full;
use report::words::thousands;
use report::workbook::workbook;
use report::{Report, RunFacts, register};
use tables::ParquetRows;

/// What does not change a result: where and how it is made.
pub(super) struct Means {
    /// Threads; 0 for one a core.
    pub threads: usize,
    pub command_line: String,
    /// Commit of the engine that the results name.
    pub commit: Option<String>,
    pub interrupt: Arc<Interrupt>,
}

/// Compiles a scenario, as it was loaded or changed since; what is wrong is told of the file that it came from.
pub(super) fn compile(scenario: &Scenario, loaded: &Loaded) -> Result<Model, Failure> {
    compile_on(scenario, Basis::default(), loaded)
}

/// The same with its money told on another basis.
pub(super) fn compile_on(scenario: &Scenario, basis: Basis, loaded: &Loaded) -> Result<Model, Failure> {
    Model::compile_on(scenario, basis).map_err(|error| told_uncompiled(loaded, &error))
}

/// What to say of a scenario that does not compile.
pub(super) fn told_uncompiled(loaded: &Loaded, error: &CompileError) -> Failure {
    let file = loaded.files.first().map_or(Path::new(&loaded.scenario.name), PathBuf::as_path);
    super::uncompiled(file, error)
}

/// A scenario compiled, with the settings of its recipe.
pub(super) fn compiled(loaded: &Loaded, recipe: &Recipe, threads: usize) -> Result<(Model, Settings), Failure> {
    let scenario = &loaded.scenario;
    let model = compile(scenario, loaded)?;
    let sampler: Sampler = recipe.sampler.parse().map_err(Failure::input)?;
    let until = recipe
        .until
        .map(|relative| Until { relative, figures: headline_figures(scenario).iter().map(OutcomeId::name).collect() });
    let isa = Isa::detect();
    Ok((model, Settings { trials: recipe.trials, seed: recipe.seed, sampler, threads, isa, until }))
}

/// What to say where a run has no result.
pub(super) fn ended(error: &RunError) -> Failure {
    match error {
        RunError::Interrupted(done) => {
            let message = format!("stopped after {} trials; nothing was written", thousands(*done));
            Failure::new(Exit::Interrupted, message)
        }
        RunError::Threads(_) | RunError::Rows(_) => Failure::new(Exit::Failure, error.to_string()),
    }
}

/// The file of a folder in which every trial is kept.
pub(super) const TRIALS: &str = "trials.parquet";

/// A file for every trial of a model.
pub(super) fn rows(path: &Path, model: &Model, kept: Kept) -> Result<ParquetRows, Failure> {
    let inputs = if kept == Kept::All { model.kept_inputs() } else { Vec::new() };
    ParquetRows::create(path, model.catalogue(), &inputs).map_err(unstored)
}

/// What to say where trials cannot be kept.
pub(super) fn unstored(error: impl std::fmt::Display) -> Failure {
    Failure::io("the trials could not be stored", error)
}

/// Runs a scenario by its recipe and fills `folder`; the manifest is still to be written into it.
pub(super) fn produce(
    loaded: &Loaded,
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
    checkpoint: Option<&Checkpoint>,
) -> Result<(Report, Manifest), Failure> {
    let started = Instant::now();
    let (model, settings) = compiled(loaded, recipe, means.threads)?;
    let mut rows =
        recipe.keep_trials.any().then(|| rows(&folder.join(TRIALS), &model, recipe.keep_trials)).transpose()?;
    let sink = rows.as_mut().map(|rows| rows as &mut dyn RowSink);
    let result = match checkpoint {
        Some(checkpoint) => checkpoint.run(&model, &settings, &means.interrupt),
        None => {
            means.interrupt.begin("Running the futures", recipe.trials);
            run::run(&model, &settings, &means.interrupt, sink).map_err(|error| ended(&error))
        }
    };
    let (forecast, stopped) = result?;
    if let Some(rows) = rows {
        rows.finish().map_err(unstored)?;
    }
    publish(loaded, recipe, means, folder, &forecast, stopped, started)
}

/// Fills `folder` with what a forecast says; the manifest is still to be written into it.
pub(super) fn publish(
    loaded: &Loaded,
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
    forecast: &Forecast,
    stopped: Stopped,
    started: Instant,
) -> Result<(Report, Manifest), Failure> {
    let scenario = &loaded.scenario;
    let facts = facts(recipe, means, loaded, forecast.trials(), stopped);
    let report = Report::build(scenario, forecast, &facts);
    write_files(&report, loaded, recipe, means, folder)?;
    let manifest = manifest(std::slice::from_ref(loaded), recipe, means, forecast.trials(), started);
    Ok((report, manifest))
}

/// The manifest of what was made of these scenarios; the hashes of its files are taken when it is written.
pub(super) fn manifest(loaded: &[Loaded], recipe: &Recipe, means: &Means, trials: u64, started: Instant) -> Manifest {
    Manifest {
        format: 0,
        recipe: recipe.clone(),
        trials_done: trials,
        commit: means.commit.clone(),
        command_line: means.command_line.clone(),
        threads: if means.threads == 0 {
            std::thread::available_parallelism().map_or(1, Into::into)
        } else {
            means.threads
        },
        instruction_set: Isa::detect().name().to_owned(),
        wall_seconds: started.elapsed().as_secs_f64(),
        files: std::collections::BTreeMap::new(),
        asked: None,
        scenarios: loaded.iter().map(Simulated::of).collect(),
        sha256: String::new(),
    }
}

/// What a report says of a scenario's run.
pub(super) fn facts(recipe: &Recipe, means: &Means, loaded: &Loaded, trials: u64, stopped: Stopped) -> RunFacts {
    RunFacts {
        scenario_hash: scenario_hash(&loaded.resolved),
        worth_a_look: loaded.odd(),
        version: recipe.version.clone(),
        commit: means.commit.clone(),
        seed: recipe.seed,
        sampler: recipe.sampler.clone(),
        trials,
        requested_trials: recipe.trials,
        stopped: match stopped {
            Stopped::Precise => report::Stopped::Precise,
            Stopped::Done => report::Stopped::AllTrials,
            Stopped::OutOfTrials => report::Stopped::OutOfTrials,
        },
    }
}

/// The figures that `--until` watches.
pub(super) fn headline_figures(scenario: &Scenario) -> Vec<OutcomeId> {
    let mut figures = [Outcome::Npv, Outcome::SteadySaving, Outcome::TotalInvestment].map(Outcome::whole).to_vec();
    figures.extend(scenario.targets.iter().map(|target| Outcome::Met.of_target(&target.name)));
    for force in &scenario.forces {
        figures.extend([Outcome::Npv, Outcome::FloorBreached].map(|outcome| outcome.of_force(&force.name)));
    }
    figures
}

fn write_files(report: &Report, loaded: &Loaded, recipe: &Recipe, means: &Means, folder: &Path) -> Result<(), Failure> {
    let mut tables = forecast_tables(report)?;
    if recipe.xlsx {
        tables.push(
            full("assumptions", |out| register::stated(&loaded.assumptions, &Inputs::of(&loaded.scenario), out))?
                .sheet(),
        );
    }
    let charts = (report.charts.all(), report.charts.foot.as_str());
    write_answer((recipe, means), report.to_json(), || page::forecast(report), &tables, &[charts], folder)
}

/// The tables of a forecast.
pub(super) fn forecast_tables(report: &Report) -> Result<Vec<Full>, Failure> {
    report::tables::forecast(report).map_err(|error| Failure::new(Exit::Failure, error))
}

/// A table with every digit.
pub(super) fn full<E: std::fmt::Display>(
    name: &'static str,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<Full, Failure> {
    Full::new(name, write).map_err(|error| Failure::new(Exit::Failure, error))
}

/// A set of charts, and the foot below each.
pub(super) type Charts<'a> = (Vec<&'a dyn Chart>, &'a str);

/// Writes what every answer leaves: the summary, the tables, the page and the workbook where they were asked for, the charts.
pub(super) fn write_answer(
    (recipe, means): (&Recipe, &Means),
    json: Result<String, serde_json::Error>,
    page: impl FnOnce() -> Page,
    tables: &[Full],
    charts: &[Charts<'_>],
    folder: &Path,
) -> Result<(), Failure> {
    check_not_stopped(&means.interrupt)?;
    let summary = json.map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
    write("summary.json", folder, summary.as_bytes())?;
    write_tables(tables, folder)?;
    write_documents((recipe, means), page, tables, charts, folder)?;
    if recipe.charts && charts.iter().any(|(all, _)| !all.is_empty()) {
        write_charts(charts, &means.interrupt, folder)?;
    }
    Ok(())
}

/// Writes the tables that are files.
pub(super) fn write_tables(tables: &[Full], folder: &Path) -> Result<(), Failure> {
    let mut files = tables.iter().filter(|table| table.is_file);
    files.try_for_each(|table| write(&format!("{}.csv", table.name), folder, &table.file()))
}

/// Writes `report.html` and `report.xlsx` where they were asked for.
pub(super) fn write_documents(
    (recipe, means): (&Recipe, &Means),
    page: impl FnOnce() -> Page,
    tables: &[Full],
    charts: &[Charts<'_>],
    folder: &Path,
) -> Result<(), Failure> {
    if !recipe.report && !recipe.xlsx {
        return Ok(());
    }
    let documents = u64::from(recipe.report) + u64::from(recipe.xlsx);
    means.interrupt.begin_of("Writing documents", documents, "documents");
    let page = page();
    if recipe.report {
        check_not_stopped(&means.interrupt)?;
        write("report.html", folder, page.render().as_bytes())?;
        means.interrupt.stepped(1);
    }
    if recipe.xlsx {
        check_not_stopped(&means.interrupt)?;
        let charts: Vec<&dyn Chart> = charts.iter().flat_map(|(all, _)| all.iter().copied()).collect();
        let book = workbook(&page, tables, &charts).map_err(|error| Failure::new(Exit::Failure, error))?;
        write("report.xlsx", folder, &book)?;
        means.interrupt.stepped(1);
    }
    Ok(())
}

/// Writes a file of the folder.
pub(super) fn write(name: &str, folder: &Path, content: &[u8]) -> Result<(), Failure> {
    fs::write(folder.join(name), content).map_err(|error| Failure::io(&format!("{name} could not be written"), error))
}

/// Draws sets of charts, each with its foot, into a folder of their own.
fn write_charts(sets: &[Charts<'_>], interrupt: &Interrupt, folder: &Path) -> Result<(), Failure> {
    let place = folder.join("charts");
    fs::create_dir(&place).map_err(|error| Failure::io("charts could not be written", error))?;
    interrupt.begin_of("Drawing charts", sets.iter().map(|(charts, _)| charts.len() as u64).sum(), "charts");
    let at_once = std::thread::available_parallelism().map_or(1, Into::into);
    for (charts, foot) in sets {
        for some in charts.chunks(at_once) {
            check_not_stopped(interrupt)?;
            chart::draw_all(some, foot, &place, &Format::ALL)
                .map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
            interrupt.stepped(some.len() as u64);
        }
    }
    Ok(())
}
