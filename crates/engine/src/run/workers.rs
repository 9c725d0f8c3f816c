//! Workers that share out blocks, each with a worker of its own: none waits for a slower one longer than a block takes.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::futures::{Blocks, Futures};
use super::interrupt::Interrupt;
use crate::team::Team;
use crate::uncertainty::lanes::Isa;

/// A worker for each thread.
pub(super) struct Workers<'a>(Vec<Mutex<Box<dyn Blocks + 'a>>>);

impl fmt::Debug for Workers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} workers", self.0.len())
    }
}

impl<'a> Workers<'a> {
    /// A worker for each thread of a team, with every detail where asked for.
    pub fn new(team: &Team, model: &'a dyn Futures, isa: Isa, details: bool) -> Self {
        Self(team.by_member(|_| Mutex::new(model.worker(isa, details))))
    }

    /// Does some work with each block until stopped, every thread with the next that is left, and hands back what it keeps in the order
    /// of the blocks' numbers. The work is given the thread, its worker and the block.
    pub fn each<T: Send>(
        &self,
        team: &Team,
        blocks: &[u64],
        interrupt: &Interrupt,
        work: impl Fn(usize, &mut (dyn Blocks + 'a), u64) -> Option<T> + Sync,
    ) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let done = team.by_member(|thread| {
            let mut worker = self.0[thread].lock().unwrap_or_else(PoisonError::into_inner);
            let mut kept = Vec::new();
            while !interrupt.is_stopped() {
                let Some(block) = blocks.get(next.fetch_add(1, Ordering::Relaxed)).copied() else { break };
                kept.extend(work(thread, worker.as_mut(), block).map(|value| (block, value)));
            }
            kept
        });
        let mut kept: Vec<(u64, T)> = done.into_iter().flatten().collect();
        kept.sort_by_key(|(block, _)| *block);
        kept.into_iter().map(|(_, value)| value).collect()
    }
}
