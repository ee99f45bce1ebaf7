"""Pareto set: the sites that no other beats on everything at once."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

OBJECTIVES: Final = (
    "lcoc_usd_per_kw_month",
    "months_to_power",
    "carbon_hourly_average_t_per_mwh",
    "rtt_europe_ms",
    "water_stress_l_per_kwh",
)
"""What is compared, less being better: cost, time, carbon, distance, water."""


def unbeaten(figures: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which rows no other row dominates.

    One row dominates another where it is nowhere worse and somewhere better; equal
    rows do not dominate each other.

    Parameters
    ----------
    figures : array (row, objective)
        Less is better; no NaN.

    Notes
    -----
    Exact. In the order of the sums nothing later can dominate, so each row is held
    against the unbeaten ones before it: rows times the size of the set.

    References
    ----------
    .. [1] Bentley, Clarkson & Levine (1990), "Fast linear expected-time algorithms for
       computing maxima and convex hulls", SODA, 179-187.
    """
    scaled = figures - figures.min(axis=0, initial=np.inf)
    order = np.lexsort((*scaled.T, scaled.sum(axis=1)))
    front = np.empty_like(figures)
    found = np.zeros(len(figures), dtype=bool)
    size = 0
    for row in order:
        kept = front[:size]
        nowhere_worse = (kept <= figures[row]).all(axis=1)
        better = (kept < figures[row]).any(axis=1)
        if not (nowhere_worse & better).any():
            front[size], found[row] = figures[row], True
            size += 1
    return found


def pareto(metrics: pd.DataFrame) -> NDArray[np.float64]:
    """Return 1 for the sites of the Pareto set, 0 for those some other site beats.

    Parameters
    ----------
    metrics : DataFrame
        With the objectives and `excluded_because`.

    Returns
    -------
    array (site,)
        NaN where the site is excluded or lacks one of the figures; such a site beats
        no other. An objective that no site has is left out.
    """
    asked = [name for name in OBJECTIVES if name in metrics]
    figures = metrics[asked].to_numpy(dtype=float)
    figures = figures[:, ~np.isnan(figures).all(axis=0)]
    ranked = metrics["excluded_because"].eq("").to_numpy()
    known = ranked & ~np.isnan(figures).any(axis=1)
    found = np.full(len(metrics), np.nan)
    if figures.size:
        found[known] = unbeaten(figures[known])
    return found
