//! Latin hypercube: in every batch of 4,096 trials each of 4,096 strata is met exactly once (McKay, Beckman and Conover 1979).

use super::super::key::mix;
use super::super::lanes::{BLOCK, Isa, Words, vectorised};

/// Strata, and trials, of a batch.
pub const STRATA: u64 = 4096;
/// Blocks of a batch.
pub const BLOCKS: u64 = STRATA / BLOCK as u64;

/// Turns random words into words of a permuted stratum: the twelve leading bits are the stratum, the others stay random. `key` is a
/// random word of the batch and coordinate.
pub fn stratify(isa: Isa, key: u64, block: u64, out: &mut Words) {
    let mut round = key;
    let rounds: [[u64; 2]; 6] = std::array::from_fn(|_| {
        round = mix(round);
        // An odd factor and an increment: a bijection modulo 4,096.
        [(round >> 32) & (STRATA - 1) | 1, (round >> 8) & (STRATA - 1)]
    });
    permute(isa, &rounds, block % BLOCKS * BLOCK as u64, out);
}

vectorised! {
    fn permute(rounds: &[[u64; 2]; 6], first: u64, words: &mut Words) {
        for i in 0..BLOCK {
            let mut x = first + i as u64;
            for [factor, increment] in rounds {
                // Products run upwards, the fold brings the upper half down.
                x = ((x & 0xffff_ffff) * factor + increment) & (STRATA - 1);
                x ^= x >> 6;
            }
            words.0[i] = (x << 20) | (words.0[i] >> 12);
        }
    }
}
