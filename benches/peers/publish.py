"""The table of times as Markdown, and its place in the documentation."""

import platform
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np

import engine
import timing

DOCUMENT = engine.ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


class NoPlace(Exception):
    """The documentation has no place for the table."""


def processor():
    """The processor's name, as well as the system tells it."""
    try:
        if sys.platform == "darwin":
            asked = ["sysctl", "-n", "machdep.cpu.brand_string"]
            return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, subprocess.CalledProcessError):
        return platform.processor() or platform.machine()


def caption(engine_version, rounds):
    """On what, and with what, the times were measured."""
    return (
        f"{processor()}, {timing.cores()} cores; alliance {engine_version}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}, numba {numba.__version__}. Best of {rounds} rounds, start-up and compilation left "
        "out. The engine counts every outcome, with percentiles and errors; the Python models only return some columns."
    )


def markdown(lines, below):
    rows = [f"| {' | '.join(line)} |" for line in lines]
    rows.insert(1, "|---|" + "---:|" * (len(lines[0]) - 1))
    return "\n".join([*rows, "", below])


def require_place():
    """The text of the documentation up to the table and from its end on."""
    text = DOCUMENT.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(END) < text.index(BEGIN):
        raise NoPlace(f"{DOCUMENT} has no place for the table: write the lines {BEGIN} and {END} into it, once each")
    return text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]


def write(lines, below):
    """Puts the table between its marker lines."""
    before, after = require_place()
    DOCUMENT.write_text(f"{before}\n{markdown(lines, below)}\n{after}", encoding="utf-8")
