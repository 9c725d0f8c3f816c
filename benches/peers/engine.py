"""The engine as a program: the scenario in full, and runs of it."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "scenarios" / "benchmarks" / "benchmark.toml"
PROGRAM = ROOT / "target" / "release" / ("alliance.exe" if os.name == "nt" else "alliance")


class EngineFailed(Exception):
    """The program is missing, or says that something is wrong."""


def call(*arguments):
    """What the program prints."""
    if not PROGRAM.is_file():
        raise EngineFailed(f"There is no {PROGRAM}: run `cargo build --release` first.")
    command = [str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise EngineFailed(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def resolved():
    """The scenario with every default, every business area and everything inherited filled in."""
    return json.loads(call("check", SCENARIO, "--resolved"))


def run(trials, seed, threads=None):
    """Runs the scenario; returns its figures, the number of rows in its tables, and the seconds that it took."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        options = ["--trials", trials, "--seed", seed, "--no-charts", "--format", "json", "--out", out]
        if threads:
            options += ["--threads", threads]
        begin = time.perf_counter()
        call("run", SCENARIO, *options)
        taken = time.perf_counter() - begin
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        rows = sum(len(table.read_text(encoding="utf-8").splitlines()) - 1 for table in out.glob("*.csv"))
    return summary, rows, taken
