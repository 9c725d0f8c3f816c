"""Draws in NumPy: whole columns looked up in the tables of quantiles, with a straight line between two entries."""

import numpy as np

from distributions import BITS, CELLS, NORMAL

# Half a word is the cell of a table (its highest bits) and a place in that cell (the rest).
TO_CELL, IN_CELL = np.uint32(32 - BITS), np.uint32((1 << (32 - BITS)) - 1)
CELL_WIDTH, WORD_WIDTH = 1.0 / (1 << (32 - BITS)), 1.0 / (1 << 32)


class Draws:
    """A generator, and the tables laid out flat: the entry at the beginning of each cell, and the step to the next."""

    def __init__(self, tables, seed):
        # SFC64 is the fastest generator that NumPy has, and a word of it as it is serves for two draws.
        self.words = np.random.SFC64(seed)
        self.low = tables[:, :-1].ravel()
        self.step = np.diff(tables, axis=1).ravel()

    def halves(self, *shape):
        count = int(np.prod(shape))
        return self.words.random_raw((count + 1) // 2).view(np.uint32)[:count].reshape(shape)

    def quantities(self, rows, trials):
        """A line of draws for each of these rows of the tables."""
        half = self.halves(len(rows), trials)
        cell = (half >> TO_CELL).astype(np.int64)
        cell += np.asarray(rows)[:, None] * CELLS
        half &= IN_CELL
        values = half * CELL_WIDTH
        values *= self.step.take(cell)
        values += self.low.take(cell)
        return values

    def normals(self, *shape):
        """Standard normals, from a table too: that takes half as long as the generator's own method."""
        return self.quantities([NORMAL] * int(np.prod(shape[:-1])), shape[-1]).reshape(shape)

    def choices(self, below, trials):
        """Which of some choices with these cumulative probabilities."""
        return np.searchsorted(below[:-1], self.uniforms(trials), side="right")

    def uniforms(self, *shape):
        return (self.halves(*shape) + 0.5) * WORD_WIDTH
