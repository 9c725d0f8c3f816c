//! Questions to kept futures: those in which a condition holds, put in groups, and figures of each group.

mod condition;
mod figures;

use std::cmp::Ordering;

use engine::outcomes::{Missing, RowSource};
use engine::run::{Interrupt, RunError};

use crate::proportion::Proportion;
pub use condition::{Condition, DEEPEST, MOST_CHARACTERS, Named, Operand, Test};
pub use figures::{Shown, Told};

/// Figures that are held at once at most: those that are asked for, of the futures that are asked about.
pub const MOST_FIGURES: usize = 1 << 26;

/// Different values of a figure, each of which makes a group of its own; of more, its quarters do.
pub const MOST_VALUES: usize = 30;

/// Groups at most.
pub const MOST_GROUPS: usize = 1_000;

/// What is asked of kept futures; columns by their positions.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which futures it is about; all where there is none.
    pub condition: Option<Condition>,
    /// Figures by whose values they are put in groups.
    pub by: Vec<usize>,
    /// Figures that are told of each group.
    pub show: Vec<usize>,
    /// What each column is, by its position.
    pub kinds: Vec<Kind>,
    /// By how much errors of plain sampling are to be multiplied: 1, or what the way of sampling costs at most.
    pub error_factor: f64,
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// What a missing value means.
    pub missing: Missing,
    /// Whether it is yes (1) or no (0).
    pub is_event: bool,
}

/// What is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Futures that are kept.
    pub trials: u64,
    /// Share of them that it is about.
    pub share: Proportion,
    /// Those that it is about.
    pub futures: u64,
    /// Those in which the condition cannot be told, because a figure is missing.
    pub unknown: u64,
    /// Groups in the order of their keys; one without keys where nothing puts them apart.
    pub groups: Vec<Group>,
}

/// Futures that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they have in common, one for each figure in `by`.
    pub keys: Vec<Key>,
    /// How many there are.
    pub futures: u64,
    /// Which share they are of those that it is about.
    pub share: Proportion,
    /// What is told of them, one for each figure in `show`.
    pub shown: Vec<Shown>,
}

/// What futures of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Key {
    /// A value.
    Value(f64),
    /// A quarter of the values, by the lowest and the highest in it.
    From(f64, f64),
    /// The figure is missing.
    Missing,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum NotAnswered {
    /// What was asked cannot be: too much of it, or of a figure that it does not fit.
    Asked(String),
    /// A column that is neither yes nor no stands alone, by its position.
    NotYesOrNo(usize),
    /// What kept the futures from being read.
    Unread(String),
    /// It was stopped from outside.
    Stopped(RunError),
}

/// Answers a question to kept futures, read one part after another: the same to the bit whatever the machine.
///
/// # Errors
/// Why there is no answer.
pub fn futures(source: &mut dyn RowSource, asked: &Asked, interrupt: &Interrupt) -> Result<Found, NotAnswered> {
    let selected = Selected::read(source, asked, interrupt)?;
    let chosen = selected.chosen;
    let keys: Vec<Vec<Key>> = selected.by.iter().map(|values| keyed(values)).collect();
    let mut order: Vec<usize> = (0..chosen).collect();
    // A stable sort: futures of a group stay in their order, so that sums are the same everywhere.
    order.sort_by(|a, b| {
        keys.iter().map(|own| own[*a].compare(&own[*b])).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    });
    let mut groups = Vec::new();
    for same in order.chunk_by(|a, b| keys.iter().all(|own| own[*a] == own[*b])) {
        if groups.len() == MOST_GROUPS {
            return Err(NotAnswered::Asked(format!(
                "there are more than {MOST_GROUPS} groups: put them apart by less"
            )));
        }
        let told = |(values, column): (&Vec<f64>, &usize)| {
            let own: Vec<f64> = same.iter().map(|i| values[*i]).collect();
            Shown::of(&own, asked.kinds[*column], asked.error_factor)
        };
        groups.push(Group {
            keys: keys.iter().map(|own| own[same[0]]).collect(),
            futures: same.len() as u64,
            share: Proportion::of(same.len() as f64, chosen as f64).times(asked.error_factor),
            shown: selected.show.iter().zip(&asked.show).map(told).collect(),
        });
    }
    let share = Proportion::of(chosen as f64, source.trials() as f64).times(asked.error_factor);
    Ok(Found { trials: source.trials(), share, futures: chosen as u64, unknown: selected.unknown, groups })
}

/// The futures that a question is about: what puts them in groups and what is told of them, a column each.
struct Selected {
    by: Vec<Vec<f64>>,
    show: Vec<Vec<f64>>,
    chosen: usize,
    unknown: u64,
}

impl Selected {
    fn read(source: &mut dyn RowSource, asked: &Asked, interrupt: &Interrupt) -> Result<Self, NotAnswered> {
        let looked_at = asked.condition.as_ref().map_or(&[][..], |condition| &condition.columns);
        let mut columns: Vec<usize> = [looked_at, &asked.by, &asked.show].concat();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            // Futures are counted all the same.
            columns.push(0);
        }
        let place = |column: &usize| columns.binary_search(column).unwrap_or_default();
        let places = |of: &[usize]| of.iter().map(place).collect::<Vec<usize>>();
        let (tested, by, show) = (places(looked_at), places(&asked.by), places(&asked.show));
        let empty = |of: &[usize]| vec![Vec::new(); of.len()];
        let mut own = Self { by: empty(&by), show: empty(&show), chosen: 0, unknown: 0 };
        interrupt.begin_of("Reading the futures", source.parts() as u64, "parts");
        for part in 0..source.parts() {
            interrupt.check().map_err(NotAnswered::Stopped)?;
            let mut read = source.read(part, &columns).map_err(NotAnswered::Unread)?;
            for (values, column) in read.iter_mut().zip(&columns) {
                if asked.kinds[*column].missing == Missing::Never {
                    values.iter_mut().filter(|value| value.is_nan()).for_each(|value| *value = f64::INFINITY);
                }
            }
            own.take(&read, asked, (&tested, &by, &show), &columns)?;
            interrupt.stepped(1);
        }
        Ok(own)
    }

    /// Takes what is chosen of one part.
    fn take(
        &mut self,
        read: &[Vec<f64>],
        asked: &Asked,
        (tested, by, show): (&[usize], &[usize], &[usize]),
        columns: &[usize],
    ) -> Result<(), NotAnswered> {
        let figure = |column: usize, i: usize| read[column][i];
        for i in 0..read.first().map_or(0, Vec::len) {
            let holds = match &asked.condition {
                None => Ok(Some(true)),
                Some(condition) => condition.holds(&|k| figure(tested[k], i)),
            };
            match holds.map_err(|k| NotAnswered::NotYesOrNo(columns[tested[k]]))? {
                Some(true) => self.chosen += 1,
                Some(false) => continue,
                None => {
                    self.unknown += 1;
                    continue;
                }
            }
            for (values, place) in self.by.iter_mut().zip(by).chain(self.show.iter_mut().zip(show)) {
                values.push(figure(*place, i));
            }
        }
        if self.chosen.saturating_mul(by.len() + show.len()) > MOST_FIGURES {
            let message = format!(
                "more than {MOST_FIGURES} figures would be held at once: ask for fewer columns, or about fewer futures"
            );
            return Err(NotAnswered::Asked(message));
        }
        Ok(())
    }
}

impl Key {
    fn compare(&self, other: &Self) -> Ordering {
        let ends = |key: &Self| match *key {
            Self::Value(value) => (0, value, value),
            Self::From(low, high) => (0, low, high),
            Self::Missing => (1, 0.0, 0.0),
        };
        let ((a, b, c), (x, y, z)) = (ends(self), ends(other));
        a.cmp(&x).then(b.total_cmp(&y)).then(c.total_cmp(&z))
    }
}

/// The group of each future by one figure: by its values where there are few, else by its quarters.
fn keyed(values: &[f64]) -> Vec<Key> {
    let mut rising: Vec<f64> =
        values.iter().copied().filter(|value| value.is_finite()).map(|value| value + 0.0).collect();
    rising.sort_by(f64::total_cmp);
    let mut different = rising.clone();
    different.dedup();
    let key = |value: &f64| {
        if !value.is_finite() {
            Key::Missing
        } else if different.len() <= MOST_VALUES {
            Key::Value(value + 0.0)
        } else {
            quarter(&rising, *value)
        }
    };
    values.iter().map(key).collect()
}

/// The quarter of rising values that one of them lies in; equal ones are never put apart.
fn quarter(rising: &[f64], value: f64) -> Key {
    // Quarter k holds what is above the end of the one before it and at most its own.
    let ends = [1, 2, 3, 4].map(|k| rising[(rising.len() * k).div_ceil(4) - 1]);
    let k = ends.iter().position(|end| value <= *end).unwrap_or(3);
    let first = if k == 0 { 0 } else { rising.partition_point(|other| *other <= ends[k - 1]) };
    Key::From(rising[first.min(rising.len() - 1)], ends[k])
}

#[cfg(test)]
mod tests;
