"""Every argument of every function: what is not of its kind is refused by its name, in words that say what would be right."""

import math

import pandas
import pyarrow
import pytest

import alliance

HUGE = 10**30
#: What is no whole number.
NO_NUMBER = ([1], "many", None, True, math.nan, 1.5, {}, object())
NO_TEXT = (5, None, ["npv", 3], True, math.nan, b"npv", object())
NO_TEXTS = (5, [3], [["npv"]], True, math.nan, {"npv": 1}.items)

QUESTIONS = {
    "run": (alliance.run, {}),
    "compare": (alliance.compare, {}),
    "what_if": (alliance.what_if, {"set": {"economy.pay_share": 0.7}}),
    "explain": (alliance.explain, {}),
    "discover": (alliance.discover, {}),
    "shares": (alliance.shares, {}),
    "optimise": (alliance.optimise, {}),
    "assumptions": (alliance.assumptions, {}),
    "report": (alliance.report, {}),
}
COMMON = {
    "trials": (*NO_NUMBER, 0, -1, HUGE, -HUGE),
    "seed": (*NO_NUMBER, -1, HUGE),
    "threads": (*NO_NUMBER, -1, HUGE),
    "sampler": (*NO_TEXT, "dice", ""),
    "progress": (5, "yes", [1], math.nan),
}
OWN = {
    "run": {"until": ([1], True, math.nan, -1, 0, 1, HUGE, "much", {}), "client": (5, "tcp://x", [1]), "kept": (5, [1], True, math.nan)},
    "compare": {"against": (5, [1], math.nan, object()), "years": (*NO_NUMBER[:2], *NO_NUMBER[3:], 0, -1, HUGE), "client": (5,), "kept": (5, [1])},
    "what_if": {
        "set": (5, [1], "x=1", {5: 1}, {"economy.pay_share": object()}, {"economy.pay_share": {5: 1}}),
        "sweep": (*NO_TEXTS, "economy.pay_share"),
        "measure": NO_TEXTS,
        "client": (5,),
        "kept": (5, [1]),
    },
    "explain": {"outcome": NO_TEXT, "against": (5, [1], math.nan, object()), "years": (*NO_NUMBER[:2], *NO_NUMBER[3:], 0, -1, HUGE)},
    "discover": {"fail": (*NO_TEXT, "npv", "")},
    "shares": {"client": (5, "tcp://x"), "kept": (5, [1])},
    "optimise": {
        "outcome": NO_TEXT,
        "percentile": (*NO_NUMBER[:2], *NO_NUMBER[3:], 0, 100, 256, -1, HUGE),
        "slots": (*NO_NUMBER[:2], *NO_NUMBER[3:], 0, -1, HUGE),
    },
    "assumptions": {"outcome": NO_TEXT},
    "report": {"years": (*NO_NUMBER[:2], *NO_NUMBER[3:], 0, -1, HUGE)},
}
CASES = [
    (name, field, value)
    for name in QUESTIONS
    for field, values in {**COMMON, **OWN[name]}.items()
    for value in values
]


def refused(field, ask):
    with pytest.raises(alliance.RequestError) as found:
        ask()
    assert found.value.field == field, found.value
    said = str(found.value)
    # Named, and told what would be right.
    assert said.startswith(f"{field}: ") and len(said) > len(field) + 20, said


@pytest.mark.parametrize(("name", "field", "value"), CASES)
def test_an_argument_of_a_question_that_is_not_of_its_kind_is_refused(name, field, value, two_force):
    ask, needed = QUESTIONS[name]
    scenarios = [two_force, two_force] if name == "compare" else [two_force]
    refused(field, lambda: ask(*scenarios, **{"trials": 1_000, **needed, field: value}))


@pytest.mark.parametrize("value", [5, 1.5, None, [1], True, b"x", object(), {"a": {1, 2}}, {"a": object()}, {"a": math.nan}])
def test_what_is_no_scenario_is_refused_wherever_one_is_given(value, two_force):
    for name, (ask, needed) in QUESTIONS.items():
        scenarios = [two_force, value] if name == "compare" else [value]
        refused("scenario", lambda ask=ask, given=scenarios, needed=needed: ask(*given, trials=1_000, **needed))
    refused("scenario", lambda: alliance.evaluate(value, {"economy.pay_share": [0.7]}))
    refused("scenario", lambda: alliance.quantiles(value, "economy.pay_share", [0.5]))
    refused("scenario", lambda: alliance.futures(value))
    refused("source", lambda: alliance.Scenario.load(value))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("inputs", value) for value in (5, None, "economy.pay_share", [1], math.nan, {5: [1.0]}, {"economy.pay_share": object()}, {"economy.pay_share": HUGE})],
        *[("outcomes", value) for value in (*NO_TEXTS, [], "nvp")],
        *[("trials", value) for value in COMMON["trials"] if value is not None],
        *[("seed", value) for value in COMMON["seed"]],
        *[("threads", value) for value in COMMON["threads"]],
        *[("progress", value) for value in COMMON["progress"]],
        ("client", 5),
        ("kept", 5),
        ("kept", "somewhere"),
    ],
)
def test_an_argument_of_evaluate_that_is_not_of_its_kind_is_refused(field, value, two_force):
    refused(field, lambda: alliance.evaluate(two_force, **{"inputs": {"economy.pay_share": [0.7]}, field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("input", value) for value in (*NO_TEXT, "slip")],
        *[("at", value) for value in (0.5, None, "0.5", ["0.5"], [0.0], [math.nan], [HUGE], object())],
    ],
)
def test_an_argument_of_quantiles_that_is_not_of_its_kind_is_refused(field, value, two_force):
    refused(field, lambda: alliance.quantiles(two_force, **{"input": "economy.pay_share", "at": [0.5], field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("outcomes", value) for value in (*NO_TEXTS, "nvp")],
        *[("inputs", value) for value in (*NO_TEXTS, ["slip"])],
        *[("batch", value) for value in (*NO_NUMBER, 0, -1, -HUGE)],
        *[("trials", value) for value in COMMON["trials"]],
        *[("seed", value) for value in COMMON["seed"]],
        *[("threads", value) for value in COMMON["threads"]],
        *[("sampler", value) for value in COMMON["sampler"]],
    ],
)
def test_an_argument_of_futures_that_is_not_of_its_kind_is_refused(field, value, two_force):
    refused(field, lambda: alliance.futures(two_force, **{"trials": 200, field: value}))


@pytest.mark.parametrize("value", [5, None, [1], "economy.pay_share=0.7", {5: 1}, {None: 1}, {"economy.pay_share": object()}, {"economy.pay_share": [object()]}])
def test_what_cannot_be_set_is_refused(value, two_force):
    refused("changes", lambda: alliance.Scenario.load(two_force).set(value))


def test_columns_of_the_same_name_are_refused_by_it(two_force):
    share = "economy.pay_share"
    twice = pyarrow.table([[0.7], [0.8]], names=[share, share])
    for given in (twice, pandas.DataFrame([[0.7, 0.8]], columns=[share, share])):
        with pytest.raises(alliance.RequestError, match=f"two columns are called {share}") as found:
            alliance.evaluate(two_force, given)
        assert found.value.field == "inputs"


def test_what_is_of_another_kind_is_told_as_it_was_given(two_force):
    for value, told in ((True, "not True"), ([1, 2], r"not \[1, 2\]"), ("many", "not 'many'"), (list(range(100)), "not a list")):
        with pytest.raises(alliance.RequestError, match=f"a whole number from 1 to 4,000,000,000 is wanted, {told}$"):
            alliance.run(two_force, trials=value)
    with pytest.raises(alliance.RequestError, match="a scenario is wanted: a path, a text of several lines, a dict or a Scenario, not 3"):
        alliance.run(3)


def test_one_text_is_a_list_of_one(two_force):
    sweep = "economy.pay_share=0.7..0.9:2"
    one = alliance.what_if(two_force, sweep=sweep, measure="npv", trials=300)
    assert one.to_json() == alliance.what_if(two_force, sweep=[sweep], measure=["npv"], trials=300).to_json()
