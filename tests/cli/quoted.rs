//! What README.md, docs/questions.md, docs/learning.md and docs/tracking.md quote is what the program prints, to the letter.

use std::path::Path;

use super::guide::{blocks, words};
use super::{alliance, place, text};

/// What the first command of a block prints.
fn printed(block: &str, folder: &Path) -> String {
    let line = block.lines().next().expect("a block has a command").split('#').next().unwrap_or_default();
    let line = line.trim().replace("cargo run --release -- ", "alliance ");
    let mut command = words(line.strip_prefix("alliance ").expect("a command of the program"));
    if command.first().is_some_and(|verb| verb != "learn") {
        command.extend(["--no-charts", "--replace", "--out", "r"].map(str::to_owned));
    }
    let ended = alliance(folder, &command);
    assert_eq!(ended.code, 0, "{line}\n{}", ended.err);
    ended.out
}

#[test]
fn what_is_quoted_is_what_the_program_prints() {
    let (place, root) = (place(), Path::new(env!("CARGO_MANIFEST_DIR")));
    std::os::unix::fs::symlink(root.join("scenarios"), place.path().join("scenarios")).expect("a link");
    let (mut quoted, mut wrong) = (0, Vec::new());
    for page in ["README.md", "docs/questions.md", "docs/learning.md", "docs/tracking.md"] {
        let mut command = None;
        let mut said: Option<String> = None;
        for (language, body) in blocks(&text(root.join(page))) {
            match language.as_str() {
                "sh" => (command, said) = (Some(body), None),
                "" => {
                    let asked = command.as_deref().expect("a command stands before what it prints");
                    let said = said.get_or_insert_with(|| printed(asked, place.path()));
                    let printed: Vec<&str> = said.lines().map(str::trim_end).collect();
                    let lines = body.lines().map(str::trim_end).filter(|line| !line.is_empty());
                    for line in lines {
                        quoted += 1;
                        if !printed.contains(&line) {
                            wrong.push(format!("{page}: {line}"));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    assert!(quoted > 40 && wrong.is_empty(), "{quoted} lines are quoted; not printed:\n{}", wrong.join("\n"));
}
