"""The figures by which the three implementations are compared, and how each is worked out from trials."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import columns


def mean(values):
    """Mean and standard error over the trials that have a value."""
    values = values[~np.isnan(values)]
    return values.mean(), values.std(ddof=1) / np.sqrt(len(values))


def share(values):
    """Share of trials in which something is so, and its standard error."""
    p, n = values.mean(), len(values)
    # Four more trials, two of each kind, where it never or always is so (Agresti and Coull 1998).
    q, m = (p, n) if 0.0 < p < 1.0 else ((p * n + 2.0) / (n + 4.0), n + 4.0)
    return p, np.sqrt(q * (1.0 - q) / m)


def never(values):
    return share(np.isnan(values).astype(float))


def percentile(p):
    """A percentile and half the distance between those one standard error of `p` away; *never* is later than all."""

    def of(values):
        values = np.where(np.isnan(values), np.inf, values)
        off = np.sqrt(p * (1.0 - p) / len(values))
        below, at, above = np.quantile(values, [p - off, p, p + off])
        return at, 0.5 * (above - below)

    return of


# Parts of what the engine tells of an outcome: its key, a word for it, and how it is worked out.
MEAN = ("mean", "mean", mean)
P10, P50, P90 = (("p10", "P10", percentile(0.1)), ("p50", "P50", percentile(0.5)), ("p90", "P90", percentile(0.9)))
NEVER = ("missing", "never", never)


@dataclass(frozen=True)
class Figure:
    """One figure: as the engine tells it, and how it is worked out from a column of trials."""

    name: str
    value: float
    error: float
    column: int
    of: Callable


def figures(scenario, summary):
    """All figures that are compared, with the engine's values."""
    return whole(summary) + target(summary) + yearly(scenario, summary) + forces(scenario, summary)


def told(name, figure, column, of):
    return Figure(name, figure["value"], figure["error"], column, of)


def spread(name, outcome, column, parts):
    """Some of mean, percentiles and share missing of an outcome."""
    return [told(f"{name}, {word}", outcome[key], column, of) for key, word, of in parts]


def whole(summary):
    outcomes = summary["whole"]
    found = spread("npv", outcomes["npv"], columns.NPV, (MEAN, P10, P50, P90))
    for name in ("pv_saving", "steady_saving", "total_investment", "peak_funding_need"):
        found += spread(name, outcomes[name], columns.WHOLE.index(name), (MEAN,))
    return found + spread("payback", outcomes["payback"], columns.PAYBACK, (MEAN, P50, NEVER))


def target(summary):
    return [told("target met", summary["targets"][0]["met"], columns.TARGET_MET, share)]


def yearly(scenario, summary):
    """Savings of all years but the first two, and investment of the years in which most is spent."""
    years = scenario.model.years
    measures = {entry["measure"]: entry["years"] for entry in summary["yearly"]}
    found = []
    for measure, chosen in (("saving_cashable", range(2, years)), ("investment", range(1, 5))):
        first = columns.first_yearly(columns.YEARLY.index(measure), years)
        for t in chosen:
            outcome = measures[measure][t]
            found += spread(f"{measure} {outcome['year']}", outcome, first + t, (MEAN,))
    return found


def forces(scenario, summary):
    """Money of every force, with the alliance and standalone."""
    found = []
    for f, force in enumerate(summary["forces"]):
        outcomes = {name: force[name] for name in columns.FORCE if name in force}
        outcomes |= {entry["measure"]: entry["years"][-1] for entry in force["yearly"]}
        for column, name in enumerate(columns.FORCE, columns.first_of_force(f, scenario.model.years)):
            outcome, title = outcomes[name], f"{force['name']}: {name}"
            if name.startswith("floor_breached"):
                found.append(told(title, outcome, column, share))
            else:
                found += spread(" ".join([title, outcome.get("year", "")]).strip(), outcome, column, (MEAN, P10, P90))
    return found
