"""A bar says how far the work is, stage by stage, and ends each line."""

import alliance
from alliance.bar import Bar


def test_a_terminal_shows_stages_one_below_another(capsys):
    bar = Bar()
    for told in (("Running", 0, 4), ("Running", 2, 4), ("Looking", 1, 2), ("Looking", 2, 2)):
        bar(*told)
    lines = capsys.readouterr().err.split("\n")
    assert lines[0].split("\r")[-1] == f"Running: {'█' * 15}{'░' * 15}  50%"
    assert lines[1].split("\r")[-1] == f"Looking: {'█' * 30} 100%" and lines[2] == ""


def test_true_shows_a_bar_and_false_none(two_force, capsys):
    alliance.run(two_force, trials=1_000_000, progress=True)
    assert "Running" in capsys.readouterr().err
    alliance.run(two_force, trials=1_000, progress=False)
    assert capsys.readouterr().err == ""
