//! Files dropped onto the page: a scenario with the files that it names, or what is wrong with them, place by place.

use std::path::{Path, PathBuf};

use app::request::Simulated;
use language::{Given, Problems};
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
}

/// A problem at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what would be right.
    pub text: String,
    /// Whether the scenario can be used all the same.
    pub sound: bool,
}

/// Reads a scenario from files that were dropped.
///
/// # Errors
/// Never in practice: what is wrong is told.
pub fn opened(given: &Files) -> Result<Dropped, String> {
    let content = |(name, text): &(String, String)| (PathBuf::from(name), text.clone().into_bytes());
    let source = Given(given.files.iter().map(content).collect());
    Ok(match language::load_from(&source, Path::new(&given.open), &[]) {
        Ok(loaded) => Dropped {
            scenario: Some(serde_json::to_string(&Simulated::of(&loaded)).map_err(|error| error.to_string())?),
            problems: loaded.worth_a_look.iter().map(|problem| told(problem, true)).collect(),
        },
        Err(problems) => Dropped { scenario: None, problems: all(&problems) },
    })
}

fn all(problems: &Problems) -> Vec<Told> {
    problems.list().iter().map(|problem| told(problem, problem.severity == language::Severity::WorthALook)).collect()
}

fn told(problem: &language::Problem, sound: bool) -> Told {
    let place = problem.place.to_string();
    Told { file: place, line: problem.place.line, text: problem.without_place(), sound }
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
}
