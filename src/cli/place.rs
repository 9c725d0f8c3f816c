//! Putting what was made in place: the one way in which every verb leaves a file or a folder.
//!
//! What is made is made in a hidden folder beside its place, flushed to disk, and put under its name at one stroke. Where nothing was to
//! be replaced, a rename that cannot replace does it. Where something was, the two change places, what was there is looked at, and put
//! back unless it is what was there before. What was begun is written down first, so that a later run ends what a dead one left.
//! `docs/assurance.md` lists the promises.

mod file;
mod folder;
mod journal;
mod look;
mod name;
mod rename;
mod same;
mod settle;
mod staging;
#[cfg(test)]
mod tests;

pub(super) use file::Slot;
pub(super) use folder::{Folder, Scratch};
