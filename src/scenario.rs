//! The scenario language: from TOML, CSV and `--set` to a checked [`Scenario`], with every problem found at once.
//!
//! A file becomes a tree whose nodes remember their places (`tree`, `source`); one reader turns it into nouns, and in
//! passing into its resolved form and its own description (`reader`, `read`, `describe`); rules that span several keys
//! come last (`validate`).

mod commission;
mod describe;
mod draws_words;
mod place;
mod problem;
mod read;
mod reader;
mod source;
mod suggest;
mod template;
mod tree;
mod validate;

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

pub use commission::{Axis, Commission, Sweep, Variant, commission, unknown_measure};
pub use describe::{format_markdown, schema};
pub use place::{Origin, Place};
pub use problem::{Problem, Problems};
pub use source::Override;
pub use template::{template, template_kinds};

use crate::alliance::Scenario;
use crate::uncertainty::Quantity;
use reader::{Context, Reader};
use source::{Chain, Files, apply, expand_areas, fill_facts, read_chain};
use tree::{Item, Table, check_names, from_json, without_removals};

/// A scenario that was read and found sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// The same in the scenario language, every default filled in, no other file needed.
    pub resolved: Json,
    /// Every file that was read, in order.
    pub files: Vec<PathBuf>,
    /// Addresses of what the scenario states without saying where it comes from.
    pub without_source: Vec<String>,
    /// Every number that the scenario states, uncertain or not, under its address; defaults are left out.
    pub assumptions: Vec<(String, Quantity)>,
}

impl Loaded {
    /// Gives the scenario another name, in its resolved form too.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.scenario.name);
        if let Json::Object(resolved) = &mut self.resolved {
            resolved.insert("name".to_owned(), name.into());
        }
    }
}

/// Reads a scenario file, what it extends and the files it names; then the overrides.
///
/// # Errors
/// Every problem found.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Loaded, Problems> {
    let files = Files::default();
    let mut problems = Vec::new();
    let Chain { mut table, files: chain, mut is_sound } = read_chain(&files, path, &mut problems);
    let root = Place { line: 1, column: 1, ..Place::whole(Origin::File(path.to_owned())) };
    apply(&mut table, overrides, path.parent().unwrap_or(Path::new("")), &mut problems);
    is_sound &= expand_areas(&files, &mut table, &mut problems);
    let mut table = without_removals(table, "", &mut problems);
    let before = problems.len();
    fill_facts(&files, &mut table, &chain, &mut problems);
    is_sound &= problems.len() == before;
    let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let cx = Context::new(Some(&files), is_sound);
    cx.extend(problems);
    finish(&cx, &table, root, &name)
}

/// Reads a resolved scenario, as [`Loaded::resolved`] and manifests hold it, which names no file and keeps its form to the letter.
///
/// # Errors
/// Every problem found.
pub fn from_resolved(resolved: &Json, name: &str) -> Result<Loaded, Problems> {
    let read = changed(resolved, &[], name)?;
    Ok(Loaded { resolved: resolved.clone(), ..read })
}

/// Reads a resolved scenario with overrides laid over it.
///
/// # Errors
/// Every problem found.
pub fn changed(resolved: &Json, overrides: &[Override], name: &str) -> Result<Loaded, Problems> {
    let place = Place::whole(Origin::Resolved);
    let cx = Context::new(None, true);
    let Item::Table(mut table) = from_json(resolved, &place).item else {
        cx.problem(
            &place,
            "",
            "a resolved scenario is an object",
            "Take one from `check --resolved` or from a manifest",
        );
        return Err(Problems::new(cx.take_problems()));
    };
    let mut problems = Vec::new();
    check_names(&table, "", &mut problems);
    apply(&mut table, overrides, Path::new(""), &mut problems);
    cx.extend(problems);
    finish(&cx, &table, place, name)
}

fn finish(cx: &Context<'_>, table: &Table, at: Place, name: &str) -> Result<Loaded, Problems> {
    let mut reader = Reader::root(cx, table, at);
    let scenario = read::scenario(&mut reader, name);
    let (resolved, _) = reader.finish();
    validate::validate(&scenario, cx);
    let problems = cx.take_problems();
    if !problems.is_empty() {
        return Err(Problems::new(problems));
    }
    let stated: Vec<_> = cx.inputs().into_iter().filter(|input| !input.is_default).collect();
    let without = stated.iter().filter(|input| !input.has_source);
    Ok(Loaded {
        scenario,
        resolved: Json::Object(resolved),
        files: cx.files().map(Files::list).unwrap_or_default(),
        without_source: without.map(|input| input.path.clone()).collect(),
        assumptions: stated.into_iter().filter_map(|input| Some((input.path, input.number?))).collect(),
    })
}
