"""A bar that says how far the work is: below the cell of a notebook, or on the last line of a terminal. It is what `progress=True` shows."""

import sys
from typing import Any

__all__ = ["Bar"]

WIDTH = 30


class Bar:
    """Shows stages one after another, each with the part of it that is done."""

    def __init__(self) -> None:
        self.shown = _cell()
        self.stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Shows how far a stage is."""
        part = done / total if total else 1.0
        filled = round(WIDTH * part)
        line = f"{stage}: {'█' * filled}{'░' * (WIDTH - filled)} {part:4.0%}"
        if self.shown is not None:
            self.shown.update({"text/plain": line}, raw=True)
            return
        # A stage that is left stays above the next one.
        before = "\n" if self.stage not in ("", stage) else "\r"
        self.stage = stage
        sys.stderr.write(f"{before}{line}" + ("\n" if part >= 1 else ""))
        if part >= 1:
            self.stage = ""
        sys.stderr.flush()


def _cell() -> Any:
    """Where a notebook shows what changes; None where there is no notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from IPython.display import display  # type: ignore[import-not-found, unused-ignore]

    return display({"text/plain": ""}, raw=True, display_id=True)
