"""Types of the engine."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import Any, Literal, TypeAlias, final

_ScenarioLike: TypeAlias = Scenario | str | PathLike[str] | dict[str, Any]
_Sampler: TypeAlias = Literal["plain", "antithetic", "latin", "sobol"]
_Progress: TypeAlias = Callable[[str, int, int], object] | bool

__version__: str
__all__ = [
    "Answer",
    "Comparison",
    "Discovery",
    "Explanation",
    "Forecast",
    "Optimum",
    "Register",
    "Report",
    "Sharing",
    "WhatIf",
    "assumptions",
    "compare",
    "discover",
    "engine",
    "evaluate",
    "explain",
    "futures",
    "optimise",
    "quantiles",
    "report",
    "run",
    "shares",
    "what_if",
    "AllianceError",
    "Problem",
    "RequestError",
    "ScenarioError",
    "Frame",
    "Futures",
    "Scenario",
    "Study",
    "__version__",
]

class AllianceError(Exception): ...

class ScenarioError(AllianceError):
    problems: list[Problem]

class RequestError(AllianceError):
    field: str | None

@final
class Problem:
    @property
    def file(self) -> str | None: ...
    @property
    def line(self) -> int | None: ...
    @property
    def column(self) -> int | None: ...
    @property
    def key(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def severity(self) -> Literal["error", "worth a look"]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Scenario:
    @staticmethod
    def load(source: _ScenarioLike) -> Scenario: ...
    def check(self) -> list[Problem]: ...
    def set(self, changes: dict[str, Any]) -> Scenario: ...
    @property
    def resolved(self) -> dict[str, Any]: ...
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...

@final
class Frame:
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, column: str, /) -> list[Any]: ...
    def to_dict(self) -> dict[str, list[Any]]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Futures:
    def __iter__(self) -> Futures: ...
    def __next__(self) -> Frame: ...

@final
class Study:
    def __new__(cls, request: str) -> Study: ...
    @property
    def request(self) -> str: ...
    @property
    def staged(self) -> bool: ...
    @property
    def width(self) -> int: ...
    def rows(self, parts: Sequence[bytes]) -> list[tuple[str, int, int]]: ...
    def told(self, row: str, first: int, last: int) -> str: ...
    def given(self, first: int, last: int) -> bytes: ...
    def name(self, row: str, first: int, last: int) -> str: ...
    def count(self, row: str, first: int, last: int, given: bytes = ..., *, threads: int = 1) -> bytes: ...
    def check(self, part: bytes) -> tuple[str, int, int]: ...

class Answer:
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def to_frames(self) -> dict[str, Frame]: ...
    def charts(self) -> dict[str, str]: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def findings(self) -> list[str]: ...
    def _repr_html_(self) -> str: ...

@final
class Forecast(Answer): ...
@final
class Comparison(Answer): ...
@final
class WhatIf(Answer): ...
@final
class Explanation(Answer): ...
@final
class Discovery(Answer): ...
@final
class Sharing(Answer): ...
@final
class Optimum(Answer): ...
@final
class Register(Answer): ...
@final
class Report(Answer): ...

def run(
    scenario: _ScenarioLike,
    *,
    until: float | str | None = None,
    client: Any = None,
    kept: str | PathLike[str] | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Forecast: ...
def compare(
    *scenarios: _ScenarioLike,
    against: _ScenarioLike | None = None,
    years: int | None = None,
    client: Any = None,
    kept: str | PathLike[str] | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Comparison: ...
def what_if(
    scenario: _ScenarioLike,
    *,
    set: dict[str, Any] | None = None,
    sweep: Sequence[str] | None = None,
    measure: Sequence[str] | None = None,
    client: Any = None,
    kept: str | PathLike[str] | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> WhatIf: ...
def explain(
    scenario: _ScenarioLike,
    *,
    outcome: str = "npv",
    against: _ScenarioLike | None = None,
    years: int | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Explanation: ...
def discover(
    scenario: _ScenarioLike,
    *,
    fail: str = "npv < 0",
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Discovery: ...
def shares(
    scenario: _ScenarioLike,
    *,
    client: Any = None,
    kept: str | PathLike[str] | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Sharing: ...
def optimise(
    scenario: _ScenarioLike,
    *,
    outcome: str = "npv",
    percentile: int | None = None,
    slots: int | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Optimum: ...
def assumptions(
    scenario: _ScenarioLike,
    *,
    outcome: str = "npv",
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Register: ...

def evaluate(
    scenario: _ScenarioLike,
    inputs: Any,
    outcomes: Sequence[str] | str | None = None,
    *,
    trials: int | None = None,
    client: Any = None,
    kept: str | PathLike[str] | None = None,
    seed: int = 2015,
    threads: int = 0,
    progress: _Progress | None = None,
) -> Frame: ...
def quantiles(scenario: _ScenarioLike, input: str, at: Any) -> list[float]: ...
def futures(
    scenario: _ScenarioLike,
    outcomes: Sequence[str] | str | None = None,
    *,
    inputs: Sequence[str] | None = None,
    batch: int = 100_000,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
) -> Futures: ...
def engine() -> str: ...
def report(
    *scenarios: _ScenarioLike,
    years: int | None = None,
    trials: int = 100_000,
    seed: int = 2015,
    sampler: _Sampler = "plain",
    threads: int = 0,
    progress: _Progress | None = None,
) -> Report: ...
