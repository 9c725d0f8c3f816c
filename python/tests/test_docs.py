"""Every example of docs/python.md gives what is written below it."""

import doctest
from pathlib import Path


def test_every_example_gives_what_is_written_below_it(root: Path, monkeypatch):
    monkeypatch.chdir(root)
    found = doctest.testfile(str(root / "docs" / "python.md"), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert found.attempted > 15 and found.failed == 0
