"""Other people's methods run on this engine, and find what it is known to hold."""

import alliance
import numpy
import optuna
import pytest
from alliance.ema import AllianceEvaluator, AllianceModel
from ema_workbench import Constant, Policy, RealParameter, ScalarOutcome, SequentialEvaluator
from ema_workbench.analysis import prim
from SALib.analyze import morris, sobol
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

# Two areas of £10m and £8m a year, of which the same uniform share is saved: all else the same in every future, net present value is a
# sum of both, 10 to 8. Their parts of its variance are 100/164 and 64/164.
SAVINGS = {'alliance.K.area."Road traffic".saving': 100 / 164, "alliance.K.area.y.saving": 64 / 164}


def npv(scenario, points):
    """Of points between 0 and 1, one column an input."""
    inputs = {name: alliance.quantiles(scenario, name, points[:, k]) for k, name in enumerate(SAVINGS)}
    return numpy.array(alliance.evaluate(scenario, inputs, trials=128)["npv"])


@pytest.fixture
def bare(root):
    return alliance.Scenario.load(root / "tests" / "bare.toml")


@pytest.fixture
def problem():
    return {"num_vars": 2, "names": list(SAVINGS), "bounds": [[0.001, 0.999]] * 2}


def test_sobol_indices_of_salib_are_those_that_are_known_and_our_own(bare, problem):
    points = sobol_sample.sample(problem, 512, calc_second_order=False, seed=1)
    found = sobol.analyze(problem, npv(bare, points), calc_second_order=False, seed=1)
    own = alliance.explain(bare, trials=20_000).to_dict()
    drivers = {driver["key"]: driver["first"]["value"] for driver in own["drivers"] if driver["first"]}
    both = sum(drivers[name] for name in SAVINGS)
    for k, (name, known) in enumerate(SAVINGS.items()):
        assert abs(found["S1"][k] - known) < 2 * found["S1_conf"][k]
        assert abs(found["ST"][k] - known) < 2 * found["ST_conf"][k]
        # Of the part that both explain; an index of 20,000 futures is known to a hundredth.
        assert abs(drivers[name] / both - known) < 0.04


def test_effects_of_morris_are_ten_to_eight(bare, problem):
    points = morris_sample.sample(problem, 20, seed=1)
    found = morris.analyze(problem, points, npv(bare, points), seed=1)
    assert found["mu_star"][0] / found["mu_star"][1] == pytest.approx(10 / 8, rel=0.02)


def model(two_force, **options):
    own = AllianceModel("twoforce", two_force, **options)
    own.uncertainties = [RealParameter("slip", 1.0, 2.5, variable_name='alliance."Strategic alliance".slip')]
    own.levers = [RealParameter("design", 0.1, 0.4, variable_name='alliance."Strategic alliance".design_share')]
    own.outcomes = [ScalarOutcome("npv"), ScalarOutcome("saving", variable_name="saving_cashable[2018/19]")]
    return own


def test_experiments_of_the_ema_workbench_are_rows_of_ours(two_force):
    own = model(two_force, trials=200)
    policies = [Policy("thrifty", design=0.1), Policy("thorough", design=0.4)]
    with AllianceEvaluator(own) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=6, policies=policies)
    inputs = {
        'alliance."Strategic alliance".slip': experiments["slip"].to_numpy(),
        'alliance."Strategic alliance".design_share': experiments["design"].to_numpy(),
    }
    told = alliance.evaluate(two_force, inputs, ["npv", "saving_cashable[2018/19]"], trials=200)
    assert list(outcomes["npv"]) == told["npv"] and list(outcomes["saving"]) == told["saving_cashable[2018/19]"]
    assert len(told["npv"]) == 12
    # One after another by their own evaluator: the same.
    with SequentialEvaluator(own) as evaluator:
        _, alone = evaluator.perform_experiments(scenarios=[dict_of(row) for row in experiments["slip"][:6]], policies=policies[:1])
    assert list(alone["npv"]) == list(outcomes["npv"][:6])


def test_constants_of_a_model_are_given_by_both_evaluators(two_force):
    own = model(two_force, trials=100)
    own.levers = []
    own.constants = [Constant('alliance."Strategic alliance".design_share', 0.4)]
    found = []
    for evaluator in (AllianceEvaluator, SequentialEvaluator):
        with evaluator(own) as ready:
            _, outcomes = ready.perform_experiments(scenarios=[dict_of(1.5)])
            found.append(list(outcomes["npv"]))
    inputs = {'alliance."Strategic alliance".slip': [1.5], 'alliance."Strategic alliance".design_share': [0.4]}
    assert found[0] == found[1] == alliance.evaluate(two_force, inputs, trials=100)["npv"]


def dict_of(slip):
    from ema_workbench import Scenario

    return Scenario(slip=float(slip))


def test_their_prim_finds_what_is_late_to_fail(two_force):
    own = model(two_force, trials=100)
    own.levers = []
    with AllianceEvaluator(own) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=400)
    worst = outcomes["npv"] < numpy.quantile(outcomes["npv"], 0.2)
    box = prim.Prim(experiments[["slip"]], worst, threshold=0.5).find_box()
    low, high = box.box_lims[-1]["slip"]
    # The more lateness the less worth: the worst fifth is the latest.
    assert low > 1.9 and high == pytest.approx(experiments["slip"].max())


def test_an_optimiser_takes_the_model_as_a_function(two_force):
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    scenario = alliance.Scenario.load(two_force)

    def worth(trial):
        given = {'alliance."Strategic alliance".slip': trial.suggest_float("slip", 1.0, 2.5)}
        return alliance.evaluate(scenario, {name: [value] for name, value in given.items()}, trials=128)["npv"][0]

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
    study.optimize(worth, n_trials=30)
    assert study.best_params["slip"] < 1.1
