//! "Did you mean": the nearest of some names, by edit distance.

/// The nearest candidate, if one is near enough to have been meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    if length > 80 {
        return None;
    }
    let limit = 1 + length / 4;
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count() <= 80)
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "Did you mean x?" without its question mark, else the list of what there is.
#[must_use]
pub fn remedy(word: &str, candidates: &[&str]) -> String {
    match nearest(word, candidates.iter().copied()) {
        Some(candidate) => format!("Did you mean \"{candidate}\"?"),
        None if candidates.is_empty() => "There is none here".to_owned(),
        None if candidates.len() > 40 => {
            format!("There are {}, such as {}", candidates.len(), candidates[..5].join(", "))
        }
        None => format!("There are: {}", candidates.join(", ")),
    }
}

/// Levenshtein distance, with a swap of neighbours counting one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_of_letters_is_one_edit_and_is_suggested() {
        assert_eq!(distance("silp", "slip"), 1);
        assert_eq!(nearest("silp", ["slots", "slip", "share"]), Some("slip"));
    }

    #[test]
    fn what_is_far_from_everything_gets_no_suggestion() {
        assert_eq!(nearest("velocity", ["slots", "slip", "share"]), None);
    }
}
