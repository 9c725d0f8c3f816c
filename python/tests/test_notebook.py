"""The notebook runs from top to bottom, and says what it promises."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient


def test_the_notebook_of_a_strategist_runs_from_top_to_bottom(root: Path, tmp_path):
    text = (root / "python" / "strategist.ipynb").read_text(encoding="utf-8").replace("Path.cwd()", f"Path({str(root)!r})")
    notebook = nbformat.reads(text, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    printed = ["".join(out.get("text", "") for out in cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
    told = "\n".join(printed)
    assert "has only a remote chance to be kept" in told and "half or more:" in told
    assert (tmp_path / "board.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    # A bar is shown below the cell, not printed into it.
    assert "░" not in told
