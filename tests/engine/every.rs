//! All shipped scenarios, whatever there are.

use std::path::Path;

use engine::alliance::Scenario;

use crate::shipped::scenario;

/// Every shipped scenario, by its file's name.
pub fn every() -> Vec<(String, Scenario)> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"));
    let paths = entries.expect("the folder of shipped scenarios").map(|entry| entry.expect("readable").path());
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() > 5, "{names:?}");
    names.into_iter().map(|name| (name.clone(), scenario(&name))).collect()
}
