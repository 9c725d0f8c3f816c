//! The text of a scenario.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = put("scenario.toml", bytes);
    ask(&["check", &file]);
});
