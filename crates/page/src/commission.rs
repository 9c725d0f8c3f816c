//! The changes of the page as a commission that the command line answers, and as a command.

use app::Draws;
use app::question::CHANGES;
use language::{Override, text_to_toml};

use crate::session::{Ask, View};

/// What the commission is called that is downloaded.
pub const FILE: &str = "commission.toml";

/// What a page shows, as far as the command line has to know of it.
pub struct Asked<'a> {
    /// The files of the page's scenarios.
    pub files: &'a [String],
    /// Changes with which the page was written.
    pub before: &'a [String],
    /// The question.
    pub ask: &'a Ask,
    /// The changes made on the page.
    pub changes: &'a [String],
    /// The futures told.
    pub draws: &'a Draws,
}

impl Asked<'_> {
    /// Whether a commission can ask it: it asks what changes do.
    fn is_what_if(&self) -> bool {
        self.ask.view == View::Answer && !self.changes.is_empty()
    }

    /// Whether nothing but a commission can ask it: a command has no room for a question in words, or for changes of the base.
    #[must_use]
    pub fn needs_commission(&self) -> bool {
        let Ask { question, requested_by, date, .. } = self.ask;
        let is_worded = [question, requested_by, date].into_iter().any(Option::is_some);
        self.is_what_if() && (is_worded || !self.before.is_empty())
    }

    fn file(&self) -> &str {
        self.files.get(self.ask.scenario).map_or("", String::as_str)
    }

    fn futures(&self) -> String {
        format!("--trials {} --seed {}", self.draws.trials, self.draws.seed)
    }

    /// A commission: to be saved beside the scenario that it names.
    ///
    /// # Errors
    /// That there is no change that it could ask about.
    pub fn commission(&self) -> Result<String, String> {
        if !self.is_what_if() {
            return Err("A commission asks what a change does: change something, and look at the answer.".to_owned());
        }
        let mut out = format!("# alliance what-if {FILE} {}\n", self.futures());
        out += &format!("format       = 1\nbase         = {}\n", text_to_toml(self.file()));
        let Ask { question, requested_by, date, .. } = self.ask;
        for (key, text) in [("question", question), ("requested_by", requested_by), ("date", date)] {
            out += &text.as_ref().map_or_else(String::new, |text| format!("{key:<12} = {}\n", text_to_toml(text)));
        }
        let list =
            |texts: &[String]| texts.iter().map(|text| format!("    {},\n", text_to_toml(text))).collect::<String>();
        if !self.before.is_empty() {
            out += &format!("set          = [\n{}]\n", list(self.before));
        }
        Ok(out + &format!("\n[[variant]]\nname = {}\nset  = [\n{}]\n", text_to_toml(CHANGES), list(self.changes)))
    }

    /// The command that gives the same figures; one that needs the commission where nothing else can ask it.
    #[must_use]
    pub fn command(&self) -> String {
        if self.needs_commission() {
            return format!("alliance what-if {FILE} {}", self.futures());
        }
        let own = self.files.get(self.ask.scenario).map_or(&[][..], std::slice::from_ref);
        let (verb, files, changes) = match self.ask.view {
            View::Compare => ("compare", self.files, &[][..]),
            View::Answer if self.is_what_if() => ("what-if", own, self.changes),
            View::Answer | View::Alone => ("run", own, self.changes),
        };
        // Of two changes of one key the page made the second.
        let key = |text: &String| Override::parse(text).map(|own| own.key()).ok();
        let is_kept = |text: &&String| changes.iter().all(|own| key(own) != key(text));
        let set: String = self
            .before
            .iter()
            .filter(is_kept)
            .chain(changes)
            .map(|text| format!(" --set {}", for_shell(text)))
            .collect();
        let files: String = files.iter().map(|file| format!(" {}", for_shell(file))).collect();
        format!("alliance {verb}{files}{set} {}", self.futures())
    }
}

/// A word of a command between single quotes, in which a shell changes nothing.
fn for_shell(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::Sampler;

    fn told(view: View, before: &[&str], changes: &[&str], question: Option<&str>) -> (String, Result<String, String>) {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let (files, before, changes) = (owned(&["a.toml", "b's.toml"]), owned(before), owned(changes));
        let draws = Draws { trials: 2_048, seed: 7, sampler: Sampler::Plain, until: None };
        let question = question.map(str::to_owned);
        let ask = Ask { scenario: 1, view, question, ..Ask::default() };
        let asked = Asked { files: &files, before: &before, ask: &ask, changes: &changes, draws: &draws };
        (asked.command(), asked.commission())
    }

    #[test]
    fn a_command_asks_what_is_shown() {
        let of = |view, before: &[&str], changes: &[&str]| told(view, before, changes, None).0;
        let futures = "--trials 2048 --seed 7";
        assert_eq!(of(View::Answer, &[], &[]), format!("alliance run 'b'\\''s.toml' {futures}"));
        assert_eq!(of(View::Answer, &[], &["x=1"]), format!("alliance what-if 'b'\\''s.toml' --set 'x=1' {futures}"));
        assert_eq!(
            of(View::Alone, &["x=2", "y=3"], &["x=1"]),
            format!("alliance run 'b'\\''s.toml' --set 'y=3' --set 'x=1' {futures}")
        );
        assert_eq!(
            of(View::Compare, &["x=2"], &["x=1"]),
            format!("alliance compare 'a.toml' 'b'\\''s.toml' --set 'x=2' {futures}")
        );
    }

    #[test]
    fn what_only_a_commission_can_ask_is_asked_by_one() {
        let by_file = "alliance what-if commission.toml --trials 2048 --seed 7";
        assert_eq!(told(View::Answer, &["x=2"], &["y=1"], None).0, by_file);
        let (command, commission) = told(View::Answer, &[], &["y=1"], Some("What now?"));
        assert_eq!(command, by_file);
        let commission = commission.expect("there is a change");
        assert!(commission.starts_with("# alliance what-if commission.toml --trials 2048 --seed 7\n"), "{commission}");
        assert!(commission.contains("question     = \"What now?\"\n"), "{commission}");
        let before = told(View::Answer, &["x=2"], &["y=1"], None).1.expect("there is a change");
        let (base, variant) = before.split_once("[[variant]]").expect("it has a variant");
        assert!(base.contains("x=2") && !base.contains("y=1") && variant.contains("y=1"), "{before}");
    }

    #[test]
    fn no_commission_is_empty() {
        for (view, changes) in [(View::Answer, &[][..]), (View::Alone, &["x=1"][..]), (View::Compare, &["x=1"][..])] {
            assert!(told(view, &[], changes, Some("What now?")).1.is_err(), "{view:?}");
        }
    }
}
