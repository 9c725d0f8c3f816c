//! What all readers of one scenario share: problems, places of addresses, notes on inputs, files.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::Range;
use crate::limits::VALUES;
use crate::place::Place;
use crate::problem::{Found, Problem, Severity};
use crate::source::Files;
use engine::uncertainty::Quantity;
use engine::units::thousands;

/// What is known of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct InputNote {
    /// Its address.
    pub path: String,
    /// The number; none where it is a statement that holds none: a target, an actual.
    pub number: Option<Quantity>,
    /// What it may be.
    pub range: Range,
    /// Whether it is known, and never drawn.
    pub is_fact: bool,
    /// Whether it says where it comes from.
    pub has_source: bool,
    /// Whether it was left out and has its default.
    pub is_default: bool,
}

/// Shared by all readers of one scenario.
#[derive(Debug)]
pub struct Context<'a> {
    files: Option<&'a Files<'a>>,
    is_sound: bool,
    is_silent: Cell<bool>,
    problems: RefCell<Found>,
    places: RefCell<HashMap<String, Place>>,
    inputs: RefCell<Vec<InputNote>>,
    /// Values and weights of distributions read so far.
    values: Cell<usize>,
}

impl<'a> Context<'a> {
    /// A context that may read `files`; `is_sound` where all text could be read, so that what is missing is missing indeed.
    #[must_use]
    pub fn new(files: Option<&'a Files<'a>>, is_sound: bool) -> Self {
        let (problems, places, inputs, values) = Default::default();
        Self { files, is_sound, is_silent: Cell::new(false), problems, places, inputs, values }
    }

    /// The files that may be read; none where the scenario must be whole in itself.
    #[must_use]
    pub fn files(&self) -> Option<&'a Files<'a>> {
        self.files
    }

    /// Runs something whose complaints and notes do not count.
    pub fn in_silence<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = self.is_silent.replace(true);
        let value = run();
        self.is_silent.set(before);
        value
    }

    /// Reports a problem.
    pub fn problem(&self, at: &Place, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.say(Severity::Error, at, key, what.into(), remedy.into());
    }

    /// Reports what is sound, but worth a look.
    pub fn odd(&self, at: &Place, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.say(Severity::WorthALook, at, key, what.into(), remedy.into());
    }

    fn say(&self, severity: Severity, at: &Place, key: &str, what: String, remedy: String) {
        if !self.is_silent.get() {
            let problem = Problem { severity, place: at.clone(), key: key.to_owned(), what, remedy };
            self.problems.borrow_mut().push(problem);
        }
    }

    /// Reports what is missing, unless it may stand in text that could not be read.
    pub fn missing(&self, at: &Place, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        if self.is_sound {
            self.problem(at, key, what, remedy);
        }
    }

    /// Adds problems found elsewhere.
    pub fn extend(&self, problems: impl Into<Found>) {
        self.problems.borrow_mut().append(problems.into());
    }

    /// Whether so many problems are kept that further ones are only counted.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.problems.borrow().is_full()
    }

    /// How many problems were found so far.
    #[must_use]
    pub fn found(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Whether anything found so far is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.borrow().errors() > 0
    }

    /// Counts an error that need not be put in words.
    pub fn count(&self) {
        if !self.is_silent.get() {
            self.problems.borrow_mut().count(1);
        }
    }

    /// Takes the problems found so far.
    #[must_use]
    pub fn take_problems(&self) -> Found {
        self.problems.take()
    }

    /// Remembers where an address stands.
    pub fn remember(&self, path: &str, at: &Place) {
        if !self.is_silent.get() {
            self.places.borrow_mut().insert(path.to_owned(), at.clone());
        }
    }

    /// Whether an address was written.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.places.borrow().contains_key(path)
    }

    /// Where an address stands, or else the nearest that stands above it.
    #[must_use]
    pub fn place(&self, path: &str) -> Option<Place> {
        let places = self.places.borrow();
        let mut path = path;
        loop {
            if let Some(place) = places.get(path) {
                return Some(place.clone());
            }
            // Dots inside quoted names only make this look at more addresses than needed.
            path = path.rfind(['.', '[']).map_or("", |at| path.get(..at).unwrap_or_default());
            if path.is_empty() {
                return places.get("").cloned();
            }
        }
    }

    /// Counts values or weights of a distribution, as often as they stand or are read. Says whether all are within the limit; the first
    /// that are not are a problem.
    pub fn count_values(&self, count: usize, at: &Place, key: &str) -> bool {
        let before = self.values.get();
        self.values.set(before.saturating_add(count));
        let is_within = self.values.get() <= VALUES;
        if !is_within && before <= VALUES {
            let most = thousands(VALUES as u64);
            let what =
                format!("with these the distributions of this scenario hold more than {most} values and weights");
            self.problem(at, key, what, "A file counts as often as it is named: name fewer, or keep fewer values");
        }
        is_within
    }

    /// Notes an input.
    pub fn note(&self, note: InputNote) {
        if !self.is_silent.get() {
            self.inputs.borrow_mut().push(note);
        }
    }

    /// Calls something with the address and the number of each input noted so far.
    pub fn each_input(&self, mut of: impl FnMut(&str, &Quantity)) {
        let inputs = self.inputs.borrow();
        inputs
            .iter()
            .filter_map(|note| Some((note, note.number.as_ref()?)))
            .for_each(|(note, own)| of(&note.path, own));
    }

    /// The inputs noted so far.
    #[must_use]
    pub fn inputs(&self) -> Vec<InputNote> {
        self.inputs.borrow().clone()
    }
}
