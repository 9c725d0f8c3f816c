//! A condition on kept futures.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// A run with its futures, kept once a process.
static KEPT: LazyLock<String> = LazyLock::new(|| {
    let (file, out) = (put("bare.toml", BARE.as_bytes()), named("kept"));
    ask(&["run", &file, "--trials", "200", "--keep-trials", "--no-charts", "--replace", "--out", &out]);
    out
});

fuzz_target!(|condition: &str| {
    let condition = format!("--where={condition}");
    ask(&["futures", &KEPT, &condition]);
});
