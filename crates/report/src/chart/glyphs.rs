//! The outlines of the charts' font, for charts as files.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};

use super::text::Weight;
use super::widths::advance;

/// Noto Sans (SIL Open Font License) in the weight asked for.
pub fn font(weight: Weight) -> &'static FontRef<'static> {
    static REGULAR: OnceLock<FontRef<'static>> = OnceLock::new();
    static BOLD: OnceLock<FontRef<'static>> = OnceLock::new();
    let load = |bytes| FontRef::try_from_slice(bytes).expect("the embedded font is whole");
    match weight {
        Weight::Regular => REGULAR.get_or_init(|| load(notosans::REGULAR_TTF)),
        Weight::Bold => BOLD.get_or_init(|| load(notosans::BOLD_TTF)),
    }
}

/// Glyphs of a line of text with their distance from its start, in the font's own units.
pub fn layout(text: &str, weight: Weight) -> Vec<(GlyphId, f32)> {
    let font = font(weight);
    let mut at = 0.0;
    let placed = text.chars().map(|character| {
        let here = at;
        at += advance(character, weight);
        (font.glyph_id(character), here)
    });
    placed.collect()
}
