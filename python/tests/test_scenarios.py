"""Scenarios from files, texts and dicts; changes; what is wrong has a place."""

import pytest

import alliance
from alliance import AllianceError, RequestError, Scenario, ScenarioError

SLIP = 'alliance."Strategic alliance".slip'


def test_a_file_a_text_and_what_was_resolved_are_one_scenario(two_force, tmp_path):
    scenario = Scenario.load(str(two_force))
    assert (scenario.name, repr(scenario)) == ("two-force", f"<Scenario two-force: {scenario.title}>")
    again = Scenario.load(scenario.resolved)
    assert again.resolved == scenario.resolved
    assert alliance.run(again, trials=500).to_json() == alliance.run(scenario, trials=500).to_json()


def test_a_text_is_whole_in_itself():
    text = 'format = 1\nname = "here"\n'
    with pytest.raises(ScenarioError) as found:
        Scenario.load(text)
    assert found.value.problems and all(problem.file == "scenario.toml" for problem in found.value.problems)


def test_set_leaves_the_scenario_as_it_was(two_force):
    scenario = Scenario.load(two_force)
    slower = scenario.set({"economy.pay_share": 0.7, SLIP: {"triangular": {"low": 1, "mode": 1.2, "high": 2}}})
    assert slower.resolved["economy"]["pay_share"] != scenario.resolved["economy"]["pay_share"]
    assert slower.set({"economy.pay_share": 0.6}).resolved["economy"]["pay_share"] != slower.resolved["economy"]["pay_share"]


def test_what_is_wrong_has_a_place(root):
    with pytest.raises(ScenarioError) as found:
        Scenario.load(root / "tests" / "bad" / "dates.toml")
    first = found.value.problems[0]
    assert isinstance(found.value, AllianceError) and len(found.value.problems) > 2
    assert first.file.endswith("dates.toml") and first.severity == "error"
    assert (first.line, first.key) == (4, "report_dates") and first.column > 0
    assert first.message and first.remedy and str(first) in str(found.value)


def test_what_is_set_wrong_is_named(two_force):
    scenario = Scenario.load(two_force)
    with pytest.raises(ScenarioError, match="in what is set") as found:
        scenario.set({"economy.pay_shre": 0.8})
    assert found.value.problems[0].file is None and "pay_share" in str(found.value)
    with pytest.raises(ScenarioError, match="twice"):
        scenario.set({"economy.pay_share": 0.8, 'economy."pay_share"': 0.7})
    again = scenario.set({"economy.pay_share": 0.8}).set({"economy.pay_share": 0.7})
    assert again.resolved["economy"]["pay_share"] == 0.7
    with pytest.raises(RequestError, match="a number, a text, a bool, a list or a dict can be set"):
        scenario.set({"economy.pay_share": object()})


def test_check_tells_what_is_worth_a_look(two_force):
    assert Scenario.load(two_force).check() == []
    odd = Scenario.load(two_force).set({"economy.pay_share": 0.0001, f"{SLIP}": 40})
    found = odd.check()
    assert found and {problem.severity for problem in found} == {"worth a look"}


REFUSED = [
    (lambda file: alliance.run(file, trials=0), "trials"),
    (lambda file: alliance.run(file, trials=-5), "trials"),
    (lambda file: alliance.run(file, trials=2**70), "trials"),
    (lambda file: alliance.run(file, seed=-1), "seed"),
    (lambda file: alliance.run(file, seed=2**70), "seed"),
    (lambda file: alliance.run(file, threads=2**70), "threads"),
    (lambda file: alliance.run(file, sampler="dice"), "sampler"),
    (lambda file: alliance.run(file, until=2.0), "until"),
    (lambda file: alliance.run(file, threads=-1), "threads"),
    (lambda file: alliance.compare(file), "scenario"),
    (lambda file: alliance.compare(file, file, years=0), "years"),
    (lambda file: alliance.compare(file, file, years=2**70), "years"),
    (lambda file: alliance.explain(file, trials=1_000, outcome="npvv"), "outcome"),
    (lambda file: alliance.explain(file, trials=10), "trials"),
    (lambda file: alliance.discover(file, trials=1_000, fail="npv ="), "fail"),
    (lambda file: alliance.optimise(file, trials=1_000, percentile=100), "percentile"),
    (lambda file: alliance.optimise(file, trials=1_000, percentile=-(2**70)), "percentile"),
    (lambda file: alliance.optimise(file, trials=1_000, slots=2**70), "slots"),
    (lambda file: alliance.optimise(file, trials=1_000, slots=-1), "slots"),
    (lambda file: alliance.what_if(file, sweep=["x"]), "sweep"),
]


@pytest.mark.parametrize(("ask", "field"), REFUSED)
def test_what_is_wrong_with_a_question_names_the_argument(ask, field, two_force):
    with pytest.raises(RequestError) as found:
        ask(two_force)
    assert found.value.field == field and str(found.value).startswith(f"{field}: ")


def test_what_is_no_scenario_is_refused(two_force):
    with pytest.raises(ScenarioError, match="no such file"):
        alliance.run("no-such-file.toml")
    with pytest.raises(TypeError):
        alliance.run(two_force, 1_000)
