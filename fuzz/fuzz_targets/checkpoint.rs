//! A checkpoint that a run goes on from.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = put("bare.toml", BARE.as_bytes());
    let (counts, out) = (put("counts", bytes), named("ran"));
    ask(&["run", &file, "--trials", "500", "--threads", "1", "--no-charts", "--replace", "--checkpoint", &counts, "--out", &out]);
});
