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
}

/// Tables, or why there is none; each empty until the first who asks has made it.
type Made<T> = Mutex<HashMap<String, Arc<OnceLock<Result<T, Inexact>>>>>;

impl Tables {
    /// The table of a distribution by random word.
    pub fn by_word(&self, distribution: &Distribution, support: (f64, f64)) -> Result<QuantileTable, Inexact> {
        let make = |quantile: Quantile<'_>, support| {
            let table = QuantileTable::new(quantile, support);
            self.made.fetch_add(table.as_ref().map_or(STEEP, QuantileTable::size), Ordering::Relaxed);
            table
        };
        self.standard(&self.by_word, make, distribution, support).map(|(table, place)| table.moved(place))
    }

    /// The table of a distribution by normal score.
    pub fn by_score(&self, distribution: &Distribution, support: (f64, f64)) -> Result<ScoreTable, Inexact> {
        let make = |quantile: Quantile<'_>, support| {
            self.made.fetch_add(1, Ordering::Relaxed);
            ScoreTable::new(quantile, support)
        };
        self.standard(&self.by_score, make, distribution, support).map(|(table, place)| table.moved(place))
    }

    /// Whether more are wanted than may be made: from there on none is, and what was compiled is of no use. In whichever order they are
    /// asked for, all together decide.
    pub fn are_too_many(&self) -> bool {
        self.made.load(Ordering::Relaxed) > MOST_TABLES
    }

    /// The table of a distribution's standard form, and what leads back from it to values within `low` and `high`.
    fn standard<T: Clone>(
        &self,
        tables: &Made<T>,
        make: impl Fn(Quantile<'_>, (f64, f64)) -> Result<T, Inexact>,
        distribution: &Distribution,
        (low, high): (f64, f64),
    ) -> Result<(T, Place), Inexact> {
        let (standard, shift, scale) = distribution.standard();
        let known = {
            let mut tables = tables.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(tables.entry(format!("{standard:?}")).or_default())
        };
        let made = known.get_or_init(|| {
            // What has no curve never comes here.
            let cut = standard.cut().filter(|_| !self.are_too_many());
            let Some(cut) = cut else { return Err(Inexact(f64::INFINITY)) };
            make(&|p, q| cut.quantile(p, q), cut.support())
        });
        made.clone().map(|table| (table, Place { shift, scale, low, high }))
    }
}

/// A quantile function of both tail probabilities.
type Quantile<'q> = &'q dyn Fn(f64, f64) -> f64;
