//! What a baseline made of blocks of futures, remembered: it need not be run again beside the next option.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Column;

/// Blocks that are remembered: 20,480 futures. A block takes about a tenth of a megabyte.
const MOST: usize = 160;

/// Columns of a baseline, those alone that a comparison looks at, of the draws of one seed.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    of: Option<Of>,
    blocks: HashMap<u64, Vec<Column>>,
}

/// What blocks are of: seed, sampler, and where the columns stand.
pub(super) type Of = (u64, Sampler, Vec<usize>);

impl Remembered {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays what is remembered of a block into its places; says whether it is.
    pub(super) fn recall(&self, of: &Of, block: u64, out: &mut [Column]) -> bool {
        let held = self.held();
        let Some(known) = held.blocks.get(&block).filter(|_| held.of.as_ref() == Some(of)) else { return false };
        of.2.iter().zip(known).for_each(|(place, column)| out[*place] = *column);
        true
    }

    /// Remembers a block, where there is room; what is of other draws or columns is forgotten.
    pub(super) fn keep(&self, of: &Of, block: u64, columns: &[Column]) {
        let mut held = self.held();
        if held.of.as_ref() != Some(of) {
            *held = Held { of: Some(of.clone()), blocks: HashMap::new() };
        }
        if held.blocks.len() < MOST {
            held.blocks.insert(block, of.2.iter().map(|place| columns[*place]).collect());
        }
    }
}
