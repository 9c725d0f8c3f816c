//! The shipped scenarios, ready to be run and changed.

use std::path::{Path, PathBuf};

use engine::alliance::Scenario;
use engine::model::Model;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// One shipped scenario.
pub fn scenario(name: &str) -> Scenario {
    let path = folder().join(format!("{name}.toml"));
    let loaded = language::load(&path, &[]).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
    loaded.scenario
}

/// Compiles what must compile.
pub fn compile(scenario: &Scenario) -> Model {
    Model::compile(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.name))
}
