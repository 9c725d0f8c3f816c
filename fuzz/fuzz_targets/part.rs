//! A part of a run that is put together with others.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (part, out) = (put("one.part", bytes), named("merged"));
    ask(&["merge", &part, "--no-charts", "--replace", "--out", &out]);
});
