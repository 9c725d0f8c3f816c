//! A finished cell as a number that shows itself just as it was printed.

/// What a finished cell is to a spreadsheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number, and the format that prints it as it was.
    Number(f64, String),
}

/// Longer cells are sentences.
const LONGEST_FIGURE: usize = 40;

/// A cell as it was printed (`−£2.7m`, `43%`, `8.1 ±0.2`, `2018/19`), as a number where it is one.
pub(super) fn typed(text: &str) -> Cell<'_> {
    number(text).map_or(Cell::Text(text), |(value, format)| Cell::Number(value, format))
}

fn number(text: &str) -> Option<(f64, String)> {
    let (negative, rest) = text.strip_prefix(['−', '-']).map_or((false, text), |rest| (true, rest));
    let (prefix, rest) = rest.strip_prefix('£').map_or(("", rest), |rest| ("\"£\"", rest));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(end);
    let is_error = suffix.starts_with(" ±");
    let says_more = suffix.contains('"') || suffix.contains(|c: char| c.is_ascii_digit()) && !is_error;
    if text.chars().count() > LONGEST_FIGURE || !digits.starts_with(|c: char| c.is_ascii_digit()) || says_more {
        return None;
    }
    let mut value: f64 = digits.replace(',', "").parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let (suffix, percent) = suffix.strip_suffix('%').map_or((suffix, ""), |before| (before, "%"));
    if !percent.is_empty() {
        value /= 100.0;
    }
    let after = if suffix.is_empty() { String::new() } else { format!("\"{suffix}\"") };
    let shown = format!("{prefix}{}{after}{percent}", digits_format(decimals, digits.contains(',')));
    Some((if negative { -value } else { value }, format!("{shown};\"−\"{shown}")))
}

/// Lines of a text in a cell so many characters wide, broken between words as a spreadsheet does.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        lines += used.saturating_sub(1) / width;
    }
    lines
}

/// The format of a number with so many decimals.
pub(super) fn digits_format(decimals: usize, thousands: bool) -> String {
    let whole = if thousands { "#,##0" } else { "0" };
    if decimals == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(decimals)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_number_that_prints_as_it_did() {
        let number = |value: f64, shown: &str| Cell::Number(value, format!("{shown};\"−\"{shown}"));
        assert_eq!(typed("12.3"), number(12.3, "0.0"));
        assert_eq!(typed("−£2.75m"), number(-2.75, "\"£\"0.00\"m\""));
        assert_eq!(typed("20,000"), number(20_000.0, "#,##0"));
        assert_eq!(typed("8.1 ±0.2"), number(8.1, "0.0\" ±0.2\""));
        // A sign of per cent outside the quotes scales the number and stands at the end.
        assert_eq!(typed("43%"), number(0.43, "0%"));
        assert_eq!(typed("62.5 ±0.2%"), number(0.625, "0.0\" ±0.2\"%"));
        assert_eq!(typed("5.5 years"), number(5.5, "0.0\" years\""));
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("reserves", 10), 1);
        assert_eq!(lines("£19m a year with the merger by 2024/25", 11), 4);
        // £19m a year | with the | merger by | 2024/25
        assert_eq!(lines("one two", 7), 1);
        assert_eq!(lines("one two", 6), 2);
        assert_eq!(lines("incomprehensible", 8), 2);
        assert_eq!(lines("", 8), 1);
    }

    #[test]
    fn what_is_more_than_one_number_or_none_is_text() {
        for text in ["2018/19", "never", "–", "", "6.5–8.2", "P96", "10 of 12", "3 \"slots\"", "8,", "1.2.3"] {
            let expected =
                if text == "8," { matches!(typed(text), Cell::Number(..)) } else { typed(text) == Cell::Text(text) };
            assert!(expected, "{text}: {:?}", typed(text));
        }
    }
}
