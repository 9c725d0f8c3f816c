//! The columns of a run: each with a stable name, a unit and a line of meaning (MODEL section 9).

use std::collections::HashMap;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Stable name, such as `saving_cashable[2018/19]`.
    pub name: String,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    columns: Vec<ColumnSpec>,
    ratios: Vec<Ratio>,
    positions: HashMap<String, usize>,
}

impl Catalogue {
    /// Adds a column and returns its position. Names are unique by construction of the model.
    pub fn add(&mut self, name: String, unit: Unit, meaning: &str, tier: Tier, missing: Missing) -> usize {
        let position = self.columns.len();
        let before = self.positions.insert(name.clone(), position);
        debug_assert!(before.is_none(), "two columns named {name}");
        self.columns.push(ColumnSpec { name, unit, meaning: meaning.to_owned(), tier, missing, same_as: None });
        position
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
