//! From a study to a folder full of results: what is run, kept and written.

use std::fs;
use std::path::Path;
use std::time::Instant;

use app::{Answer, Charts, Document, Study, limits};

use super::Failure;
use super::answer::Job;
use super::checkpoint::Checkpoint;
use super::manifest::{Kept, Manifest, Outputs};
use super::progress::check_not_stopped;
use crate::exit_code::Exit;
use engine::model::Model;
use engine::outcomes::RowSink;
use engine::run::{self, Interrupt};
use engine::uncertainty::lanes::Isa;
use report::chart::{self, Format};
use report::page::brief_alone;
use report::workbook::workbook;
use tables::ParquetRows;

/// What does not change a result: where and how it is made.
pub(super) struct Means {
    /// What it takes to answer.
    pub app: app::Means,
    pub command_line: String,
}

/// The file of a folder in which every trial is kept.
pub(super) const TRIALS: &str = "trials.parquet";

/// A file for every trial of a model.
pub(super) fn rows(path: &Path, model: &Model, kept: Kept) -> Result<ParquetRows, Failure> {
    let inputs = if kept == Kept::All { model.kept_inputs() } else { Vec::new() };
    ParquetRows::create(path, model.catalogue(), &inputs).map_err(unstored)
}

/// Refuses to keep more of every trial than there is room for.
pub(super) fn check_room(model: &Model, kept: Kept, trials: u64) -> Result<(), Failure> {
    let inputs = if kept == Kept::All { model.kept_inputs().len() } else { 0 };
    if kept.any() {
        limits::kept(model.catalogue().columns().len(), inputs, trials)
            .map_err(|why| Failure::input(format!("--keep-trials: {why}")))
    } else {
        Ok(())
    }
}

/// What to say where trials cannot be kept.
pub(super) fn unstored(error: impl std::fmt::Display) -> Failure {
    Failure::io("the trials could not be stored", error)
}

/// Runs a scenario, with its trials kept where that was asked for, or from where a checkpoint stands.
pub(super) fn forecast(job: &Job<'_>, checkpoint: Option<&Checkpoint>) -> Result<Answer, Failure> {
    let desk = job.study.desk(&job.means.app);
    let (model, settings) = app::forecast::ready(&desk)?;
    let interrupt = &job.means.app.interrupt;
    let kept = job.outputs.trials;
    check_room(&model, kept, settings.trials)?;
    let mut rows = kept.any().then(|| rows(&job.folder.join(TRIALS), &model, kept)).transpose()?;
    let sink = rows.as_mut().map(|rows| rows as &mut dyn RowSink);
    let (forecast, stopped) = match checkpoint {
        Some(checkpoint) => checkpoint.run(&model, &settings, interrupt)?,
        None => {
            interrupt.begin("Running the futures", settings.trials);
            run::run(&model, &settings, interrupt, sink).map_err(app::Error::from)?
        }
    };
    if let Some(rows) = rows {
        rows.finish().map_err(unstored)?;
    }
    Ok(Answer::Forecast(Box::new(app::forecast::told(&desk, &forecast, stopped)?)))
}

/// The manifest of an answer; the hashes of its files are taken when it is written.
pub(super) fn manifest(study: &Study, outputs: &Outputs, means: &Means, trials: u64, started: Instant) -> Manifest {
    let threads = match means.app.threads {
        0 => std::thread::available_parallelism().map_or(1, Into::into),
        threads => threads,
    };
    Manifest {
        format: 0,
        request: study.request(),
        request_hash: study.hash(),
        engine: means.app.engine.clone(),
        outputs: outputs.clone(),
        trials_done: trials,
        command_line: means.command_line.clone(),
        threads,
        instruction_set: Isa::detect().name().to_owned(),
        wall_seconds: started.elapsed().as_secs_f64(),
        files: std::collections::BTreeMap::new(),
        sha256: String::new(),
    }
}

/// Writes what an answer leaves: the summary, the tables, the page and the workbook where they were asked for, the charts.
pub(super) fn write_answer(job: &Job<'_>, document: &Document<'_>, json: &str) -> Result<(), Failure> {
    let (folder, interrupt) = (job.folder, &*job.means.app.interrupt);
    check_not_stopped(interrupt)?;
    write("summary.json", folder, json.as_bytes())?;
    for table in document.tables().iter().filter(|table| table.is_file) {
        write(&format!("{}.csv", table.name), folder, &table.csv())?;
    }
    for (name, text) in document.files() {
        write(name, folder, text.as_bytes())?;
    }
    write_documents(job, document)?;
    let charts = document.charts();
    let drawn: Vec<&Charts<'_>> = charts.iter().filter(|set| set.is_file).collect();
    if job.outputs.charts && drawn.iter().any(|set| !set.all().is_empty()) {
        write_charts(&drawn, interrupt, folder)?;
    }
    Ok(())
}

/// Writes `report.html`, with `brief.html` where there is one, and `report.xlsx` where they were asked for.
fn write_documents(job: &Job<'_>, document: &Document<'_>) -> Result<(), Failure> {
    let (outputs, folder, interrupt) = (job.outputs, job.folder, &*job.means.app.interrupt);
    let documents = u64::from(outputs.report) + u64::from(outputs.xlsx);
    if documents == 0 {
        return Ok(());
    }
    interrupt.begin_of("Writing documents", documents, "documents");
    let page = document.page();
    if outputs.report {
        check_not_stopped(interrupt)?;
        write("report.html", folder, page.render().as_bytes())?;
        if let Some(brief) = &page.brief {
            write("brief.html", folder, brief_alone(brief).as_bytes())?;
        }
        interrupt.stepped(1);
    }
    if outputs.xlsx {
        check_not_stopped(interrupt)?;
        let sets = document.charts();
        let charts: Vec<_> = sets.iter().flat_map(Charts::all).collect();
        let book = workbook(&page, &document.sheets(), &charts).map_err(|error| Failure::new(Exit::Failure, error))?;
        write("report.xlsx", folder, &book)?;
        interrupt.stepped(1);
    }
    Ok(())
}

/// Writes a file of the folder.
fn write(name: &str, folder: &Path, content: &[u8]) -> Result<(), Failure> {
    fs::write(folder.join(name), content).map_err(|error| Failure::io(&format!("{name} could not be written"), error))
}

/// Draws sets of charts, each with its foot, into a folder of their own.
fn write_charts(sets: &[&Charts<'_>], interrupt: &Interrupt, folder: &Path) -> Result<(), Failure> {
    let place = folder.join("charts");
    fs::create_dir(&place).map_err(|error| Failure::io("charts could not be written", error))?;
    interrupt.begin_of("Drawing charts", sets.iter().map(|set| set.all().len() as u64).sum(), "charts");
    let at_once = std::thread::available_parallelism().map_or(1, Into::into);
    for set in sets {
        for some in set.all().chunks(at_once) {
            check_not_stopped(interrupt)?;
            chart::draw_all(some, &set.foot, &place, &Format::ALL)
                .map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
            interrupt.stepped(some.len() as u64);
        }
    }
    Ok(())
}
