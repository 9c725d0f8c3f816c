//! Business areas in a CSV file.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    put("areas.csv", bytes);
    let stated = BARE.split("[[alliance.area]]").next().unwrap_or_default();
    let file = put("scenario.toml", format!("{stated}areas = \"areas.csv\"\n").as_bytes());
    ask(&["check", &file]);
});
