"""How long a trial takes in each implementation, start-up and compilation left out."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

import columns
import engine

# The difference between a long and a short run of the engine is all trials and no start-up.
SHORT, LONG = 100_000, 1_300_000
# The others run for about as long as the engine, since the best of short runs is luckier where the machine is shared.
NUMBA_TRIALS, NUMBA_CALLS = 400_000, 3
NUMPY_TRIALS = 300_000


def cores():
    """Cores that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def seconds(work, *arguments):
    """How long some work takes, and what it returns."""
    begin = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - begin, result


def summarise(trials, threads):
    """The least that a forecast needs of returned columns: mean, standard error and three percentiles of each."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(summarise_one, np.ascontiguousarray(trials)))


def summarise_one(values):
    """NumPy lets other threads work meanwhile."""
    missing = np.isnan(values)
    if missing.any():
        values = values[~missing]
    n = len(values)
    values.mean(), values.std(ddof=1) / np.sqrt(n)
    values.partition([n // 10, n // 2, 9 * n // 10])


class Times:
    """The shortest time of each kind of work so far, in seconds."""

    def __init__(self, run_numpy, run_numba):
        self.run_numpy, self.run_numba = run_numpy, run_numba
        self.threads = min(cores(), numba.config.NUMBA_NUM_THREADS)
        self.counts = sorted({self.threads, 1}, reverse=True)
        self.shortest = {}

    def note(self, kind, taken):
        self.shortest[kind] = min(taken, self.shortest.get(kind, taken))

    def round(self, seed):
        """Measures everything once: what else the machine does hits all alike."""
        for count in self.counts:
            for trials in (SHORT, LONG):
                self.note(("engine", count, trials), engine.run(trials, seed, count)[2])
            numba.set_num_threads(count)
            taken = [seconds(self.run_numba, NUMBA_TRIALS, seed)[0] for _ in range(NUMBA_CALLS)]
            self.note(("numba", count), sum(taken) / NUMBA_CALLS)
        self.note("summary", seconds(summarise, self.run_numba(NUMBA_TRIALS, seed), self.threads)[0])
        self.note("numpy", seconds(self.run_numpy, NUMPY_TRIALS, seed)[0])

    def engine(self, count):
        """Nanoseconds a trial of the engine on so many threads."""
        return 1e9 * (self.shortest["engine", count, LONG] - self.shortest["engine", count, SHORT]) / (LONG - SHORT)

    def numba(self, count):
        return 1e9 * self.shortest["numba", count] / NUMBA_TRIALS

    def summary(self):
        return 1e9 * self.shortest["summary"] / NUMBA_TRIALS

    def numpy(self):
        return 1e9 * self.shortest["numpy"] / NUMPY_TRIALS


def threads_told(count):
    return "1 thread" if count == 1 else f"{count} threads"


def table(times, model, engine_rows):
    """The table of times: what, nanoseconds a trial, and as a multiple of the engine on all threads and on one."""
    counted = f"every outcome counted, {engine_rows} rows of tables with percentiles and errors"
    returned = f"{columns.count(model)} columns returned"
    rows = []
    for count in times.counts:
        rows.append((f"engine, {threads_told(count)}: {counted}", times.engine(count)))
    for count in times.counts:
        rows.append((f"numba, {threads_told(count)}: {returned}", times.numba(count)))
    summarised = times.numba(times.threads) + times.summary()
    told = "mean, error, P10, P50 and P90 of these by NumPy"
    rows.append((f"numba, {threads_told(times.threads)}: {returned}, then {told}", summarised))
    rows.append((f"NumPy, one process: {returned}", times.numpy()))
    lines = [["", "ns a trial", *(f"÷ engine, {threads_told(count)}" for count in times.counts)]]
    for what, taken in rows:
        lines.append([what, f"{taken:,.0f}", *(f"{taken / times.engine(count):.2f}" for count in times.counts)])
    return lines
