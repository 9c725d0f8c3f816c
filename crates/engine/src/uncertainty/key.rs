//! Keys of draws: from a quantity's address to 64 bits, the same on every platform.

/// Hash of a key: FNV-1a over its UTF-8 bytes (Fowler, Noll and Vo, 64 bits), finished with [`mix`].
///
/// It is part of what makes a run reproducible and may only change with a new major version.
#[must_use]
pub fn hash(key: &str) -> u64 {
    let fnv =
        key.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv)
}

/// A bijection of 64 bits in which every input bit reaches every output bit (the finaliser of Steele's and Vigna's `SplitMix64`).
#[must_use]
pub const fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::{hash, mix};

    #[test]
    fn the_hash_of_a_key_never_changes() {
        // FNV-1a of nothing is the offset basis, of "a" it is af63dc4c8601ec8c (published test vectors).
        assert_eq!(hash(""), mix(0xcbf2_9ce4_8422_2325));
        assert_eq!(hash("a"), mix(0xaf63_dc4c_8601_ec8c));
        // The first output of SplitMix64 from state 0 (Vigna's reference code).
        assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn one_letter_changes_about_half_of_the_bits() {
        let flips: u32 =
            (0..64).map(|i| (hash(&format!("area.{i}")) ^ hash(&format!("area.{}", i + 1))).count_ones()).sum();
        // 64 pairs of 64 bits: mean 2048, standard deviation 32; four of them allowed.
        assert!(flips.abs_diff(2048) < 128, "{flips}");
    }
}
