//! What counts as failure, as `--fail` takes it.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|condition: &str| {
    let file = put("bare.toml", BARE.as_bytes());
    let (fail, out) = (format!("--fail={condition}"), named("answer"));
    ask(&["discover", &file, &fail, "--trials", "1000", "--threads", "1", "--no-charts", "--replace", "--out", &out]);
});
