//! The manifest of a run that is made again.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = named("run");
    std::fs::create_dir_all(&folder).expect("a folder");
    put("run/manifest.json", bytes);
    ask(&["replay", &folder, "--threads", "1"]);
});
