//! What comes from outside, taken with care.
//!
//! | room | what is in it |
//! |---|---|
//! | [`files`] | reading files: plain ones, none too large |
//! | [`guarded`] | panics of libraries over malformed files, caught |
//! | [`safe_text`] | foreign text made safe to show: nothing in it commands a terminal or begins a formula |

pub mod files;
pub mod guarded;
pub mod safe_text;
