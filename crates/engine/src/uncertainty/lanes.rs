//! Blocks of trials: columns of 128 lanes, and the instruction set that works on them.

use std::ops::{Deref, DerefMut, Range};

/// Trials in a block: what a block needs while it runs then stays in a core's second cache.
pub const BLOCK: usize = 128;

/// Blocks of so many trials, the last of which may be short.
#[must_use]
pub const fn blocks_of(trials: u64) -> u64 {
    trials.div_ceil(BLOCK as u64)
}

/// Those of so many trials that come before a block; all of them before a block beyond the end.
#[must_use]
pub fn trials_before(block: u64, trials: u64) -> u64 {
    block.saturating_mul(BLOCK as u64).min(trials)
}

/// Those of so many trials that are in some blocks; none where there are no such blocks.
#[must_use]
pub fn trials_in(blocks: &Range<u64>, trials: u64) -> u64 {
    trials_before(blocks.end, trials).saturating_sub(trials_before(blocks.start, trials))
}

/// 2⁵²: adding it rounds a number to a whole one, kept in the low bits.
pub(crate) const WHOLE: f64 = 4_503_599_627_370_496.0;

/// One value for each trial of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub struct Column(pub [f64; BLOCK]);

impl Column {
    /// A column of one value.
    #[must_use]
    pub const fn splat(value: f64) -> Self {
        Self([value; BLOCK])
    }
}

impl Default for Column {
    fn default() -> Self {
        Self::splat(0.0)
    }
}

impl Deref for Column {
    type Target = [f64; BLOCK];
    fn deref(&self) -> &[f64; BLOCK] {
        &self.0
    }
}

impl DerefMut for Column {
    fn deref_mut(&mut self) -> &mut [f64; BLOCK] {
        &mut self.0
    }
}

/// One 32-bit word for each trial of a block, in 64-bit lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
pub struct Words(pub [u64; BLOCK]);

impl Default for Words {
    fn default() -> Self {
        Self([0; BLOCK])
    }
}

/// The instruction set that block functions run on. Every set gives the same bits: no fused multiply-add, no reordering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isa {
    /// What every 64-bit processor of the platform has.
    Baseline,
    /// AVX2.
    Avx2(Detected),
    /// AVX-512 F, BW, DQ and VL.
    Avx512(Detected),
}

/// That a machine was found to have an instruction set: made by [`Isa::available`] alone, so that no `Isa` names a set that it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Detected(());

impl Isa {
    /// The best that this machine has.
    #[must_use]
    pub fn detect() -> Self {
        *Self::available().last().unwrap_or(&Self::Baseline)
    }

    /// Every set that this machine has, the best last.
    #[must_use]
    pub fn available() -> Vec<Self> {
        let sets = vec![Self::Baseline];
        #[cfg(target_arch = "x86_64")]
        let sets = {
            let mut sets = sets;
            if is_x86_feature_detected!("avx2") {
                sets.push(Self::Avx2(Detected(())));
            }
            if is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                sets.push(Self::Avx512(Detected(())));
            }
            sets
        };
        sets
    }

    /// Name for manifests and benches.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Avx2(_) => "AVX2",
            Self::Avx512(_) => "AVX-512",
        }
    }
}

/// Compiles a function over columns once for each instruction set and chooses by an [`Isa`], which becomes its first argument.
///
/// A function that calls others of this kind names its own set in brackets, `fn f[isa](…)`, and hands it on: the choice is then made
/// once, and what it calls can become part of it.
///
/// An `Isa` of a set that the machine lacks cannot be made: each holds what detection alone hands out ([`Detected`]).
macro_rules! vectorised {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident $([$isa:ident])? $(<const $n:ident: $nt:ty>)? ($($arg:ident: $ty:ty),* $(,)?)
        $body:block)*) => {$(
        $(#[$meta])*
        #[cfg_attr(
            target_arch = "x86_64",
            expect(unsafe_code, reason = "the instruction set was detected before an Isa of it was made")
        )]
        #[inline(always)]
        $vis fn $name $(<const $n: $nt>)? (isa: $crate::uncertainty::lanes::Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            use $crate::uncertainty::lanes::{Detected, Isa};
            #[inline(always)]
            fn body $(<const $n: $nt>)? ($($isa: $crate::uncertainty::lanes::Isa,)? $($arg: $ty),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2")]
            #[inline]
            fn avx512 $(<const $n: $nt>)? (_detected: Detected, $($arg: $ty),*) {
                $(let $isa = Isa::Avx512(_detected);)?
                body $(::<$n>)? ($($isa,)? $($arg),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            #[inline]
            fn avx2 $(<const $n: $nt>)? (_detected: Detected, $($arg: $ty),*) {
                $(let $isa = Isa::Avx2(_detected);)?
                body $(::<$n>)? ($($isa,)? $($arg),*);
            }
            #[inline]
            fn baseline $(<const $n: $nt>)? ($($arg: $ty),*) {
                $(let $isa = $crate::uncertainty::lanes::Isa::Baseline;)?
                body $(::<$n>)? ($($isa,)? $($arg),*);
            }
            match isa {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: an `Isa` names a set that this machine has.
                Isa::Avx512(detected) => unsafe { avx512 $(::<$n>)? (detected, $($arg),*) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above.
                Isa::Avx2(detected) => unsafe { avx2 $(::<$n>)? (detected, $($arg),*) },
                _ => baseline $(::<$n>)? ($($arg),*),
            }
        }
    )*};
}
pub(crate) use vectorised;
