//! The engine in a page: what the browser's scripts ask of it, answered by the same crates as the command line.
//!
//! ```text
//! scripts ── a request as JSON ──▶ bridge ──▶ session ──▶ app, report ──▶ HTML, SVG, JSON ──▶ scripts
//!  (they move values and show       (a number for    (scenarios read,
//!   what comes back)                 each verb)       one question being counted)
//! ```
//!
//! A page starts several workers, each with this module of its own. All of them count blocks of the same question; one of them, which
//! is given the counts of the others, tells the answer. Whatever their number, the answer is the same to the byte.
//!
//! | room | what is in it |
//! |---|---|
//! | `bridge` | the functions that scripts call, and the memory that both look at |
//! | [`session`] | the scenarios of the page and the question being counted |
//! | [`counting`] | the blocks of a question counted one by one |
//! | [`change`] | a dial turned or a lever pulled: the change in the words of `--set`, and for people |
//! | [`moved`] | a distribution moved, or made wider or narrower, within its own family |
//! | [`dials`] | the numbers of a scenario as dials, its rules as levers |
//! | [`shown`] | an answer as it stands on the page |
//! | [`commission`] | the changes as a commission and as a command |
//! | [`opened`] | files dropped onto the page |

mod bridge;
pub mod change;
pub mod commission;
pub mod counting;
pub mod dials;
pub mod moved;
pub mod opened;
pub mod session;
pub mod shown;
