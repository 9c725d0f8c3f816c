//! Figures that were reported, as `track` reads them.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (file, figures, out) = (put("bare.toml", BARE.as_bytes()), put("actuals.csv", bytes), named("answer"));
    let figures = format!("--actuals={figures}");
    let few = ["--trials", "1000", "--most", "1000", "--threads", "1", "--no-charts", "--replace", "--out", &out];
    ask(&[&["track", &file, &figures, "--as-of", "2030-01"], &few[..]].concat());
});
