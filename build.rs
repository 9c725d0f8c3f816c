//! Notes the git commit that the engine is built from, for manifests; absent outside a checkout.

use std::path::Path;
use std::process::Command;

fn main() {
    // The Python package, two folders further in, has this script too.
    for folder in ["src", "crates"] {
        let from_here = ["", "../../"].map(|up| format!("{up}{folder}"));
        if let Some(path) = from_here.iter().find(|path| Path::new(path).join("../crates").is_dir()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    // Both change with every commit. Git is asked where they are: in a worktree, not under `.git`.
    for name in ["HEAD", "logs/HEAD"] {
        // A file that is not there would make cargo build everything anew each time.
        if let Some(path) = git(&["rev-parse", "--git-path", name]).filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    if let Some(commit) = git(&["describe", "--always", "--dirty=+changes", "--abbrev=12"]) {
        println!("cargo::rustc-env=ALLIANCE_COMMIT={commit}");
    }
}

/// What git answers; nothing where there is no git or no checkout.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| answer.trim().to_owned())
}
