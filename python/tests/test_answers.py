"""Every answer is that of the command line, to the last byte, and each of its forms is there."""

import html
import json

import pytest

import alliance
from alliance import Scenario

SLIP = 'alliance."Strategic alliance".slip'
FEW = {"trials": 4_000, "seed": 7}
FEW_WORDS = ("--trials", "4000", "--seed", "7")


def test_a_run_is_that_of_the_command_line(two_force, command_line):
    assert alliance.run(two_force, **FEW).to_json() == command_line("run", str(two_force), *FEW_WORDS)


def test_the_defaults_are_those_of_the_command_line(two_force, command_line):
    assert alliance.run(two_force).to_json() == command_line("run", str(two_force))


def test_a_run_to_a_precision_with_another_sampler(two_force, command_line):
    own = alliance.run(two_force, trials=50_000, sampler="sobol", until="5%", threads=1).to_json()
    assert own == command_line("run", str(two_force), "--trials", "50000", "--sampler", "sobol", "--until", "5%")
    assert own == alliance.run(two_force, trials=50_000, sampler="sobol", until=0.05, threads=2).to_json()


def test_a_changed_run_is_that_of_set(two_force, command_line):
    changed = Scenario.load(two_force).set({SLIP: 1.2, "title": "Slower"})
    words = ("--set", f"{SLIP}=1.2", "--set", "title=Slower")
    assert alliance.run(changed, **FEW).to_json() == command_line("run", str(two_force), *words, *FEW_WORDS)


def test_a_comparison_is_that_of_the_command_line(root, two_force, command_line):
    other = root / "scenarios" / "lead-force.toml"
    own = alliance.compare(two_force, other, against=other, years=6, **FEW)
    words = (str(two_force), str(other), "--against", str(other), "--years", "6")
    assert own.to_json() == command_line("compare", *words, *FEW_WORDS)


def test_two_scenarios_of_one_name_are_two_options(two_force):
    scenario = Scenario.load(two_force)
    names = alliance.compare(scenario, scenario.set({SLIP: 1}), **FEW).to_json()
    assert '"two-force-2"' in names


def test_a_what_if_is_that_of_the_command_line(root, two_force, command_line):
    own = alliance.what_if(two_force, set={SLIP: 1}, sweep=[f"{SLIP}=1,1.5"], measure=["npv"], **FEW)
    words = ("--set", f"{SLIP}=1", "--sweep", f"{SLIP}=1,1.5", "--measure", "npv")
    assert own.to_json() == command_line("what-if", str(two_force), *words, *FEW_WORDS)
    commission = root / "scenarios" / "what-ifs" / "half-the-savings.toml"
    assert alliance.what_if(commission, **FEW).to_json() == command_line("what-if", str(commission), *FEW_WORDS)


QUESTIONS = [
    ("explain", alliance.Explanation, {"outcome": "npv"}, ("--outcome", "npv")),
    ("discover", alliance.Discovery, {"fail": "npv < -5"}, ("--fail", "npv < -5")),
    ("shares", alliance.Sharing, {}, ()),
    ("optimise", alliance.Optimum, {"slots": 3}, ("--slots", "3")),
    ("assumptions", alliance.Register, {}, ()),
    ("report", alliance.Report, {}, ()),
]


@pytest.mark.parametrize(("name", "kind", "options", "words"), QUESTIONS)
def test_every_other_question_is_that_of_the_command_line(name, kind, options, words, two_force, command_line):
    own = getattr(alliance, name)(two_force, **options, trials=1_000)
    assert type(own) is kind and isinstance(own, alliance.Answer)
    assert own.to_json() == command_line(name, str(two_force), *words, "--trials", "1000")


def test_an_answer_has_words_a_page_and_charts(two_force):
    own = alliance.run(two_force, **FEW)
    assert own.to_dict() == json.loads(own.to_json())
    assert own.findings == own.to_dict()["findings"] and own.findings
    assert repr(own) == f"<Forecast: {own.findings[0]}>"
    assert own.findings[0].split()[0] in own.text
    assert own.html.startswith("<!DOCTYPE html>") and "<script" not in own.html
    charts = own.charts()
    assert "savings-fan" in charts and all(svg.startswith("<svg") for svg in charts.values())
    shown = own._repr_html_()
    page = shown.split('"')[1]
    assert shown.startswith('<iframe srcdoc="') and html.unescape(page) == own.html


def test_a_commission_answers_in_sentences(root):
    own = alliance.what_if(root / "scenarios" / "what-ifs" / "half-the-savings.toml", **FEW)
    assert own.findings == own.to_dict()["answer"] and own.findings
