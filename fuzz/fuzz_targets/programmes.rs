//! Programmes of the past, as `learn` reads them.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = put("programmes.csv", bytes);
    ask(&["learn", &file]);
});
