//! Which figures this engine makes: a number that tells results apart that must not be put together or compared unsaid.

/// The figures of this engine. It goes up with every change after which the same scenario, seed, sampler and trials give other
/// figures than before (*value-breaking* in CHANGELOG.md); 0.1.0 made figures 1. Manifests, parts, checkpoints and kept trials name
/// it: where none is named, it is 1. What was made by other figures is not put together or gone on
/// from, and a replay of it says so.
pub const FIGURES: u32 = 4;

/// What to say of something that was made by other figures; none where they are these.
#[must_use]
pub fn made_by_others(figures: u32) -> Option<String> {
    (figures != FIGURES).then(|| format!("made by figures {figures}; this program makes figures {FIGURES}"))
}
