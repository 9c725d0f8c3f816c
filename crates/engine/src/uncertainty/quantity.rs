//! A number of a scenario: fixed or uncertain, with its key, its plan value and where it comes from.

use super::Distribution;

/// How sure the scenario's author is of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Little more than a guess.
    Low,
    /// Supported by something.
    Medium,
    /// Published, or measured.
    High,
}

/// Where a number comes from and who answers for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// A publication, or the word judgement.
    pub source: Option<String>,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// A number, or a distribution of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Known, or taken as known.
    Fixed(f64),
    /// Drawn.
    Uncertain(Distribution),
}

/// A number of a scenario under its address.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Address made of names: `alliance."Southern hub".area."Finance".saving`. Names the draw.
    pub key: String,
    /// The number or its distribution.
    pub value: Value,
    /// What the business case assumed, where it differs from the distribution's own plan value.
    pub plan: Option<f64>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The source of a number that the scenario leaves out.
pub const DEFAULT_SOURCE: &str = "default";

impl Quantity {
    /// Whether it is known to be 0.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self.value, Value::Fixed(value) if value == 0.0)
    }

    /// Whether it is stated, and not what holds where nothing is.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.provenance.source.as_deref() != Some(DEFAULT_SOURCE)
    }

    /// A known number.
    #[must_use]
    pub fn fixed(key: impl Into<String>, value: f64) -> Self {
        Self { key: key.into(), value: Value::Fixed(value), plan: None, provenance: Provenance::default() }
    }

    /// An uncertain number.
    #[must_use]
    pub fn uncertain(key: impl Into<String>, distribution: Distribution) -> Self {
        Self { key: key.into(), value: Value::Uncertain(distribution), plan: None, provenance: Provenance::default() }
    }

    /// What the business case assumed: `plan` if given, else the number itself or the distribution's plan value.
    #[must_use]
    pub fn plan_value(&self) -> f64 {
        self.plan.unwrap_or_else(|| match &self.value {
            Value::Fixed(value) => *value,
            Value::Uncertain(distribution) => distribution.plan_value(),
        })
    }
}

/// One name as part of a key: bare where TOML allows it, else in double quotes.
#[must_use]
pub fn quote_key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// A name made of several, each in quotes only where it needs them, as keys and outcomes are called: `force."A".npv` is `force.A.npv`.
#[must_use]
pub fn plainly_quoted(written: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(written.len()), written);
    while let Some(part) = Part::next(rest) {
        plain += &if part.quoted { quote_key(&part.name) } else { part.name };
        rest = part.after;
        if let Some(after) = rest.strip_prefix('.') {
            plain.push('.');
            rest = after;
        }
    }
    plain + rest
}

/// The names that a key is made of, without their quotes; `None` where it is none: a quote stays open, or something follows one.
#[must_use]
pub fn names_of_key(key: &str) -> Option<Vec<String>> {
    let (mut names, mut rest) = (Vec::new(), key);
    loop {
        let part = Part::next(rest)?;
        names.push(part.name);
        match part.after.strip_prefix('.') {
            Some(after) => rest = after,
            None if part.after.is_empty() => return Some(names),
            None => return None,
        }
    }
}

/// One name of a key.
struct Part<'a> {
    name: String,
    quoted: bool,
    /// What follows it, from its dot on.
    after: &'a str,
}

impl<'a> Part<'a> {
    /// The first part of a key; none where nothing is left or a quote stays open.
    fn next(key: &'a str) -> Option<Self> {
        let quote = key.chars().next()?;
        if quote != '"' && quote != '\'' {
            let (name, after) = key.split_at(key.find('.').unwrap_or(key.len()));
            return Some(Self { name: name.to_owned(), quoted: false, after });
        }
        let (mut name, mut escaped) = (String::new(), false);
        for (at, letter) in key.char_indices().skip(1) {
            match letter {
                '\\' if quote == '"' && !escaped => escaped = true,
                _ if letter == quote && !escaped => return Some(Self { name, quoted: true, after: &key[at + 1..] }),
                _ => {
                    name.push(letter);
                    escaped = false;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_only_where_they_need_it() {
        for (written, plain) in [
            ("npv", "npv"),
            ("force.\"A\".npv", "force.A.npv"),
            ("force.'A'.npv", "force.A.npv"),
            ("force.\"A & B\".npv", "force.\"A & B\".npv"),
            ("force.'A & B'.npv", "force.\"A & B\".npv"),
            ("\"saving_cashable\"[2026/27]", "saving_cashable[2026/27]"),
            ("target.\"a \\\"b\\\" \\\\ c.d\".met", "target.\"a \\\"b\\\" \\\\ c.d\".met"),
            ("alliance.\"K\".area.*.saving", "alliance.K.area.*.saving"),
            ("alliance.\"K*\".slip", "alliance.\"K*\".slip"),
            ("force.\"A", "force.\"A"),
            ("force.O'Neill.npv", "force.O'Neill.npv"),
            ("", ""),
        ] {
            assert_eq!(plainly_quoted(written), plain, "{written}");
        }
    }
}
