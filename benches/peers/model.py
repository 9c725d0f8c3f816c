"""What both Python models are given: the numbers of a scenario, and the names under which its outcomes are told."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Model(NamedTuple):
    """All numbers. `[t]` is by year, `[f]` by force, `[a]` by area; a *row* is that of a quantity's table of quantiles.

    The names are those of the scenario file, with `area_` before those of areas.
    """

    years: int
    forces: int
    areas: int
    # Economy
    pay_share: int  # row
    inflation_mean: np.ndarray  # [t]
    inflation_sd: float
    inflation_persistence: float
    pay_mean: np.ndarray  # [t]
    pay_sd: float
    pay_persistence: float
    prices_rho: float  # of the normal scores of inflation and pay
    tax_base_growth_mean: np.ndarray  # [t]
    tax_base_growth_sd: float
    tax_base_growth_persistence: float
    # The referendum limit
    pounds: np.ndarray  # values that it may have
    pounds_below: np.ndarray  # their cumulative probabilities
    known_pounds: np.ndarray  # [t], NaN where drawn
    percent: np.ndarray  # [t]
    # Grant
    regime_growth: np.ndarray  # [regime], rows
    regime_sd: np.ndarray  # [regime]
    regime_next: np.ndarray  # [regime, next], cumulative probabilities
    regime_known: np.ndarray  # [t], -1 where drawn; that of year 0 is always known
    local_sd: float
    # Forces
    budget: np.ndarray  # [f], as all of these
    grant: np.ndarray
    tax_base: np.ndarray
    band_d: np.ndarray
    other_income: np.ndarray
    reserves: np.ndarray
    opening_gap: np.ndarray  # rows
    uptake: np.ndarray  # rows
    demand_mean: np.ndarray
    demand_sd: np.ndarray
    demand_rho: float  # of the normal scores of every two forces
    # Ledger
    min_reserves: float
    max_reserves: float
    gap_closure: int  # row
    cut_recurrence: float
    # Alliance
    start: float
    share: np.ndarray  # [f]
    board_cycle: float
    slip: int  # row
    consultation: int  # row
    ict_ready: float
    ict_slip: int  # row
    workaround: int  # row
    realisation: np.ndarray  # [part], rows
    realisation_below: np.ndarray  # [part], cumulative weights
    attributable: int  # row
    team: float
    overrun: int  # row
    severance: int  # row
    ict_capital: float
    ict_overrun: int  # row
    # Areas; those that need the common platform come last
    first_ict: int
    area_cost: np.ndarray  # [a], as all of these
    area_saving: np.ndarray  # rows
    area_submit: np.ndarray
    area_consultation: np.ndarray
    area_implement: np.ndarray
    area_slip: np.ndarray  # rows
    area_oneoff: np.ndarray
    area_ramp: np.ndarray
    # Appraisal and target
    discount: np.ndarray  # [t]
    target_amount: float
    target_year: int


@dataclass(frozen=True)
class Scenario:
    """The numbers, the tables of quantiles, and the names under which the engine tells its outcomes."""

    model: Model
    tables: np.ndarray
    years: list
    forces: list
    target: str
