//! Sobol points, Owen-scrambled and shuffled by hashing (Burley 2020), in independent randomised replicates.
//!
//! Block `b` belongs to replicate `b mod 16`. Within a replicate every aligned run of `2ᵏ` points meets each of `2ᵏ` equal intervals
//! once, in every coordinate; the first two dimensions of a joint set form a (0, 2)-sequence.

use super::super::lanes::{BLOCK, Isa, Words, vectorised};
use super::{GROUPS, Source, scramble};

/// Direction numbers by degree and coefficients of the polynomial and first odd numbers (Joe and Kuo 2008, new-joe-kuo-6); the first
/// dimension is van der Corput's.
const DIRECTIONS: [[u32; 32]; 5] = [
    van_der_corput(),
    directions(0, &[1]),
    directions(1, &[1, 3]),
    directions(1, &[1, 3, 1]),
    directions(2, &[1, 1, 1]),
];

const fn van_der_corput() -> [u32; 32] {
    let mut v = [0; 32];
    let mut i = 0;
    while i < 32 {
        v[i] = 1 << (31 - i);
        i += 1;
    }
    v
}

const fn directions(coefficients: u32, first: &[u32]) -> [u32; 32] {
    let degree = first.len();
    let mut v = [0; 32];
    let mut i = 0;
    while i < 32 {
        if i < degree {
            v[i] = first[i] << (31 - i);
        } else {
            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            let mut k = 1;
            while k < degree {
                if (coefficients >> (degree - 1 - k)) & 1 == 1 {
                    v[i] ^= v[i - k];
                }
                k += 1;
            }
        }
        i += 1;
    }
    v
}

/// Words of one block: the index is shuffled with the set, the point scrambled with the coordinate.
pub fn words(isa: Isa, source: &Source, seed: u64, year: u32, block: u64, out: &mut Words) {
    let replicate = block % GROUPS as u64;
    let first = (block / GROUPS as u64 * BLOCK as u64) as u32;
    let shuffle = (scramble(seed ^ SHUFFLE, source.joint.set, year, replicate) >> 32) as u32;
    let owen = (scramble(seed, source.hash, year, replicate) >> 32) as u32;
    match source.joint.dimension {
        0 => one_dimension(isa, first, shuffle, owen, out),
        d => joint_dimension(isa, &DIRECTIONS[d], first, shuffle, owen, out),
    }
}

/// Keeps the seeds of shuffling and of scrambling apart.
const SHUFFLE: u64 = 0x9d8e_36f1_5bd1_7c0b;

/// A permutation in which a bit depends on lower bits only (Laine and Karras 2011, constants of Vegdahl 2021): on reversed bits, a
/// nested uniform scramble.
#[inline(always)]
fn laine_karras(x: u32, seed: u32) -> u32 {
    let x = x ^ x.wrapping_mul(0x3d20_adea);
    let x = x.wrapping_add(seed);
    let x = x.wrapping_mul((seed >> 16) | 1);
    let x = x ^ x.wrapping_mul(0x0552_6c56);
    x ^ x.wrapping_mul(0x53a2_2864)
}

vectorised! {
    fn one_dimension(first: u32, shuffle: u32, owen: u32, out: &mut Words) {
        for i in 0..BLOCK {
            // Van der Corput's point is the reversed index, so that one reversal cancels.
            let point = laine_karras((first + i as u32).reverse_bits(), shuffle);
            out.0[i] = u64::from(laine_karras(point.reverse_bits(), owen).reverse_bits());
        }
    }

    fn joint_dimension(directions: &[u32; 32], first: u32, shuffle: u32, owen: u32, out: &mut Words) {
        for i in 0..BLOCK {
            let index = laine_karras((first + i as u32).reverse_bits(), shuffle).reverse_bits();
            let mut point = 0_u32;
            for (bit, direction) in directions.iter().enumerate() {
                point ^= direction & 0_u32.wrapping_sub((index >> bit) & 1);
            }
            out.0[i] = u64::from(laine_karras(point.reverse_bits(), owen).reverse_bits());
        }
    }
}
