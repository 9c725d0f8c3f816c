//! Lines of text: how wide they are, where they are broken. One font measures, paints and writes them, so that widths never drift.

use super::widths::{UNITS_PER_EM, advance};

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// For everything.
    Regular,
    /// For titles and the one thing that matters.
    Bold,
}

/// Width of a line of text at `size` pixels to the em.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let long: f32 = text.chars().map(|character| advance(character, weight)).sum();
    f64::from(long / UNITS_PER_EM) * size
}

/// Breaks text into as few lines as fit `room`, of about the same length.
#[must_use]
pub fn balance(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let lines = wrap(text, size, weight, room);
    let narrower = (1..=8).map(|k| room * (1.0 - 0.05 * f64::from(k)));
    let kept = narrower.map(|room| wrap(text, size, weight, room)).take_while(|found| found.len() == lines.len());
    if lines.len() > 1 { kept.last().unwrap_or(lines) } else { lines }
}

/// Breaks text into lines no wider than `room`; a single word that is wider is cut with an ellipsis.
#[must_use]
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined {
            Some(joined) if width(&joined, size, weight) <= room => {
                if let Some(last) = lines.last_mut() {
                    *last = joined;
                }
            }
            _ => lines.push(shorten(word, size, weight, room)),
        }
    }
    lines
}

/// The text, cut with an ellipsis where it is wider than `room`.
#[must_use]
pub fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while !kept.is_empty() {
        kept.pop();
        let cut = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width(&cut, size, weight) <= room {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_their_room_and_lose_no_word() {
        let text = "In 97 of 100 futures the alliance saves less in 2018/19 than its business case promised";
        let lines = wrap(text, 20.0, Weight::Bold, 300.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width(line, 20.0, Weight::Bold) <= 300.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_name_longer_than_its_room_ends_in_an_ellipsis() {
        let cut = shorten("Prevention, partnerships and neighbourhoods", 12.0, Weight::Regular, 120.0);
        assert!(cut.ends_with('…') && width(&cut, 12.0, Weight::Regular) <= 120.0, "{cut}");
    }

    #[test]
    fn text_twice_the_size_is_twice_as_wide() {
        let (small, large) = (width("£12.1m", 10.0, Weight::Regular), width("£12.1m", 20.0, Weight::Regular));
        assert!((large - 2.0 * small).abs() < 1e-9 && small > 20.0, "{small} {large}");
    }
}
