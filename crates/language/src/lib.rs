//! The scenario language: from TOML, CSV and `--set` to a checked [`Scenario`], with every problem found at once.
//!
//! A file becomes a tree whose nodes remember their places (`tree`, `source`); one reader turns it into nouns, and in
//! passing into its resolved form and its own description (`reader`, `read`, `describe`); rules that span several keys
//! come last (`validate`), then what is sound but odd (`look`).

#![cfg_attr(not(feature = "workbooks"), expect(dead_code, unused_imports, reason = "what workbooks alone need"))]

mod axis;
mod book;
mod characters;
mod commission;
mod describe;
mod draws_words;
mod heads;
mod known;
mod limits;
mod look;
mod measure;
mod paths;
mod place;
mod problem;
mod quotes;
mod read;
mod reader;
mod source;
mod steep;
mod suggest;
mod template;
mod tree;
mod validate;
mod within;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

pub use axis::{Axis, Sweep};
pub use book::{Cell, Column, Form, Role, Sheet};
pub use commission::{Commission, Variant, commission, commission_with_problems};
pub use foreign::files::{Disk, Given, Source};

pub use describe::{format_markdown, schema};
pub use known::{Border, KNOWN_FACTS, KnownFact, KnownForce, known_forces, named};
pub use limits::TEXT as LONGEST_TEXT;
pub use measure::unknown_measure;
pub use place::{Origin, Place};
pub use problem::{Found, Problem, Problems, Severity};
pub use reader::Range;
pub use reader::meant::number as number_meant;
pub use source::{Override, Programme, programmes};
pub use steep::Drawn;
pub use suggest::remedy;
pub use template::{Start, USUAL_YEAR, start, template, template_kinds};
pub use tree::text_to_toml;

use engine::alliance::Scenario;
use engine::uncertainty::{DrawsError, Quantity};
use foreign::safe_text::shown_in_line;
use reader::{Context, InputNote, Reader};
use source::{Chain, Files, apply, fill_facts, put_actuals, read_chain};
use steep::{check_steep, drawn};
use tree::{Item, Table, check_names, from_json, from_toml, to_toml, without_removals};
use within::within;

/// What a resolved scenario is at its outermost.
type JsonTable = Map<String, Json>;

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
    /// Every number of the scenario, uncertain or not, those that are left at their defaults too.
    pub numbers: Vec<Number>,
    /// What is sound, but worth a look: numbers that were probably meant in another unit, names all but the same, what has no effect.
    pub worth_a_look: Vec<Problem>,
    /// Where its uncertain numbers stand.
    pub drawn: Drawn,
    /// Where each of its actuals stands.
    pub actual_places: Vec<Place>,
    /// What is odd about its resolved form, once it was asked for.
    odd: Odd,
}

/// A number of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its address.
    pub address: String,
    /// What it is, and where it comes from.
    pub quantity: Quantity,
    /// What it may be.
    pub range: Range,
    /// Whether it is a fact: known, with a source and without a plan of its own.
    pub is_fact: bool,
}

/// Sentences that are worked out once. They follow from the scenario: two that are equal have equal ones, worked out or not.
#[derive(Debug, Clone, Default)]
struct Odd(OnceLock<Vec<String>>);

impl PartialEq for Odd {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Loaded {
    /// The number under an address.
    #[must_use]
    pub fn number(&self, address: &str) -> Option<&Number> {
        self.numbers.iter().find(|own| own.address == address)
    }

    /// How many numbers were invented to start a file from: what follows from them is no forecast of a real plan.
    #[must_use]
    pub fn invented(&self) -> usize {
        let is = |own: &&Number| own.quantity.provenance.source.as_deref() == Some(template::INVENTED);
        self.numbers.iter().filter(is).count()
    }

    /// The numbers that the scenario states: not left at their defaults.
    pub fn assumptions(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().filter(|own| own.quantity.is_stated())
    }

    /// What compiling its draws found wrong, each with its place.
    #[must_use]
    pub fn wrong_draws(&self, errors: &[DrawsError]) -> Problems {
        let file = self.files.first().map_or(Path::new(&self.scenario.name), PathBuf::as_path);
        steep::problems(&self.drawn, file, errors)
    }

    /// Gives the scenario another name, in its resolved form too.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.scenario.name);
        self.odd = Odd::default();
        if let Json::Object(resolved) = &mut self.resolved {
            resolved.insert("name".to_owned(), name.into());
        }
    }

    /// What of its numbers is worth a look, in sentences that name no file: those that its resolved form gives, so that whoever makes a
    /// result again tells the same.
    #[must_use]
    pub fn odd(&self) -> Vec<String> {
        let told = || {
            let again = changed(&self.resolved, &[], &self.scenario.name);
            let found = again.map(|again| again.worth_a_look).unwrap_or_default();
            let mut told: Vec<String> = found.iter().map(Problem::without_place).collect();
            told.dedup();
            told
        };
        self.odd.0.get_or_init(told).clone()
    }

    /// The same, said to have been read from other files.
    #[must_use]
    pub fn with_files(self, files: Vec<PathBuf>) -> Self {
        Self { files, ..self }
    }
}

/// Reads a scenario file, what it extends and the files it names; then the overrides.
///
/// # Errors
/// Every problem found.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Loaded, Problems> {
    load_from(&Disk, path, overrides)
}

/// The same with its files from another source than the disk.
///
/// # Errors
/// Every problem found.
pub fn load_from(source: &dyn Source, path: &Path, overrides: &[Override]) -> Result<Loaded, Problems> {
    let files = Files::of(source);
    assemble(&files, path, overrides).load(&files, path)
}

/// Reads a scenario file as [`load`] does, and puts the figures of a CSV file in the place of its actuals.
///
/// # Errors
/// Every problem found, in the CSV file too.
pub fn load_with_actuals(path: &Path, overrides: &[Override], actuals: &Path) -> Result<Loaded, Problems> {
    let files = Files::of(&Disk);
    let mut assembled = assemble(&files, path, overrides);
    assembled.is_sound &= put_actuals(&files, &mut assembled.table, actuals, &mut assembled.problems);
    assembled.load(&files, path)
}

/// The tree of a scenario, whole in itself, and what was found wrong on the way.
struct Assembled {
    table: Table,
    /// Where it begins.
    root: Place,
    /// Whether all could be read.
    is_sound: bool,
    problems: Found,
}

impl Assembled {
    /// Reads the tree as the scenario of a file.
    fn load(self, files: &Files<'_>, path: &Path) -> Result<Loaded, Problems> {
        if self.table.get("base").is_some() && self.table.get("force").is_none() {
            let what = "this is a commission, a question about a scenario, and no scenario".to_owned();
            let remedy = "alliance what-if answers it; alliance check looks whether it is sound".to_owned();
            let (severity, place, key) = (Severity::Error, Place::whole((*self.root.origin).clone()), String::new());
            return Err(Problems::new(vec![Problem { severity, place, key, what, remedy }]));
        }
        let cx = Context::new(Some(files), self.is_sound);
        cx.extend(self.problems);
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        // A file may be called what no name may hold.
        let name = shown_in_line(&stem);
        finish(&cx, &self.table, self.root, &name).map_err(|found| paths::suggested(found, &self.table))
    }
}

fn assemble(files: &Files<'_>, path: &Path, overrides: &[Override]) -> Assembled {
    let mut problems = Found::default();
    let Chain { mut table, files: chain, mut is_sound } = read_chain(files, path, &mut problems);
    let root = Place { line: 1, column: 1, ..Place::whole(Origin::File(path.to_owned())) };
    is_sound &= apply(Some(files), &mut table, overrides, path.parent().unwrap_or(Path::new("")), &mut problems);
    // What one file after another adds, each within the limits.
    is_sound &= within(&mut table, "", &mut problems);
    let mut table = without_removals(table, "", &mut problems);
    let before = problems.errors();
    fill_facts(files, &mut table, &chain, &mut problems);
    is_sound &= problems.errors() == before;
    Assembled { table, root, is_sound, problems }
}

/// The form in which a scenario file can be filled in, with all that the file takes in.
///
/// # Errors
/// Every problem of the scenario.
pub fn form(path: &Path) -> Result<Form, Problems> {
    let files = Files::of(&Disk);
    let assembled = assemble(&files, path, &[]);
    let mut table = assembled.table.clone();
    let loaded = assembled.load(&files, path)?;
    // What they named is in.
    table.0.retain(|entry| !["extends", "facts"].contains(&entry.key.as_str()));
    Ok(book::form(&table, &loaded.scenario.title))
}

/// The same of a starting file; none where there is no such kind.
#[must_use]
pub fn template_form(kind: &str) -> Option<Form> {
    template(kind).map(|text| form_of(&text))
}

/// The same of the text of any starting file.
#[must_use]
pub fn form_of(text: &str) -> Form {
    let (table, _) = from_toml(text, &Arc::new(Origin::Resolved));
    let title = table.get("title").and_then(|entry| entry.node.text()).unwrap_or_default().to_owned();
    book::form(&table, &title)
}

/// Reads a workbook that was filled in as the scenario file `path`: the scenario, and the file's text.
///
/// # Errors
/// Every problem found, with sheet and cell.
#[cfg(feature = "workbooks")]
pub fn from_book(book: &Path, path: &Path) -> Result<(Loaded, String), Problems> {
    let files = Files::of(&Disk);
    let place = Place::whole(Origin::File(book.to_owned()));
    let bytes = files.read_bytes(book, &place, "").map_err(|problem| Problems::new(vec![problem]))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut problems = Vec::new();
    let gathered = book::gather(&bytes, book, folder, &mut problems);
    let mut table = gathered.map_err(Problems::new)?;
    let is_sound = problems.is_empty();
    let text = to_toml(&table);
    let mut problems = Found::from(problems);
    fill_facts(&files, &mut table, &[path.to_owned()], &mut problems);
    let loaded = Assembled { table, root: place, is_sound, problems }.load(&files, path)?;
    Ok((loaded, text))
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
    let place = Place::whole(Origin::Kept(name.to_owned()));
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
    let mut problems = Found::default();
    check_names(&table, "", &mut problems);
    apply(None, &mut table, overrides, Path::new(""), &mut problems);
    within(&mut table, "", &mut problems);
    cx.extend(problems);
    // What stands nowhere but in the resolved form is right by itself: it is the changes that broke it.
    let mut own = finish(&cx, &table, place, name).map_err(|found| match overrides {
        [] => found,
        changes => found.told(|problem| source::blamed(changes, problem)),
    })?;
    if let Json::Object(base) = resolved {
        name_in_place(&mut own.resolved, base, overrides);
    }
    Ok(own)
}

/// Lays the name of a changed scenario where it lies in its base: where a file states none, it lies elsewhere than where one does, and the
/// hash would be another than that of the file with the same changes. Of a base without its defaults, or where the changes name it, it lies
/// where a file would lay it.
fn name_in_place(own: &mut Json, base: &JsonTable, changes: &[Override]) {
    const NAME: &str = "name";
    let Json::Object(own) = own else { return };
    let is_known = |key: &String| base.contains_key(key) || changes.iter().any(|change| change.is_of(key));
    if changes.iter().any(|change| change.is_of(NAME)) || !own.keys().all(is_known) {
        return;
    }
    let mut entries: Vec<(String, Json)> = std::mem::take(own).into_iter().collect();
    if let Some(at) = entries.iter().position(|(key, _)| key == NAME) {
        let name = entries.remove(at);
        let before = base.keys().take_while(|key| *key != NAME).last();
        let place = entries.iter().position(|(key, _)| Some(key) == before).map_or(0, |place| place + 1);
        entries.insert(place, name);
    }
    own.extend(entries);
}

fn finish(cx: &Context<'_>, table: &Table, at: Place, name: &str) -> Result<Loaded, Problems> {
    let mut unseen = Found::default();
    characters::check_names(table, "", &mut unseen);
    cx.extend(unseen);
    let mut reader = Reader::root(cx, table, at);
    let scenario = read::scenario(&mut reader, name);
    let (resolved, _) = reader.finish();
    validate::validate(&scenario, cx);
    if cx.has_errors() {
        check_steep(cx);
    }
    let mut found = cx.take_problems();
    if found.errors() > 0 {
        return Err(Problems::new(found));
    }
    // Only now: much that is odd is the echo of an error.
    look::look(&scenario, cx);
    found.append(cx.take_problems());
    let actual_places = (0..scenario.actuals.len()).filter_map(|k| cx.place(&format!("actual[{k}]"))).collect();
    let inputs = cx.inputs();
    let without = inputs.iter().filter(|input| !input.is_default && !input.has_source);
    let without_source = without.map(|input| input.path.clone()).collect();
    let number = |own: InputNote| {
        Some(Number { address: own.path, quantity: own.number?, range: own.range, is_fact: own.is_fact })
    };
    Ok(Loaded {
        scenario,
        resolved: Json::Object(resolved),
        files: cx.files().map(Files::list).unwrap_or_default(),
        without_source,
        numbers: inputs.into_iter().filter_map(number).collect(),
        worth_a_look: Problems::new(found).list().to_vec(),
        drawn: drawn(cx),
        actual_places,
        odd: Odd::default(),
    })
}
