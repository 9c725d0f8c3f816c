//! The blocks of a question counted one by one, those of this worker alone; and what all workers counted, added up.

use app::{Answer, Countable, Known, Means, Study};
use engine::outcomes::Accumulator;
use engine::run::Pieces;
use engine::uncertainty::lanes::BLOCK;
use self_cell::self_cell;

self_cell!(
    struct Running {
        owner: Countable,
        #[not_covariant]
        dependent: Pieces,
    }
);

/// Which blocks are this worker's: those whose number leaves `number` when divided by `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Number of this worker, from 0.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

/// A question being counted.
pub struct Counting {
    running: Running,
    part: Part,
    /// The next block of this worker.
    next: u64,
    /// What all workers counted, of whole blocks.
    sum: Option<Accumulator>,
}

impl Counting {
    /// Nothing is counted yet. What is `known` of the first scenario is not worked out again.
    ///
    /// # Errors
    /// Why the question cannot be counted.
    pub fn new(study: &Study, means: &Means, part: Part, known: Option<&Known>) -> Result<Self, app::Error> {
        let settings = study.settings(means);
        let running = Running::new(study.countable(means, known)?, |own| Pieces::new(own.futures(), settings));
        Ok(Self { running, part, next: part.number, sum: None })
    }

    /// Does the next piece of work towards the first `trials`; says whether any is left. Only whole blocks are counted.
    pub fn count(&mut self, trials: u64) -> bool {
        let blocks = trials / BLOCK as u64;
        let (next, of) = (self.next, self.part.of.max(1));
        self.running.with_dependent_mut(|_, pieces| {
            if !pieces.prepare() {
                return true;
            }
            if next < blocks {
                pieces.count(next, u64::MAX);
                self.next = next + of;
            }
            self.next < blocks
        })
    }

    /// What this worker counted since it was asked last.
    pub fn take(&mut self) -> Vec<u8> {
        let taken = self.running.with_dependent_mut(|_, pieces| {
            while !pieces.prepare() {}
            pieces.take()
        });
        taken.map(|counted| counted.to_bytes()).unwrap_or_default()
    }

    /// Adds what a worker counted.
    ///
    /// # Errors
    /// Where these are no counts of this question.
    pub fn merge(&mut self, counted: &[u8]) -> Result<(), String> {
        let sum = &mut self.sum;
        self.running.with_dependent_mut(|_, pieces| {
            while !pieces.prepare() {}
            let Some(plan) = pieces.plan() else { return Ok(()) };
            let counted = Accumulator::from_bytes(plan, counted)?;
            match sum {
                Some(sum) => sum.merge(&counted),
                None => *sum = Some(counted),
            }
            Ok(())
        })
    }

    /// The answer after the first `trials`, of which all whole blocks must have been counted.
    ///
    /// # Errors
    /// Where they have not, or there is no answer.
    pub fn told(&mut self, study: &Study, means: &Means) -> Result<Answer, String> {
        let trials = study.draws().trials;
        let (whole, rest) = (trials / BLOCK as u64, trials % BLOCK as u64);
        let sum = self.sum.as_ref();
        self.running.with_dependent_mut(|countable, pieces| {
            let mut all = sum.cloned().ok_or("nothing was counted yet")?;
            if all.trials() != whole * BLOCK as u64 {
                return Err(format!("{} futures were counted, where there are to be {trials}", all.trials()));
            }
            if rest > 0 {
                // The last block is cut off: it counts in this answer alone.
                pieces.count(whole, trials);
                pieces.take().iter().for_each(|last| all.merge(last));
            }
            let figures = pieces.forecast(&all);
            study.told(countable, means, &figures).map_err(|error| error.to_string())
        })
    }
}
