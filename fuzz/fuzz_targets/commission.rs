//! The text of a commission.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    put("bare.toml", BARE.as_bytes());
    let file = put("commission.toml", bytes);
    ask(&["check", &file]);
});
