//! Every number that a scenario states, its evidence, and how much it matters.

use language::Loaded;
use report::explanation::Explanation;
use report::inputs::Inputs;
use report::register::Register;

/// The register of a scenario, by what drives an outcome of it.
#[must_use]
pub fn register(loaded: &Loaded, drivers: &Explanation) -> Register {
    Register::build(loaded.assumptions(), &Inputs::of(&loaded.scenario), drivers)
}
