//! Patterns of keys: `*` stands for any text, everything else for itself.

/// Whether the whole key is of the pattern.
pub fn matches(pattern: &str, key: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == key };
    let Some(mut key) = key.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The last piece must end the key; of what is before it the leftmost occurrence of each piece leaves most for the others.
    let Some(before) = key.strip_suffix(last) else { return false };
    key = before;
    for piece in middle.split('*') {
        let Some(at) = find(key, piece) else { return false };
        key = &key[at + piece.len()..];
    }
    true
}

/// Where a piece first occurs: most are so short that making ready to search takes longer than searching.
fn find(key: &str, piece: &str) -> Option<usize> {
    match piece.as_bytes() {
        [] => Some(0),
        [only] => key.bytes().position(|byte| byte == *only),
        short if short.len() <= 4 => key.as_bytes().windows(short.len()).position(|window| window == short),
        _ => key.find(piece),
    }
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
        assert!(
            matches("*é*", "bébé") && !matches("*é*", "be") && matches("*bé*bé", "bébé") && !matches("*bébé*é", "bébé")
        );
        assert!(matches("*reading*writing*", "reading, then writing") && !matches("a*aa*a", "aaa"));
        assert!(matches("a*a", "aa") && !matches("a*a", "a") && !matches("a*b*b", "ab") && matches("a**b", "ab"));
    }
}
