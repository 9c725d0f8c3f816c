//! Values that are given to trials instead of being drawn: what an experiment, or another program's method, lays down.

use super::super::lanes::{BLOCK, Column};

/// Values given for some draws, trial by trial. What is not given is drawn as ever; correlated partners of what is given keep their draws.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// By the draw's position in [`Draws::info`](super::Draws::info).
    draws: Vec<Vec<OfYear>>,
}

/// Values of one draw, of one year where it is drawn every year.
#[derive(Debug, Clone, PartialEq)]
struct OfYear {
    /// The calendar year in which the financial year starts; 0 for what is drawn once.
    year: i32,
    values: Values,
}

/// One value for every trial, or one each.
#[derive(Debug, Clone, PartialEq)]
enum Values {
    Same(f64),
    /// From the first trial of a block on.
    Each(u64, Vec<f64>),
}

impl Given {
    /// Gives a draw one value in every trial; `year` is ignored by what is drawn once a trial.
    pub fn same(&mut self, position: usize, year: i32, value: f64) {
        self.put(position, year, Values::Same(value));
    }

    /// Gives a draw a value in each trial, from the first of block `first` on. Where it is NaN, and in other trials, it is drawn.
    pub fn each(&mut self, position: usize, year: i32, first: u64, values: Vec<f64>) {
        self.put(position, year, Values::Each(first, values));
    }

    fn put(&mut self, position: usize, year: i32, values: Values) {
        if self.draws.len() <= position {
            self.draws.resize_with(position + 1, Vec::new);
        }
        let years = &mut self.draws[position];
        years.retain(|own| own.year != year);
        years.push(OfYear { year, values });
    }

    fn of(&self, position: usize, year: i32) -> Option<&Values> {
        self.draws.get(position)?.iter().find(|own| own.year == year).map(|own| &own.values)
    }

    /// Whether every lane of a block is given.
    pub(super) fn is_whole(&self, position: usize, year: i32, block: u64) -> bool {
        match self.of(position, year) {
            None => false,
            Some(Values::Same(value)) => !value.is_nan(),
            Some(Values::Each(first, values)) => {
                let lanes = lanes(*first, values, block);
                lanes.len() == BLOCK && lanes.iter().all(|value| !value.is_nan())
            }
        }
    }

    /// Lays what is given over what was drawn.
    pub(super) fn lay(&self, position: usize, year: i32, block: u64, out: &mut Column) {
        match self.of(position, year) {
            Some(Values::Same(value)) if !value.is_nan() => *out = Column::splat(*value),
            Some(Values::Each(first, values)) => {
                let given = out.iter_mut().zip(lanes(*first, values, block));
                given.filter(|(_, value)| !value.is_nan()).for_each(|(lane, value)| *lane = *value);
            }
            _ => {}
        }
    }
}

/// The values of a block, where the first is that of block `first`: fewer than its lanes where they end in it.
fn lanes(first: u64, values: &[f64], block: u64) -> &[f64] {
    let from = block.checked_sub(first).and_then(|after| usize::try_from(after).ok());
    let from = from.map_or(values.len(), |after| after.saturating_mul(BLOCK)).min(values.len());
    &values[from..values.len().min(from.saturating_add(BLOCK))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_laid_over_what_is_drawn_and_nothing_else_is() {
        let mut given = Given::default();
        let mut values = vec![2.0; BLOCK + 3];
        values[5] = f64::NAN;
        given.each(1, 0, 0, values);
        given.each(2, 0, 4, vec![3.0; 2]);
        given.same(4, 2017, 7.0);
        let drawn = Column::splat(9.0);
        let laid = |position, year, block| {
            let mut out = drawn;
            given.lay(position, year, block, &mut out);
            out
        };
        let first = laid(1, 0, 0);
        assert_eq!((first[4], first[5], first[6]), (2.0, 9.0, 2.0));
        let second = laid(1, 0, 1);
        assert_eq!((second[2], second[3]), (2.0, 9.0));
        assert_eq!(laid(1, 0, 2), drawn);
        assert_eq!((laid(2, 0, 4)[1], laid(2, 0, 4)[2], laid(2, 0, 0), laid(2, 0, 5)), (3.0, 9.0, drawn, drawn));
        assert_eq!(laid(4, 2017, 3), Column::splat(7.0));
        assert_eq!((laid(4, 2016, 0), laid(0, 0, 0), laid(9, 0, 0)), (drawn, drawn, drawn));
        assert!(given.is_whole(4, 2017, 8) && !given.is_whole(1, 0, 0) && !given.is_whole(1, 0, 1));
    }

    #[test]
    fn what_is_given_twice_is_as_it_was_given_last() {
        let mut given = Given::default();
        given.same(0, 0, 1.0);
        given.same(0, 0, 3.0);
        let mut out = Column::default();
        given.lay(0, 0, 0, &mut out);
        assert_eq!(out, Column::splat(3.0));
    }
}
