"""What all of the numba model uses: words of random bits, draws, small formulas, the layout of the work array.

A draw is a look-up in a table of quantiles. A 64-bit word gives two of them and comes from scrambling a counter
(SplitMix64: Steele, Lea and Flood 2014), so that no draw waits for another, and a trial is the same on any number of
threads.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, uint64

from distributions import BITS, CELLS

GOLDEN = uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = uint64(0xBF58476D1CE4E5B9), uint64(0x94D049BB133111EB)
S30, S27, S31, S32 = uint64(30), uint64(27), uint64(31), uint64(32)
LOW_HALF = uint64(0xFFFFFFFF)

# Half a word is the cell of a table (its highest bits) and a place in that cell (the rest).
TO_CELL, IN_CELL = uint64(32 - BITS), uint64((1 << (32 - BITS)) - 1)
CELL_WIDTH, WORD_WIDTH = 1.0 / (1 << (32 - BITS)), 1.0 / (1 << 32)
TABLE, NEXT = uint64(CELLS + 1), uint64(1)

# Dividing by 0 gives infinity, as in NumPy: a check would keep loops from becoming vector instructions.
compiled = njit(error_model="numpy", fastmath=False)


class Places(NamedTuple):
    """Where the parts of the work array begin, and its size. In one array the compiler sees that they lie apart."""

    regime_growth: int
    # A value a force
    grant: int
    band_d: int
    tax_base: int
    other_income: int
    funding: int
    spending: int
    uptake: int
    demand: int
    force_npv: int
    # A value a ledger: of all forces with the alliance, then of all standalone
    reserves: int
    cuts: int
    all_cuts: int
    lowest: int
    breached: int
    # A value a boundary between years: what there has been until then
    saved: int
    saved_with_platform: int
    waiting: int
    spent: int
    severed: int
    # The boundary, or the day on which the platform is ready where that is later
    counting: int
    size: int


def lay_out(m):
    """The places for one scenario."""
    sizes = [len(m.regime_sd)] + [m.forces] * 9 + [2 * m.forces] * 5 + [m.years + 1] * 6
    return Places(*(int(place) for place in np.cumsum([0, *sizes])))


@compiled
def scramble(z):
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    return z ^ (z >> S31)


@compiled
def start_of(seed, trial):
    """What the words of a trial are scrambled from."""
    return scramble(seed + uint64(trial) * GOLDEN)


@compiled
def word(start, number):
    """One of the words of a trial."""
    return scramble(start + uint64(number) * GOLDEN)


@compiled
def first(word):
    return word >> S32


@compiled
def second(word):
    return word & LOW_HALF


@compiled
def draw(tables, row, half):
    """A value of the quantity whose table is in this row."""
    at = uint64(row) * TABLE + (half >> TO_CELL)
    low = tables[at]
    return low + (tables[at + NEXT] - low) * (np.int64(half & IN_CELL) * CELL_WIDTH)


@compiled
def choose(below, begin, end, half):
    """Which of the choices with the cumulative probabilities from `begin` to `end`; counting them needs no branch."""
    u = (np.int64(half) + 0.5) * WORD_WIDTH
    passed = 0
    for k in range(begin, end - 1):
        passed += u >= below[k]
    return passed


@compiled
def larger(x, y):
    return x if x > y else y


@compiled
def smaller(x, y):
    return x if x < y else y


@compiled
def progress(since, pace):
    """Share of something that takes `1/pace` years and began so many years ago."""
    return smaller(larger(since * pace, 0.0), 1.0)


@compiled
def ramped(since, ramp, slope):
    """Integral of a ramp that began so many years ago (H of MODEL section 4); `slope` is half of 1/`ramp`."""
    since = larger(since, 0.0)
    part = smaller(since, ramp)
    return since - part + part * part * slope
