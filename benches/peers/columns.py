"""Which outcomes the Python models return, and in which row: some of the engine's columns, under its names."""

WHOLE = ("npv", "pv_saving", "steady_saving", "total_investment", "peak_funding_need", "payback", "target_met")
NPV, PV_SAVING, STEADY_SAVING, TOTAL_INVESTMENT, PEAK_FUNDING_NEED, PAYBACK, TARGET_MET = range(len(WHOLE))

YEARLY = ("saving_cashable", "investment")
SAVING_CASHABLE, INVESTMENT = range(len(YEARLY))

FORCE = (
    "npv",
    "funding",
    "lowest_reserves",
    "lowest_reserves_standalone",
    "floor_breached",
    "floor_breached_standalone",
    "cuts",
    "cuts_standalone",
    "reserves",
    "reserves_standalone",
)
(
    FORCE_NPV,
    FUNDING,
    LOWEST_RESERVES,
    LOWEST_RESERVES_STANDALONE,
    FLOOR_BREACHED,
    FLOOR_BREACHED_STANDALONE,
    CUTS,
    CUTS_STANDALONE,
    RESERVES,
    RESERVES_STANDALONE,
) = range(len(FORCE))


def first_yearly(which, years):
    """Row of a yearly outcome in year 0; the other years follow."""
    return len(WHOLE) + which * years


def first_of_force(f, years):
    """Row of the first outcome of a force; funding and reserves are those of the last year."""
    return len(WHOLE) + len(YEARLY) * years + f * len(FORCE)


def count(model):
    """Number of rows."""
    return first_of_force(model.forces, model.years)
