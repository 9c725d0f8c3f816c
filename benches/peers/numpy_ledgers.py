"""Ledgers in NumPy (MODEL section 6): every force with the alliance and standalone, by ledger, force and trial."""

import numpy as np

import columns


def keep_ledgers(m, out, paths, gap_closure, recurring, other):
    """Reserves and cuts over the years. `recurring` is additional saving less team and platform, `other` investment."""
    trials = out.shape[1]
    share, opening = m.share[:, None], m.reserves[:, None]
    # What needs no ledger, for all years at once
    balance = np.empty((m.years, 2, m.forces, trials))
    np.subtract(paths.funding, paths.spending, out=balance[:, 1])
    np.multiply(share, recurring[:, None], out=balance[:, 0])
    balance[:, 0] += balance[:, 1]
    spent = share * other[:, None]
    floor = m.min_reserves * paths.spending
    ceiling = np.maximum(m.max_reserves * paths.spending, opening)
    per_index = 1.0 / paths.index

    shape = balance.shape[1:]
    reserves = np.broadcast_to(opening, shape).copy()
    cuts, all_cuts, breached = np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=bool)
    lowest, work = np.full(shape, np.inf), np.empty(shape)
    for t in range(m.years):
        structural = balance[t]
        np.multiply(cuts, paths.index[t], out=work)
        structural += work
        reserves += structural
        # What is restored of cuts, or, below 0, what is cut
        change = np.minimum(structural, work, out=work)
        change *= gap_closure
        reserves -= change
        reserves[0] -= spent[t]
        all_cuts -= np.minimum(change, 0.0, out=structural)
        change *= per_index[t]
        cuts -= change
        below = reserves < floor[t]
        if below.any():
            cut_in_emergency(m, t, paths, np.nonzero(below), floor[t], reserves, cuts, all_cuts)
            breached |= below
        np.minimum(reserves, ceiling[t], out=reserves)
        np.minimum(lowest, reserves, out=lowest)

    for f in range(m.forces):
        at = columns.first_of_force(f, m.years)
        out[at + columns.FUNDING] = paths.funding[-1, f]
        for first, figure in (
            (columns.LOWEST_RESERVES, lowest),
            (columns.FLOOR_BREACHED, breached),
            (columns.CUTS, all_cuts),
            (columns.RESERVES, reserves),
        ):
            out[at + first : at + first + 2] = figure[:, f]


def cut_in_emergency(m, t, paths, where, floor, reserves, cuts, all_cuts):
    """Reserves below their floor are lifted to it. They are few, so they are picked out."""
    _, f, trial = where
    emergency = floor[f, trial] - reserves[where]
    reserves[where] += emergency
    all_cuts[where] += emergency
    index = paths.index[t, trial]
    wanted = cuts[where] + m.cut_recurrence * emergency / index
    cuts[where] = np.minimum(wanted, 0.5 * paths.spending[t][f, trial] / index)
