//! How points are spread over the unit cube: plain Monte Carlo, Latin hypercube, scrambled Sobol.

/// The sampler of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sampler {
    /// Independent draws.
    Plain,
    /// Latin hypercube in independent batches of 4,096 trials.
    Latin,
    /// Owen-scrambled Sobol points in independent randomised replicates.
    Sobol,
}
