//! The tables of one model, one for all distributions that differ by place and scale alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::distribution::Distribution;
use super::quantile_table::{Inexact, Place, QuantileTable, ScoreTable};

/// The tables of one model by standard form, each made once, whichever thread asks for it first.
#[derive(Debug, Default)]
pub struct Tables {
    by_word: Made<QuantileTable>,
    by_score: Made<ScoreTable>,
}

/// Tables, or why there is none; each empty until the first who asks has made it.
type Made<T> = Mutex<HashMap<String, Arc<OnceLock<Result<T, Inexact>>>>>;

impl Tables {
    /// The table of a distribution by random word.
    pub fn by_word(&self, distribution: &Distribution, support: (f64, f64)) -> Result<QuantileTable, Inexact> {
        made(&self.by_word, QuantileTable::new, distribution, support).map(|(table, place)| table.moved(place))
    }

    /// The table of a distribution by normal score.
    pub fn by_score(&self, distribution: &Distribution, support: (f64, f64)) -> Result<ScoreTable, Inexact> {
        made(&self.by_score, ScoreTable::new, distribution, support).map(|(table, place)| table.moved(place))
    }
}

/// What makes a table of a quantile function and its support.
type Make<T> = fn(&dyn Fn(f64, f64) -> f64, (f64, f64)) -> Result<T, Inexact>;

/// The table of a distribution's standard form, and what leads back from it to values within `low` and `high`.
fn made<T: Clone>(
    tables: &Made<T>,
    make: Make<T>,
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
        let Some(cut) = standard.cut() else { return Err(Inexact(f64::INFINITY)) };
        make(&|p, q| cut.quantile(p, q), cut.support())
    });
    made.clone().map(|table| (table, Place { shift, scale, low, high }))
}
