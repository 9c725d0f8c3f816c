"""EMA Workbench on this engine: its samplers, policies, scenario discovery and optimisers; the futures are run here.

It needs the package `ema_workbench`. Every experiment meets the same futures, so that experiments differ by what they change.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ema_workbench import Model  # type: ignore[import-untyped]
from ema_workbench.em_framework.evaluators import BaseEvaluator  # type: ignore[import-untyped]
from ema_workbench.em_framework.points import experiment_generator  # type: ignore[import-untyped]

import alliance

__all__ = ["AllianceEvaluator", "AllianceModel"]


class AllianceModel(Model):  # type: ignore[misc]
    """A scenario as a model of EMA Workbench. Parameters name their input by `variable_name`, outcomes likewise or by their name.

    Every experiment is the mean over `trials` futures, the same for all; with `trials=None`, experiment k is future k.
    """

    def __init__(self, name: str, scenario: Any, *, trials: int | None = 2_000, seed: int = 2015) -> None:
        super().__init__(name, function=self._alone)
        self.of = scenario if isinstance(scenario, alliance.Scenario) else alliance.Scenario.load(scenario)
        self.trials = trials
        self.seed = seed

    def evaluate(self, experiments: list[dict[str, float]]) -> list[dict[str, Any]]:
        """Outcomes of experiments, each a dict of inputs by their names in the scenario."""
        names = list(dict.fromkeys(name for experiment in experiments for name in experiment))
        inputs = {name: [experiment.get(name) for experiment in experiments] for name in names}
        wanted = [variable for outcome in self.outcomes for variable in outcome.variable_name]
        found = alliance.evaluate(self.of, inputs, wanted, trials=self.trials, seed=self.seed)
        columns = {name: [float("nan") if value is None else value for value in found[name]] for name in wanted}
        return [{name: values[row] for name, values in columns.items()} for row in range(len(experiments))]

    def _alone(self, **experiment: float) -> dict[str, Any]:
        return self.evaluate([experiment])[0]


class AllianceEvaluator(BaseEvaluator):  # type: ignore[misc]
    """Runs experiments some thousands at a time on all cores."""

    at_once = 10_000

    def initialize(self) -> None:
        """Nothing has to be made ready."""

    def finalize(self) -> None:
        """Nothing is left behind."""

    def evaluate_experiments(
        self,
        scenarios: Iterable[Any],
        policies: Iterable[Any],
        callback: Callable[[Any, dict[str, Any]], None],
        combine: str = "factorial",
    ) -> None:
        """Called by EMA Workbench."""
        models = {model.name: model for model in self._msis}
        others = [name for name, model in models.items() if not isinstance(model, AllianceModel)]
        if others:
            raise TypeError(f"{', '.join(others)}: an AllianceEvaluator runs models of the class AllianceModel alone")
        waiting: list[Any] = []
        for experiment in experiment_generator(scenarios, self._msis, policies, combine=combine):
            if waiting and (len(waiting) == self.at_once or waiting[0].model_name != experiment.model_name):
                _run(models[waiting[0].model_name], waiting, callback)
                waiting = []
            waiting.append(experiment)
        if waiting:
            _run(models[waiting[0].model_name], waiting, callback)


def _run(model: AllianceModel, experiments: list[Any], callback: Callable[[Any, dict[str, Any]], None]) -> None:
    given = [_inputs(model, experiment) for experiment in experiments]
    for experiment, found in zip(experiments, model.evaluate(given), strict=True):
        values = {outcome.name: outcome.process([found[name] for name in outcome.variable_name]) for outcome in model.outcomes}
        callback(experiment, values)


def _inputs(model: AllianceModel, experiment: Any) -> dict[str, float]:
    """What an experiment gives, by the names of the scenario."""
    given: dict[str, float] = {}
    for constant in model.constants:
        given[constant.name] = float(constant.value)
    for parameters, values in ((model.uncertainties, experiment.scenario), (model.levers, experiment.policy)):
        for parameter in parameters:
            if parameter.name in values:
                given.update(dict.fromkeys(parameter.variable_name, float(values[parameter.name])))
    return given
