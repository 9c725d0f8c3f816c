//! `alliance compare`: scenarios side by side on the same draws.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::answer::{Task, Ways};
use super::deliver::Made;
use super::manifest::Verb;
use super::options::Changes;
use super::produce::{compile_on, ended, facts, full};
use super::questions::Asked;
use super::{Failure, limits};
use analysis::{Alignment, Comparison, Refused, align};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::OutcomeId;
use engine::run;
use language::Loaded;
use report::comparison::{self, Told, screen, table};
use report::page::answers;

/// What `compare` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario files; the first is the baseline
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The baseline, where it is not the first
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Over how many years scenarios are compared.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct HorizonAsked {
    /// Financial years over which scenarios are compared [default: those of the longest]
    #[arg(long, value_name = "N")]
    pub years: Option<usize>,
}

/// The files with the baseline first, each once.
fn in_order(arguments: &Arguments) -> Vec<&PathBuf> {
    let mut files: Vec<&PathBuf> = arguments.against.iter().collect();
    files.extend(arguments.files.iter().filter(|file| Some(*file) != arguments.against.as_ref()));
    files
}

/// Loads every file with the same changes; the problems of all are told at once.
pub(super) fn load_all<'a>(
    files: impl IntoIterator<Item = &'a PathBuf>,
    changes: &Changes,
) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match changes.load(file) {
            Ok(scenario) => loaded.push(scenario),
            Err(failure) => problems.push(failure.message),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::input(problems.join("\n")));
    }
    // Two files of one name in two folders are two options.
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for one in &mut loaded {
        let times = met.entry(one.scenario.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            one.rename(&format!("{}-{times}", one.scenario.name));
        }
    }
    Ok(loaded)
}

/// Compares scenarios.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let files = in_order(arguments);
    limits::scenarios(Verb::Compare, files.len()).map_err(Failure::input)?;
    let loaded = load_all(files, &arguments.ways.changes)?;
    let name = format!("compare-{}", loaded.first().map_or("", |base| &base.scenario.name));
    let asked = Asked { years: arguments.horizon.years, ..Asked::default() };
    arguments.ways.answer(&name, Verb::Compare, &loaded, &asked)
}

/// Compares the scenarios of a task.
pub(super) fn compare(task: &Task<'_>) -> Result<Made, Failure> {
    let report = side_by_side(task)?;
    let charts = (report.charts.all(), report.charts.foot.as_str());
    let table = full("comparison", |out| table::comparison(&report, out))?;
    task.write(report.to_json(), || answers::comparison(&report), &[table], &[charts])?;
    task.made(report.to_json(), screen::render(&report))
}

/// Scenarios made comparable, and what was done for that.
pub(super) struct Aligned {
    pub scenarios: Vec<Scenario>,
    pub models: Vec<Model>,
    pub alignment: Alignment,
    /// The models over the longest horizon of any scenario, where that is longer than the one of the comparison.
    further: Vec<Model>,
}

/// Makes scenarios comparable over so many years, else the longest of their own, and compiles them.
pub(super) fn aligned(loaded: &[Loaded], years: Option<usize>) -> Result<Aligned, Failure> {
    let mut scenarios: Vec<Scenario> = loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let alignment = align(&mut scenarios, years).map_err(|why| Failure::input(why.to_string()))?;
    let compiled = |scenarios: &[Scenario]| -> Result<Vec<Model>, Failure> {
        let each = scenarios.iter().zip(&alignment.bases).zip(loaded);
        each.map(|((own, basis), of)| compile_on(own, *basis, of)).collect()
    };
    let (models, further) = (compiled(&scenarios)?, compiled(&alignment.further)?);
    Ok(Aligned { scenarios, models, alignment, further })
}

impl Aligned {
    /// The models side by side, the baseline first, by the usual measures and those `asked` for.
    pub fn in_one_row(&mut self, asked: &[OutcomeId]) -> Result<Comparison, Failure> {
        let Some(base) = self.scenarios.first() else { return Err(Failure::input(Refused::TooFew.to_string())) };
        let (models, further) = (std::mem::take(&mut self.models), std::mem::take(&mut self.further));
        Comparison::over(models, base.funding.regimes.len(), asked, &self.alignment.others, further)
            .map_err(|why| Failure::input(why.to_string()))
    }
}

/// Runs the scenarios of a task on the same draws, the baseline first.
pub(super) fn side_by_side(task: &Task<'_>) -> Result<comparison::Comparison, Failure> {
    let mut aligned = aligned(task.loaded, task.asked.years)?;
    let options = aligned.in_one_row(&task.asked.outcomes())?;
    let Aligned { scenarios, alignment, .. } = &aligned;
    let (recipe, means) = (task.recipe, task.means);
    means.interrupt.begin("Running the options", recipe.trials);
    let result = run::run(&options, &task.settings()?, &means.interrupt, None);
    let (forecast, stopped) = result.map_err(|error| ended(&error))?;
    let of = |loaded: &Loaded| facts(recipe, means, loaded, forecast.trials(), stopped);
    let runs: Vec<_> = task.loaded.iter().map(of).collect();
    let labels = labels(recipe.verb, scenarios, alignment);
    let told = Told { alignment, labels, variants: recipe.verb == Verb::WhatIf, asked: &task.asked.outcomes() };
    Ok(comparison::Comparison::build(scenarios, options.measures(), &forecast, &runs, told))
}

/// What options are called: scenarios by their titles; variants of one, which share its title, by what they were named.
fn labels(verb: Verb, scenarios: &[Scenario], alignment: &Alignment) -> Vec<String> {
    let named = |own: &Scenario| own.name.clone();
    match verb {
        Verb::WhatIf => {
            let base = scenarios.iter().take(1).map(|base| base.title.clone());
            base.chain(scenarios.iter().skip(1).map(named)).collect()
        }
        Verb::Optimise => scenarios.iter().map(named).collect(),
        _ => comparison::titles(scenarios, alignment.horizon.same_forces),
    }
}
