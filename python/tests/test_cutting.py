"""Work is cut into ranges by what its pieces weigh: every piece in one of them, none too long, and no two spans that are kept overlap."""

from itertools import pairwise
from time import perf_counter

import pytest
from alliance.cluster import LEAST, MOST_RANGES, PILOT, RANGE, Span, _apart, _gaps, _Ranges

#: Rows, each with its pieces and with what each piece weighs; threads; seconds that a weight of 1 takes; pieces at most of a range.
CUTS = {
    "a run": ([("a", 78_125, 1)], 4, 0.0005, None),
    "a run of few blocks": ([("a", 3, 1)], 8, 0.0005, None),
    "one block": ([("a", 1, 12)], 8, 0.0005, None),
    "a sweep of two rows, of eleven points and of one": ([("a", 8_000, 12), ("b", 8_000, 2)], 4, 0.0005, None),
    "the light row first": ([("b", 8_000, 2), ("a", 8_000, 12)], 4, 0.0005, None),
    "many rows that are short": ([(f"{k:03}", 8, 12) for k in range(300)], 16, 0.0005, None),
    "pieces longer than a range": ([("a", 50, 100_000), ("b", 500, 1)], 4, 0.0005, None),
    "rows that carry much": ([("a", 100_000, 1)], 4, 0.0005, 37),
    "too quick to be timed": ([("a", 100_000, 3)], 4, 0.0, None),
    "a row as heavy as can be": ([("a", 31_250_000, 12)], 2, 0.00001, None),
}


@pytest.mark.parametrize("name", CUTS)
def test_ranges_hold_every_piece_once_and_weigh_alike(name):
    rows, threads, pace, most = CUTS[name]
    gaps = list(_gaps({}, rows))
    weights = {row: weight for row, _, weight in rows}
    whole = sum(pieces * weight for _, pieces, weight in rows)
    ranges = _Ranges(gaps, weights, threads, most or whole)
    first = list(ranges.pilot())
    others = list(ranges.others(pace))
    # Every piece in one range, and none that is empty.
    met = sorted([*first, *others])
    assert all(own.first < own.last for own in met)
    for row, pieces, _ in rows:
        own = [span for span in met if span.row == row]
        assert own[0].first == 0 and own[-1].last == pieces
        assert all(one.last == two.first for one, two in pairwise(own))
    assert ranges.left == 0 and len(met) <= 2 * MOST_RANGES + 2 * len(rows)
    least = -(-whole // MOST_RANGES)
    assert len(first) <= threads and all(ranges.weight(own) <= max(PILOT, least, weights[own.row]) for own in first)
    # By its weight none is longer than it may be, but a single piece; and none is short but what is the whole of a row or the end of it
    # behind the first ranges.
    ends = {row: pieces for row, pieces, _ in rows}
    for own in others:
        weight, seconds = ranges.weight(own), ranges.weight(own) * pace
        assert seconds <= RANGE or weight <= 2 * least or own.last - own.first == 1
        rest = own.last == ends[own.row] and own.first in {0, *(span.last for span in first)}
        full = most is not None and own.last - own.first > most / 2
        assert rest or full or pace == 0 or seconds >= 0.5 * LEAST - weights[own.row] * pace, (own, seconds)


def test_the_longest_ranges_come_first_and_the_last_are_short():
    ranges = _Ranges([Span("a", 0, 200_000), Span("b", 0, 100_000)], {"a": 12, "b": 2}, 4, 10**9)
    list(ranges.pilot())
    seconds = [ranges.weight(own) * 0.0005 for own in ranges.others(0.0005)]
    # Alike to within a factor of two until little is left, whatever a piece of theirs weighs.
    early = [own for own, left in zip(seconds, reversed(list(_sums(reversed(seconds)))), strict=True) if left > 2 * 4 * RANGE]
    assert len(early) > 200 and min(early) > 0.5 * RANGE and max(early) <= RANGE
    assert seconds[-1] <= 2 * LEAST


def _sums(values):
    total = 0.0
    for value in values:
        total += value
        yield total


def test_of_spans_that_overlap_the_longest_of_the_first_is_taken():
    assert _apart([]) == []
    spans = [Span("b", 0, 4), Span("a", 5, 9), Span("a", 0, 3), Span("a", 0, 6), Span("a", 6, 8), Span("a", 8, 12), Span("a", 7, 9)]
    assert _apart(spans) == [Span("a", 0, 6), Span("a", 6, 8), Span("a", 8, 12), Span("b", 0, 4)]


def test_many_spans_are_sorted_out_at_once():
    spans = [Span("a", k, k + 2) for k in range(40_000)]
    started = perf_counter()
    assert len(_apart(spans)) == 20_000
    # Each against each other would take minutes.
    assert perf_counter() - started < 5.0
