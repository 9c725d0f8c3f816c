"""The model in NumPy: one process, whole columns of trials, in chunks that stay in the cache.

What makes it fast: draws by table (`numpy_draws`); the areas of all trials of a chunk in one matrix, changed in place,
and only at the boundaries between years at which something moves (`numpy_programme`); all ledgers in one array, without
branches (`numpy_ledgers`).
"""

import numpy as np

import columns
from numpy_draws import Draws
from numpy_funding import Funding
from numpy_ledgers import keep_ledgers
from numpy_programme import Programme

# Trials a chunk: large enough that calls cost little, small enough for a second cache of one or two megabytes.
CHUNK = 2048


def build(scenario):
    """The model of one scenario. The function returned takes trials and a seed; it returns a row an outcome."""
    m = scenario.model

    def run(trials, seed):
        out = np.empty((columns.count(m), trials))
        draws = Draws(scenario.tables, seed)
        for begin in range(0, trials, CHUNK):
            run_chunk(m, draws, out[:, begin : begin + CHUNK])
        return out

    return run


def run_chunk(m, draws, out):
    trials, regimes = out.shape[1], len(m.regime_sd)
    shares = draws.quantities([m.workaround, m.attributable, m.pay_share, m.gap_closure], trials)
    workaround, attributable, pay_share, gap_closure = shares
    delays = draws.quantities([m.slip, m.consultation, m.ict_slip], trials)
    costs = draws.quantities([m.overrun, m.severance, m.ict_overrun], trials)
    funded = draws.quantities([*m.regime_growth, *m.opening_gap, *m.uptake], trials)
    # A mixture: every part is drawn, and one of them taken.
    parts = draws.quantities(m.realisation, trials)
    realisation = np.choose(draws.choices(m.realisation_below, trials), parts)

    opening_gap, uptake = funded[regimes:].reshape(2, m.forces, trials)
    paths = Funding(m, draws, trials, pay_share, funded[:regimes], opening_gap, uptake)
    slip, consultation, ict_slip = delays
    ict_length = m.ict_ready * ict_slip
    programme = Programme(m, draws, trials, slip, consultation, m.start + ict_length)

    saved = save(programme, workaround, realisation, paths.index)
    additional = attributable * saved
    recurring, other = spend(m, programme, ict_length, costs, realisation, paths.index)
    appraise(m, out, saved, additional, recurring + other, paths.deflator)
    keep_ledgers(m, out, paths, gap_closure, additional - recurring, other)


def save(programme, workaround, realisation, index):
    """Gross cashable saving by year (MODEL section 4)."""
    until = programme.saved
    until += workaround * programme.waiting
    until += (1.0 - workaround) * programme.with_platform
    saved = np.diff(until, axis=0)
    saved *= index
    saved *= realisation
    return saved


def spend(m, programme, ict_length, costs, realisation, index):
    """What is spent by year: team and platform, and the rest (MODEL section 4)."""
    overrun, severance, ict_overrun = costs
    year = np.arange(m.years + 1)[:, None]
    recurring = np.minimum(programme.settled, year[1:])
    recurring -= np.maximum(m.start, year[:-1])
    np.maximum(recurring, 0.0, out=recurring)
    recurring *= m.team
    platform = np.maximum(year - m.start, 0.0) / ict_length
    np.minimum(platform, 1.0, out=platform)
    recurring += (m.ict_capital * ict_overrun) * np.diff(platform, axis=0)
    recurring *= index
    other = overrun * np.diff(programme.spent, axis=0)
    other += (severance * realisation) * np.diff(programme.severed, axis=0)
    other *= index
    return recurring, other


def appraise(m, out, saved, additional, investment, deflator):
    """Present values, payback, target (MODEL section 8)."""
    factor = m.discount[:, None] / deflator
    net = additional - investment
    cumulative = np.cumsum(net, axis=0)
    npv = np.einsum("tn,tn->n", net, factor)
    out[columns.NPV] = npv
    out[columns.PV_SAVING] = np.einsum("tn,tn->n", additional, factor)
    out[columns.STEADY_SAVING] = saved[-1] / deflator[-1]
    out[columns.TOTAL_INVESTMENT] = investment.sum(axis=0)
    out[columns.PEAK_FUNDING_NEED] = -np.minimum(cumulative.min(axis=0), 0.0)
    moved = additional.any(axis=0) | investment.any(axis=0)
    out[columns.PAYBACK] = np.where(moved, payback(cumulative, net), np.nan)
    out[columns.TARGET_MET] = saved[m.target_year] >= m.target_amount
    for which, flow in ((columns.SAVING_CASHABLE, saved), (columns.INVESTMENT, investment)):
        at = columns.first_yearly(which, m.years)
        out[at : at + m.years] = flow
    for f in range(m.forces):
        out[columns.first_of_force(f, m.years) + columns.FORCE_NPV] = m.share[f] * npv


def payback(cumulative, net):
    """The last time that the cumulative net rose from below 0; 0 where it never was, missing where it ends there."""
    years, trials = cumulative.shape
    below = cumulative < 0.0
    last = years - 1 - np.argmax(below[::-1], axis=0)
    at = np.minimum(last, years - 2) * trials + np.arange(trials)
    crossing = last + 1 - cumulative.take(at) / net.take(at + trials)
    crossing = np.where(below.any(axis=0), crossing, 0.0)
    return np.where(below[-1], np.nan, crossing)
