//! Foreign text made safe to show: what would command a terminal, turn the direction of writing or begin a formula.

use std::borrow::Cow;

/// Whether a character commands a terminal or turns the direction of writing instead of being seen: control characters, and the
/// embeddings, overrides and isolates of bidirectional text (Unicode Standard Annex 9).
#[must_use]
pub fn commands(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text for a terminal, a message or JSON: what commands is written as `\u001b`; line feeds and tabs stay.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, |character| commands(character) && !matches!(character, '\n' | '\t'))
}

/// Text for one line: line feeds and tabs are written out too.
#[must_use]
pub fn shown_in_line(text: &str) -> Cow<'_, str> {
    escaped(text, commands)
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_escaped(character) {
            // As JSON and TOML write it too; none of them lies beyond four digits.
            out.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// A text in HTML or SVG, between tags or in double quotes, where it stays text.
#[must_use]
pub fn markup(text: &str) -> String {
    shown(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text as a cell of CSV: an apostrophe before what a spreadsheet would take for a formula.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text in one line of Markdown, where it stays text: no table, link, tag or emphasis begins in it.
#[must_use]
pub fn markdown(text: &str) -> String {
    let line = text.replace(['\n', '\t'], " ");
    let mut out = String::with_capacity(line.len());
    for character in shown_in_line(&line).chars() {
        if matches!(character, '\\' | '|' | '<' | '[' | ']' | '*' | '`') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Longest name of a file, in bytes, with room for what is added before and after it.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name as part of the name of a file or folder that Linux, Windows and macOS take: one component of a path, without marks that any of
/// them forbids, and not too long.
#[must_use]
pub fn file_name(name: &str) -> String {
    let mark = |letter: char| {
        let is_safe =
            letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ' ' | '&' | '(' | ')' | '\'' | ',');
        if is_safe { letter } else { '-' }
    };
    let plain: String = name.chars().map(mark).collect();
    let plain = plain.trim_matches(['.', ' ']);
    let plain = plain.get(..plain.floor_char_boundary(LONGEST)).unwrap_or_default().trim_end_matches(['.', ' ']);
    let stem = plain.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = DEVICES.contains(&stem.trim_end_matches(|digit: char| digit.is_numeric()));
    if plain.is_empty() || is_device || plain.starts_with('-') { format!("_{plain}") } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_between_tags_and_in_quotes() {
        assert_eq!(markup("<a b=\"c\"> & \u{1b}"), "&lt;a b=&quot;c&quot;&gt; &amp; \\u001b");
    }

    #[test]
    fn what_commands_a_terminal_or_turns_the_writing_is_written_out() {
        assert_eq!(shown("a\u{1b}[31m\u{7}b\u{9b}c\u{202e}d"), "a\\u001b[31m\\u0007b\\u009bc\\u202ed");
        assert_eq!(shown("£1.2m – 7 %\n\tnext\r"), "£1.2m – 7 %\n\tnext\\u000d");
        assert_eq!(shown_in_line("one\ntwo\u{2067}"), "one\\u000atwo\\u2067");
        assert!(matches!(shown("Dŵr & Żółć 😀"), Cow::Borrowed(_)));
    }

    #[test]
    fn text_stays_text_in_markdown() {
        assert_eq!(markdown("a|b\n<img> [x](y) *z* `c` \\"), "a\\|b \\<img> \\[x\\](y) \\*z\\* \\`c\\` \\\\");
    }

    #[test]
    fn a_name_of_a_file_is_one_component_that_every_system_takes() {
        for (name, wanted) in [
            ("two-force", "two-force"),
            ("Devon & Cornwall (2018)", "Devon & Cornwall (2018)"),
            ("../../etc/passwd", "_-..-etc-passwd"),
            ("..", "_"),
            ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"),
            ("CON", "_CON"),
            ("lpt1.txt", "_lpt1.txt"),
            ("-rf", "_-rf"),
            ("trailing. ", "trailing"),
            ("a\u{1b}b\nc", "a-b-c"),
        ] {
            assert_eq!(file_name(name), wanted, "{name}");
        }
        assert!(file_name(&"ü".repeat(200)).len() <= LONGEST + 1);
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for text in ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["", "Finance", "'=1", "£m", "a=b", " =1"] {
            assert_eq!(cell(text), text);
        }
    }
}
