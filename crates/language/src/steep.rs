//! Where what is drawn stands, so that what compiling finds wrong with it is told with its place.

use std::collections::BTreeMap;
use std::path::Path;

use super::draws_words::words;
use super::place::{Origin, Place};
use super::problem::{Problem, Problems, Severity};
use super::reader::Context;
use engine::uncertainty::{DrawsBuilder, DrawsError, Quantity, Value};

/// Addresses and places of uncertain numbers, by the keys of their draws.
pub type Drawn = BTreeMap<String, (String, Place)>;

/// The uncertain numbers that were read.
pub fn drawn(cx: &Context<'_>) -> Drawn {
    let mut drawn = Drawn::new();
    cx.each_input(|path, number| {
        if let (Value::Uncertain(_), Some(place)) = (&number.value, cx.place(path)) {
            drawn.entry(number.key.clone()).or_insert_with(|| (path.to_owned(), place));
        }
    });
    drawn
}

/// Tells what is too steep for a table beside other errors: without any, it is told when draws are compiled.
pub fn check_steep(cx: &Context<'_>) {
    let mut builder = DrawsBuilder::default();
    cx.each_input(|_, number: &Quantity| {
        if matches!(number.value, Value::Uncertain(_)) {
            let _ = builder.quantity(number);
        }
    });
    let Err(errors) = builder.build(&[]) else { return };
    let is_of_shapes = |error: &&DrawsError| matches!(error, DrawsError::Inexact(_) | DrawsError::TooManyTables);
    let whole = cx.place("").unwrap_or_else(|| Place::whole(Origin::Resolved));
    let drawn = drawn(cx);
    for error in errors.iter().filter(is_of_shapes) {
        let Problem { place, key, what, remedy, .. } = problem(&drawn, &whole, error);
        cx.problem(&place, &key, what, remedy);
    }
}

/// What compiling draws found wrong with a scenario of a file.
pub fn problems(drawn: &Drawn, file: &Path, errors: &[DrawsError]) -> Problems {
    let whole = Place::whole(Origin::File(file.to_owned()));
    Problems::new(errors.iter().map(|error| problem(drawn, &whole, error)).collect::<Vec<_>>())
}

fn problem(drawn: &Drawn, whole: &Place, error: &DrawsError) -> Problem {
    let (what, remedy) = words(error);
    let severity = Severity::Error;
    match error {
        DrawsError::Inexact(key) if drawn.contains_key(key) => {
            let (path, place) = &drawn[key];
            let what = "this distribution is too steep to be tabulated to 1e-8".to_owned();
            Problem { severity, place: place.clone(), key: path.clone(), what, remedy }
        }
        _ => Problem { severity, place: whole.clone(), key: String::new(), what, remedy },
    }
}
