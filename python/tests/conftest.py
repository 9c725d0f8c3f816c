"""Where the repository is, and the command line that the package must equal."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

import alliance

ROOT = Path(os.environ.get("ALLIANCE_ROOT", Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def two_force(root: Path) -> Path:
    return root / "scenarios" / "two-force.toml"


def commit_of(printed: str) -> str:
    found = re.search(r'"commit": .*', printed)
    assert found, "an answer names a commit"
    return found.group()


@pytest.fixture(scope="session")
def commit(two_force: Path) -> str:
    return commit_of(alliance.run(two_force, trials=100).to_json())


@pytest.fixture
def command_line(root: Path, tmp_path: Path, commit: str):
    """What the command line prints."""

    def ask(*words: str) -> str:
        program = root / "target" / "release" / "alliance"
        command = [str(program), *words, "--out", tempfile.mkdtemp(dir=tmp_path), "--format", "json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
        # Each names the commit that it was built from itself, and where sources are being changed the two may differ.
        return printed.replace(commit_of(printed), commit)

    return ask
