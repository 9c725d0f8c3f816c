//! Notes the git commit that the engine is built from, for manifests; absent outside a checkout.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=.git/HEAD");
    println!("cargo::rerun-if-changed=.git/refs/heads");
    println!("cargo::rerun-if-changed=src");
    let described = Command::new("git").args(["describe", "--always", "--dirty=+changes", "--abbrev=12"]).output();
    if let Ok(output) = described
        && output.status.success()
        && let Ok(commit) = String::from_utf8(output.stdout)
    {
        println!("cargo::rustc-env=ALLIANCE_COMMIT={}", commit.trim());
    }
}
