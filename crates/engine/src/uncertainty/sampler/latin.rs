//! Latin hypercube: in every batch of 4,096 trials each of 4,096 strata is met exactly once (`McKay`, Beckman and Conover 1979).

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
    let rounds: [[u32; 2]; 6] = std::array::from_fn(|_| {
        round = mix(round);
        // An odd factor and an increment: a bijection modulo 4,096.
        [(round >> 40) as u32 | 1, (round >> 8) as u32 & LAST]
    });
    permute(isa, &rounds, (block % BLOCKS) as u32 * BLOCK as u32, out);
}

/// Mask of the last stratum.
const LAST: u32 = STRATA as u32 - 1;

vectorised! {
    fn permute(rounds: &[[u32; 2]; 6], first: u32, words: &mut Words) {
        let mut strata = [0_u32; BLOCK];
        for (i, stratum) in strata.iter_mut().enumerate() {
            let mut x = first + i as u32;
            for [factor, increment] in rounds {
                // Products run upwards, the fold brings the upper half down.
                x = x.wrapping_mul(*factor).wrapping_add(*increment) & LAST;
                x ^= x >> 6;
            }
            *stratum = x;
        }
        for (word, stratum) in words.0.iter_mut().zip(&strata) {
            *word = (u64::from(*stratum) << 20) | (*word >> 12);
        }
    }
}
