//! How far each character of the charts' font moves on: a table of our own, so that whoever has no font at hand measures the same.

use std::sync::OnceLock;

use super::text::Weight;

/// Units of the font's own grid to an em.
pub const UNITS_PER_EM: f32 = 2048.0;

/// For each weight, regular and bold: how many runs of characters there are; of each its first character, how many follow one another,
/// and how far each moves on, in units; before the runs how far a character moves on that the font has not. Least significant bytes first.
static TABLE: &[u8] = include_bytes!("widths.bin");

/// A run of characters that follow one another, and how far each moves on.
type Run = (u32, Vec<u16>);

/// The table of one weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advances {
    /// Of a character that the font has not.
    pub unknown: u16,
    /// Of those that it has, in their order.
    pub runs: Vec<Run>,
}

/// How far a character moves on, in the font's own units.
#[must_use]
pub fn advance(character: char, weight: Weight) -> f32 {
    static BOTH: OnceLock<[Advances; 2]> = OnceLock::new();
    let [regular, bold] = BOTH.get_or_init(|| {
        let mut rest = TABLE;
        [read(&mut rest).unwrap_or_default(), read(&mut rest).unwrap_or_default()]
    });
    f32::from(match weight {
        Weight::Regular => regular.of(character),
        Weight::Bold => bold.of(character),
    })
}

impl Advances {
    fn of(&self, character: char) -> u16 {
        let code = u32::from(character);
        let after = self.runs.partition_point(|(first, _)| *first <= code);
        let run = after.checked_sub(1).and_then(|before| self.runs.get(before));
        run.and_then(|(first, all)| all.get((code - first) as usize)).copied().unwrap_or(self.unknown)
    }
}

fn read(rest: &mut &[u8]) -> Option<Advances> {
    let (unknown, count) = (number(rest)?, number(rest)?);
    let run = |_| {
        let first = u32::from(number(rest)?) | u32::from(number(rest)?) << 16;
        let length = number(rest)?;
        Some((first, (0..length).map(|_| number(rest)).collect::<Option<_>>()?))
    };
    Some(Advances { unknown, runs: (0..count).map(run).collect::<Option<_>>()? })
}

fn number(rest: &mut &[u8]) -> Option<u16> {
    let (first, others) = rest.split_first_chunk::<2>()?;
    *rest = others;
    Some(u16::from_le_bytes(*first))
}

#[cfg(all(test, feature = "pictures"))]
mod tests {
    use ab_glyph::Font;

    use super::super::glyphs::font;
    use super::*;

    fn of_font(weight: Weight) -> Advances {
        let font = font(weight);
        let mut all =
            Advances { unknown: font.h_advance_unscaled(font.glyph_id('\u{10ffff}')) as u16, runs: Vec::new() };
        let mut known: Vec<(char, u16)> =
            font.codepoint_ids().map(|(id, c)| (c, font.h_advance_unscaled(id) as u16)).collect();
        known.sort_unstable();
        known.dedup();
        for (character, wide) in known {
            let code = u32::from(character);
            match all.runs.last_mut().filter(|(first, run)| first + run.len() as u32 == code) {
                Some((_, run)) => run.push(wide),
                None => all.runs.push((code, vec![wide])),
            }
        }
        all
    }

    fn bytes(all: &Advances) -> Vec<u8> {
        let mut numbers = vec![all.unknown, all.runs.len() as u16];
        for (first, run) in &all.runs {
            numbers.extend([*first as u16, (first >> 16) as u16, run.len() as u16]);
            numbers.extend(run);
        }
        numbers.into_iter().flat_map(u16::to_le_bytes).collect()
    }

    /// With `ALLIANCE_WIDTHS=write` the table is written anew.
    #[test]
    fn the_table_is_that_of_the_font() {
        let both = [Weight::Regular, Weight::Bold].map(|weight| bytes(&of_font(weight))).concat();
        if std::env::var("ALLIANCE_WIDTHS").is_ok_and(|wish| wish == "write") {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/chart/widths.bin"), &both).expect("written");
        }
        assert!(TABLE == both, "the table of widths is not that of the font: ALLIANCE_WIDTHS=write writes it anew");
    }

    #[test]
    fn a_line_is_as_long_as_the_font_says_with_whatever_stands_in_it() {
        for weight in [Weight::Regular, Weight::Bold] {
            let font = font(weight);
            assert_eq!(font.units_per_em(), Some(UNITS_PER_EM));
            for line in ["AVATAR: £12.1m, P10 ±0.4 − “Té” Żółć", "未知 \u{200d}\u{10ffff}", ""] {
                let by_font: f32 = line.chars().map(|c| font.h_advance_unscaled(font.glyph_id(c))).sum();
                let ours: f32 = line.chars().map(|c| advance(c, weight)).sum();
                assert!((by_font - ours).abs() <= 0.0, "{line}: {by_font} and {ours}");
            }
            // Pairs that other fonts move together stand as they are.
            let pair = |a, b| font.kern_unscaled(font.glyph_id(a), font.glyph_id(b));
            assert!(['A', 'T', 'V', '1'].iter().all(|a| ['V', 'o', '.', '1'].iter().all(|b| pair(*a, *b) == 0.0)));
        }
    }
}
