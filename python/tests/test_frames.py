"""Tables are taken as they are by polars and pyarrow."""

import csv
import subprocess

import polars
import pyarrow
import pytest

import alliance


@pytest.fixture(scope="module")
def frames(two_force):
    return alliance.run(two_force, trials=4_000).to_frames()


def test_polars_and_pyarrow_take_what_the_table_holds(frames):
    assert {"annual", "forces", "areas"} <= set(frames)
    for name, frame in frames.items():
        held = frame.to_dict()
        assert frame.name == name and frame.columns == list(held) and len(frame) > 0
        assert polars.DataFrame(frame).to_dict(as_series=False) == held
        assert pyarrow.table(frame).to_pydict() == held


def test_columns_have_types_and_what_is_no_figure_is_null(frames):
    forces = polars.DataFrame(frames["forces"])
    kinds = set(forces.dtypes)
    assert kinds <= {polars.String, polars.Float64, polars.UInt64, polars.Boolean} and polars.Float64 in kinds
    assert forces["plan"].null_count() == sum(value is None for value in frames["forces"].to_dict()["plan"]) > 0


def test_a_frame_can_be_taken_twice_and_outlives_its_answer(two_force):
    frame = alliance.run(two_force, trials=1_000).to_frames()["annual"]
    unused = frame.__arrow_c_stream__()
    first, second = pyarrow.table(frame), pyarrow.table(frame)
    del unused, frame
    assert first.equals(second) and first.num_rows > 0


def test_frames_have_the_figures_of_the_files(two_force, root, tmp_path):
    folder = tmp_path / "results"
    program = root / "target" / "release" / "alliance"
    words = ["run", str(two_force), "--trials", "4000", "--no-charts", "--quiet", "--out", str(folder)]
    subprocess.run([str(program), *words], check=True)
    frames = alliance.run(two_force, trials=4_000).to_frames()
    rows = list(csv.DictReader((folder / "annual.csv").open(encoding="utf-8")))
    assert len(rows) == len(frames["annual"]) and list(rows[0]) == frames["annual"].columns
    for name, values in frames["annual"].to_dict().items():
        for row, value in zip(rows, values, strict=True):
            written = row[name]
            if isinstance(value, bool):
                assert written == str(value).lower()
            elif isinstance(value, (int, float)):
                assert float(written) == value
            else:
                assert written == (value or "")
