"""Whether engine and Python models are the same model: every figure within some standard errors."""

import math

from figures import figures

# Standard errors of the difference. One of 150 comparisons goes beyond by chance in one of a thousand runs.
MOST = 4.5


def compare(scenario, summary, peers):
    """Holds each Python model's trials against the engine's figures; returns the lines of a table, and what differs."""
    lines = [["figure", "engine"]]
    for name in peers:
        lines[0] += [name, "errors"]
    differing = []
    for figure in figures(scenario, summary):
        line = [figure.name, told(figure.value, figure.error)]
        for name, trials in peers.items():
            value, error = figure.of(trials[figure.column])
            away = distance(value - figure.value, math.hypot(error, figure.error))
            line += [told(value, error), f"{away:+.1f}"]
            # Not `abs(away) > MOST`, which lets pass what is no number.
            if not abs(away) <= MOST:
                differing.append(f"{figure.name} ({name}, {away:+.1f} standard errors)")
        lines.append(line)
    return lines, differing


def distance(difference, error):
    """A difference in standard errors."""
    if difference == 0.0:
        return 0.0
    return difference / error if error > 0.0 else math.copysign(math.inf, difference)


def told(value, error):
    """A figure and its error, to the digits that mean something."""
    digits = min(max(1 - math.floor(math.log10(error)), 0), 7) if 0.0 < error < math.inf else 4
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def show(lines):
    """Prints lines in columns: the first to the left, the others to the right."""
    widths = [max(map(len, cells)) for cells in zip(*lines)]
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:])]
        print("  ".join([first.ljust(widths[0]), *cells]))
