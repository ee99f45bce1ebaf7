"""Odds: how often each site is first, how wide its figures are, where it may rank."""

from typing import Final

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.stats import rankdata

from siting.doubt import OUTCOMES
from siting.ranking import ORDER, gate_reasons, metric_table
from siting.scenario import Preferences, Scenario

Array = NDArray[np.float64]

TOP: Final = 3
"""How many places count as the top."""
QUANTILES: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def standing_gates(
    evaluation: xr.Dataset, preferences: Preferences
) -> NDArray[np.bool_]:
    """Return (site,) which sites no draw lets in: mines, earthquakes, borders.

    What depends on megawatts and dates is tested draw by draw instead.
    """
    metrics = metric_table(evaluation).assign(served_pct=100.0, infeasible_because="")
    return gate_reasons(metrics, preferences.gates).ne("").to_numpy()


def placed(outcomes: xr.Dataset, out: NDArray[np.bool_], scenario: Scenario) -> Array:
    """Return (draw, site) what each draw ranks by, small first; NaN is not placed."""
    column, ascending = ORDER[scenario.preferences.order_by]
    told = outcomes[column].to_numpy()
    served = outcomes["served_pct"].to_numpy()
    campus = scenario.campus
    built = outcomes["it_mw"].to_numpy() > 0.0
    kept = ~out & built & (served >= scenario.preferences.gates.min_served_pct)
    if campus.must_by is not None:
        day = campus.decision_date
        months = 12 * (campus.must_by + 1 - day.year) - (day.month - 1)
        kept &= np.ceil(outcomes["ready_months"].to_numpy() - 1e-9) < months
    return np.where(kept, told if ascending else -told, np.nan)


def places(keys: Array) -> tuple[Array, Array]:
    """Return first place and number of sites sharing it, draw by draw.

    Parameters
    ----------
    keys : array (draw, site)
        Small first; NaN is not placed.

    Returns
    -------
    tuple of array (draw, site)
        Least rank a site has, and how many share it; NaN where it has none.
    """
    last = np.where(np.isnan(keys), np.inf, keys)
    least = rankdata(last, method="min", axis=1).astype(float)
    most = rankdata(last, method="max", axis=1)
    there = ~np.isnan(keys)
    return np.where(there, least, np.nan), np.where(there, most - least + 1.0, np.nan)


def odds(keys: Array) -> pd.DataFrame:
    """Return how often each site ranks where; ties share their places evenly.

    ``P(top k) = mean(min(1, max(0, (k − r + 1)/m)))`` for a least rank r shared by m.

    Parameters
    ----------
    keys : array (draw, site)
        As `placed` gives them.

    Returns
    -------
    DataFrame
        A row a site: `p_rank_1`, `p_top_3`, `p_ranked` [1], `rank_p10`, `rank_p50`,
        `rank_p90`.
    """
    least, shared = places(keys)
    middle = least + (shared - 1.0) / 2.0
    unplaced = np.where(np.isnan(middle), keys.shape[1], middle)
    spread = np.quantile(unplaced, list(QUANTILES.values()), axis=0)
    return pd.DataFrame(
        {
            "p_rank_1": within(least, shared, 1),
            f"p_top_{TOP}": within(least, shared, TOP),
            "p_ranked": np.isfinite(least).mean(axis=0),
            **{f"rank_{q}": row for q, row in zip(QUANTILES, spread, strict=True)},
        }
    )


def within(least: Array, shared: Array, top: int) -> Array:
    """Return (site,) how often a site stands within the first places [1]."""
    part = np.clip((top - least + 1.0) / shared, 0.0, 1.0)
    return np.asarray(np.nan_to_num(part).mean(axis=0))


def spread(outcomes: xr.Dataset) -> pd.DataFrame:
    """Return P10, P50 and P90 of every outcome, a row a site.

    Over the draws in which the outcome exists; NaN where it never does.
    """
    columns: dict[str, Array] = {}
    for name in OUTCOMES:
        values = outcomes[name].to_numpy()
        known = np.isfinite(values).any(axis=0)
        cuts = np.full((len(QUANTILES), values.shape[1]), np.nan)
        cuts[:, known] = np.nanquantile(
            np.where(np.isfinite(values), values, np.nan)[:, known],
            list(QUANTILES.values()),
            axis=0,
        )
        columns |= {f"{name}_{q}": row for q, row in zip(QUANTILES, cuts, strict=True)}
    return pd.DataFrame(columns)


def chances(outcomes: xr.Dataset) -> pd.DataFrame:
    """Return how often a site can be built, and earns its cost of capital [1].

    NaN where it is built but no rent is assumed, as for a powered shell.
    """
    npv = outcomes["npv_usd"].to_numpy()
    built = outcomes["it_mw"].to_numpy() > 0.0
    earns = (np.nan_to_num(npv, nan=-np.inf) > 0.0).mean(axis=0)
    told = np.isfinite(npv).any(axis=0) | ~built.any(axis=0)
    return pd.DataFrame(
        {
            "p_built": built.mean(axis=0),
            "p_npv_positive": np.where(told, earns, np.nan),
            "p_debt_unpaid": _part(outcomes["min_dscr"].to_numpy()),
        }
    )


def _part(cover: Array) -> Array:
    """Return how often cash falls short of the debt's service in some year [1]."""
    lent = np.isfinite(cover)
    short = (np.where(lent, cover, np.inf) < 1.0).sum(axis=0)
    count = lent.sum(axis=0)
    return np.where(count > 0, short / np.maximum(count, 1), np.nan)
