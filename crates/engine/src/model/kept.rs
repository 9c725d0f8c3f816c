//! The inputs of every trial as the model uses them: what may be kept beside the outcomes.

use super::read::surges;
use super::reading::{National, Reading};
use super::{Model, Worker};
use crate::uncertainty::lanes::Column;
use crate::uncertainty::{Input, Sampler, Stream};
use crate::units::FinancialYear;

/// What the name of an input's column begins with.
pub const KEPT_INPUT: &str = "input.";

impl Model {
    /// Names of the inputs that differ from trial to trial, in the order of the draws: the scenario's own address after `input.`; of
    /// what is drawn every year, one with each year in which it is.
    #[must_use]
    pub fn kept_inputs(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (position, reading) in self.kept() {
            let address = &self.inputs()[position].address;
            match self.kept_years(position, reading) {
                Some(years) => {
                    names.extend(years.map(|year| format!("{KEPT_INPUT}{address}[{}]", FinancialYear(year))));
                }
                None => names.push(format!("{KEPT_INPUT}{address}")),
            }
        }
        names
    }

    /// The draws that are kept, each with its usual reading.
    fn kept(&self) -> impl Iterator<Item = (usize, Reading)> {
        let varying = self.draws().info().iter().enumerate().filter(|(_, draw)| draw.varies);
        varying.filter_map(|(position, _)| Some((position, *self.inputs()[position].readings.first()?)))
    }

    /// The calendar years for which a draw is kept; none where it is drawn once.
    fn kept_years(&self, position: usize, reading: Reading) -> Option<std::ops::Range<i32>> {
        let years = self.years();
        match reading {
            Reading::LargestSurge(_) | Reading::MeanSurge(_) => Some(years),
            // Of the first year all else is known.
            Reading::Above(_) | Reading::GrantAbove(_) | Reading::YearsIn(_) => Some(years.start + 1..years.end),
            Reading::Number if self.draws().info()[position].yearly => Some(years.start + 1..years.end),
            // Whether somebody leaves is told once, though it is drawn every year.
            _ => None,
        }
    }
}

impl Worker<'_> {
    /// The inputs of a block, which must be the one that was run last, in the order of [`Model::kept_inputs`].
    pub fn kept_inputs(&self, seed: u64, sampler: Sampler, block: u64) -> Vec<Column> {
        let model = &*self.model;
        let whence = (self.again.as_ref(), self.given.as_deref());
        let mut stream = super::stream(&model.compiled, whence, (seed, sampler), self.isa);
        stream.start(block);
        let mut kept = Vec::new();
        for (position, reading) in model.kept() {
            match model.kept_years(position, reading) {
                Some(years) => self.push_years((position, reading), years, &mut stream, &mut kept),
                None if reading.is_lived() => kept.push(self.lived(reading)),
                None => {
                    let mut column = Column::default();
                    model.read(position, reading, self.isa, &mut stream, &mut column);
                    kept.push(column);
                }
            }
        }
        kept
    }

    /// Appends a column a year.
    fn push_years(
        &self,
        (position, reading): (usize, Reading),
        years: std::ops::Range<i32>,
        stream: &mut Stream<'_>,
        kept: &mut Vec<Column>,
    ) {
        let compiled = &self.model.compiled;
        let (block, first) = (&self.block, compiled.first_year);
        if let Reading::LargestSurge(force) | Reading::MeanSurge(force) = reading {
            surges(compiled, force, self.isa, stream, &mut Column::default(), |_, now| kept.push(*now));
            return;
        }
        for year in years {
            let t = (year - first) as usize;
            kept.push(match reading {
                Reading::Above(National::Inflation) => block.economy.inflation[t],
                Reading::Above(National::Pay) => block.economy.pay[t],
                Reading::Above(National::TaxBase) => block.economy.tax_base_growth[t],
                Reading::Above(National::Grant) => *block.grant.growth(t),
                Reading::YearsIn(_) => block.grant.regime[t],
                Reading::GrantAbove(force) => {
                    let (mut spread, mut shock) = (Column::default(), Column::default());
                    stream.fill(compiled.funding.local_sd, 0, &mut spread);
                    stream.fill(compiled.forces[force.0].shock, year, &mut shock);
                    shock.iter_mut().zip(spread.iter()).for_each(|(shock, spread)| *shock *= spread);
                    shock
                }
                _ => {
                    let mut column = Column::default();
                    stream.fill(Input::Drawn(position), year, &mut column);
                    column
                }
            });
        }
    }
}
