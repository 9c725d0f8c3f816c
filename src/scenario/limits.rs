//! What a scenario may hold at most: every limit in one place. `docs/limits.md` tells the same.

/// Words, numbers, marks and line ends of one TOML file, blanks and comments not counted.
pub const PIECES: usize = 500_000;
/// Characters of a text, or of a comment in one line.
pub const TEXT: usize = 10_000;
/// Characters of a name.
pub const NAME: usize = 200;
/// Keys of one table.
pub const KEYS: usize = 1_000;
/// Numbers of one list.
pub const NUMBERS: usize = 100_000;
/// Entries of a list of anything else, unless [`THINGS`] says otherwise.
pub const ENTRIES: usize = 1_000;
/// Lines of a CSV file.
pub const CSV_LINES: usize = 100_000;
/// Columns of a CSV file.
pub const CSV_COLUMNS: usize = 500;
/// Cells of a CSV file.
pub const CSV_CELLS: usize = 1_000_000;
/// Bytes of all files of a scenario together, each as often as it is named.
pub const READ: usize = 20_000_000;
/// Business areas of all alliances together.
pub const AREAS: usize = 2_000;
/// Forces times years: for each a run counts some dozens of figures.
pub const FORCE_YEARS: usize = 3_000;
/// Stars of one pattern.
pub const STARS: usize = 10;
/// Names and patterns of all correlations together.
pub const CORRELATED: usize = 1_000;
/// Problems that are kept; further ones are counted.
pub const PROBLEMS: usize = 1_000;
/// Problems that are printed.
pub const SHOWN: usize = 100;

/// Things of a kind, by the key of their list.
pub const THINGS: [(&str, usize); 9] = [
    ("force", 200),
    ("alliance", 100),
    ("area", 1_000),
    ("benefit", 200),
    ("target", 200),
    ("actual", 1_000),
    ("correlation", 200),
    ("quantities", 200),
    ("matrix", 200),
];

/// The most entries of the list under a key.
#[must_use]
pub fn entries(key: &str) -> usize {
    THINGS.iter().find(|(name, _)| *name == key).map_or(ENTRIES, |(_, most)| *most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::thousands;

    /// The page has a row for each limit, with its figure.
    #[test]
    fn every_limit_stands_on_the_page_of_limits() {
        let page = include_str!("../../docs/limits.md");
        let has = |what: &str, most: usize| {
            let figure = thousands(most as u64);
            page.lines().any(|line| {
                let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
                cells.first().is_some_and(|cell| cell.contains(what)) && cells.get(1) == Some(&figure.as_str())
            })
        };
        let limits = [
            ("words, numbers, marks and line ends", PIECES),
            ("characters of a text", TEXT),
            ("characters of a name", NAME),
            ("keys of a table", KEYS),
            ("numbers of a list", NUMBERS),
            ("entries of any other list", ENTRIES),
            ("lines of a CSV file", CSV_LINES),
            ("columns of a CSV file", CSV_COLUMNS),
            ("cells of a CSV file", CSV_CELLS),
            ("bytes of all files of a scenario", READ),
            ("business areas in all", AREAS),
            ("forces times years", FORCE_YEARS),
            ("stars of a pattern", STARS),
            ("names and patterns of all correlations", CORRELATED),
            ("problems kept", PROBLEMS),
            ("problems shown", SHOWN),
        ];
        for (what, most) in limits {
            assert!(has(what, most), "{what}: {}", thousands(most as u64));
        }
        for (key, most) in THINGS {
            assert!(has(&format!("`{key}`"), most), "`{key}`: {}", thousands(most as u64));
        }
    }
}
