"""Futures by trial are those that the command line keeps."""

import subprocess

import polars
import pytest

import alliance


def test_batches_are_what_a_run_keeps(root, two_force, tmp_path):
    command = [root / "target" / "release" / "alliance", "run", two_force, "--trials", "1000", "--keep-trials"]
    subprocess.run([*command, "--out", tmp_path / "kept", "--no-charts", "--quiet"], check=True)
    kept = polars.read_parquet(tmp_path / "kept" / "trials.parquet")
    wanted = ["npv", "payback", "saving_cashable[2018/19]", 'force."Devon & Cornwall".npv']
    batches = [polars.DataFrame(frame) for frame in alliance.futures(two_force, wanted, trials=1_000, batch=300)]
    # Whole blocks of 128: 256 at once.
    assert [batch.height for batch in batches] == [256, 256, 256, 232]
    found = polars.concat(batches)
    assert found["trial"].to_list() == list(range(1_000))
    inputs = [name for name in kept.columns if name.startswith("input.")]
    assert found.columns == ["trial", *wanted, *inputs] and len(inputs) > 200
    for name in found.columns[1:]:
        assert found[name].to_list() == kept[name].cast(polars.Float64).to_list(), name


def test_all_at_once_is_one_frame(two_force):
    (only,) = alliance.futures(two_force, inputs=[], trials=1_000)
    assert len(only) == 1_000 and only.columns == ["trial", "npv"]
    slip = 'alliance."Strategic alliance".slip'
    (inputs,) = alliance.futures(two_force, [], inputs=[slip, slip], trials=1_000)
    assert inputs.columns == ["trial", f"input.{slip}"] and None not in inputs[f"input.{slip}"]


def test_some_inputs_alone_and_what_there_is_not(two_force):
    slip = 'alliance."Strategic alliance".slip'
    (only,) = alliance.futures(two_force, inputs=[slip], trials=100)
    assert only.columns == ["trial", "npv", f"input.{slip}"] and len(only) == 100
    for field, arguments in (("outcomes", {"outcomes": ["nvp"]}), ("inputs", {"inputs": ["slip"]}), ("trials", {"trials": 0})):
        with pytest.raises(alliance.RequestError) as refused:
            alliance.futures(two_force, **arguments)
        assert refused.value.field == field
