//! Collects a model's quantities and compiles them.

use super::super::copula::Copula;
use super::super::correlation::{Candidate, Linked, link};
use super::super::form::{Form, Scored};
use super::super::key::hash;
use super::super::quantile_table::Inexact;
use super::super::sampler::Source;
use super::super::shape::Shape;
use super::super::tables::Tables;
use super::super::{Correlation, Distribution, Quantity, Structure, Value};
use super::{Draw, DrawInfo, Draws, DrawsError, Input, Standard};
use crate::team::Team;
use std::collections::HashMap;
use std::sync::Arc;

/// Collects the quantities of a model.
#[derive(Debug, Default)]
pub struct DrawsBuilder {
    entries: Vec<Entry>,
    positions: HashMap<String, usize>,
    /// Keys of quantities that are known numbers.
    fixed: HashMap<String, bool>,
    errors: Vec<DrawsError>,
    tables: Tables,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    key: String,
    kind: Kind,
    plan: f64,
    yearly: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// The same in every trial, but not in the plan run.
    Constant(f64),
    Uncertain(Distribution),
    Standard(Standard),
}

impl DrawsBuilder {
    /// None yet; tables that other draws have are taken from there, to the same bits as if they were made anew.
    #[must_use]
    pub fn like(other: &Draws) -> Self {
        Self { tables: Tables::like(&other.tables), ..Self::default() }
    }

    /// A quantity drawn once a trial. The same key twice is the same draw.
    pub fn quantity(&mut self, quantity: &Quantity) -> Input {
        self.add_quantity(quantity, false)
    }

    /// A quantity drawn anew every year.
    pub fn yearly(&mut self, quantity: &Quantity) -> Input {
        self.add_quantity(quantity, true)
    }

    /// A standard draw once a trial; in the plan run it is `plan`.
    pub fn standard(&mut self, key: &str, shape: Standard, plan: f64) -> Input {
        self.add(Entry { key: key.to_owned(), kind: Kind::Standard(shape), plan, yearly: false })
    }

    /// A standard draw every year; in the plan run it is `plan`.
    pub fn standard_yearly(&mut self, key: &str, shape: Standard, plan: f64) -> Input {
        self.add(Entry { key: key.to_owned(), kind: Kind::Standard(shape), plan, yearly: true })
    }

    fn add_quantity(&mut self, quantity: &Quantity, yearly: bool) -> Input {
        let plan = quantity.plan_value();
        let constant = match &quantity.value {
            Value::Fixed(value) => Some(*value),
            Value::Uncertain(distribution) => distribution.constant(),
        };
        let kind = match (&quantity.value, constant) {
            (_, Some(value)) if value.total_cmp(&plan).is_eq() => {
                self.fixed.insert(quantity.key.clone(), yearly);
                return Input::Fixed(value);
            }
            (_, Some(value)) => Kind::Constant(value),
            (Value::Uncertain(distribution), None) => Kind::Uncertain(distribution.clone()),
            (Value::Fixed(value), None) => Kind::Constant(*value),
        };
        self.add(Entry { key: quantity.key.clone(), kind, plan, yearly })
    }

    fn add(&mut self, entry: Entry) -> Input {
        if let Some(position) = self.positions.get(&entry.key) {
            if self.entries[*position] != entry {
                self.errors.push(DrawsError::Conflict(entry.key));
            }
            return Input::Drawn(*position);
        }
        let position = self.entries.len();
        self.positions.insert(entry.key.clone(), position);
        self.entries.push(entry);
        Input::Drawn(position)
    }

    /// Whether keys and correlations are sound, without compiling anything.
    ///
    /// # Errors
    /// Every [`DrawsError`] found.
    pub fn check(&self, correlations: &[Correlation]) -> Result<(), Vec<DrawsError>> {
        let (_, errors) = self.link(correlations);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What is wrong with each correlation, alone or beside those before it.
    #[must_use]
    pub fn wrong(&self, correlations: &[Correlation]) -> Vec<Vec<DrawsError>> {
        link(correlations, &self.candidates()).1
    }

    /// How many keys the names and patterns of correlations are held against, each as often as by one of them.
    #[must_use]
    pub fn held(&self, correlations: &[Correlation]) -> usize {
        let candidates = self.candidates();
        correlations.iter().map(|correlation| correlation.held(&candidates)).sum()
    }

    /// Keys of what varies among the quantities that each correlation names, each once.
    #[must_use]
    pub fn tied(&self, correlations: &[Correlation]) -> Vec<Vec<&str>> {
        let candidates = self.candidates();
        correlations.iter().map(|correlation| correlation.tied(&candidates)).collect()
    }

    /// The loadings of what is correlated, by position, and what is wrong.
    fn link(&self, correlations: &[Correlation]) -> (HashMap<usize, Linked>, Vec<DrawsError>) {
        let mut errors = self.errors.clone();
        let twice = self.entries.iter().filter(|e| self.fixed.contains_key(&e.key));
        errors.extend(twice.map(|e| DrawsError::Conflict(e.key.clone())));
        errors.extend(self.collisions(correlations));
        let (linked, wrong) = link(correlations, &self.candidates());
        errors.extend(wrong.into_iter().flatten());
        (linked, errors)
    }

    /// Compiles tables and correlations.
    ///
    /// # Errors
    /// Every [`DrawsError`] found.
    pub fn build(self, correlations: &[Correlation]) -> Result<Draws, Vec<DrawsError>> {
        let (mut linked, mut errors) = self.link(correlations);
        let (forms, form_of) = self.forms(&linked, &mut errors);
        let copula = if linked.is_empty() { Ok(None) } else { Copula::new().map(Some) };
        let copula = copula.unwrap_or_else(|_| {
            errors.push(DrawsError::Inexact("the normal distribution".to_owned()));
            None
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut sizes = vec![0; correlations.len()];
        linked.values().for_each(|own| sizes[own.correlation] += 1);
        // What is correlated with nothing that varies hangs together with nothing.
        let tied = |i: usize| linked.get(&i).map(|own| own.correlation).filter(|k| sizes[*k] > 1);
        let tied: Vec<Option<usize>> = (0..self.entries.len()).map(tied).collect();
        let draw = |(position, entry): (usize, &Entry)| Draw {
            source: Source::new(&entry.key),
            part: Source::new(&part_key(&entry.key)),
            loadings: linked.remove(&position).map(|own| own.loadings),
            form: form_of[position],
            yearly: entry.yearly,
            plan: entry.plan,
        };
        let draws: Vec<Draw> = self.entries.iter().enumerate().map(draw).collect();
        let info = self.entries.into_iter().zip(tied).map(|(entry, tied)| entry.into_info(tied)).collect();
        Ok(Draws { info, draws, forms, copula, tables: Arc::new(self.tables.alone()) })
    }

    /// Keys of one hash: of draws, of their parts, of common factors.
    fn collisions(&self, correlations: &[Correlation]) -> Vec<DrawsError> {
        let mut seen: HashMap<u64, String> = HashMap::new();
        let keys = self.entries.iter().flat_map(|e| [e.key.clone(), part_key(&e.key)]);
        let factors =
            correlations.iter().filter(|c| matches!(c.structure, Structure::Common(_))).map(Correlation::factor_key);
        let mut collisions = Vec::new();
        for key in keys.chain(factors) {
            match seen.get(&hash(&key)) {
                Some(other) if *other != key => collisions.push(DrawsError::Collision(other.clone(), key)),
                _ => {
                    seen.insert(hash(&key), key);
                }
            }
        }
        collisions
    }

    /// What correlations may name, in the order of keys.
    fn candidates(&self) -> Vec<Candidate<'_>> {
        let drawn = self.entries.iter().enumerate().map(|(position, e)| {
            let varies = !matches!(e.kind, Kind::Constant(_));
            Candidate { key: &e.key, draw: varies.then_some(position), yearly: e.yearly }
        });
        let fixed = self.fixed.iter().map(|(key, yearly)| Candidate { key, draw: None, yearly: *yearly });
        let mut candidates: Vec<_> = drawn.chain(fixed).collect();
        candidates.sort_unstable_by(|a, b| a.key.cmp(b.key));
        candidates
    }

    /// Compiled forms, equal ones once, and which one each draw has.
    fn forms(&self, linked: &HashMap<usize, Linked>, errors: &mut Vec<DrawsError>) -> (Vec<Form>, Vec<usize>) {
        // Numbers print so that they read back exactly: equal text is an equal distribution.
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut distinct: Vec<(&Entry, bool)> = Vec::new();
        let mut form_of = Vec::with_capacity(self.entries.len());
        for (i, entry) in self.entries.iter().enumerate() {
            let correlated = linked.contains_key(&i);
            let position = *known.entry(format!("{:?} {correlated}", entry.kind)).or_insert(distinct.len());
            if position == distinct.len() {
                distinct.push((entry, correlated));
            }
            form_of.push(position);
        }
        let compiled = compile_all(&distinct, &self.tables);
        if self.tables.are_too_many() {
            errors.push(DrawsError::TooManyTables);
            return (Vec::new(), form_of);
        }
        let named = compiled.into_iter().zip(distinct);
        let forms = named.map(|(form, (entry, _))| {
            form.unwrap_or_else(|Inexact(_)| {
                errors.push(DrawsError::Inexact(entry.key.clone()));
                Form::ByWord(Shape::constant(f64::NAN))
            })
        });
        (forms.collect(), form_of)
    }
}

/// Compiles every entry's form, correlated or not, on all cores: a table takes long, and which core builds it changes nothing.
fn compile_all(entries: &[(&Entry, bool)], tables: &Tables) -> Vec<Result<Form, Inexact>> {
    let compile = |k: usize| {
        let (entry, correlated) = entries[k];
        entry.kind.compile(correlated, tables)
    };
    Team::at_most(entries.len()).each(entries.len(), compile)
}

impl Kind {
    fn compile(&self, correlated: bool, tables: &Tables) -> Result<Form, Inexact> {
        let scored = match self {
            Self::Uncertain(distribution) if correlated => Scored::new(distribution, tables),
            Self::Standard(shape) if correlated => Scored::standard(*shape),
            _ => None,
        };
        if let Some(scored) = scored {
            return Ok(Form::ByScore(scored));
        }
        let shape = match self {
            Self::Constant(value) => Ok(Shape::constant(*value)),
            Self::Uncertain(distribution) => Shape::new(distribution, tables),
            Self::Standard(shape) => Shape::standard(*shape),
        };
        shape.map(Form::ByWord)
    }
}

impl Entry {
    fn into_info(self, correlation: Option<usize>) -> DrawInfo {
        DrawInfo {
            varies: !matches!(self.kind, Kind::Constant(_)),
            key: self.key,
            plan: self.plan,
            yearly: self.yearly,
            correlation,
        }
    }
}

/// The key under which the part of a mixture is drawn.
fn part_key(key: &str) -> String {
    format!("{key}#part")
}
