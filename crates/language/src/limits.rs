//! What a scenario may hold at most: every limit in one place. `docs/limits.md` tells the same.

/// Words, numbers, marks and line ends of one TOML file, blanks and comments not counted.
pub const PIECES: usize = 500_000;
/// Characters of a text, or of a comment in one line.
pub const TEXT: usize = 10_000;
/// Characters of a name.
pub const NAME: usize = 200;
/// Dots in a row of keys: what nests deeper exhausts the stack.
pub const DEEPEST: usize = 100;
/// Scenarios that extend one another.
pub const EXTENDED: usize = 20;
/// Changes of one scenario.
pub const CHANGES: usize = 1_000;
/// Values of a swept key.
pub const STEPS: usize = 41;
/// Keys that the patterns of all correlations are held against, each as often as by a pattern.
pub const HELD: usize = 2_000_000;
/// Keys of one table.
pub const KEYS: usize = 1_000;
/// Size of a number: beyond, what is worked out from several of them is no number any more.
pub const NUMBER: f64 = 1e12;
/// Numbers of one list.
pub const NUMBERS: usize = 100_000;
/// Numbers of all distributions that are lists of values, in all, each as often as it stands or is read.
pub const VALUES: usize = 1_000_000;
/// Entries of a list of anything else, unless [`THINGS`] says otherwise.
pub const ENTRIES: usize = 1_000;
/// Lines of a CSV file.
pub const CSV_LINES: usize = 100_000;
/// Columns of a CSV file.
pub const CSV_COLUMNS: usize = 500;
/// Cells of a CSV file.
pub const CSV_CELLS: usize = 1_000_000;
/// Cells of all files of business areas of a scenario together, each as often as it is named.
pub const AREA_CELLS: usize = 1_000_000;
/// Bytes of all files of a scenario together, each as often as it is named.
pub const READ: usize = 20_000_000;
/// Bytes that a workbook unpacks to; the largest that can be filled in takes some.
pub const BOOK_BYTES: u64 = 50_000_000;
/// Files in a workbook.
pub const BOOK_FILES: usize = 1_000;
/// Rows of a sheet: a stray cell far below would otherwise be a huge table.
pub const BOOK_ROWS: usize = 10_000;
/// Columns of a sheet.
pub const BOOK_COLUMNS: usize = 1_000;
/// Characters of a sheet's formulas: one that many cells share is written out for each.
pub const BOOK_FORMULAS: usize = 100_000_000;
/// Wrong cells of a sheet that are told.
pub const BOOK_PROBLEMS: usize = 1_000;
/// Business areas of all alliances together.
pub const AREAS: usize = 2_000;
/// Forces times years: for each a run counts some dozens of figures.
pub const FORCE_YEARS: usize = 3_000;
/// Members of all alliances, each as often as it is in one, times years: a run keeps some dozens of figures of each for every trial at hand.
pub const MEMBER_YEARS: usize = 30_000;
/// Costs of business areas that stand member by member, in all.
pub const MEMBER_COSTS: usize = 10_000;
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
    use engine::units::thousands;

    /// The page has a row for each limit, with its figure.
    #[test]
    fn every_limit_stands_on_the_page_of_limits() {
        let page = include_str!("../../../docs/limits.md");
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
            ("levels of keys", DEEPEST),
            ("scenarios that extend one another", EXTENDED),
            ("changes of one scenario", CHANGES),
            ("values of a swept key", STEPS),
            ("held against", HELD),
            ("keys of a table", KEYS),
            ("size of a number", NUMBER as usize),
            ("numbers of a list", NUMBERS),
            ("values and weights of all distributions", VALUES),
            ("entries of any other list", ENTRIES),
            ("lines of a CSV file", CSV_LINES),
            ("columns of a CSV file", CSV_COLUMNS),
            ("cells of a CSV file", CSV_CELLS),
            ("cells of all files of business areas", AREA_CELLS),
            ("bytes of all files of a scenario", READ),
            ("files in a workbook", BOOK_FILES),
            ("rows of a sheet", BOOK_ROWS),
            ("columns of a sheet", BOOK_COLUMNS),
            ("characters of all formulas of a sheet", BOOK_FORMULAS),
            ("wrong cells of a sheet", BOOK_PROBLEMS),
            ("business areas in all", AREAS),
            ("forces times years", FORCE_YEARS),
            ("members of all alliances", MEMBER_YEARS),
            ("costs of business areas by member", MEMBER_COSTS),
            ("stars of a pattern", STARS),
            ("names and patterns of all correlations", CORRELATED),
            ("problems kept", PROBLEMS),
            ("problems shown", SHOWN),
        ];
        for (what, most) in limits {
            assert!(has(what, most), "{what}: {}", thousands(most as u64));
        }
        let megabytes = format!("| what a workbook unpacks to, counted | {} MB |", BOOK_BYTES / 1_000_000);
        assert!(page.contains(&megabytes), "{megabytes}");
        for (key, most) in THINGS {
            assert!(has(&format!("`{key}`"), most), "`{key}`: {}", thousands(most as u64));
        }
    }
}
