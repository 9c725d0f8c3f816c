//! `extends`: a scenario that states only what differs from another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Files;
use super::areas::expand_areas;
use crate::limits::EXTENDED;
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Severity};
use crate::tree::{Table, check_names, from_toml, merge};

/// A scenario file laid over all that it extends.
#[derive(Debug)]
pub struct Chain {
    /// The merged table.
    pub table: Table,
    /// The files, the scenario's own first.
    pub files: Vec<PathBuf>,
    /// Whether every file could be read: if not, what is missing may stand in a line that could not.
    pub is_sound: bool,
}

/// Reads a scenario file and all that it extends, the last over the first; CSV files of areas are read in.
pub fn read_chain(files: &Files<'_>, path: &Path, problems: &mut Found) -> Chain {
    let mut chain: Vec<PathBuf> = Vec::new();
    let mut layers = Vec::new();
    let mut next = Some((path.to_owned(), Place::whole(Origin::File(path.to_owned())), ""));
    let mut is_sound = true;
    while let Some((path, place, key)) = next.take() {
        if let Err(problem) = check_chain(&chain, &path, &place) {
            problems.push(problem);
            is_sound = false;
            break;
        }
        let text = match files.read(&path, &place, key) {
            Ok(text) => text,
            Err(problem) => {
                problems.push(problem);
                is_sound = false;
                break;
            }
        };
        let (mut table, errors) = from_toml(&text, &Arc::new(Origin::File(path.clone())));
        is_sound &= errors.is_empty();
        problems.append(errors);
        check_names(&table, "", problems);
        is_sound &= expand_areas(files, &mut table, problems);
        chain.push(path);
        if let Some(entry) = table.get("extends")
            && let Some(written) = entry.node.text()
        {
            next = Some((entry.node.at.path(written), entry.node.at.clone(), "extends"));
        }
        layers.push(table);
    }
    let mut merged = Table::default();
    for layer in layers.into_iter().rev() {
        merge(&mut merged, layer);
    }
    Chain { table: merged, files: chain, is_sound }
}

fn check_chain(chain: &[PathBuf], path: &Path, place: &Place) -> Result<(), Problem> {
    let same = |known: &PathBuf| {
        known == path || known.canonicalize().ok().is_some_and(|a| path.canonicalize().ok() == Some(a))
    };
    let what = match chain.iter().position(same) {
        Some(position) if position + 1 == chain.len() => "the file extends itself".to_owned(),
        Some(position) => {
            let round =
                chain.iter().skip(position).map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
            format!("{round} and {} extend each other in a circle", path.display())
        }
        None if chain.len() >= EXTENDED => format!("more than {EXTENDED} scenarios extend one another"),
        None => return Ok(()),
    };
    let remedy = "Name a scenario that does not lead back to this one".to_owned();
    Err(Problem { severity: Severity::Error, place: place.clone(), key: "extends".to_owned(), what, remedy })
}
