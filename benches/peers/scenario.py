"""Reads a resolved scenario into plain numbers and arrays.

Nothing is copied by hand: the built program prints the scenario with every default and every business area filled in.
What it holds beyond the rules that the Python models implement is an error, never left out in silence.
"""

import numpy as np

from distributions import Tables, Unsupported, fixed
from model import Model, Scenario
from resolved import Node


def read(resolved):
    """Turns the JSON of `alliance check FILE --resolved` into numbers."""
    tables = Tables()
    root = Node(resolved, "", tables)
    parts = {"economy", "funding", "ledger", "appraisal", "force", "alliance", "target", "correlation"}
    root.expect(
        used=parts | {"format", "first_year", "years", "benefit"},
        # Without surges nothing of `resilience` matters; what is told by month or beside actuals is not returned.
        without_effect={"title", "name", "question", "resilience", "actual", "report_dates"},
    )
    root.must_be(format=1, benefit=[])
    if len(resolved["alliance"]) != 1 or len(resolved["target"]) != 1:
        raise Unsupported("the Python models do one alliance and one target")
    years = year_labels(resolved["first_year"], resolved["years"])
    forces = [force["name"] for force in resolved["force"]]
    numbers = {"years": len(years), "forces": len(forces)}
    numbers |= economy(root.node("economy"), years)
    numbers |= funding(root.node("funding"), years)
    numbers |= force_facts(root.nodes("force"))
    numbers |= ledger(root.node("ledger"))
    numbers |= alliance(root.nodes("alliance")[0], forces, numbers["budget"], resolved["first_year"])
    numbers |= correlations(root.nodes("correlation"))
    numbers |= appraisal(root.node("appraisal"), len(years))
    numbers |= target(root.nodes("target")[0], years)
    return Scenario(Model(**numbers), tables.stacked(), years, forces, resolved["target"][0]["name"])


def year_labels(first, count):
    start = int(first[:4])
    return [f"{year}/{(year + 1) % 100:02}" for year in range(start, start + count)]


def economy(node, years):
    node.expect(used={"pay_share", "inflation", "pay", "tax_base_growth", "limit"})
    limit = node.node("limit")
    limit.expect(used={"pounds", "percent", "known"})
    pounds, below = limit.choices("pounds")
    known = limit.get("known", {})
    known_pounds = np.array([known[year]["pounds"] if year in known else np.nan for year in years])
    percent = np.array([known[year]["percent"] if year in known else limit.fixed("percent") for year in years])
    numbers = {}
    for name in ("inflation", "pay", "tax_base_growth"):
        numbers |= series(node.node(name), name, len(years))
    return numbers | {
        "pay_share": node.table("pay_share"),
        "pounds": pounds,
        "pounds_below": below,
        "known_pounds": known_pounds,
        "percent": percent,
    }


def series(node, name, years):
    """A yearly series: an autoregression around a mean path."""
    node.expect(used={"mean", "sd", "persistence"})
    listed = node["mean"] if isinstance(node["mean"], list) else [node["mean"]]
    means = [fixed(mean, f"{node.place}.mean") for mean in listed]
    path = np.array([means[min(t, len(means) - 1)] for t in range(years)])
    return {f"{name}_mean": path, f"{name}_sd": node.fixed("sd"), f"{name}_persistence": node.fixed("persistence")}


def funding(node, years):
    node.expect(used={"local_sd", "regime", "transition", "initial", "known"})
    regimes = node.node("regime")
    names = list(regimes.values)
    known = node.get("known", {})
    path = [names.index(known[year]) if year in known else -1 for year in years]
    if path[0] < 0:
        path[0] = names.index(node["initial"])
    rows = np.array([[node["transition"][name].get(after, 0.0) for after in names] for name in names])
    for name in names:
        regimes.node(name).expect(used={"growth", "sd"})
    return {
        "local_sd": node.fixed("local_sd"),
        "regime_growth": np.array([regimes.node(name).table("growth") for name in names]),
        "regime_sd": np.array([regimes.node(name).fixed("sd") for name in names]),
        "regime_next": np.cumsum(rows, axis=1),
        "regime_known": np.array(path),
    }


def force_facts(nodes):
    facts = ("budget", "grant_share", "band_d", "tax_base", "reserves")
    for node in nodes:
        node.expect(
            used={*facts, "opening_gap", "demand_growth", "uptake", "name"},
            # Who can be sent to surges, and what makes a force leave: there are neither surges nor exits.
            without_effect={"population", "officers", "deployable_share", "elections", "appetite"},
        )
    fact = {key: np.array([node.fixed(key) for node in nodes]) for key in facts}
    grant = fact["budget"] * fact["grant_share"]
    demand = np.array([node.normal("demand_growth") for node in nodes])
    return {
        "budget": fact["budget"],
        "grant": grant,
        "tax_base": fact["tax_base"],
        "band_d": fact["band_d"],
        "other_income": np.maximum(0.0, fact["budget"] - grant - fact["tax_base"] * fact["band_d"] / 1e6),
        "reserves": fact["reserves"],
        "opening_gap": np.array([node.table("opening_gap") for node in nodes]),
        "demand_mean": demand[:, 0],
        "demand_sd": demand[:, 1],
        "uptake": np.array([node.table("uptake") for node in nodes]),
    }


def ledger(node):
    node.expect(used={"min_reserves", "max_reserves", "gap_closure", "cut_recurrence"})
    numbers = {key: node.fixed(key) for key in ("min_reserves", "max_reserves", "cut_recurrence")}
    return numbers | {"gap_closure": node.table("gap_closure")}


def alliance(node, forces, budget, first_year):
    fixed_numbers = ("board_cycle", "ict_ready", "team", "ict_capital")
    tables = ("slip", "consultation", "ict_slip", "workaround", "attributable", "overrun", "severance", "ict_overrun")
    features = ("kind", "members", "share", "agree", "stalled_pace", "finance_years", "exit")
    node.expect(
        used={*fixed_numbers, *tables, *features, "start", "realisation", "area"},
        # These tell what happens to cases that do not pass, in stalls, at exits and in surges; there are none.
        without_effect={"name", "decision", "design_share", "stall_cut", "reach", "retained", "unwind"},
    )
    node.must_be(kind="alliance", members=forces, share="budget", agree=1.0, stalled_pace=1.0, finance_years=1)
    node.node("exit").must_be(base=0.0)
    below, realisation = node.parts("realisation")
    start = months_since(first_year, node["start"]) / 12
    numbers = {key: node.fixed(key) for key in fixed_numbers} | {key: node.table(key) for key in tables}
    if start < 0.0 or numbers["ict_ready"] <= 0.0:
        raise Unsupported(f"{node.place}: the Python models want a start within the years, a platform that takes time")
    return (
        numbers
        | {"start": start, "share": budget / budget.sum(), "realisation_below": below, "realisation": realisation}
        | areas(node.nodes("area"))
    )


def months_since(first_year, month):
    """Months from 1 April of the first year."""
    return (int(month[:4]) - int(first_year[:4])) * 12 + int(month[5:7]) - 4


def areas(nodes):
    fixed_numbers = ("cost", "submit", "consultation", "implement", "oneoff", "ramp")
    for node in nodes:
        node.expect(
            used={*fixed_numbers, "saving", "slip", "approve", "after", "needs_ict"},
            # Non-cashable savings are not returned, and since no area waits for another, order has no effect.
            without_effect={"name", "noncashable", "operational", "priority"},
        )
        node.must_be(approve=1.0, after=[])
        if node.fixed("implement") <= 0.0 or node.fixed("ramp") <= 0.0:
            raise Unsupported(f"{node.place}: the Python models want an implementation and a ramp that take time")
    nodes = sorted(nodes, key=lambda node: node["needs_ict"])
    numbers = {f"area_{key}": np.array([node.fixed(key) for node in nodes]) for key in fixed_numbers}
    return numbers | {
        "areas": len(nodes),
        "first_ict": sum(not node["needs_ict"] for node in nodes),
        "area_saving": np.array([node.table("saving") for node in nodes]),
        "area_slip": np.array([node.table("slip") for node in nodes]),
    }


def correlations(nodes):
    """The two correlations that the Python models know: of inflation with pay, and of all forces' demand."""
    known = {
        frozenset({"economy.inflation", "economy.pay"}): "prices_rho",
        frozenset({"force.*.demand_growth"}): "demand_rho",
    }
    rho = dict.fromkeys(known.values(), 0.0)
    for node in nodes:
        node.expect(used={"quantities", "rho"}, without_effect={"name"})
        quantities = frozenset(node["quantities"])
        if quantities not in known:
            raise Unsupported(f"{node.place}: the Python models do not know a correlation of {', '.join(quantities)}")
        rho[known[quantities]] = node["rho"]
    return rho


def appraisal(node, years):
    node.expect(used={"discount", "discount_late"})
    year = np.arange(years)
    late = np.maximum(year - 30, 0)
    return {"discount": (1.0 + node["discount"]) ** (late - year) * (1.0 + node["discount_late"]) ** -late}


def target(node, years):
    node.expect(used={"name", "measure", "amount", "year"})
    node.must_be(measure="saving_cashable")
    return {"target_amount": node["amount"], "target_year": years.index(node["year"])}
