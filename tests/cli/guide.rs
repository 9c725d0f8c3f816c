//! The user guide: every file in it is saved, every command in it is run, in order.

use super::{alliance, place, text};

/// A fenced block of the guide: its language and its lines.
pub(super) fn blocks(guide: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut parts = guide.split("```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (language, body) = block.split_once('\n').expect("a block has lines");
        found.push((language.to_owned(), body.to_owned()));
    }
    found
}

/// Words of a command line; quotes hold words together.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("there is one").push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_of_the_guide_does_what_it_says() {
    let place = place();
    let guide = text(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md"));
    let mut run = 0;
    for (language, body) in blocks(&guide) {
        if language == "toml" {
            std::fs::write(place.path().join("lead.toml"), body).expect("it is written");
            continue;
        }
        assert_eq!(language, "sh");
        for line in body.lines() {
            let mut command = words(line.strip_prefix("alliance ").expect("a command of the program"));
            if !["new", "import", "check", "replay", "page"].contains(&command[0].as_str()) {
                command.extend(["--trials", "1000"].map(str::to_owned));
            }
            let ended = alliance(place.path(), &command);
            assert_eq!(ended.code, 0, "{line}\n{}", ended.err);
            run += 1;
        }
    }
    assert!(run >= 14, "{run}");
    // What it tells to look at is there.
    for file in
        ["first/charts/savings-fan.png", "assumptions/assumptions.csv", "paper/report.html", "paper/report.xlsx"]
    {
        assert!(guide.contains(file) && place.path().join(file).is_file(), "{file}");
    }
    for page in ["scenario-format.md", "output.md", "model.md", "evidence.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
        assert!(guide.contains(&format!("({page})")) && path.is_file(), "{page}");
    }
}
