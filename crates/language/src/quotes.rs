//! Where a character stands outside quotes: paths, `--set` and lines of TOML are split there.

/// The first place at which `mark` stands outside the quotes given; in double quotes, what follows a backslash ends none.
#[must_use]
pub fn outside(text: &str, mark: char, quotes: &[char]) -> Option<usize> {
    let (mut open, mut escaped) = (None, false);
    text.char_indices().find_map(|(at, letter)| {
        match open {
            Some('"') if escaped => escaped = false,
            Some('"') if letter == '\\' => escaped = true,
            Some(quote) if quote == letter => open = None,
            None if letter == mark => return Some(at),
            None if quotes.contains(&letter) => open = Some(letter),
            _ => {}
        }
        None
    })
}

/// Both kinds of quotes that TOML has.
pub const BOTH: [char; 2] = ['"', '\''];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_counts_outside_quotes_only_and_an_escaped_quote_ends_none() {
        assert_eq!(outside("a.\"x=y\".b=1", '=', &BOTH), Some(9));
        assert_eq!(outside("a.\"F\\\"=0\".b=1", '=', &BOTH), Some(11));
        // A backslash before a backslash escapes nothing after it.
        assert_eq!(outside("\"x\\\\\"=1", '=', &BOTH), Some(5));
        assert_eq!(outside("'x\\'=1", '=', &BOTH), Some(4));
        assert_eq!(outside("\"x=1", '=', &BOTH), None);
        assert_eq!(outside("Devon's=1", '=', &['"']), Some(7));
    }
}
