//! A change of a scenario, as `--set` takes it.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|change: &str| {
    let file = put("bare.toml", BARE.as_bytes());
    ask(&["check", &format!("--set={change}"), &file]);
});
