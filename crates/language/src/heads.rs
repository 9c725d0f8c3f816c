//! Heads of columns as people write them: with other capitals, with blanks, and still the keys that they name.

use super::describe::{KeyDoc, Kind};
use super::reader::{FAMILIES, PROVENANCE};
use super::tree::{is_number_key, key_path};

/// A name without capitals, blanks and marks.
#[must_use]
pub fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The path that a head names among some keys, each as the language spells it: `Saving.PERT.Low` is saving.pert.low, `Needs ICT` is
/// `needs_ict`. What is no key of theirs stays as it is.
///
/// # Errors
/// Where it is no path of keys.
pub fn path(head: &str, keys: &[KeyDoc]) -> Result<Vec<String>, String> {
    let whole = keys.iter().find(|key| folded(key.name) == folded(head)).map(|key| vec![key.name.to_owned()]);
    whole.map_or_else(|| key_path(head).map(|names| spelt(names, keys)), Ok)
}

fn spelt(names: Vec<String>, keys: &[KeyDoc]) -> Vec<String> {
    let Some(first) = names.first().map(|name| folded(name)) else { return names };
    let key = keys.iter().find(|key| folded(key.name) == first);
    let own = key.map(|key| key.name).or_else(|| PROVENANCE.into_iter().find(|name| *name == first));
    let names_members = key.is_some_and(|key| matches!(key.kind, Kind::Either(_)));
    let part = |(position, name): (usize, String)| match own {
        Some(own) if position == 0 => own.to_owned(),
        _ if is_part(&name.to_lowercase()) && !(names_members && position == 1 && name.to_lowercase() != name) => {
            name.to_lowercase()
        }
        _ => name,
    };
    names.into_iter().enumerate().map(part).collect()
}

/// Whether a word is part of an uncertain number.
fn is_part(word: &str) -> bool {
    is_number_key(word) || FAMILIES.iter().any(|(_, needed, more)| needed.iter().chain(*more).any(|name| *name == word))
}

#[cfg(test)]
mod tests {
    use super::super::describe;
    use super::path;

    #[test]
    fn heads_with_other_capitals_and_blanks_name_the_same_keys() {
        let keys = describe::keys();
        let area = describe::below(describe::below(&keys, "alliance"), "area");
        let read = |head: &str| path(head, area).expect("a path").join(".");
        assert_eq!(read("Saving.PERT.Low"), "saving.pert.low");
        assert_eq!(read("Needs ICT"), "needs_ict");
        assert_eq!(read("One-off"), "oneoff");
        assert_eq!(read("Cost.Dorset"), "cost.Dorset");
        assert_eq!(read("cost.\"Devon & Cornwall\""), "cost.Devon & Cornwall");
        assert_eq!(read("SOURCE"), "source");
        assert_eq!(read("colour"), "colour");
        assert!(path("what a head", area).is_err());
    }
}
