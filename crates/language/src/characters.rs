//! Characters that people do not see or did not mean: what text brings along that was pasted from a document.

use super::place::{Lines, Place};
use super::problem::{Found, Problem, Severity};
use super::tree::{Item, Table};
use foreign::safe_text::commands;

/// What looks like another character, or like none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    /// What it is called.
    pub name: &'static str,
    /// What was meant; a blank where it stands for none.
    pub plain: char,
    /// What to write.
    pub remedy: &'static str,
    /// Whether nobody can see it: it looks like a blank, or like nothing.
    pub unseen: bool,
}

const fn unseen(name: &'static str, remedy: &'static str) -> Odd {
    Odd { name, plain: ' ', remedy, unseen: true }
}

const fn seen(name: &'static str, plain: char, remedy: &'static str) -> Odd {
    Odd { name, plain, remedy, unseen: false }
}

const SPACE: &str = "Write an ordinary space";
const NOTHING: &str = "Delete it: it cannot be seen, so delete and type again what is around it";
const QUOTES: &str = "Write straight ones: \"";
const MINUS: &str = "Write an ordinary minus: -";

/// What a character is, where it looks like another or like none.
#[must_use]
pub fn odd(character: char) -> Option<Odd> {
    Some(match character {
        '\u{a0}' => unseen("a no-break space", SPACE),
        '\u{202f}' => unseen("a narrow no-break space", SPACE),
        '\u{2009}' => unseen("a thin space", SPACE),
        '\u{1680}' | '\u{2000}'..='\u{2008}' | '\u{200a}' | '\u{205f}' | '\u{3000}' => {
            unseen("a space of another width", SPACE)
        }
        '\u{200b}' => unseen("a zero-width space", NOTHING),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => unseen("a zero-width joiner", NOTHING),
        '\u{feff}' => unseen("a byte order mark", NOTHING),
        '\u{ad}' => unseen("a soft hyphen", NOTHING),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            unseen("a mark of writing direction", NOTHING)
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => {
            unseen("a line break of a document", "Begin a new line with the return key")
        }
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => unseen("a control character", NOTHING),
        '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{2061}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => unseen("a character that cannot be seen", NOTHING),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => seen("a curly quote", '"', QUOTES),
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => {
            seen("a curly quote", '\'', "Write straight ones: \" or '")
        }
        '−' => seen("a minus sign of a document", '-', MINUS),
        '–' => seen("an en dash", '-', MINUS),
        '—' | '―' => seen("an em dash", '-', MINUS),
        '‐' | '‑' | '‒' => seen("a hyphen of a document", '-', MINUS),
        '＝' => seen("a full-width character", '=', "Write an ordinary ="),
        '０'..='９' => {
            let plain = char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or('0');
            seen("a full-width digit", plain, "Write ordinary digits: 0 to 9")
        }
        '！'..='～' => {
            let plain = char::from_u32(u32::from(character) - 0xfee0).unwrap_or(' ');
            seen("a full-width character", plain, "Write an ordinary one")
        }
        _ => return None,
    })
}

/// The same text with plain characters, one for one.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|character| odd(character).map_or(character, |odd| odd.plain)).collect()
}

/// The first odd character of a text.
#[must_use]
pub fn first(text: &str) -> Option<Odd> {
    text.chars().find_map(odd)
}

/// Text without blanks, seen or unseen, at either end. What commands a terminal or turns the direction of writing is no blank: it stays,
/// and is refused.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    let turns = |letter: char| commands(letter) || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}');
    let is_blank = |letter: char| letter.is_whitespace() || odd(letter).is_some_and(|odd| odd.unseen);
    text.trim_matches(|letter: char| matches!(letter, '\n' | '\r' | '\t') || is_blank(letter) && !turns(letter))
}

/// Where a carriage return stands alone, as lines of an old Mac end.
#[must_use]
pub fn lone_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().find(|(at, byte)| **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')).map(|(at, _)| at)
}

/// The same text, as long, with a line feed for each carriage return that stands alone.
#[must_use]
pub fn with_line_feeds(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let is_alone = character == '\r' && characters.peek() != Some(&'\n');
        out.push(if is_alone { '\n' } else { character });
    }
    out
}

/// What a piece of TOML is, from one character to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Code,
    Comment,
    /// A text between quotes of this character, three where it may hold several lines.
    Text(char, usize),
}

/// A TOML text with plain characters where it is neither text nor comment, and a problem for each line that had others; columns stay what
/// they are.
#[must_use]
pub fn plain_toml(text: &str, lines: &Lines<'_>) -> (String, Found) {
    let mut out = String::with_capacity(text.len());
    let mut problems = Found::default();
    let mut line = 0;
    let mut within = Within::Code;
    let mut skip = 0;
    for (at, character) in text.char_indices() {
        let found = odd(character).filter(|odd| within == Within::Code && odd.plain != '`');
        if let Some(odd) = found {
            let place = lines.place(at);
            if place.line != line {
                line = place.line;
                problems.push(problem(place, odd, character));
            }
        }
        out.push(found.map_or(character, |odd| odd.plain));
        if skip > 0 {
            skip -= 1;
            continue;
        }
        (within, skip) = after(within, character, text.get(at..).unwrap_or_default());
    }
    (out, problems)
}

/// Where the text stands after a character, and how many more characters belong to it.
fn after(within: Within, character: char, rest: &str) -> (Within, usize) {
    let three = |quote: char| rest.chars().take(3).filter(|next| *next == quote).count() == 3;
    match (within, character) {
        (Within::Code, '#') => (Within::Comment, 0),
        (Within::Code, '"' | '\'') if three(character) => (Within::Text(character, 3), 2),
        (Within::Code, '"' | '\'') => (Within::Text(character, 1), 0),
        (Within::Comment, '\n') => (Within::Code, 0),
        (Within::Text('"', _), '\\') => (within, 1),
        (Within::Text(quote, 3), _) if character == quote && three(quote) => (Within::Code, 2),
        (Within::Text(quote, 1), _) if character == quote => (Within::Code, 0),
        // A text that was not closed ends with its line, so that the lines below are seen as what they are.
        (Within::Text(_, 1), '\n') => (Within::Code, 0),
        _ => (within, 0),
    }
}

/// An odd character where it does harm.
#[must_use]
pub fn problem(place: Place, odd: Odd, character: char) -> Problem {
    let what = format!("here is {} (U+{:04X})", odd.name, u32::from(character));
    Problem { severity: Severity::Error, place, key: String::new(), what, remedy: odd.remedy.to_owned() }
}

/// Keys whose texts are for people: they may hold whatever is seen.
const PROSE: [&str; 18] = [
    "title",
    "question",
    "source",
    "note",
    "owner",
    "unit",
    "objective",
    "requested_by",
    "prepared_by",
    "approved_by",
    "dated",
    "status",
    "marking",
    "extends",
    "facts",
    "areas",
    "file",
    "base",
];

/// Those of them that may run over several lines.
const PARAGRAPHS: [&str; 4] = ["question", "source", "note", "objective"];

/// What a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Names and words: nothing that cannot be seen, for then they are not what they look like.
    Name,
    /// One line for people: nothing that commands a terminal or turns the direction of writing.
    Line,
    /// The same in several lines.
    Paragraph,
}

impl Use {
    fn of(key: &str) -> Self {
        match key {
            _ if PARAGRAPHS.contains(&key) => Self::Paragraph,
            _ if PROSE.contains(&key) => Self::Line,
            _ => Self::Name,
        }
    }

    /// What a character is that may not stand here.
    fn refused(self, character: char) -> Option<Odd> {
        let odd = odd(character).filter(|odd| odd.unseen);
        match self {
            Self::Name if matches!(character, '\n' | '\r' | '\t') => Some(BREAK),
            Self::Name => odd,
            Self::Line if matches!(character, '\n' | '\r') => Some(BREAK),
            Self::Paragraph if matches!(character, '\n' | '\r') => None,
            _ if character == '\t' || !commands(character) => None,
            _ => odd.or(Some(COMMAND)),
        }
    }
}

const COMMAND: Odd = unseen("a control character", NOTHING);
const BREAK: Odd = unseen("a line break or a tab", "Write it in one line, with ordinary spaces");

/// Characters that nobody can see in names and words, and in any text those that command a terminal or turn the direction of writing.
pub fn check_names(table: &Table, path: &str, problems: &mut Found) {
    for entry in &table.0 {
        let own = super::reader::join(path, &engine::uncertainty::quote_key(&entry.key));
        check_text(&entry.key, Use::Name, &entry.at, &own, problems);
        check_item(&entry.node.item, Use::of(&entry.key), &entry.node.at, &own, problems);
    }
}

fn check_item(item: &Item, of: Use, at: &Place, path: &str, problems: &mut Found) {
    match item {
        Item::Text(text) => check_text(text, of, at, path, problems),
        Item::List(items) => items.iter().for_each(|node| {
            // Of a list of things, each by its name.
            let is_seen = |name: &&str| !name.chars().any(|letter| Use::Name.refused(letter).is_some());
            let name = node.table().and_then(Table::name).filter(is_seen).map(engine::uncertainty::quote_key);
            let own = name.map_or_else(|| path.to_owned(), |name| super::reader::join(path, &name));
            check_item(&node.item, of, &node.at, &own, problems);
        }),
        Item::Table(table) => check_names(table, path, problems),
        _ => {}
    }
}

fn check_text(text: &str, of: Use, at: &Place, path: &str, problems: &mut Found) {
    let refused = text.char_indices().find_map(|(at, letter)| Some((at, letter, of.refused(letter)?)));
    let Some((position, character, odd)) = refused else { return };
    let before: String = text.get(..position).unwrap_or_default().chars().rev().take(20).collect();
    let before: String = before.chars().rev().collect();
    let where_ = if before.is_empty() { "at its start".to_owned() } else { format!("after \"{before}\"") };
    let what = format!("{} (U+{:04X}) stands {where_}", odd.name, u32::from(character));
    let key = path.to_owned();
    problems.push(Problem { severity: Severity::Error, place: at.clone(), key, what, remedy: odd.remedy.to_owned() });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::place::Origin;
    use super::*;

    fn read(text: &str) -> (String, Vec<(usize, usize)>) {
        let lines = Lines::new(text, Arc::new(Origin::Resolved));
        let (plain, problems) = plain_toml(text, &lines);
        let places = problems.kept().iter().map(|problem| (problem.place.line, problem.place.column)).collect();
        (plain, places)
    }

    #[test]
    fn odd_characters_are_found_outside_texts_and_comments_only() {
        let (plain, places) = read("a\u{a0}= \"x\u{a0}“y”\" # “z”\nb = −1\nc = '''\n“\n'''\nd = “e”\n");
        assert_eq!(plain, "a = \"x\u{a0}“y”\" # “z”\nb = -1\nc = '''\n“\n'''\nd = \"e\"\n");
        assert_eq!(places, [(1, 2), (2, 5), (6, 5)]);
    }

    #[test]
    fn a_quote_after_a_backslash_does_not_end_a_text() {
        let (_, places) = read("a = \"x\\\"–\"\nb = 'x\\'\u{a0}\n");
        assert_eq!(places, [(2, 9)]);
    }

    #[test]
    fn a_return_alone_becomes_a_line_feed_and_one_before_a_line_feed_stays() {
        assert_eq!(with_line_feeds("a\rb\r\nc"), "a\nb\r\nc");
        assert_eq!(lone_return("a\r\nb\rc"), Some(4));
        assert_eq!(lone_return("a\r\nb"), None);
    }

    #[test]
    fn blanks_at_the_ends_of_a_cell_go_and_what_commands_stays() {
        assert_eq!(trimmed("\u{feff} \u{a0}x\u{200b}\t\r\n"), "x");
        for mark in ['\u{1b}', '\0', '\u{202e}', '\u{200f}', '\u{9b}'] {
            assert_eq!(trimmed(&format!(" F{mark} ")), format!("F{mark}"));
            assert_eq!(trimmed(&format!("{mark}F")), format!("{mark}F"));
        }
    }

    #[test]
    fn full_width_characters_have_their_plain_ones() {
        assert_eq!(plain("１２．５％"), "12.5%");
    }
}
