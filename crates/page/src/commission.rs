//! The changes of the page as a commission that the command line answers, and as a command.

use app::Draws;
use language::text_to_toml;

use crate::session::{Ask, View};

/// What the changed scenario is called, here and on the command line.
pub const VARIANT: &str = "the changes";

/// A commission: to be saved beside the scenario that it names.
#[must_use]
pub fn file(base: &str, ask: &Ask, texts: &[String]) -> String {
    let mut out = format!("# alliance what-if, with this file; {} trials, seed {}\n", ask.trials, ask.seed);
    out += &format!("format       = 1\nbase         = {}\n", text_to_toml(name_of(base)));
    let said = [("question", &ask.question), ("requested_by", &ask.requested_by), ("date", &ask.date)];
    for (key, text) in said {
        out += &text.as_ref().map_or_else(String::new, |text| format!("{key:<12} = {}\n", text_to_toml(text)));
    }
    let changes: String = texts.iter().map(|text| format!("    {},\n", text_to_toml(text))).collect();
    out + &format!("\n[[variant]]\nname = {}\nset  = [\n{changes}]\n", text_to_toml(VARIANT))
}

/// The command that gives the same figures.
#[must_use]
pub fn command(base: &str, ask: &Ask, texts: &[String], draws: &Draws) -> String {
    let verb = match (ask.view, texts) {
        (View::Compare, _) => "compare",
        (View::Answer, [_, ..]) => "what-if",
        _ => "run",
    };
    let set: String = texts.iter().map(|text| format!(" --set {}", for_shell(text))).collect();
    format!("alliance {verb} {}{set} --trials {} --seed {}", for_shell(base), draws.trials, draws.seed)
}

/// A word of a command between single quotes, in which a shell changes nothing.
fn for_shell(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The name of a file without its folders, of whatever system.
fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_quotes_is_taken_as_it_is() {
        assert_eq!(for_shell("alliance.\"A'B\".slip=1"), "'alliance.\"A'\\''B\".slip=1'");
        assert_eq!([name_of("a/b/c.toml"), name_of("C:\\x\\c.toml"), name_of("c.toml")], ["c.toml"; 3]);
    }
}
