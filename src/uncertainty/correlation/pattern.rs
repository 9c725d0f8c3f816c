//! Patterns of keys: `*` stands for any text, everything else for itself.

/// Whether the whole key is of the pattern.
pub fn matches(pattern: &str, key: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == key };
    let Some(mut key) = key.strip_prefix(first) else { return false };
    // Between stars the leftmost occurrence leaves most for the others; the last piece must end the key.
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        let Some(at) = key.find(piece) else { return false };
        key = &key[at + piece.len()..];
    }
    key.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_text() {
        let key = "alliance.\"Southern hub\".area.\"Custody (North)\".saving";
        assert!(matches("alliance.\"Southern hub\".area.*.saving", key));
        assert!(
            matches("*.saving", key) && matches("alliance.*", key) && matches("*", key) && matches("*hub*area*", key)
        );
        assert!(matches(key, key));
        assert!(!matches("alliance.*.slip", key) && !matches("alliance.*.area", key) && !matches("area.*", key));
        assert!(matches("a*a", "aa") && !matches("a*a", "a") && !matches("a*b*b", "ab") && matches("a**b", "ab"));
    }
}
