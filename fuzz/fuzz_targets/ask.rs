//! One place of its own for a target, and the program asked in this process.

use std::path::PathBuf;
use std::sync::LazyLock;

/// A scenario that runs in a moment.
pub const BARE: &str = include_str!("../../tests/bare.toml");

/// A folder in memory, one a process.
static PLACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let shared = PathBuf::from("/dev/shm");
    let above = if shared.is_dir() { shared } else { std::env::temp_dir() };
    let place = above.join(format!("alliance-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&place).expect("a folder");
    place
});

/// Writes a file of the place, and names it.
pub fn put(name: &str, bytes: &[u8]) -> String {
    let path = PLACE.join(name);
    std::fs::write(&path, bytes).expect("there is room");
    path.display().to_string()
}

/// A name in the place.
pub fn named(name: &str) -> String {
    PLACE.join(name).display().to_string()
}

/// Asks the program; whatever it answers, it ends.
pub fn ask(words: &[&str]) {
    let all = std::iter::once("alliance").chain(words.iter().copied());
    let _ = alliance::cli::answer(all.map(Into::into));
}
