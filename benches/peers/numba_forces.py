"""Forces in numba: where they stand in year 0, and what is told of them in the end."""

import math

import numpy as np

import columns
from distributions import NORMAL
from numba_parts import compiled, draw, first, second, word

# Words of a force: one gives two quantities, one the normal score of its demand.
WORDS = 2


def build_opening(m, at, common_word, first_word):
    """Compiles what sets all forces to where they stand before the first year."""
    FORCES = m.forces
    GRANT, BAND_D, TAX_BASE, OTHER_INCOME = at.grant, at.band_d, at.tax_base, at.other_income
    SPENDING, UPTAKE, DEMAND, FORCE_NPV = at.spending, at.uptake, at.demand, at.force_npv
    RESERVES, CUTS, ALL_CUTS, LOWEST, BREACHED = at.reserves, at.cuts, at.all_cuts, at.lowest, at.breached
    budget, grant, band_d, tax_base = m.budget, m.grant, m.band_d, m.tax_base
    other_income, reserves, opening_gap, uptake = m.other_income, m.reserves, m.opening_gap, m.uptake
    demand_mean, demand_sd = m.demand_mean, m.demand_sd
    in_common, apart = math.sqrt(m.demand_rho), math.sqrt(1.0 - m.demand_rho)

    @compiled
    def open_forces(tables, trial, work):
        common = in_common * draw(tables, NORMAL, first(word(trial, common_word)))
        for f in range(FORCES):
            w = word(trial, first_word + WORDS * f)
            work[UPTAKE + f] = draw(tables, uptake[f], first(w))
            work[SPENDING + f] = budget[f] * (1.0 + draw(tables, opening_gap[f], second(w)))
            own = apart * draw(tables, NORMAL, first(word(trial, first_word + WORDS * f + 1)))
            work[DEMAND + f] = demand_mean[f] + demand_sd[f] * (common + own)
            work[GRANT + f], work[OTHER_INCOME + f] = grant[f], other_income[f]
            work[TAX_BASE + f], work[BAND_D + f] = tax_base[f], band_d[f]
            work[FORCE_NPV + f] = 0.0
            for book in range(f, 2 * FORCES, FORCES):
                work[RESERVES + book], work[CUTS + book], work[ALL_CUTS + book] = reserves[f], 0.0, 0.0
                work[LOWEST + book], work[BREACHED + book] = np.inf, 0.0

    return open_forces


def build_record(m, at):
    """Compiles what writes down the outcomes of all forces."""
    FORCES, FIRST, EACH = m.forces, columns.first_of_force(0, m.years), len(columns.FORCE)
    of_force = ((columns.FORCE_NPV, at.force_npv), (columns.FUNDING, at.funding))
    of_ledger = (
        (columns.LOWEST_RESERVES, at.lowest),
        (columns.FLOOR_BREACHED, at.breached),
        (columns.CUTS, at.all_cuts),
        (columns.RESERVES, at.reserves),
    )

    @compiled
    def record_forces(work, out):
        for f in range(FORCES):
            for column, place in of_force:
                out[FIRST + f * EACH + column] = work[place + f]
            for column, place in of_ledger:
                out[FIRST + f * EACH + column] = work[place + f]
                out[FIRST + f * EACH + column + 1] = work[place + FORCES + f]

    return record_forces
