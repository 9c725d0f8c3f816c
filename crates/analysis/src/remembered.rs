//! What a baseline made of blocks of futures, remembered: it need not be run again beside the next option.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Column;

/// Blocks that are remembered: 20,480 futures. A block takes about a tenth of a megabyte.
const MOST: usize = 160;

/// Columns of a baseline, those alone that a comparison looks at, by seed, sampler and block.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Blocks>);

/// Of each block the columns, and where they stood.
type Blocks = HashMap<(u64, Sampler, u64), (Vec<usize>, Vec<Column>)>;

impl Remembered {
    /// Lays what is remembered of a block into its places; says whether it is.
    pub(super) fn recall(&self, of: (u64, Sampler, u64), places: &[usize], out: &mut [Column]) -> bool {
        let blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, known)) = blocks.get(&of).filter(|(stood, _)| stood == places) else { return false };
        places.iter().zip(known).for_each(|(place, column)| out[*place] = *column);
        true
    }

    /// Remembers a block, where there is room.
    pub(super) fn keep(&self, of: (u64, Sampler, u64), places: &[usize], columns: &[Column]) {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() < MOST {
            blocks.insert(of, (places.to_vec(), places.iter().map(|place| columns[*place]).collect()));
        }
    }
}
