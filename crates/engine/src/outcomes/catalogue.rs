//! The columns of a run: each with a stable name, a unit and a line of meaning (MODEL section 9).

use std::collections::HashMap;

use super::OutcomeId;
use super::declared::Row;
use crate::units::Unit;

/// How much is kept of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Moments and fine percentiles.
    Headline,
    /// Moments and percentiles of a yearly or per-area figure.
    Yearly,
    /// Kept only where trial rows are asked for.
    Detail,
}

/// What a missing value (NaN in the kernel, null in tables) means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It never comes: counts as later than every date in percentiles.
    Never,
    /// It is not defined: left out, and counted.
    Undefined,
}

/// One column of outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSpec {
    /// Stable name, such as `saving_cashable[2018/19]`.
    pub name: String,
    /// What it tells of whom; `None` where it stands for no outcome of a scenario by itself, as in a comparison.
    pub outcome: Option<OutcomeId>,
    /// Unit.
    pub unit: Unit,
    /// One line for people.
    pub meaning: String,
    /// How much is kept.
    pub tier: Tier,
    /// What a missing value means.
    pub missing: Missing,
    /// Another column that holds the same values in every trial, and is counted in its stead.
    pub same_as: Option<usize>,
    /// Amounts that are asked about: trials below, at and above each are counted one by one. The plan run's value is one besides.
    pub thresholds: Vec<f64>,
}

impl ColumnSpec {
    /// Whether its values are counted: not where they are kept only with rows, nor where another column is counted in its stead.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.tier != Tier::Detail && self.same_as.is_none()
    }

    fn count(&mut self) {
        if self.tier == Tier::Detail {
            self.tier = Tier::Yearly;
        }
    }
}

/// A ratio of the means of two columns, `1 − numerator/denominator` where `complement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// Stable name, such as `benefit_cost_ratio_of_means`.
    pub name: String,
    /// One line for people.
    pub meaning: String,
    /// Column above the line.
    pub numerator: usize,
    /// A second column added above the line.
    pub extra: Option<usize>,
    /// Column below the line.
    pub denominator: usize,
    /// Whether the figure is one minus the ratio.
    pub complement: bool,
}

/// All columns of a run, by position and by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    columns: Vec<ColumnSpec>,
    ratios: Vec<Ratio>,
    positions: HashMap<String, usize>,
    /// A name that two columns bear.
    twice: Option<String>,
}

impl Catalogue {
    /// Adds a column that stands for no outcome by itself, and returns its position. A name that is there already is noted for
    /// [`Catalogue::named_twice`].
    pub fn add(&mut self, name: String, unit: Unit, meaning: &str, tier: Tier, missing: Missing) -> usize {
        let (meaning, thresholds) = (meaning.to_owned(), Vec::new());
        self.push(ColumnSpec { name, outcome: None, unit, meaning, tier, missing, same_as: None, thresholds })
    }

    /// Adds the column of an outcome as its row declares it, and returns its position.
    pub fn add_outcome(&mut self, id: OutcomeId, row: &Row) -> usize {
        let Row { unit, tier, missing, .. } = *row;
        let column = ColumnSpec {
            name: id.name(),
            meaning: row.told(&id.owner),
            outcome: Some(id),
            unit,
            tier,
            missing,
            same_as: None,
            thresholds: Vec::new(),
        };
        self.push(column)
    }

    fn push(&mut self, column: ColumnSpec) -> usize {
        let position = self.columns.len();
        if self.positions.insert(column.name.clone(), position).is_some() && self.twice.is_none() {
            self.twice = Some(column.name.clone());
        }
        self.columns.push(column);
        position
    }

    /// A name that two columns bear, if there is one: figures under it could not be told apart, so no such catalogue may be used.
    #[must_use]
    pub fn named_twice(&self) -> Option<&str> {
        self.twice.as_deref()
    }

    /// Has a yearly measure counted in every year even where it would be kept only with rows.
    pub fn count(&mut self, measure: &str) {
        for column in &mut self.columns {
            if column.name.strip_prefix(measure).is_some_and(|rest| rest.starts_with('[')) {
                column.count();
            }
        }
    }

    /// Has one column counted even where it would be kept only with rows.
    pub fn count_one(&mut self, name: &str) {
        if let Some(position) = self.position(name) {
            self.columns[position].count();
        }
    }

    /// Has the trials below, at and above an amount counted one by one.
    pub fn ask_about(&mut self, column: usize, amount: f64) {
        let counted = self.columns[column].same_as.unwrap_or(column);
        self.columns[counted].thresholds.push(amount);
    }

    /// Says that `columns` columns from `first` hold the same values as those from `of`, in every trial.
    pub fn repeats(&mut self, first: usize, of: usize, columns: usize) {
        for (repeated, original) in self.columns[first..first + columns].iter_mut().zip(of..) {
            repeated.same_as = Some(original);
        }
    }

    /// Adds a ratio of means.
    pub fn add_ratio(&mut self, ratio: Ratio) {
        self.ratios.push(ratio);
    }

    /// The columns in order.
    #[must_use]
    pub fn columns(&self) -> &[ColumnSpec] {
        &self.columns
    }

    /// The ratios of means.
    #[must_use]
    pub fn ratios(&self) -> &[Ratio] {
        &self.ratios
    }

    /// Position of a column by name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_columns_bear_is_told() {
        let mut catalogue = Catalogue::default();
        let mut add =
            |name: &str| catalogue.add(name.to_owned(), Unit::Millions, "", Tier::Headline, Missing::Undefined);
        assert_eq!((add("npv"), add("payback"), add("npv")), (0, 1, 2));
        assert_eq!(catalogue.named_twice(), Some("npv"));
        assert_eq!(Catalogue::default().named_twice(), None);
    }
}
