"""The model at given inputs: whatever holds the columns, the figures are those of a run with the same numbers."""

import array

import numpy
import pandas
import polars
import pyarrow
import pytest

import alliance

SLIP = 'alliance."Strategic alliance".slip'
DESIGN = 'alliance."Strategic alliance".design_share'


def test_what_is_not_given_is_drawn_as_in_a_run(two_force):
    found = alliance.evaluate(two_force, {SLIP: [None] * 1_000}, ["npv"])
    mean = alliance.run(two_force, trials=1_000).to_dict()["whole"]["npv"]["mean"]["value"]
    # Sums of a run are kept in whole numbers: to 10 digits.
    assert sum(found["npv"]) / 1_000 == pytest.approx(mean, rel=1e-9)


def test_columns_come_from_a_dict_or_a_frame_and_a_number_fills_a_column(two_force):
    slips = [1.0, 1.5, 2.0]
    listed = alliance.evaluate(two_force, {SLIP: slips, DESIGN: 0.2}, ["npv", "payback"]).to_dict()
    both = {SLIP: slips, DESIGN: [0.2] * 3}
    for given in (
        {SLIP: array.array("d", slips), DESIGN: 0.2},
        polars.DataFrame(both),
        pyarrow.table(both),
        polars.DataFrame(both).to_pandas(),
    ):
        assert alliance.evaluate(two_force, given, ["npv", "payback"]).to_dict() == listed
    assert len(listed["npv"]) == 3 and listed["npv"][0] != listed["npv"][2]


def test_rows_in_the_same_futures_are_what_if_with_its_error(two_force):
    found = alliance.evaluate(two_force, {SLIP: [1.1, 1.9]}, trials=2_000).to_dict()
    assert list(found) == ["npv", "npv.error", "npv.missing"]
    for slip, mean, error in zip([1.1, 1.9], found["npv"], found["npv.error"], strict=True):
        scenario = alliance.Scenario.load(two_force)
        # The plan stays: it is the future that differs.
        plan = scenario.resolved["alliance"][0]["slip"].get("plan", 1.0)
        run = alliance.run(scenario.set({SLIP: {"value": slip, "plan": plan}}), trials=2_000)
        own = run.to_dict()["whole"]["npv"]["mean"]
        assert mean == pytest.approx(own["value"], rel=1e-9)
        assert error == pytest.approx(own["error"], rel=1e-3)
    assert found["npv.missing"] == [0, 0]


def test_quantiles_are_those_of_the_distribution(root):
    saving = 'alliance.K.area."Road traffic".saving'
    # Evenly between 5 and 20 %: its median is 12.5 %, nine tenths lie below 18.5 %.
    assert alliance.quantiles(root / "tests" / "bare.toml", saving, [0.5, 0.9]) == pytest.approx([0.125, 0.185], abs=1e-12)


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "there is no row"),
        (3, "a dict of columns, or a frame"),
        ({SLIP: ["late"]}, "is 'late' in row 1: a number is wanted"),
        ({SLIP: "late"}, "is no column of numbers"),
        ({SLIP: b"12"}, "is no column of numbers"),
        ({SLIP: {1.0}}, "is no column of numbers"),
        ({SLIP: numpy.array([1 + 2j])}, "is no column of numbers"),
        ({SLIP: numpy.ones((2, 2))}, r"has the shape \(2, 2\)"),
        ({SLIP: [1.0, 1.0, -3.0]}, "is -3 in row 3: it is to be"),
        ({"force.Dorset.reserves": [12.0]}, "is a fact, which is set in the scenario"),
        ({SLIP: [1.0, 2.0], DESIGN: [0.1]}, "has 1 values"),
        ({"alliance.slip": [1.0]}, "is no number that may be uncertain"),
    ],
)
def test_what_cannot_be_given_is_a_request_error(two_force, inputs, said):
    with pytest.raises(alliance.RequestError, match=said) as found:
        alliance.evaluate(two_force, inputs)
    assert found.value.field == "inputs"


def test_arguments_are_named_as_they_are_written(two_force):
    for field, arguments in (("trials", {"trials": 0}), ("seed", {"seed": -1}), ("outcomes", {"outcomes": ["nvp"]}), ("outcomes", {"outcomes": 3})):
        with pytest.raises(alliance.RequestError) as refused:
            alliance.evaluate(two_force, {SLIP: [1.0]}, **arguments)
        assert refused.value.field == field
    for field, arguments in (("input", ("slip", [0.5])), ("input", (DESIGN, [0.5])), ("at", (SLIP, [1.5])), ("at", (SLIP, 0.5))):
        with pytest.raises(alliance.RequestError) as refused:
            alliance.quantiles(two_force, *arguments)
        assert refused.value.field == field


def test_numbers_are_read_as_they_are_meant(two_force):
    def at(column):
        return alliance.evaluate(two_force, {SLIP: column}, "npv")["npv"]

    plain, drawn = at([1.0, 1.5]), at([1.0, None])
    for column in (numpy.array([1.0, 1.5]).astype(">f8"), numpy.array([1.0, 1.5], dtype="f4"), pandas.Series([1.0, 1.5])):
        assert at(column) == plain
    for column in (
        numpy.ma.masked_array([1.0, 1.5], mask=[0, 1]),
        pandas.Series([1.0, pandas.NA], dtype=object),
        pandas.Series([1, pandas.NA], dtype="Int64"),
        polars.Series([1.0, None]),
    ):
        assert at(column) == drawn
    assert at(None) == at([None])
    assert alliance.evaluate(two_force, {SLIP: [1.0]}, ["npv", "npv"]).columns == ["npv"]
