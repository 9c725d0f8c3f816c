//! What is swept: one or two keys, each with a row of values.

use super::limits::STEPS;
use super::place::Place;
use super::problem::Problems;
use super::quotes::{BOTH, outside};
use super::reader::meant;
use super::source::Override;
use super::tree::{key_path, number_to_toml};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One or two keys given a row of values each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// Its name.
    pub name: String,
    /// The first key.
    pub along: Axis,
    /// The second; none where one is swept.
    pub across: Option<Axis>,
}

/// A key and its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// The key's path, as in `--set`.
    pub key: String,
    /// The values, rising.
    #[schemars(length(min = 2, max = STEPS))]
    pub values: Vec<f64>,
    /// What the plan has all the while; none where the plan has the value swept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<f64>,
    /// Where it is written, if not on the command line.
    #[serde(skip)]
    pub at: Option<Place>,
}

/// Sweeps that every scenario takes.
pub const EXAMPLES: &str = "economy.pay_share=0.7..0.8:3 or economy.pay_share=0.7,0.75,0.8";

/// What is wrong where a key is swept across itself.
const TWICE: &str = "a key cannot be swept across itself; name two keys, or one with more values";

impl Sweep {
    /// Whether its keys can be swept, and are two where there are two.
    ///
    /// # Errors
    /// What would be right.
    pub fn check(&self) -> Result<(), String> {
        self.along.check()?;
        match &self.across {
            Some(across) => across.check().and_then(|()| self.along.check_across(across)),
            None => Ok(()),
        }
    }
}

impl Axis {
    /// Reads `KEY=FROM..TO:STEPS` or `KEY=V1,V2,V3`.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = || format!("write KEY=FROM..TO:STEPS or KEY=VALUE,VALUE, such as {EXAMPLES}");
        let (key, range) = text.rsplit_once('=').ok_or_else(wanted)?;
        let number = |text: &str| {
            let text = text.trim();
            text.parse::<f64>().map_err(|_| match (text, meant::number(text, "")) {
                ("", _) => wanted(),
                (_, Some(hint)) => format!("\"{text}\" is no number as it is written here. {hint}"),
                _ => format!(
                    "\"{text}\" is no number, and only numbers can be swept; ask for a month, a year or a word as a variant: --set '{}={text}'",
                    key.trim()
                ),
            })
        };
        let values = match range.split_once("..") {
            Some((from, rest)) => {
                let (to, steps) = rest.split_once(':').ok_or_else(wanted)?;
                let steps = steps.trim().parse::<usize>().map_err(|_| wanted())?;
                spread(number(from)?, number(to)?, steps)
            }
            None => range.split(',').map(number).collect::<Result<Vec<_>, _>>()?,
        };
        let axis = Self { key: key.trim().to_owned(), values, plan: None, at: None };
        axis.check()?;
        Ok(axis)
    }

    /// Reads one key with its values, or two with `;` between them: the second is swept within the first.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse_one_or_two(text: &str) -> Result<(Self, Option<Self>), String> {
        match outside(text, ';', &BOTH) {
            Some(at) => {
                let (along, across) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
                if outside(across, '=', &BOTH).is_none() {
                    return Err(format!(
                        "; parts two keys: for each write KEY=FROM..TO:STEPS or KEY=VALUE,VALUE, such as {EXAMPLES}; commas part the values of one"
                    ));
                }
                let (along, across) = (Self::parse(along)?, Self::parse(across)?);
                along.check_across(&across).map(|()| (along, Some(across)))
            }
            None => Ok((Self::parse(text)?, None)),
        }
    }

    /// Whether another axis sweeps the same key, however it is quoted.
    pub(super) fn is_twice(&self, other: &Self) -> bool {
        let names = |axis: &Self| key_path(&axis.key);
        self.key == other.key || names(self).is_ok_and(|own| names(other).is_ok_and(|other| own == other))
    }

    /// Whether another axis sweeps another key.
    fn check_across(&self, other: &Self) -> Result<(), String> {
        if self.is_twice(other) { Err(TWICE.to_owned()) } else { Ok(()) }
    }

    /// Two values at least, rising, finite, not too many, of a key that may be swept.
    ///
    /// # Errors
    /// What would be right.
    pub fn check(&self) -> Result<(), String> {
        self.check_values()?;
        self.check_key()
    }

    /// Two values at least, rising, finite, not too many.
    pub(super) fn check_values(&self) -> Result<(), String> {
        let rising = self.values.windows(2).all(|pair| pair[0] < pair[1]);
        let wanted = "a sweep takes two values or more, in rising order";
        if let Some(odd) = self.values.iter().find(|value| !value.is_finite()) {
            return Err(format!("{odd} is not a finite number: {wanted}"));
        }
        if self.values.len() < 2 || !rising {
            return Err(wanted.to_owned());
        }
        if self.values.len() > STEPS {
            return Err(format!("a sweep takes at most {STEPS} values a key"));
        }
        Ok(())
    }

    /// A key that may be swept.
    pub(super) fn check_key(&self) -> Result<(), String> {
        let remedy = match self.key.as_str() {
            "years" => "ask for each horizon as a variant, such as years=9",
            "first_year" => "write a scenario for each first year, and compare them",
            "format" => "it is the version of the scenario language, and no number of a scenario",
            _ => "",
        };
        if !remedy.is_empty() {
            return Err(format!("{} cannot be swept: it would change what is compared; {remedy}", self.key));
        }
        Override::parse(&format!("{}=0", self.key)).map(drop).map_err(|problems| {
            let told: Vec<String> =
                problems.list().iter().map(|problem| format!("{}. {}", problem.what, problem.remedy)).collect();
            told.join(". ")
        })
    }

    /// The change that gives the key one of its values.
    ///
    /// # Errors
    /// Where the key is no key.
    pub fn change(&self, value: f64) -> Result<Override, Problems> {
        let value = number_to_toml(value);
        let given = match self.plan {
            Some(plan) => format!("{{ value = {value}, plan = {} }}", number_to_toml(plan)),
            None => value,
        };
        let change = Override::parse(&format!("{}={given}", self.key))?;
        Ok(match &self.at {
            Some(at) => change.at(at),
            None => change,
        })
    }
}

/// `steps` values evenly from `from` to `to`.
pub(super) fn spread(from: f64, to: f64, steps: usize) -> Vec<f64> {
    let at = |i: usize| {
        let part = i as f64 / (steps.max(2) - 1) as f64;
        let width = to - from;
        let value = if width.is_finite() {
            from + width * i as f64 / (steps.max(2) - 1) as f64
        } else {
            from * (1.0 - part) + to * part
        };
        // Fifteen digits: no tail of rounding in what people read.
        format!("{value:.12}").parse().unwrap_or(value)
    };
    (0..steps.min(STEPS + 1)).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_and_a_list_of_values_are_read_and_nonsense_is_not() {
        let axis = Axis::parse("alliance.\"A=B\".slip=1..2:5").expect("a range");
        assert_eq!(axis.values, [1.0, 1.25, 1.5, 1.75, 2.0]);
        assert_eq!(axis.key, "alliance.\"A=B\".slip");
        assert_eq!(Axis::parse("x=0.1..0.3:3").expect("a range").values, [0.1, 0.2, 0.3]);
        assert_eq!(Axis::parse("x=3,4.5").expect("a list").values, [3.0, 4.5]);
        assert!(Axis::parse_one_or_two("x=3,4.5;y=1,2").expect("two keys").1.is_some());
        assert_eq!(Axis::parse_one_or_two("x=3,4.5;x=1,2"), Err(TWICE.to_owned()));
        assert_eq!(Axis::parse_one_or_two("a.x=3,4.5;\"a\".x=1,2"), Err(TWICE.to_owned()));
        let (along, across) = Axis::parse_one_or_two("a.\"F\\\";0\".x=3,4;y=1,2").expect("two keys");
        assert_eq!((along.key.as_str(), across.expect("a second").key.as_str()), ("a.\"F\\\";0\".x", "y"));
        let wrong = |text| Axis::parse_one_or_two(text).expect_err("it is no sweep");
        assert!(wrong("x=1,inf").starts_with("inf is not a finite number"));
        assert!(wrong("x=1;2").starts_with("; parts two keys"));
        assert!(wrong("years=8..12:5").ends_with("such as years=9"));
        let wide = Axis::parse("x=-1e308..1e308:3").expect("a range").values;
        assert_eq!(wide, [-1e308, 0.0, 1e308]);
        let large = Axis::parse("x=1,1e300").expect("a list").change(1e300).expect("a change");
        assert_eq!(large, Override::parse("x=1e300").expect("a change"));
        for wrong in ["x", "x=", "x=1", "x=2,1", "x=1..2", "x=1..2:1", "x=a..b:3", "x=1..2:100", "years=8,9", "x=1,nan"]
        {
            assert!(Axis::parse(wrong).is_err(), "{wrong}");
        }
    }
}
