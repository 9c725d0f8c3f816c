//! Files dropped onto the page: a scenario with the files that it names, or what is wrong with them, place by place.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use app::request::Simulated;
use foreign::files::{Source, Unread};
use language::{Origin, Problem, Severity};
use serde::{Deserialize, Serialize};

/// Files by name.
#[derive(Debug, Clone, Deserialize)]
pub struct Files {
    /// The one to be opened.
    pub open: String,
    /// All of them: name and text.
    pub files: Vec<(String, String)>,
}

/// A scenario, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dropped {
    /// The scenario, where it is sound, as JSON in which every number keeps its digits.
    pub scenario: Option<String>,
    /// What is wrong, or worth a look.
    pub problems: Vec<Told>,
    /// Names of files that it needs and that were not dropped with it.
    pub missing: Vec<String>,
}

/// A problem at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The file that it stands in; empty for the one that was opened.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what would be right.
    pub text: String,
    /// Whether the scenario can be used all the same.
    pub sound: bool,
}

/// Files that were dropped, in no folder: a path is answered by its last name. What is not there is remembered.
#[derive(Debug)]
struct Dropping<'a> {
    files: &'a [(String, String)],
    missing: RefCell<Vec<String>>,
}

impl Source for Dropping<'_> {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
        let wanted = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let Some((_, text)) = self.files.iter().find(|(name, _)| *name == wanted) else {
            self.missing.borrow_mut().push(wanted);
            return Err(io::Error::from(io::ErrorKind::NotFound).into());
        };
        let bytes = text.len() as u64;
        if bytes > most { Err(Unread::TooLarge { bytes, most }) } else { Ok(text.clone().into_bytes()) }
    }
}

/// Reads a scenario from files that were dropped.
///
/// # Errors
/// Where it has no JSON form: never in practice.
pub fn opened(given: &Files) -> Result<Dropped, String> {
    let source = Dropping { files: &given.files, missing: RefCell::default() };
    let (loaded, problems) = match language::load_from(&source, Path::new(&given.open), &[]) {
        Ok(loaded) => (Some(Simulated::of(&loaded)), loaded.worth_a_look),
        Err(found) => (None, found.list().to_vec()),
    };
    let scenario = loaded.map(|own| serde_json::to_string(&own)).transpose().map_err(|error| error.to_string())?;
    let mut missing = source.missing.into_inner();
    missing.sort_unstable();
    missing.dedup();
    Ok(Dropped { scenario, problems: problems.iter().map(|problem| told(problem, &given.open)).collect(), missing })
}

fn told(problem: &Problem, open: &str) -> Told {
    let file = match &*problem.place.origin {
        Origin::File(path) if path != Path::new(open) => path.display().to_string(),
        _ => String::new(),
    };
    let sound = problem.severity == Severity::WorthALook;
    Told { file, line: problem.place.line, text: problem.without_place(), sound }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_line() {
        let text = "format = 1\ntitle = \"x\"\nnonsense = 3\n".to_owned();
        let given = Files { open: "x.toml".to_owned(), files: vec![("x.toml".to_owned(), text)] };
        let found = opened(&given).expect("it tells");
        assert!(found.scenario.is_none());
        let nonsense = found.problems.iter().find(|told| told.text.contains("nonsense")).expect("it is told");
        assert_eq!((nonsense.line, nonsense.sound), (3, false));
    }

    #[test]
    fn files_that_were_not_dropped_are_named_and_taken_by_their_names_once_they_are() {
        let bare = include_str!("../../../tests/bare.toml");
        let text = format!("extends = \"../shared/base.toml\"\n{}", bare.replace("\"Bare\"", "\"Other\""));
        let dropped = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            opened(&Files { open: "own.toml".to_owned(), files }).expect("it tells")
        };
        let alone = dropped(&[("own.toml", &text)]);
        assert!(alone.scenario.is_none());
        assert_eq!(alone.missing, ["base.toml"]);
        let both = dropped(&[("own.toml", &text), ("base.toml", bare)]);
        assert!(both.scenario.is_some() && both.missing.is_empty(), "{:?}", both.problems);
        let wrong = dropped(&[("own.toml", &text), ("base.toml", &format!("nonsense = 3\n{bare}"))]);
        let told = wrong.problems.iter().find(|told| told.text.contains("nonsense")).expect("it is told");
        assert_eq!((told.file.ends_with("base.toml"), told.line), (true, 1), "{told:?}");
    }
}
