//! What is sound, but worth a look: in full for `check` and `import`, in short at the foot of a run.

use super::tell;
use language::{Loaded, Problem};

/// So many are told at the foot of a run.
const SHORT: usize = 5;

/// "1 thing is worth a look".
pub(super) fn count(number: usize) -> String {
    match number {
        1 => "1 thing is worth a look".to_owned(),
        _ => format!("{number} things are worth a look"),
    }
}

/// The same of those that are not told: "5 more things are worth a look".
fn more(number: usize) -> String {
    match number {
        1 => "1 more thing is worth a look".to_owned(),
        _ => format!("{number} more things are worth a look"),
    }
}

/// Every one on a line of its own.
pub(super) fn all(found: &[Problem]) -> String {
    found.iter().map(|problem| format!("{problem}\n")).collect()
}

/// The first few of every scenario, on standard error, where they are in no program's way.
pub(super) fn foot<'a>(loaded: impl IntoIterator<Item = &'a Loaded>) {
    let mut found: Vec<&Problem> = loaded.into_iter().flat_map(|loaded| &loaded.worth_a_look).collect();
    found.sort();
    found.dedup();
    found.iter().take(SHORT).for_each(|problem| tell(&problem.to_string()));
    if found.len() > SHORT {
        tell(&format!("{}: `alliance check` tells them all", more(found.len() - SHORT)));
    }
}

#[cfg(test)]
mod tests {
    use super::more;

    #[test]
    fn what_is_not_told_is_counted_in_plain_words() {
        assert_eq!(more(1), "1 more thing is worth a look");
        assert_eq!(more(780), "780 more things are worth a look");
    }
}
