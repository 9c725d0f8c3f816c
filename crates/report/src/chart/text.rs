//! Text by its outlines: one embedded font measures it, paints it and writes it into SVG, so that widths never drift.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// For everything.
    Regular,
    /// For titles and the one thing that matters.
    Bold,
}

/// Noto Sans (SIL Open Font License) in the weight asked for.
pub(super) fn font(weight: Weight) -> &'static FontRef<'static> {
    static REGULAR: OnceLock<FontRef<'static>> = OnceLock::new();
    static BOLD: OnceLock<FontRef<'static>> = OnceLock::new();
    let load = |bytes| FontRef::try_from_slice(bytes).expect("the embedded font is whole");
    match weight {
        Weight::Regular => REGULAR.get_or_init(|| load(notosans::REGULAR_TTF)),
        Weight::Bold => BOLD.get_or_init(|| load(notosans::BOLD_TTF)),
    }
}

/// Units of the font's own grid to an em.
pub(super) fn units_per_em(weight: Weight) -> f32 {
    font(weight).units_per_em().unwrap_or(1000.0)
}

/// Glyphs of a line of text with their distance from its start, and the length of the whole, in the font's own units.
pub(super) fn layout(text: &str, weight: Weight) -> (Vec<(GlyphId, f32)>, f32) {
    let font = font(weight);
    let mut at = 0.0;
    let mut before: Option<GlyphId> = None;
    let mut glyphs = Vec::with_capacity(text.len());
    for character in text.chars() {
        let glyph = font.glyph_id(character);
        if let Some(before) = before {
            at += font.kern_unscaled(before, glyph);
        }
        glyphs.push((glyph, at));
        at += font.h_advance_unscaled(glyph);
        before = Some(glyph);
    }
    (glyphs, at)
}

/// Width of a line of text at `size` pixels to the em.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    f64::from(layout(text, weight).1 / units_per_em(weight)) * size
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
