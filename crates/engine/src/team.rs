//! Threads that share out work. Without the feature `parallel` one thread does all of it, to the same bits.

#[cfg(feature = "parallel")]
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Threads that work on one thing together.
#[derive(Debug)]
pub struct Team {
    /// None: the thread that asks works alone.
    #[cfg(feature = "parallel")]
    pool: Option<rayon::ThreadPool>,
}

impl Team {
    /// So many threads; 0 for one a core, whatever the environment tells a library.
    ///
    /// # Errors
    /// Why they could not be started.
    #[cfg(feature = "parallel")]
    pub fn new(threads: usize) -> Result<Self, String> {
        let threads = if threads == 0 { Self::cores() } else { threads };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| error.to_string())?;
        Ok(Self { pool: Some(pool) })
    }

    /// The thread that asks, which works alone.
    ///
    /// # Errors
    /// None.
    #[cfg(not(feature = "parallel"))]
    pub const fn new(_threads: usize) -> Result<Self, String> {
        Ok(Self::alone())
    }

    /// The thread that asks, alone.
    #[must_use]
    pub const fn alone() -> Self {
        Self {
            #[cfg(feature = "parallel")]
            pool: None,
        }
    }

    /// As many threads as there are cores, but at most so many; where they cannot be started, the thread that asks.
    #[must_use]
    pub fn at_most(threads: usize) -> Self {
        let threads = Self::cores().min(threads);
        if threads < 2 { Self::alone() } else { Self::new(threads).unwrap_or_else(|_| Self::alone()) }
    }

    /// Cores of this machine.
    fn cores() -> usize {
        std::thread::available_parallelism().map_or(1, Into::into)
    }

    /// How many they are.
    #[must_use]
    pub fn size(&self) -> usize {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.current_num_threads();
        }
        1
    }

    /// What each of them makes of its number, by number.
    pub fn by_member<T: Send>(&self, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.broadcast(|thread| work(thread.index()));
        }
        vec![work(0)]
    }

    /// What they make of each of `count` things, in order.
    pub fn each<T: Send>(&self, count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        self.each_with(count, || (), |(), k| work(k))
    }

    /// The same, with something that whoever begins on a stretch of them starts for himself.
    pub fn each_with<S, T: Send>(
        &self,
        count: usize,
        start: impl Fn() -> S + Sync + Send,
        work: impl Fn(&mut S, usize) -> T + Sync + Send,
    ) -> Vec<T> {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.install(|| (0..count).into_par_iter().map_init(start, work).collect());
        }
        let mut own = start();
        (0..count).map(|k| work(&mut own, k)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Team;

    #[test]
    fn whoever_works_the_results_stand_in_order_and_each_is_there_once() {
        let squares: Vec<usize> = (0..1000).map(|k| k * k).collect();
        for team in [Team::alone(), Team::at_most(1), Team::at_most(3), Team::new(4).expect("it starts")] {
            assert_eq!(team.each(1000, |k| k * k), squares);
            assert_eq!(team.each_with(1000, || 0, |mine: &mut usize, k| (*mine = k, k * k).1), squares);
            assert_eq!(team.by_member(|k| k), (0..team.size()).collect::<Vec<_>>());
            assert!(team.each(0, |k| k).is_empty());
        }
    }
}
