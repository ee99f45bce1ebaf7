"""Rank: gates, value functions on declared scales, weights; instant, no physics."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from data.schema import glossary
from siting.pareto import pareto
from siting.scenario import Criterion, Gates, Preferences

FIRST = ("rank", "site_id", "name", "lat", "lon", "score")
LAST = "excluded_because"
ORDER = {
    "score": ("score", False),
    "lcoc": ("lcoc_usd_per_kw_month", True),
    "npv": ("npv_usd", False),
    "irr": ("irr_pct", False),
}
"""Column each order goes by, and whether the smallest comes first."""
MINED = "district not cleared of mines, and no source says that the place is"


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What is exported: one row a site, best first, and the taste behind it."""

    table: pd.DataFrame
    """Columns as in the exports; excluded sites last, with every reason."""
    values: pd.DataFrame
    """Value 0–100 of each criterion by site; NaN where it cannot be scored."""
    preferences: Preferences
    not_computed: tuple[str, ...]
    """Criteria the model does not compute: dropped for every site."""


def value(criterion: Criterion, metric: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value of a metric on the criterion's declared scale.

    Parameters
    ----------
    criterion : Criterion
        With `worst` (value 0) and `best` (value 100).
    metric : ndarray
        In the metric's own unit.

    Returns
    -------
    ndarray
        0 to 100, clipped; NaN where the metric is absent. On a logarithmic
        scale equal ratios count equally.

    Examples
    --------
    >>> pue = Criterion(metric="pue_annual", group="cooling", weight=1, best=1.05, worst=1.35)
    >>> value(pue, np.array([1.05, 1.20, 1.5]))
    array([100.,  50.,   0.])
    """
    worst, best = criterion.worst, criterion.best
    if criterion.scale == "log":
        floor = min(worst, best)
        metric = np.log(np.where(metric <= floor, floor, metric))
        worst, best = np.log(worst), np.log(best)
    return np.clip((metric - worst) / (best - worst), 0.0, 1.0) * 100.0


def group_scores(
    values: pd.DataFrame, criteria: tuple[Criterion, ...], preferences: Preferences
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return score and coverage of each group.

    A group is the weighted mean over the criteria that can be scored at the
    site; its coverage is their share of the group's weight. Below the asked
    coverage the group is NaN.

    Returns
    -------
    tuple of DataFrame
        Scores 0–100 and coverage [%], site × group.
    """
    scores, coverage = {}, {}
    for group, _ in preferences.groups:
        members = [c for c in criteria if c.group == group]
        weight = np.array([c.weight for c in members])
        scored = values[[c.metric for c in members]].to_numpy(dtype=float)
        present = np.where(np.isnan(scored), 0.0, weight)
        total, known = weight.sum(), present.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = (present * np.nan_to_num(scored)).sum(axis=1) / known
            share = 100.0 * known / total
        covered = share >= preferences.min_coverage_pct
        scores[group] = np.where(covered, mean, np.nan)
        coverage[group] = np.nan_to_num(share)
    return pd.DataFrame(scores, values.index), pd.DataFrame(coverage, values.index)


def total_score(groups: pd.DataFrame, preferences: Preferences) -> pd.Series:
    """Return the weighted mean of the groups; NaN where a weighted group is NaN."""
    weight = pd.Series(dict(preferences.groups))
    weight = weight[weight > 0]
    return (groups[weight.index] * weight).sum(axis=1, skipna=False) / weight.sum()


def gate_reasons(metrics: pd.DataFrame, gates: Gates) -> pd.Series:
    """Return every reason a site is excluded for, as one text; blank when none.

    A limit whose datum is absent at the site excludes nothing.
    """
    served = metrics["served_pct"]
    short = "delivers {:.0f} % of the MW asked for, less than {:.0f} %"
    reasons = [
        metrics["infeasible_because"],
        _reason(served < gates.min_served_pct, short, served, gates.min_served_pct),
    ]
    if gates.exclude_mined:
        mined = metrics["mines_class"] == "contaminated_district"
        reasons.append(_reason(mined, MINED, served))
    if gates.max_seismic_msk is not None:
        zone = metrics["seismic_msk"]
        text = "seismic zone {:g} above {:g} (MSK-64)"
        reasons.append(
            _reason(zone > gates.max_seismic_msk, text, zone, gates.max_seismic_msk)
        )
    if gates.min_border_km is not None:
        near = metrics["border_min_km"]
        text = "{:.0f} km from a state border, less than {:g} km"
        reasons.append(
            _reason(near < gates.min_border_km, text, near, gates.min_border_km)
        )
    said = ["; ".join(filter(None, texts)) for texts in zip(*reasons, strict=True)]
    return pd.Series(said, metrics.index)


def _reason(
    fails: pd.Series, text: str, value: pd.Series, limit: float | None = None
) -> pd.Series:
    said = [
        text.format(v, limit) if f else "" for f, v in zip(fails, value, strict=True)
    ]
    return pd.Series(said, fails.index)


def metric_table(evaluation: xr.Dataset) -> pd.DataFrame:
    """Return every site-level metric of the glossary, one row a site."""
    known, variables = glossary(), evaluation.variables
    names = [
        str(name)
        for name, variable in variables.items()
        if variable.dims == ("site",)
        and name not in evaluation.coords
        and known[str(name)].kind != "internal"
    ]
    index = pd.Index(evaluation["site"].to_numpy(), name="site_id")
    return pd.DataFrame({n: variables[n].to_numpy() for n in names}, index=index)


def rank(evaluation: xr.Dataset, preferences: Preferences) -> Ranking:
    """Return the sites in order of preference, with scores, gates and reasons.

    Parameters
    ----------
    evaluation : Dataset
        What the model says of every site, dims site (and more).
    preferences : Preferences
        Weights, declared scales, gates and the order asked for.

    Returns
    -------
    Ranking
        Scores depend on a site's own metrics alone, so adding or deleting a
        site changes no other's. Ties are ordered by site_id. Only `pareto` compares
        the sites of the list with each other.
    """
    metrics = metric_table(evaluation)
    criteria = tuple(c for c in preferences.criteria if c.metric in metrics)
    values = pd.DataFrame(
        {c.metric: value(c, metrics[c.metric].to_numpy(dtype=float)) for c in criteria},
        index=metrics.index,
    )
    groups, coverage = group_scores(values, criteria, preferences)
    metrics = metrics.assign(
        score=total_score(groups, preferences),
        excluded_because=gate_reasons(metrics, preferences.gates),
        **{f"{group}_score": groups[group] for group in groups},
        **{f"{group}_coverage_pct": coverage[group] for group in coverage},
    )
    metrics = metrics.assign(pareto=pareto(metrics))
    table = _ordered(metrics, preferences)
    absent = tuple(c.metric for c in preferences.criteria if c.metric not in metrics)
    return Ranking(table, values, preferences, absent)


def scored(evaluation: xr.Dataset, ranking: Ranking) -> xr.Dataset:
    """Return the evaluation with what the ranking adds: rank, scores, reasons."""
    table = ranking.table.set_index("site_id").loc[list(evaluation["site"].values)]
    added = [name for name in table if name not in evaluation.data_vars]
    return evaluation.assign({n: ("site", table[n].to_numpy()) for n in added})


def with_columns(ranking: Ranking, sites: pd.DataFrame, used: Iterable[str]) -> Ranking:
    """Return the ranking with the site list's own columns beside the metrics.

    Parameters
    ----------
    ranking : Ranking
    sites : DataFrame
        The list that was ranked.
    used : iterable of str
        Columns the model reads; where a result has the same name, the result says
        it. Another column that a result is called by is kept under `given_`.
    """
    taken = set(ranking.table)
    own = [c for c in sites if not (c in taken and c in set(used))]
    names: dict[str, str] = {}
    for column in map(str, own):
        name = column
        while name in taken:
            name = f"given_{name}"
        names[column] = name
        taken.add(name)
    table = ranking.table.join(sites[own].rename(columns=names), on="site_id")
    table.insert(len(table.columns) - 1, LAST, table.pop(LAST))
    return replace(ranking, table=table)


def _ordered(metrics: pd.DataFrame, preferences: Preferences) -> pd.DataFrame:
    column, ascending = ORDER[preferences.order_by]
    table = metrics.reset_index().assign(
        out=metrics["excluded_because"].ne("").to_numpy()
    )
    table = table.sort_values(
        ["out", column, "site_id"],
        ascending=[True, ascending, True],
        na_position="last",
        ignore_index=True,
    )
    placed = ~table["out"] & table[column].notna()
    table["rank"] = placed.cumsum().where(placed).astype(float)
    scores = [f"{group}_score" for group, _ in preferences.groups]
    covers = [f"{group}_coverage_pct" for group, _ in preferences.groups]
    first = [*FIRST, *scores]
    last = [*covers, LAST]
    middle = [c for c in table if c not in (*first, *last, "out")]
    return table[[*first, *middle, *last]]
