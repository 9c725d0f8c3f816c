//! A commission: a question about a scenario as a file of its own, with variants to compare and keys to sweep.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::axis::{Axis, Sweep, spread};
use super::characters::check_names;
use super::describe::Default;
use super::limits::STEPS;
use super::place::{Origin, Place};
use super::problem::{Found, Problems};
use super::read::format;
use super::reader::{Context, Range, Reader, Spec};
use super::source::{Files, Override};
use super::tree::{Node, from_toml};
use engine::uncertainty::{plainly_quoted, quote_key};
use foreign::files::{Disk, Source};

/// A commissioned question.
#[derive(Debug, Clone, PartialEq)]
pub struct Commission {
    /// The scenario that it is about.
    pub base: PathBuf,
    /// What is changed in it, for every variant of it too.
    pub changes: Vec<Override>,
    /// The question.
    pub question: Option<String>,
    /// The office that asks.
    pub requested_by: Option<String>,
    /// The month of asking.
    pub date: Option<String>,
    /// Measures that the answer must tell, each with where it is written.
    pub measures: Vec<(String, Place)>,
    /// What else might be.
    pub variants: Vec<Variant>,
    /// What is varied step by step.
    pub sweeps: Vec<Sweep>,
}

/// A named variant: a scenario file of its own, or the base, with changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The file that it is read from.
    pub file: PathBuf,
    /// What is changed in it.
    pub changes: Vec<Override>,
}

/// Reads a commission; none where the file is no commission but a scenario: it names no `base`.
///
/// # Errors
/// Every problem found.
pub fn commission(path: &Path) -> Result<Option<Commission>, Problems> {
    match commission_with_problems(&Disk, path)? {
        Some((_, problems)) if !problems.list().is_empty() => Err(problems),
        read => Ok(read.map(|(commission, _)| commission)),
    }
}

/// The same with what could be read of it beside every problem found in it.
///
/// # Errors
/// Why it cannot be read at all.
pub fn commission_with_problems(source: &dyn Source, path: &Path) -> Result<Option<(Commission, Problems)>, Problems> {
    let files = Files::of(source);
    let origin = Arc::new(Origin::File(path.to_owned()));
    let place = Place { origin: Arc::clone(&origin), line: 1, column: 1 };
    let text =
        files.read(path, &Place::whole((*origin).clone()), "").map_err(|problem| Problems::new(vec![problem]))?;
    let (table, errors) = from_toml(&text, &origin);
    if table.get("base").is_none() {
        return Ok(None);
    }
    let cx = Context::new(Some(&files), errors.is_empty());
    cx.extend(errors);
    let mut unseen = Found::default();
    check_names(&table, "", &mut unseen);
    cx.extend(unseen);
    let mut reader = Reader::root(&cx, &table, place);
    let read = read(&mut reader);
    reader.finish();
    Ok(Some((read, Problems::new(cx.take_problems()))))
}

fn read(r: &mut Reader<'_>) -> Commission {
    format(r);
    let here = r.at.clone();
    let base = r.text("base", Default::Required, "The scenario that the question is about, a file.");
    let base = base.map_or_else(PathBuf::new, |written| here.path(&written));
    let written = r.texts("set", Default::Word("none"), "Changes of the base, each key=value as in --set.");
    let changes = changes(r, written);
    let question = r.text("question", Default::None, "The question, in a sentence.");
    let requested_by = r.text("requested_by", Default::None, "The office that asks.");
    let date = r.month("date", Default::None, "The month of asking.").map(|month| month.to_string());
    let measures =
        r.texts("measures", Default::Word("npv, payback, peak_funding_need"), "Measures that the answer tells.");
    let variants =
        r.tables("variant", "Something else that might be.", |r, _| (variant(r, &base, &changes), r.place("name")));
    let sweeps = r.tables("sweep", "One or two keys given a row of values each.", |r, _| (sweep(r), r.at.clone()));
    if !r.has("variant") && !r.has("sweep") {
        r.problem("", "nothing is varied", "Add a [[variant]] with changes, or a [[sweep]] of a key");
    }
    named_once(r, "variant", variants.iter().map(|(variant, at)| (variant.name.as_str(), at)));
    named_once(r, "sweep", sweeps.iter().filter_map(|(sweep, at)| Some((sweep.as_ref()?.name.as_str(), at))));
    Commission {
        base,
        changes,
        question,
        requested_by,
        date,
        measures: measures.into_iter().map(|(name, node)| (plainly_quoted(&name), node.at)).collect(),
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
        sweeps: sweeps.into_iter().filter_map(|(sweep, _)| sweep).collect(),
    }
}

/// Names of things of a kind, none twice: by them their rows are told apart.
fn named_once<'n>(r: &Reader<'_>, kind: &str, all: impl Iterator<Item = (&'n str, &'n Place)>) {
    let mut names = HashSet::new();
    for (name, at) in all.filter(|(name, _)| !name.is_empty()) {
        if !names.insert(name) {
            let key = format!("{kind}.{}", quote_key(name));
            r.cx.problem(at, &key, format!("two {kind}s are called \"{name}\""), "Give each a name of its own");
        }
    }
}

/// Changes as they are written, those left out that are none.
fn changes(r: &Reader<'_>, written: Vec<(String, Node)>) -> Vec<Override> {
    let mut changes = Vec::new();
    for (text, node) in written {
        match Override::parse(&text) {
            Ok(change) => changes.push(change.at(&node.at)),
            Err(problems) => problems.list().iter().for_each(|problem| {
                r.cx.problem(&node.at, &problem.key, problem.what.clone(), problem.remedy.clone());
            }),
        }
    }
    changes
}

fn variant(r: &mut Reader<'_>, base: &Path, before: &[Override]) -> Variant {
    let here = r.at.clone();
    let name = r.text("name", Default::Required, "Its name.").unwrap_or_default();
    let extends = r.text("extends", Default::Word("the base"), "Another scenario file in place of the base.");
    let file = extends.map_or_else(|| base.to_owned(), |written| here.path(&written));
    let written = r.texts("set", Default::Word("none"), "Changes, each key=value as in --set.");
    let own = changes(r, written);
    let of_base: &[Override] = if file == base { before } else { &[] };
    let own = own.into_iter().map(|change| change.after(of_base));
    let changes = of_base.iter().cloned().chain(own).collect();
    if !r.has("set") && file == base {
        r.problem("", "the variant changes nothing", "Write set = ['key=value'] or extends = \"file.toml\"");
    }
    Variant { name, file, changes }
}

fn sweep(r: &mut Reader<'_>) -> Option<Sweep> {
    let name = r.text("name", Default::Word("the key"), "Its name.");
    let along = axis(r);
    let across = r.optional_table("across", "A second key, swept against the first.", axis).flatten();
    let along = along?;
    if across.as_ref().is_some_and(|across| along.is_twice(across)) {
        r.problem("across", "it sweeps the same key", "Name another key, or leave `across` out");
        return None;
    }
    Some(Sweep { name: name.unwrap_or_else(|| along.key.clone()), along, across })
}

fn axis(r: &mut Reader<'_>) -> Option<Axis> {
    let before = r.cx.found();
    let key = r.text("key", Default::Required, "The key's path, as in --set.");
    let values = r.plains("values", "Its values, rising; or else from, to and steps.");
    let plain = |name, doc| Spec::new(name, "the key's unit", Range::ANY, doc);
    let from = r.optional_plain(plain("from", "The first value."));
    let to = r.optional_plain(plain("to", "The last value."));
    let plan = r.optional_plain(plain("plan", "What the plan has all the while; else the value swept."));
    let steps = r.whole("steps", (2, STEPS as u32), Default::Number(9.0), "How many values, ends included.");
    // What was written and could not be read has been told.
    if r.cx.found() > before {
        return None;
    }
    let key = key?;
    let values = match (from, to, steps) {
        (Some(from), Some(to), Some(steps)) if values.is_empty() => spread(from, to, steps as usize),
        (None, None, _) if !values.is_empty() => values,
        _ => {
            r.problem(
                "",
                "a sweep has either values, or from and to",
                "Write values = [1, 1.5, 2], or from = 1 and to = 2",
            );
            return None;
        }
    };
    let axis = Axis { key, values, plan, at: Some(r.place("key")) };
    let values = if r.has("values") { "values" } else { "from" };
    let wrong: Vec<(&str, String)> = [(values, axis.check_values()), ("key", axis.check_key())]
        .into_iter()
        .filter_map(|(at, checked)| Some((at, checked.err()?)))
        .collect();
    for (at, why) in &wrong {
        r.problem(at, why.as_str(), "See `key`, `values`, `from`, `to` and `steps` in docs/output.md");
    }
    wrong.is_empty().then_some(axis)
}
