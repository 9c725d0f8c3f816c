"""The areas of the alliance in NumPy: when each is live, what all of them save and cost (MODEL sections 3 and 4)."""

import numpy as np


class Programme:
    """What there has been of savings, one-off costs and severance at each boundary between years.

    Everything is a share of a ramp or of a stretch of time: a year has what there is at its end and was not at its
    beginning. Areas are looked at one by one only at boundaries at which one of them moves in some trial of the chunk.
    """

    def __init__(self, m, draws, trials, slip, consultation, platform):
        cost, submit, consulting, implement, ramp = (
            numbers[:, None]
            for numbers in (m.area_cost, m.area_submit, m.area_consultation, m.area_implement, m.area_ramp)
        )
        self.worth = draws.quantities(m.area_saving, trials)
        self.worth *= cost
        length = draws.quantities(m.area_slip, trials)
        length *= implement
        self.begun = submit * slip
        self.begun += m.start + m.board_cycle + consultation + consulting
        self.live = self.begun + length
        self.settled = self.live.max(axis=0)
        self.pace = np.divide(1.0, length, out=length)
        self.oneoff, self.ramp, self.platform = m.area_oneoff, ramp, platform
        self.plain, self.ict = slice(0, m.first_ict), slice(m.first_ict, m.areas)
        shape = (m.years + 1, trials)
        self.spent, self.severed, self.saved = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.waiting, self.with_platform = np.zeros(shape), np.zeros(shape)
        first = min(int(self.begun.min()) + 1, m.years)
        last = min(int(np.ceil((self.live + np.maximum(ramp, 1.0)).max())), m.years + 1)
        self.move(first, last)
        self.be_full(last, m.years + 1)

    def move(self, first, last):
        """The boundaries at which areas move, one at a time."""
        plain, ict, worth = self.plain, self.ict, self.worth
        since, share = np.empty_like(worth), np.empty_like(worth)
        for t in range(first, last):
            np.subtract(t, self.begun, out=share)
            share *= self.pace
            np.maximum(share, 0.0, out=share)
            np.minimum(share, 1.0, out=share)
            np.matmul(self.oneoff, share, out=self.spent[t])
            np.subtract(t, self.live, out=since)
            np.maximum(since, 0.0, out=since)
            np.minimum(since, 1.0, out=share)
            weigh(worth, share, self.severed[t])
            ramped(since, self.ramp, share)
            weigh(worth[plain], share[plain], self.saved[t])
            weigh(worth[ict], share[ict], self.waiting[t])
            self.count_with_platform(t, since[ict], share[ict])
        # Until the first of them nothing moves, but the day of the platform may lie after that of an area.
        self.count_with_platform(first - 1, since[ict], share[ict])
        self.with_platform[: first - 1] = self.with_platform[first - 1]

    def count_with_platform(self, t, since, share):
        """What areas would have saved that need the platform: as at its day until then, in full from then on."""
        np.subtract(np.maximum(t, self.platform), self.live[self.ict], out=since)
        np.maximum(since, 0.0, out=since)
        ramped(since, self.ramp[self.ict], share)
        weigh(self.worth[self.ict], share, self.with_platform[t])

    def be_full(self, first, end):
        """The boundaries from which on every area saves in full."""
        t = np.arange(first, end)[:, None]
        self.spent[first:] = self.oneoff.sum()
        self.severed[first:] = self.worth.sum(axis=0)
        in_full_since = self.live + 0.5 * self.ramp
        for areas, moment, total in (
            (self.plain, t, self.saved),
            (self.ict, t, self.waiting),
            (self.ict, np.maximum(t, self.platform), self.with_platform),
        ):
            worth = self.worth[areas]
            total[first:] = worth.sum(axis=0) * moment - weigh(worth, in_full_since[areas])


def ramped(since, ramp, out):
    """Integral of a ramp that began so many years ago, not less than 0 (H of MODEL section 4)."""
    np.minimum(since, ramp, out=out)
    out *= out * (0.5 / ramp) - 1.0
    out += since


def weigh(worth, share, out=None):
    """The sum over areas of worth times share."""
    return np.einsum("an,an->n", worth, share, out=out)
