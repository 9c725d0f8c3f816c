//! `alliance outcomes`: what can be asked for of a scenario.

use std::collections::HashMap;
use std::path::PathBuf;

use app::study::compiled;
use clap::Args;
use serde_json::json;

use super::options::{Changes, Format};
use super::{Failure, print};
use crate::exit_code::Exit;
use engine::outcomes::{ColumnSpec, Missing, OutcomeId};

/// What `outcomes` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// Only those with this in their name or meaning, such as reserves
    #[arg(long, value_name = "TEXT")]
    find: Option<String>,
    /// How they are printed: text for people, json for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    changes: Changes,
}

/// Outcomes that differ in their year alone.
struct Named<'a> {
    first: &'a ColumnSpec,
    last: &'a ColumnSpec,
    count: usize,
}

/// Lists the outcomes of a scenario.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    let model = compiled(&loaded)?;
    let wanted = arguments.find.as_deref().map(str::to_lowercase).unwrap_or_default();
    let is_wanted = |spec: &&ColumnSpec| format!("{} {}", spec.name, spec.meaning).to_lowercase().contains(&wanted);
    let found: Vec<&ColumnSpec> = model.catalogue().columns().iter().filter(is_wanted).collect();
    if found.is_empty() {
        let message =
            format!("no outcome of {} holds \"{wanted}\": leave --find out to see all", arguments.file.display());
        return Err(Failure::input(message));
    }
    match arguments.format {
        Format::Json => print(&as_json(&found)?),
        Format::Text => print(&as_text(&loaded.scenario.title, &found)),
    }
}

fn as_json(found: &[&ColumnSpec]) -> Result<String, Failure> {
    let missing = |spec: &ColumnSpec| match spec.missing {
        Missing::Never => "never",
        Missing::Undefined => "undefined",
    };
    let one = |spec: &&ColumnSpec| {
        let (name, unit, meaning) = (&spec.name, spec.unit.label(), &spec.meaning);
        json!({ "name": name, "unit": unit, "meaning": meaning, "missing": missing(spec) })
    };
    let all: Vec<_> = found.iter().map(one).collect();
    let text = serde_json::to_string_pretty(&all).map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
    Ok(text + "\n")
}

/// Those that differ in their year alone are one.
fn gathered<'a>(found: &[&'a ColumnSpec]) -> Vec<Named<'a>> {
    let without_year = |spec: &ColumnSpec| match &spec.outcome {
        Some(id) => OutcomeId { when: None, ..id.clone() }.name(),
        None => spec.name.clone(),
    };
    let mut all: Vec<Named<'a>> = Vec::new();
    let mut met: HashMap<String, usize> = HashMap::new();
    for spec in found {
        let position = *met.entry(without_year(spec)).or_insert(all.len());
        match all.get_mut(position) {
            Some(own) => (own.last, own.count) = (spec, own.count + 1),
            None => all.push(Named { first: spec, last: spec, count: 1 }),
        }
    }
    all
}

fn as_text(title: &str, found: &[&ColumnSpec]) -> String {
    let all = gathered(found);
    let mut text = format!(
        "{title}: {} outcomes. Ask for any by its name with --outcome, --measure or --fail; one of each year by that year's.\n\n",
        found.len()
    );
    for Named { first, last, count } in all {
        let names = if count > 1 { format!("{} … {}", first.name, last.name) } else { first.name.clone() };
        text += &format!("{names}\n    {}. Unit: {}\n", first.meaning, first.unit.label());
    }
    text
}
