"""What is done, in its order: read the scenario, run all three, compare figures, and only then measure."""

import os
import sys

import check
import engine
import model_numba
import model_numpy
import publish
import scenario
import timing
from distributions import Unsupported


def tell(what):
    print(what, file=sys.stderr, flush=True)


def main(asked):
    try:
        if asked.write_docs:
            publish.require_place()
        if hasattr(os, "getloadavg") and os.getloadavg()[0] > 0.5 * timing.cores() and not asked.check_only:
            tell("This machine is busy with other work: the times will show it, most of all those on all cores.")
        compare(asked)
    except (engine.EngineFailed, Unsupported, publish.NoPlace) as problem:
        tell(problem)
        sys.exit(2)


def compare(asked):
    """Whether the three are the same model; goes on to measure only if they are."""
    read = scenario.read(engine.resolved())
    tell(f"Engine, {asked.trials:,} trials")
    summary, engine_rows, _ = engine.run(asked.trials, asked.seed)
    tell("numba, compiling")
    run_numpy, run_numba = model_numpy.build(read), model_numba.build(read)
    run_numba(1, asked.seed)
    tell(f"NumPy and numba, {asked.trials:,} trials")
    peers = {"NumPy": run_numpy(asked.trials, asked.seed), "numba": run_numba(asked.trials, asked.seed)}
    lines, differing = check.compare(read, summary, peers)
    check.show(lines)
    if differing:
        print(f"\nNot the same model: {'; '.join(differing)}")
        sys.exit(1)
    print(f"\nThe same model: no figure is further off than {check.MOST} standard errors.")
    del peers
    if not asked.check_only:
        measure(asked, timing.Times(run_numpy, run_numba), read.model, engine_rows, summary["run"]["version"])


def measure(asked, times, model, engine_rows, engine_version):
    for number in range(1, asked.rounds + 1):
        tell(f"Measuring, round {number} of {asked.rounds}")
        times.round(number)
    lines = timing.table(times, model, engine_rows)
    below = publish.caption(engine_version, asked.rounds)
    print()
    check.show(lines)
    print(f"\n{below}")
    if asked.write_docs:
        publish.write(lines, below)
