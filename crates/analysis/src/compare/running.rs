//! Options run side by side, block by block; what a baseline is known to have made is not run again.

use super::Comparison;
use crate::remembered::Of;
use engine::model::Worker;
use engine::outcomes::{Catalogue, Tier};
use engine::run::{Blocks, Futures};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{Column, Isa};

impl Comparison {
    /// Where the columns of the baseline stand that are looked at.
    fn looked_at(&self) -> Vec<usize> {
        let years = self.options[0].years().len();
        let yearly = [self.savings[0], self.regime].into_iter().flat_map(|first| first..first + years);
        self.from[0].iter().copied().chain(yearly).collect()
    }
}

impl Futures for Comparison {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn plan(&self) -> &[f64] {
        &self.plan
    }

    fn worker(&self, isa: Isa, _details: bool) -> Box<dyn Blocks + '_> {
        // The baseline's funding regimes are among its details.
        let mut options: Vec<Worker<'_>> = Vec::with_capacity(self.options.len());
        for (model, from) in self.options.iter().zip(&self.from) {
            let worker = model.worker(isa);
            let details = from.iter().any(|column| model.catalogue().columns()[*column].tier == Tier::Detail);
            options.push(if options.is_empty() || details { worker } else { worker.without_details() });
        }
        let further = self.further.iter().map(|model| model.worker(isa).without_details()).collect();
        Box::new(SideBySide {
            comparison: self,
            options,
            further,
            base: match self.remembered {
                Some(_) => vec![Column::splat(f64::NAN); self.options[0].catalogue().columns().len()],
                None => Vec::new(),
            },
            of: (0, Sampler::Plain, self.looked_at()),
            out: vec![Column::splat(f64::NAN); self.catalogue.columns().len()],
        })
    }
}

/// Runs every option on the same block.
struct SideBySide<'a> {
    comparison: &'a Comparison,
    options: Vec<Worker<'a>>,
    further: Vec<Worker<'a>>,
    /// The baseline's columns, where they are remembered.
    base: Vec<Column>,
    /// What is remembered: of which draws, and where the columns stand that are looked at.
    of: Of,
    out: Vec<Column>,
}

impl Blocks for SideBySide<'_> {
    fn run_block(&mut self, seed: u64, sampler: Sampler, block: u64) -> &[Column] {
        (self.of.0, self.of.1) = (seed, sampler);
        // Over other horizons more is asked of the baseline than its columns.
        let remembered = self.comparison.remembered.as_ref().filter(|_| self.comparison.horizons.is_empty());
        let known = remembered.is_some_and(|all| all.recall(&self.of, block, &mut self.base));
        for option in self.options.iter_mut().skip(usize::from(known)).chain(&mut self.further) {
            option.run_block(seed, sampler, block);
        }
        if let Some(remembered) = remembered.filter(|_| !known) {
            remembered.keep(&self.of, block, self.options[0].columns());
        }
        let columns = |o: usize| if known && o == 0 { &self.base[..] } else { self.options[o].columns() };
        self.comparison.set_side_by_side(columns, &mut self.out);
        let longest = if self.further.is_empty() { &self.options } else { &self.further };
        self.comparison.set_horizons(longest, &mut self.out);
        &self.out
    }
}
