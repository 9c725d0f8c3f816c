"""The model in numba: one fused loop a trial, on all cores, without allocation and nearly without branches.

What makes it fast: draws by table (`numba_parts`); all numbers of the scenario are constants when it is compiled,
sizes of loops among them; what an area brings is added up at the boundaries of all years at once, which the compiler
turns into vector instructions (`numba_programme`); and all that happens in a year is one pass that keeps no paths
(`numba_years`).
"""

import numpy as np
from numba import njit, prange

import columns
import numba_forces
import numba_programme
import numba_years
from numba_parts import choose, compiled, draw, first, lay_out, second, start_of, word

# Trials that share one work array.
BLOCK = 256

# Words of a trial: these, then those of regimes, forces, areas and years.
SLIPS, ICT, COSTS, SHARES, REALISED, MONEY, DEMAND, ONCE = range(8)


def build(scenario):
    """Compiles the model of one scenario. The function returned takes trials and a seed; it returns a row an outcome."""
    m = scenario.model
    tables, count, size = scenario.tables.ravel(), columns.count(m), lay_out(m).size
    run_trial = build_trial(m)

    @njit(parallel=True, fastmath=False, error_model="numpy")
    def run_all(tables, seed, out):
        trials = out.shape[0]
        for block in prange((trials + BLOCK - 1) // BLOCK):
            work = np.empty(size)
            for i in range(block * BLOCK, min((block + 1) * BLOCK, trials)):
                run_trial(tables, start_of(seed, i), work, out[i])

    def run(trials, seed):
        out = np.empty((trials, count))
        run_all(tables, np.uint64(seed), out)
        return out.T

    return run


def build_trial(m):
    """Compiles one trial."""
    at, REGIMES, PARTS = lay_out(m), len(m.regime_sd), len(m.realisation)
    REGIME_WORDS = ONCE
    force_words = REGIME_WORDS + REGIMES
    area_words = force_words + numba_forces.WORDS * m.forces
    open_forces = numba_forces.build_opening(m, at, DEMAND, force_words)
    programme = numba_programme.build(m, at, area_words)
    years = numba_years.build(m, at, area_words + m.areas)
    record_forces = numba_forces.build_record(m, at)
    GROWTHS, regime_growth = at.regime_growth, m.regime_growth
    start, ict_ready, ict_capital = m.start, m.ict_ready, m.ict_capital
    slip_row, consultation_row, ict_slip_row, workaround_row = m.slip, m.consultation, m.ict_slip, m.workaround
    ict_overrun_row, overrun_row, attributable_row = m.ict_overrun, m.overrun, m.attributable
    severance_row, pay_share_row, gap_closure_row = m.severance, m.pay_share, m.gap_closure
    realisation_rows, realisation_below = m.realisation, m.realisation_below

    @compiled
    def run_trial(tables, trial, work, out):
        w = word(trial, SLIPS)
        slip, consultation = draw(tables, slip_row, first(w)), draw(tables, consultation_row, second(w))
        w = word(trial, ICT)
        ict_length = ict_ready * draw(tables, ict_slip_row, first(w))
        workaround = draw(tables, workaround_row, second(w))
        w = word(trial, COSTS)
        ict_cost, overrun = ict_capital * draw(tables, ict_overrun_row, first(w)), draw(tables, overrun_row, second(w))
        w = word(trial, SHARES)
        attributable, severance = draw(tables, attributable_row, first(w)), draw(tables, severance_row, second(w))
        w = word(trial, REALISED)
        part = choose(realisation_below, 0, PARTS, first(w))
        realisation = draw(tables, realisation_rows[part], second(w))
        w = word(trial, MONEY)
        pay_share, gap_closure = draw(tables, pay_share_row, first(w)), draw(tables, gap_closure_row, second(w))
        for r in range(REGIMES):
            work[GROWTHS + r] = draw(tables, regime_growth[r], first(word(trial, REGIME_WORDS + r)))
        open_forces(tables, trial, work)
        settled = programme(tables, trial, slip, consultation, start + ict_length, work)
        shares = (workaround, realisation, attributable)
        costs = (overrun, severance, ict_cost, ict_length, settled)
        years(tables, trial, pay_share, gap_closure, shares, costs, work, out)
        record_forces(work, out)

    return run_trial
