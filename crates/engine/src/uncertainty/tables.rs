//! The tables of one model, one for all distributions that differ by place and scale alone.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::distribution::Distribution;
use super::quantile_table::{Inexact, Place, QuantileTable, STEEP, ScoreTable};

/// What the tables of one model may come to, in tables of the usual resolution: far more than any scenario needs, 160 MB, and
/// some seconds to make.
pub const MOST_TABLES: usize = 5_000;

/// The tables of one model by standard form, each made once, whichever thread asks for it first.
#[derive(Debug, Default)]
pub struct Tables {
    by_word: Made<QuantileTable>,
    by_score: Made<ScoreTable>,
    /// What was made so far, or found not to be possible.
    made: AtomicUsize,
    /// Tables of a model like this one, which are taken as they are.
    like: Option<Arc<Tables>>,
}

/// Tables, or why there is none; each empty until the first who asks has made it.
type Made<T> = Mutex<HashMap<String, Arc<OnceLock<Result<T, Inexact>>>>>;

impl Tables {
    /// None yet; those of another model are taken from there.
    pub fn like(other: &Arc<Self>) -> Self {
        Self { like: Some(Arc::clone(other)), ..Self::default() }
    }

    /// The same without those of the other model, which serve only while tables are made.
    pub fn alone(self) -> Self {
        Self { like: None, ..self }
    }

    /// The table of a distribution by random word.
    pub fn by_word(&self, distribution: &Distribution, support: (f64, f64)) -> Result<QuantileTable, Inexact> {
        let make = |quantile: Quantile<'_>, support| QuantileTable::new(quantile, support);
        let kind =
            Kind { of: |tables| &tables.by_word, make: &make, size: |table| table.map_or(STEEP, QuantileTable::size) };
        self.standard(&kind, distribution, support).map(|(table, place)| table.moved(place))
    }

    /// The table of a distribution by normal score.
    pub fn by_score(&self, distribution: &Distribution, support: (f64, f64)) -> Result<ScoreTable, Inexact> {
        let make = |quantile: Quantile<'_>, support| ScoreTable::new(quantile, support);
        let kind = Kind { of: |tables| &tables.by_score, make: &make, size: |_| 1 };
        self.standard(&kind, distribution, support).map(|(table, place)| table.moved(place))
    }

    /// Whether more are wanted than may be made: from there on none is, and what was compiled is of no use. In whichever order they are
    /// asked for, all together decide.
    pub fn are_too_many(&self) -> bool {
        self.made.load(Ordering::Relaxed) > MOST_TABLES
    }

    /// The table of a distribution's standard form, and what leads back from it to values within `low` and `high`.
    fn standard<T: Clone>(
        &self,
        kind: &Kind<'_, T>,
        distribution: &Distribution,
        (low, high): (f64, f64),
    ) -> Result<(T, Place), Inexact> {
        let (standard, shift, scale) = distribution.standard();
        let name = format!("{standard:?}");
        let known = {
            let mut tables = (kind.of)(self).lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(tables.entry(name.clone()).or_default())
        };
        let made = known.get_or_init(|| {
            // What has no curve never comes here.
            let cut = standard.cut().filter(|_| !self.are_too_many());
            let Some(cut) = cut else { return Err(Inexact(f64::INFINITY)) };
            let table =
                self.made_before(kind, &name).unwrap_or_else(|| (kind.make)(&|p, q| cut.quantile(p, q), cut.support()));
            self.made.fetch_add((kind.size)(table.as_ref().ok()), Ordering::Relaxed);
            table
        });
        made.clone().map(|table| (table, Place { shift, scale, low, high }))
    }

    /// The table of a standard form where the model that this one is like has it.
    fn made_before<T: Clone>(&self, kind: &Kind<'_, T>, name: &str) -> Option<Result<T, Inexact>> {
        let other = self.like.as_ref()?;
        let tables = (kind.of)(other).lock().unwrap_or_else(PoisonError::into_inner);
        tables.get(name)?.get().cloned()
    }
}

/// A kind of table.
struct Kind<'a, T> {
    of: fn(&Tables) -> &Made<T>,
    make: &'a Make<T>,
    /// How much it counts for; of one that cannot be made, how much that took.
    size: fn(Option<&T>) -> usize,
}

/// Makes a table of a quantile function between two bounds.
type Make<T> = dyn Fn(Quantile<'_>, (f64, f64)) -> Result<T, Inexact>;

/// A quantile function of both tail probabilities.
type Quantile<'q> = &'q dyn Fn(f64, f64) -> f64;
