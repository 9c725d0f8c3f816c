"""Distributions as a resolved scenario writes them: quantile functions, and tables of these.

A draw is a uniform number looked up in a table of the quantile function, with a straight line between two entries:
two loads and a few multiplications instead of a rejection loop or an inverse beta function. The first and the last
entry are moved so that the mean over their cells is right, which also gives the infinite ends of a normal or lognormal
a place. That is coarser than the engine's tables (right to 1e-8 of the range), and cheaper.
"""

import numpy as np
from scipy import special

# Cells of a table, a power of two so that the cell of a draw is its highest bits.
BITS = 11
CELLS = 1 << BITS
# Points at which the quantile function is averaged over an outermost cell.
FINE = 1 << 10
# Row of the standard normal among the tables.
NORMAL = 0

ABOUT = {"source", "confidence", "note", "plan"}
P90 = special.ndtri(0.9)


class Unsupported(Exception):
    """The scenario holds something that the Python models do not implement."""


# A family is a function of its numbers; it returns the probability at or below a value, and the quantile function.


def uniform(low, high):
    return (lambda x: (x - low) / (high - low)), (lambda u: low + (high - low) * u)


def beta(a, b):
    return (lambda x: special.betainc(a, b, np.clip(x, 0.0, 1.0))), (lambda u: special.betaincinv(a, b, u))


def pert(low, mode, high, shape=4.0):
    width = high - low
    below, quantile = beta(1.0 + shape * (mode - low) / width, 1.0 + shape * (high - mode) / width)
    return (lambda x: below((x - low) / width)), (lambda u: low + width * quantile(u))


def normal(mean, sd):
    return (lambda x: special.ndtr((x - mean) / sd)), (lambda u: mean + sd * special.ndtri(u))


def lognormal(median, p90):
    below, quantile = normal(np.log(median), np.log(p90 / median) / P90)
    return (lambda x: below(np.log(x)) if x > 0.0 else 0.0), (lambda u: np.exp(quantile(u)))


FAMILIES = {"uniform": uniform, "pert": pert, "beta": beta, "normal": normal, "lognormal": lognormal}


def family_of(spec, place):
    """Name and numbers of the one family that a quantity has, and its bounds."""
    bounds = {key: spec[key] for key in ("min", "max") if key in spec}
    families = [key for key in spec if key not in ABOUT and key not in bounds]
    if len(families) != 1:
        raise Unsupported(f"{place}: expected one distribution, found {', '.join(families) or 'none'}")
    return families[0], spec[families[0]], bounds


def quantile_function(spec, place):
    """The quantile function of a quantity, cut to its bounds: only the stretch of probability between them is used."""
    name, numbers, bounds = family_of(spec, place)
    if name == "value":
        return lambda u: np.full_like(u, numbers)
    if name not in FAMILIES:
        raise Unsupported(f"{place}: the Python models have no {name} distribution here")
    below, quantile = FAMILIES[name](**numbers)
    first = below(bounds["min"]) if "min" in bounds else 0.0
    last = below(bounds["max"]) if "max" in bounds else 1.0
    return lambda u: quantile(first + u * (last - first))


def tabulate(quantile):
    """A quantile function at the edges of equal cells of probability."""
    edges = np.linspace(0.0, 1.0, CELLS + 1)
    table = np.empty(CELLS + 1)
    table[1:-1] = quantile(edges[1:-1])
    inside = (np.arange(FINE) + 0.5) / (FINE * CELLS)
    table[0] = 2.0 * quantile(inside).mean() - table[1]
    table[-1] = 2.0 * quantile(1.0 - inside).mean() - table[-2]
    return table


class Tables:
    """The tables of all quantities, one a row; quantities that are distributed alike share one."""

    def __init__(self):
        self.tables = []
        self.rows = {}
        assert self.add({"normal": {"mean": 0.0, "sd": 1.0}}, "the standard normal") == NORMAL

    def add(self, spec, place):
        """The row of a quantity."""
        known = repr(family_of(spec, place))
        if known not in self.rows:
            self.rows[known] = len(self.tables)
            self.tables.append(tabulate(quantile_function(spec, place)))
        return self.rows[known]

    def add_parts(self, spec, place):
        """A mixture as cumulative weights and the rows of its parts; anything else is a mixture of one."""
        name, numbers, _ = family_of(spec, place)
        if name != "mixture":
            return np.array([1.0]), np.array([self.add(spec, place)])
        rows = [self.add(part, place) for part in numbers["parts"]]
        return cumulative(numbers["weights"]), np.array(rows)

    def stacked(self):
        return np.array(self.tables)


def choices(spec, place):
    """Values of a discrete quantity and their cumulative probabilities."""
    name, numbers, bounds = family_of(spec, place)
    if name == "value":
        return np.array([numbers]), np.array([1.0])
    if name != "discrete" or bounds:
        raise Unsupported(f"{place}: the Python models want a number or a discrete distribution here")
    return np.array(numbers["values"]), cumulative(numbers["weights"])


def cumulative(weights):
    return np.cumsum(weights) / np.sum(weights)


def fixed(spec, place):
    """A quantity that is one known number."""
    name, number, _ = family_of(spec, place)
    if name != "value":
        raise Unsupported(f"{place}: the Python models want a known number here, not a {name}")
    return float(number)


def normal_of(spec, place):
    """Mean and standard deviation of a quantity that is normal and not cut."""
    name, numbers, bounds = family_of(spec, place)
    if name == "value":
        return numbers, 0.0
    if name != "normal" or bounds:
        raise Unsupported(f"{place}: the Python models want a normal distribution without bounds here")
    return numbers["mean"], numbers["sd"]
