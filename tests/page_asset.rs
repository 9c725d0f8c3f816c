//! The compiled engine of `alliance page` is that of the sources beside it: `crates/page/renew` makes it anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::request::hash;

/// The crates that are compiled into it.
const CRATES: [&str; 7] = ["analysis", "app", "engine", "foreign", "language", "page", "report"];
const KEPT: &str = "crates/page/asset/inputs.sha256";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file that it is made of, by its path.
fn inputs() -> BTreeMap<String, Vec<u8>> {
    let mut files: Vec<PathBuf> = vec![root().join("Cargo.lock"), root().join("Cargo.toml")];
    let mut folders: Vec<PathBuf> = Vec::new();
    for own in CRATES {
        files.push(root().join("crates").join(own).join("Cargo.toml"));
        folders.push(root().join("crates").join(own).join("src"));
    }
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("it lies below").to_string_lossy().replace('\\', "/");
        (name, std::fs::read(&path).expect("it can be read"))
    };
    files.into_iter().map(named).collect()
}

/// With `ALLIANCE_PAGE=write` the hash is written anew: `crates/page/renew` does so once it has compiled the engine.
#[test]
fn the_compiled_engine_of_the_page_is_that_of_these_sources() {
    let lines: Vec<String> = inputs().iter().map(|(name, bytes)| format!("{}  {name}\n", hash(bytes))).collect();
    let now = hash(lines.concat().as_bytes()) + "\n";
    if std::env::var("ALLIANCE_PAGE").is_ok_and(|wish| wish == "write") {
        std::fs::write(root().join(KEPT), &now).expect("written");
    }
    let kept = std::fs::read_to_string(root().join(KEPT)).unwrap_or_default();
    assert!(kept == now, "the engine of the page was compiled from other sources: crates/page/renew makes it anew");
}
