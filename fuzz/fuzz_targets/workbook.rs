//! A workbook that is filled in.
#![no_main]

#[allow(dead_code)]
mod ask;

use ask::*;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (book, out) = (put("book.xlsx", bytes), named("imported.toml"));
    ask(&["import", &book, "--replace", "--out", &out]);
});
