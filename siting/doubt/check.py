"""Check: the predicted outcomes against running the whole model again.

Everything the predictions leave out is in the difference: numbers that act together,
the design that another number would choose, the yard another length would prefer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from data import World
from siting.doubt.designed import Case, designed
from siting.doubt.draws import Unknown, drawn, stream
from siting.doubt.outcomes import Basis, outcomes
from siting.ranking import rank
from siting.trunk import evaluate

RUNS: Final = 20
CHECKED: Final = (
    "lcoc_usd_per_kw_month",
    "npv_usd",
    "it_mw",
    "pue_annual",
    "ready_months",
    "score",
)
"""Outcomes compared."""
HELD: Final = ("power.substation.", "power.lateral.route_factor")
"""Numbers left at their values: the hosting capacity of the whole network, minutes of
work, is found anew for each of them."""


def settings(found: Sequence[Unknown], runs: int, seed: int) -> list[dict[str, float]]:
    """Return all numbers drawn at once, one value at every site, for each run."""
    columns = {
        unknown.name: drawn(unknown, stream(seed, unknown.group, "check", runs))
        for unknown in found
    }
    return [
        {name: float(column[run]) for name, column in columns.items()}
        for run in range(runs)
    ]


def check(
    basis: Basis, found: Sequence[Unknown], world: World, seed: int, runs: int = RUNS
) -> pd.DataFrame:
    """Return how far predictions are from full runs with all numbers moved at once.

    Parameters
    ----------
    basis : Basis
    found : sequence of Unknown
        Every number that is drawn.
    world : World
        As loaded.
    seed, runs : int

    Returns
    -------
    DataFrame
        A row an outcome: `mean_pct`, `p90_pct` and `worst_pct` of the absolute error
        over the mean size of the outcome, `bias_pct`, and how many site-runs were
        compared; NaN where there were none. Where either says that nothing is built,
        the megawatts alone are compared.
    """
    numbers = settings([u for u in found if not u.name.startswith(HELD)], runs, seed)
    cases = [Case(values) for values in numbers]
    told = outcomes(basis, designed(basis, found, cases))
    full = xr.concat(
        [_run(basis, world, values) for values in numbers], dim="draw", join="exact"
    )
    return pd.DataFrame({name: _error(told[name], full[name]) for name in CHECKED}).T


def _run(basis: Basis, world: World, values: Mapping[str, float]) -> xr.Dataset:
    scenario = basis.centre.scenario
    overrides = tuple((dict(scenario.overrides) | dict(values)).items())
    again = replace(scenario, overrides=overrides)
    evaluation = evaluate(basis.centre.sites, again, world, without=("year", "hub"))
    table = rank(evaluation, scenario.preferences).table.set_index("site_id")
    own = table.loc[list(evaluation["site"].to_numpy())]
    return xr.Dataset({name: ("site", own[name].to_numpy(float)) for name in CHECKED})


def _error(predicted: xr.DataArray, full: xr.DataArray) -> dict[str, float]:
    one, other = predicted.to_numpy().ravel(), full.to_numpy().ravel()
    both = np.isfinite(one) & np.isfinite(other)
    if not both.any():
        none = dict.fromkeys(("mean_pct", "p90_pct", "worst_pct", "bias_pct"), np.nan)
        return none | {"compared": 0.0}
    size = np.abs(other[both]).mean() or np.nan
    away = 100.0 * (one[both] - other[both]) / size
    return {
        "mean_pct": float(np.abs(away).mean()),
        "p90_pct": float(np.quantile(np.abs(away), 0.9)),
        "worst_pct": float(np.abs(away).max()),
        "bias_pct": float(away.mean()),
        "compared": float(both.sum()),
    }
