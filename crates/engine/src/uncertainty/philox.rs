//! Philox4x32-10, a counter-based generator used as a pure function (Salmon, Moraes, Dror and Shaw 2011).
//!
//! The key is the seed. The counter is (four-trial counter, calendar year or 0, low and high half of the hash of the draw's key).
//! Thirty-two trials share eight counters: word `w` of counter `8g + i` belongs to trial `32g + 8w + i`.

use super::lanes::{BLOCK, Words, vectorised};

/// Trials that one seed can tell apart: 2³² counters of four words each.
pub const MAX_TRIALS: u64 = 1 << 34;

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: usize = 10;
const LOW: u64 = 0xffff_ffff;
/// Counters worked on together: four words of each make 64 trials.
const ABREAST: usize = 16;

/// Four random words for a counter and a key.
#[must_use]
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..ROUNDS {
        let p = u64::from(counter[0]) * MULTIPLIERS[0];
        let q = u64::from(counter[2]) * MULTIPLIERS[1];
        let high = |x: u64| (x >> 32) as u32;
        let low = |x: u64| (x & LOW) as u32;
        counter = [high(q) ^ counter[1] ^ key[0], low(q), high(p) ^ counter[3] ^ key[1], low(p)];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

/// The random word of one trial: a pure function of the seed, the hash of the key, the year (0 for what is drawn once) and the trial.
#[must_use]
pub fn word(seed: u64, hash: u64, year: u32, trial: u64) -> u32 {
    let counter = (trial / 32 * 8 + trial % 8) as u32;
    let words = philox([counter, year, hash as u32, (hash >> 32) as u32], [seed as u32, (seed >> 32) as u32]);
    words[(trial % 32 / 8) as usize]
}

vectorised! {
    /// The random words of the trials `128·block …` in 64-bit lanes: [`word`] for a block.
    pub fn words(seed: u64, hash: u64, year: u32, block: u64, out: &mut Words) {
        for (chunk, lanes) in out.0.chunks_exact_mut(4 * ABREAST).enumerate() {
            let base = block * (BLOCK as u64 / 4) + (chunk * ABREAST) as u64;
            let mut c0 = [0_u64; ABREAST];
            for (i, c) in c0.iter_mut().enumerate() {
                *c = (base + i as u64) & LOW;
            }
            let mut c1 = [u64::from(year); ABREAST];
            let mut c2 = [hash & LOW; ABREAST];
            let mut c3 = [hash >> 32; ABREAST];
            let (mut k0, mut k1) = (seed as u32, (seed >> 32) as u32);
            for _ in 0..ROUNDS {
                for i in 0..ABREAST {
                    let p = (c0[i] & LOW) * MULTIPLIERS[0];
                    let q = (c2[i] & LOW) * MULTIPLIERS[1];
                    c0[i] = (q >> 32) ^ c1[i] ^ u64::from(k0);
                    c2[i] = (p >> 32) ^ c3[i] ^ u64::from(k1);
                    // The high halves are cut off where they matter.
                    c1[i] = q;
                    c3[i] = p;
                }
                k0 = k0.wrapping_add(WEYL[0]);
                k1 = k1.wrapping_add(WEYL[1]);
            }
            for i in 0..8 {
                lanes[i] = c0[i] & LOW;
                lanes[8 + i] = c1[i] & LOW;
                lanes[16 + i] = c2[i] & LOW;
                lanes[24 + i] = c3[i] & LOW;
                lanes[32 + i] = c0[8 + i] & LOW;
                lanes[40 + i] = c1[8 + i] & LOW;
                lanes[48 + i] = c2[8 + i] & LOW;
                lanes[56 + i] = c3[8 + i] & LOW;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{philox, word, words};
    use crate::uncertainty::lanes::{BLOCK, Isa, Words};

    #[test]
    fn the_known_answers_of_random123_come_out() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let counter = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(philox(counter, [0xa409_3822, 0x299f_31d0]), [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn blocks_equal_single_words_on_every_instruction_set() {
        let mut out = Words::default();
        for isa in Isa::available() {
            for (seed, hash, year, block) in
                [(1, 2, 0, 0), (u64::MAX, 0x0123_4567_89ab_cdef, 2018, 7), (9, 1 << 63, 2030, (1 << 26) - 1)]
            {
                words(isa, seed, hash, year, block, &mut out);
                for (lane, w) in out.0.iter().enumerate() {
                    assert_eq!(
                        *w,
                        u64::from(word(seed, hash, year, block * BLOCK as u64 + lane as u64)),
                        "{isa:?} {block} {lane}"
                    );
                }
            }
        }
    }

    #[test]
    fn words_equal_those_of_rand_philox() {
        let (seed, hash, year, counter) = (0x0123_4567_89ab_cdef_u64, 0xfedc_ba98_7654_3210_u64, 2016_u32, 5_u32);
        let start = u128::from(counter) | u128::from(year) << 32 | u128::from(hash) << 64;
        let mut reference = rand_philox::Philox::new([seed as u32, (seed >> 32) as u32], start);
        // Counter 5 gives trials 5, 13, 21 and 29.
        for trial in [5, 13, 21, 29] {
            assert_eq!(word(seed, hash, year, trial), reference.next_u32(), "{trial}");
        }
    }
}
