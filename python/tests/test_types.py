"""The types say what is there: mypy passes on their use, and finds nothing in them that the module has not."""

import json
import subprocess
import sys
from pathlib import Path

USE = '''
import alliance

scenario: alliance.Scenario = alliance.Scenario.load("x.toml").set({"economy.pay_share": 0.8})
problems: list[alliance.Problem] = scenario.check()
line: int | None = problems[0].line
forecast: alliance.Forecast = alliance.run(scenario, trials=1_000, until="1%", progress=lambda stage, done, total: None)
frames: dict[str, alliance.Frame] = forecast.to_frames()
comparison: alliance.Answer = alliance.compare(scenario, "y.toml", against=scenario)
'''
WRONG = '''
import alliance

alliance.run("x.toml", trials="many")
alliance.run("x.toml", sampler="dice")
alliance.run("x.toml").to_tables()
'''


def mypy(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    file = folder / "use.py"
    file.write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), str(file)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder)


def test_mypy_takes_what_is_right_and_finds_what_is_wrong(tmp_path):
    right = mypy(tmp_path, USE)
    assert right.returncode == 0, right.stdout + right.stderr
    wrong = mypy(tmp_path, WRONG)
    assert wrong.stdout.count("error:") == 3, wrong.stdout


def test_pyright_takes_what_is_right_and_finds_what_is_wrong(tmp_path):
    for name, text, errors in (("right.py", USE, 0), ("wrong.py", WRONG, 3)):
        (tmp_path / name).write_text(text)
        command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson", str(tmp_path / name)]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=tmp_path).stdout)
        assert found["summary"]["errorCount"] == errors, found["generalDiagnostics"]


def test_the_types_are_those_of_the_module(tmp_path):
    command = [sys.executable, "-m", "mypy.stubtest", "alliance", "--ignore-disjoint-bases"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
