//! Commented starting files, one for each kind of scenario.

mod chosen;
mod collaboration;
mod forces;

pub use chosen::{INVENTED, STAND_IN};
pub use forces::{Start, USUAL_YEAR, start};

/// The kinds and their files.
const TEMPLATES: [(&str, &str); 6] = [
    ("two-force", include_str!("template/two-force.toml")),
    ("three-force", include_str!("template/three-force.toml")),
    ("regional", include_str!("template/regional.toml")),
    ("merger", include_str!("template/merger.toml")),
    ("lead-force", include_str!("template/lead-force.toml")),
    ("standalone", include_str!("template/standalone.toml")),
];

/// The kinds of starting files there are.
#[must_use]
pub fn template_kinds() -> Vec<&'static str> {
    TEMPLATES.iter().map(|(kind, _)| *kind).collect()
}

/// A commented starting file of a kind; none where there is no such kind.
#[must_use]
pub fn template(kind: &str) -> Option<String> {
    TEMPLATES.iter().find(|(name, _)| *name == kind).map(|(_, text)| (*text).to_owned())
}
