//! How points are spread over the unit cube: plain Monte Carlo, antithetic pairs, Latin hypercube, scrambled Sobol.

mod latin;
mod sobol;

use super::key::{hash, mix};
use super::lanes::{BLOCK, Isa, Words};
use super::philox;
use std::fmt;
use std::str::FromStr;

/// The sampler of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampler {
    /// Independent draws.
    Plain,
    /// Pairs of trials, the second with every draw mirrored: `u` and `1 − u` (Hammersley and Morton 1956).
    Antithetic,
    /// Latin hypercube in independent batches of 4,096 trials.
    Latin,
    /// Owen-scrambled Sobol points in independent randomised replicates.
    Sobol,
}

/// Groups of trials that are independent of each other where trials are not.
const GROUPS: usize = 16;

impl Sampler {
    /// Every sampler, the one that others are compared with first.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Antithetic, Self::Latin, Self::Sobol];
    /// Their names, as they are told to people.
    pub const NAMES: &str = "plain, antithetic, latin or sobol";

    /// How many groups of trials are independent of each other; errors are estimated from the spread of their means. 1 where every
    /// trial is independent.
    #[must_use]
    pub const fn groups(self) -> usize {
        match self {
            Self::Plain => 1,
            Self::Antithetic | Self::Latin | Self::Sobol => GROUPS,
        }
    }

    /// The group of a block's trials. Groups are of equal size where the number of trials is a multiple of [`Self::round`].
    #[must_use]
    pub const fn group_of(self, block: u64) -> usize {
        match self {
            Self::Plain => 0,
            Self::Latin => (block / latin::BLOCKS) as usize % GROUPS,
            Self::Antithetic | Self::Sobol => block as usize % GROUPS,
        }
    }

    /// The blocks of a span, those of one group after those of another.
    #[must_use]
    pub fn by_group(self, span: std::ops::Range<u64>) -> Vec<u64> {
        let mut blocks: Vec<u64> = span.collect();
        blocks.sort_by_key(|block| self.group_of(*block));
        blocks
    }

    /// Trials after which every group has had the same number, and every stratum of a batch its trial.
    #[must_use]
    pub const fn round(self) -> u64 {
        match self {
            Self::Plain => 1,
            Self::Latin => latin::STRATA * GROUPS as u64,
            Self::Antithetic | Self::Sobol => BLOCK as u64 * GROUPS as u64,
        }
    }

    /// Fills `out` with the words of `source` for one block.
    pub(super) fn words(self, isa: Isa, source: &Source, seed: u64, year: u32, block: u64, out: &mut Words) {
        match self {
            Self::Plain => philox::words(isa, seed, source.hash, year, block, out),
            Self::Antithetic => {
                philox::words(isa, seed, source.hash, year, block, out);
                mirror(out);
            }
            Self::Latin => {
                philox::words(isa, seed, source.hash, year, block, out);
                latin::stratify(isa, scramble(seed, source.hash, year, block / latin::BLOCKS), block, out);
            }
            Self::Sobol => sobol::words(isa, source, seed, year, block, out),
        }
    }
}

/// The second half of a block's lanes mirrors the first, lane by lane.
fn mirror(words: &mut Words) {
    let (first, second) = words.0.split_at_mut(BLOCK / 2);
    for (word, mirrored) in first.iter().zip(second) {
        // Word `w` stands for `u = (w + ½)/2³²`, so that `2³² − 1 − w` stands for `1 − u`.
        *mirrored = 0xffff_ffff - word;
    }
}

impl fmt::Display for Sampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Antithetic => "antithetic",
            Self::Latin => "latin",
            Self::Sobol => "sobol",
        })
    }
}

impl FromStr for Sampler {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "plain" => Ok(Self::Plain),
            "antithetic" => Ok(Self::Antithetic),
            "latin" => Ok(Self::Latin),
            "sobol" => Ok(Self::Sobol),
            _ => Err(format!("no sampler is called {name:?}: {}", Self::NAMES)),
        }
    }
}

/// A coordinate of the unit cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Hash of its key.
    pub hash: u64,
    /// The set of coordinates that Sobol points fill jointly, and its place in it.
    joint: Joint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Joint {
    set: u64,
    dimension: usize,
}

impl Source {
    /// The coordinate of a key. Those that matter most to a forecast share a set of Sobol dimensions; every other one is a set of
    /// its own, shuffled independently (Latin supercube sampling, Owen 1998).
    pub fn new(key: &str) -> Self {
        let own = hash(key);
        let of = |roles: &[&str], name: &str| roles.iter().position(|role| *role == name);
        let joint = if let Some(dimension) = of(&NATIONAL, key) {
            Joint { set: hash("national"), dimension }
        } else if let Some((subject, name)) = key.rsplit_once('.')
            && let Some(dimension) = of(&PROGRAMME, name)
        {
            Joint { set: hash(subject), dimension }
        } else {
            Joint { set: own, dimension: 0 }
        };
        Self { hash: own, joint }
    }
}

/// National series of one year: one set a year.
const NATIONAL: [&str; 5] =
    ["funding.regime", "economy.inflation", "economy.pay", "economy.tax_base_growth", "funding.grant_shock"];
/// What decides an alliance's delivery: one set an alliance.
const PROGRAMME: [&str; 5] = ["realisation", "slip", "overrun", "ict_slip", "ict_overrun"];

/// A well-mixed word for a coordinate in one batch or replicate of one year.
fn scramble(seed: u64, hash: u64, year: u32, number: u64) -> u64 {
    mix(mix(mix(seed) ^ hash) ^ (u64::from(year) << 32 | number))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Sampler, Source};

    #[test]
    fn names_of_samplers_are_read_back() {
        for sampler in Sampler::ALL {
            assert!(Sampler::NAMES.contains(&sampler.to_string()));
            assert_eq!(sampler.to_string().parse(), Ok(sampler));
        }
        assert!("lhs".parse::<Sampler>().expect_err("unknown").contains("latin"));
    }

    #[test]
    fn delivery_of_one_alliance_is_one_set_and_everything_else_a_set_of_its_own() {
        let joint = |key: &str| Source::new(key).joint;
        assert_eq!(joint("alliance.A.realisation").set, joint("alliance.A.slip").set);
        assert_ne!(joint("alliance.A.realisation").dimension, joint("alliance.A.slip").dimension);
        assert_ne!(joint("alliance.A.slip").set, joint("alliance.B.slip").set);
        assert_eq!(joint("economy.pay").set, joint("funding.regime").set);
        assert_eq!(joint("force.Dorset.uptake").set, Source::new("force.Dorset.uptake").hash);
    }

    #[test]
    fn groups_of_blocks_come_round() {
        let counts = |sampler: Sampler| {
            let mut counts = vec![0; sampler.groups()];
            (0..sampler.round() / BLOCK as u64).for_each(|block| counts[sampler.group_of(block)] += 1);
            counts
        };
        assert_eq!(counts(Sampler::Latin), vec![super::latin::BLOCKS; 16]);
        assert_eq!(counts(Sampler::Sobol), vec![1; 16]);
    }
}
