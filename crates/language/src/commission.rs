//! A commission: a question about a scenario as a file of its own, with variants to compare and keys to sweep.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::characters::check_names;
use super::describe::Default;
use super::limits::STEPS;
use super::place::{Origin, Place};
use super::problem::{Found, Problems};
use super::read::format;
use super::reader::{Context, Range, Reader, Spec, meant};
use super::source::{Files, Override};
use super::tree::{Node, from_toml, number_to_toml};
use engine::uncertainty::{plainly_quoted, quote_key};
use foreign::files::{Disk, Source};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A commissioned question.
#[derive(Debug, Clone, PartialEq)]
pub struct Commission {
    /// The scenario that it is about.
    pub base: PathBuf,
    /// What is changed in it; variants of it are changed so first.
    pub changes: Vec<Override>,
    /// The question.
    pub question: Option<String>,
    /// The office that asks.
    pub requested_by: Option<String>,
    /// The month of asking.
    pub date: Option<String>,
    /// Measures that the answer must tell, each with where it is written.
    pub measures: Vec<(String, Place)>,
    /// What else might be.
    pub variants: Vec<Variant>,
    /// What is varied step by step.
    pub sweeps: Vec<Sweep>,
}

/// A named variant: a scenario file of its own, or the base, with changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The file that it is read from.
    pub file: PathBuf,
    /// What is changed in it.
    pub changes: Vec<Override>,
}

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
        let mut quoted = false;
        let split = text.find(|letter: char| {
            quoted ^= letter == '"';
            letter == ';' && !quoted
        });
        match split {
            Some(at) => {
                let (along, across) = (Self::parse(&text[..at])?, Self::parse(&text[at + 1..])?);
                if along.is_twice(&across) { Err(TWICE.to_owned()) } else { Ok((along, Some(across))) }
            }
            None => Ok((Self::parse(text)?, None)),
        }
    }

    /// Whether another axis sweeps the same key.
    fn is_twice(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// Two values at least, rising, finite, not too many, of a key that may be swept.
    ///
    /// # Errors
    /// What would be right.
    pub fn check(&self) -> Result<(), String> {
        let rising = self.values.windows(2).all(|pair| pair[0] < pair[1]);
        let finite = self.values.iter().all(|value| value.is_finite());
        if self.values.len() < 2 || !rising || !finite {
            return Err("a sweep takes two values or more, in rising order".to_owned());
        }
        if self.values.len() > STEPS {
            return Err(format!("a sweep takes at most {STEPS} values a key"));
        }
        if ["years", "first_year", "format"].contains(&self.key.as_str()) {
            return Err(format!("{} cannot be swept: it would change what is compared", self.key));
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
fn spread(from: f64, to: f64, steps: usize) -> Vec<f64> {
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

/// Reads a commission; none where the file is no commission but a scenario: it names no `base`.
///
/// # Errors
/// Every problem found.
pub fn commission(path: &Path) -> Result<Option<Commission>, Problems> {
    match commission_with_problems(&Disk, path)? {
        Some((_, problems)) if !problems.list().is_empty() => Err(problems),
        read => Ok(read.map(|(commission, _)| commission)),
    }
}

/// The same with what could be read of it beside every problem found in it.
///
/// # Errors
/// Why it cannot be read at all.
pub fn commission_with_problems(source: &dyn Source, path: &Path) -> Result<Option<(Commission, Problems)>, Problems> {
    let files = Files::of(source);
    let origin = Arc::new(Origin::File(path.to_owned()));
    let place = Place { origin: Arc::clone(&origin), line: 1, column: 1 };
    let text =
        files.read(path, &Place::whole((*origin).clone()), "").map_err(|problem| Problems::new(vec![problem]))?;
    let (table, errors) = from_toml(&text, &origin);
    if table.get("base").is_none() {
        return Ok(None);
    }
    let cx = Context::new(Some(&files), errors.is_empty());
    cx.extend(errors);
    let mut unseen = Found::default();
    check_names(&table, "", &mut unseen);
    cx.extend(unseen);
    let mut reader = Reader::root(&cx, &table, place);
    let read = read(&mut reader);
    reader.finish();
    Ok(Some((read, Problems::new(cx.take_problems()))))
}

fn read(r: &mut Reader<'_>) -> Commission {
    format(r);
    let here = r.at.clone();
    let base = r.text("base", Default::Required, "The scenario that the question is about, a file.");
    let base = base.map_or_else(PathBuf::new, |written| here.path(&written));
    let written = r.texts("set", Default::Word("none"), "Changes of the base, each key=value as in --set.");
    let changes = changes(r, written);
    let question = r.text("question", Default::None, "The question, in a sentence.");
    let requested_by = r.text("requested_by", Default::None, "The office that asks.");
    let date = r.month("date", Default::None, "The month of asking.").map(|month| month.to_string());
    let measures =
        r.texts("measures", Default::Word("npv, payback, peak_funding_need"), "Measures that the answer tells.");
    let variants =
        r.tables("variant", "Something else that might be.", |r, _| (variant(r, &base, &changes), r.place("name")));
    let sweeps = r.tables("sweep", "One or two keys given a row of values each.", |r, _| sweep(r));
    if !r.has("variant") && !r.has("sweep") {
        r.problem("", "nothing is varied", "Add a [[variant]] with changes, or a [[sweep]] of a key");
    }
    let mut names = HashSet::new();
    for (variant, at) in &variants {
        if !variant.name.is_empty() && !names.insert(variant.name.as_str()) {
            let key = format!("variant.{}", quote_key(&variant.name));
            r.cx.problem(
                at,
                &key,
                format!("two variants are called \"{}\"", variant.name),
                "Give each a name of its own",
            );
        }
    }
    Commission {
        base,
        changes,
        question,
        requested_by,
        date,
        measures: measures.into_iter().map(|(name, node)| (plainly_quoted(&name), node.at)).collect(),
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
        sweeps: sweeps.into_iter().flatten().collect(),
    }
}

/// Changes as they are written, those left out that are none.
fn changes(r: &Reader<'_>, written: Vec<(String, Node)>) -> Vec<Override> {
    let mut changes = Vec::new();
    for (text, node) in written {
        match Override::parse(&text) {
            Ok(change) => changes.push(change.at(&node.at)),
            Err(problems) => problems.list().iter().for_each(|problem| {
                r.cx.problem(&node.at, &problem.key, problem.what.clone(), problem.remedy.clone());
            }),
        }
    }
    changes
}

fn variant(r: &mut Reader<'_>, base: &Path, before: &[Override]) -> Variant {
    let here = r.at.clone();
    let name = r.text("name", Default::Required, "Its name.").unwrap_or_default();
    let extends = r.text("extends", Default::Word("the base"), "Another scenario file in place of the base.");
    let file = extends.map_or_else(|| base.to_owned(), |written| here.path(&written));
    let written = r.texts("set", Default::Word("none"), "Changes, each key=value as in --set.");
    let own = changes(r, written);
    let of_base: &[Override] = if file == base { before } else { &[] };
    let changes = of_base.iter().cloned().chain(own).collect();
    if !r.has("set") && file == base {
        r.problem("", "the variant changes nothing", "Write set = ['key=value'] or extends = \"file.toml\"");
    }
    Variant { name, file, changes }
}

fn sweep(r: &mut Reader<'_>) -> Option<Sweep> {
    let name = r.text("name", Default::Word("the key"), "Its name.");
    let along = axis(r);
    let across = r.optional_table("across", "A second key, swept against the first.", axis).flatten();
    let along = along?;
    if across.as_ref().is_some_and(|across| along.is_twice(across)) {
        r.problem("across", "it sweeps the same key", "Name another key, or leave `across` out");
        return None;
    }
    Some(Sweep { name: name.unwrap_or_else(|| along.key.clone()), along, across })
}

fn axis(r: &mut Reader<'_>) -> Option<Axis> {
    let before = r.cx.found();
    let key = r.text("key", Default::Required, "The key's path, as in --set.");
    let values = r.plains("values", "Its values, rising; or else from, to and steps.");
    let plain = |name, doc| Spec::new(name, "the key's unit", Range::ANY, doc);
    let from = r.optional_plain(plain("from", "The first value."));
    let to = r.optional_plain(plain("to", "The last value."));
    let plan = r.optional_plain(plain("plan", "What the plan has all the while; else the value swept."));
    let steps = r.whole("steps", (2, STEPS as u32), Default::Number(9.0), "How many values, ends included.");
    // What was written and could not be read has been told.
    if r.cx.found() > before {
        return None;
    }
    let key = key?;
    let values = match (from, to, steps) {
        (Some(from), Some(to), Some(steps)) if values.is_empty() => spread(from, to, steps as usize),
        (None, None, _) if !values.is_empty() => values,
        _ => {
            r.problem(
                "",
                "a sweep has either values, or from and to",
                "Write values = [1, 1.5, 2], or from = 1 and to = 2",
            );
            return None;
        }
    };
    let axis = Axis { key, values, plan, at: Some(r.place("key")) };
    match axis.check() {
        Ok(()) => Some(axis),
        Err(why) => {
            r.problem("key", why, "See `key`, `values`, `from`, `to` and `steps` in docs/output.md");
            None
        }
    }
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
