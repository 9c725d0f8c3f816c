//! The first trials of a run: they set the ranges in which all are counted. Any machine finds the same.

use std::sync::{Arc, Mutex, PoisonError};

use super::blocks::{RunError, Settings, lanes_of};
use super::interrupt::Interrupt;
use super::workers::Workers;
use crate::outcomes::{Catalogue, Layout, Plan, lay_out};
use crate::team::Team;
use crate::uncertainty::lanes::{BLOCK, Column, blocks_of};

/// Blocks looked at: 1,024 trials.
const FIRST_BLOCKS: u64 = 1024 / BLOCK as u64;

/// The first blocks of a run, and how all is counted because of them.
#[derive(Debug)]
pub struct First {
    pub(super) plan: Arc<Plan>,
    /// Block after block, those columns of each that are counted: of large scenarios most are not, and all would take half a gigabyte.
    columns: Vec<Column>,
    /// Their positions in the catalogue.
    counted: Vec<usize>,
    /// Columns of the catalogue.
    width: usize,
}

impl First {
    /// Runs the first blocks.
    pub(super) fn run(
        (catalogue, planned): (&Catalogue, &[f64]),
        (team, workers): (&Team, &Workers<'_>),
        settings: &Settings,
        trials: u64,
        interrupt: &Interrupt,
    ) -> Result<Self, RunError> {
        let blocks = Self::blocks(trials);
        let counted = counted(catalogue);
        let mut kept = vec![Column::default(); counted.len() * blocks as usize];
        let places: Vec<Mutex<&mut [Column]>> = kept.chunks_mut(counted.len().max(1)).map(Mutex::new).collect();
        let blocks: Vec<u64> = (0..blocks).collect();
        workers.each(team, &blocks, interrupt, |_, worker, block| {
            let columns = worker.run_block(settings.seed, settings.sampler, block);
            let mut place = places[block as usize].lock().unwrap_or_else(PoisonError::into_inner);
            place.iter_mut().zip(&counted).for_each(|(kept, column)| *kept = columns[*column]);
            None::<()>
        });
        interrupt.check()?;
        Ok(Self::of((catalogue, planned), kept, team, settings, trials))
    }

    /// How many blocks are looked at first.
    pub(super) fn blocks(trials: u64) -> u64 {
        blocks_of(trials).min(FIRST_BLOCKS)
    }

    /// Keeps of a block what is needed of it.
    pub(super) fn keep(catalogue: &Catalogue, block: &[Column], kept: &mut Vec<Column>) {
        kept.extend(counted(catalogue).into_iter().map(|column| block[column]));
    }

    /// Lays out how all is counted, by what was kept of the first blocks, one after another.
    pub(super) fn of(
        (catalogue, planned): (&Catalogue, &[f64]),
        kept: Vec<Column>,
        team: &Team,
        settings: &Settings,
        trials: u64,
    ) -> Self {
        let width = catalogue.columns().len();
        let counted = counted(catalogue);
        let choose = |column: usize| {
            let spec = &catalogue.columns()[column];
            let mut values = Vec::with_capacity(kept.len() / counted.len().max(1) * BLOCK);
            let place = counted.binary_search(&column).ok().filter(|_| spec.is_counted());
            for (number, block) in (0..).zip(kept.chunks(counted.len().max(1))) {
                values.extend(place.iter().flat_map(|place| &block[*place][..lanes_of(number, trials)]));
            }
            Layout::choose(spec, planned[column], &mut values)
        };
        let chosen: Vec<Layout> = team.each(width, choose);
        let plan = Arc::new(Plan::new(catalogue, lay_out(catalogue, chosen), settings.sampler.groups()));
        Self { plan, columns: kept, counted, width }
    }

    /// The outcomes of a block, where it is one of the first, as a worker has them that leaves out what is not counted.
    pub(super) fn block(&self, block: u64) -> Option<Vec<Column>> {
        let known = self.columns.chunks(self.counted.len().max(1)).nth(usize::try_from(block).ok()?)?;
        let mut columns = vec![Column::splat(f64::NAN); self.width];
        self.counted.iter().zip(known).for_each(|(column, known)| columns[*column] = *known);
        Some(columns)
    }
}

/// Columns that are counted, or of which a ratio is taken, in the order of the catalogue.
fn counted(catalogue: &Catalogue) -> Vec<usize> {
    let of_ratios: Vec<usize> = catalogue
        .ratios()
        .iter()
        .flat_map(|ratio| [Some(ratio.numerator), ratio.extra, Some(ratio.denominator)])
        .flatten()
        .collect();
    let wanted = |column: &usize| catalogue.columns()[*column].is_counted() || of_ratios.contains(column);
    (0..catalogue.columns().len()).filter(wanted).collect()
}
