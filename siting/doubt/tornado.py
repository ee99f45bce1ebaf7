"""Tornado and flips: one number moved at a time, all others at their own value."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.doubt.designed import Case, designed, only
from siting.doubt.draws import Unknown
from siting.doubt.odds import placed
from siting.doubt.outcomes import NETWORKS, Basis, outcomes

Array = NDArray[np.float64]

STEPS: Final = 17
"""Points looked at between the ends of a number, and again between two of them."""


def ends(unknown: Unknown) -> tuple[float, float]:
    """Return the two ends a number is moved to."""
    return unknown.low, unknown.high


def tornado(basis: Basis, found: Sequence[Unknown], metric: str) -> pd.DataFrame:
    """Return a metric of every site with each number at its low and its high.

    Parameters
    ----------
    basis : Basis
    found : sequence of Unknown
        Every number that is drawn.
    metric : str
        An outcome.

    Returns
    -------
    DataFrame
        A row a number, event (off, on) or the networks (P10, P90), and site: `name`,
        `site_id`, `low`, `high` (what it is set to), `at_low`, `at_high`, `base`.
    """
    cases = [Case()]
    rows: list[tuple[str, float, float]] = []
    for unknown in found:
        low, high = ends(unknown)
        rows.append((unknown.name, low, high))
        cases += [Case({unknown.name: low}), Case({unknown.name: high})]
    rows.append((NETWORKS, 0.1, 0.9))
    cases += [Case(network=0.1), Case(network=0.9)]
    for event in basis.events:
        rows.append((event.name, 0.0, 1.0))
        cases += [Case(), Case(event=event.event_id)]
    told = outcomes(basis, designed(basis, found, cases))[metric].to_numpy()
    sites = basis.centre.facts["site"].to_numpy()
    columns = ("name", "low", "high")
    table = pd.DataFrame(rows, columns=list(columns))
    whole = table.loc[table.index.repeat(len(sites))].reset_index(drop=True)
    return whole.assign(
        site_id=np.tile(sites, len(rows)),
        at_low=told[1::2].ravel(),
        at_high=told[2::2].ravel(),
        base=np.tile(told[0], len(rows)),
    )


def widest(table: pd.DataFrame, site: str) -> pd.DataFrame:
    """Return the rows of one site, the widest swing first; what moves nothing is out.

    Where the outcome exists at one end alone the swing is NaN, and comes before all.
    """
    own = table[table["site_id"] == site]
    ends = own[["at_low", "at_high"]]
    swing = ends.max(axis=1, skipna=False) - ends.min(axis=1, skipna=False)
    span = own.assign(swing=swing)
    moves = (span["swing"] > 0) | (ends.isna().sum(axis=1) == 1)
    return span[moves].sort_values("swing", ascending=False, na_position="first")


def flips(
    basis: Basis, found: Sequence[Unknown], first: str, second: str
) -> pd.DataFrame:
    """Return the single changes that put one site before another.

    Parameters
    ----------
    basis : Basis
    found : sequence of Unknown
    first, second : str
        The site that leads at the book's values, and the one that is to.

    Returns
    -------
    DataFrame
        A row a number, the smallest part of its range first: `name`, `where` ("" for
        both sites, else the one it changes at), `value`, `flips_at`, `part_pct` of the
        range. A number common to both is moved at both; one of a site or region at
        either alone. Empty where no single number does it within its bounds.
    """
    pair = only(basis, [first, second])
    asked = [
        (unknown, where)
        for unknown in found
        for where in ((None,) if unknown.scope == "common" else (0, 1))
    ]
    grids = [_grid(*ends(unknown), unknown) for unknown, _ in asked]
    gaps = _gaps(pair, found, asked, grids)
    near = [_crossing(*each) for each in zip(asked, grids, gaps, strict=True)]
    inside = [
        (k, _grid(*bracket, asked[k][0])) for k, bracket in enumerate(near) if bracket
    ]
    finer = _gaps(pair, found, [asked[k] for k, _ in inside], [g for _, g in inside])
    rows = []
    for (k, grid), gap in zip(inside, finer, strict=True):
        unknown, where = asked[k]
        at = _root(unknown, grid, gap)
        away = abs(at - unknown.value) / (unknown.high - unknown.low)
        rows.append(
            {
                "name": unknown.name,
                "where": "" if where is None else (first, second)[where],
                "value": unknown.value,
                "flips_at": at,
                "part_pct": 100.0 * away,
            }
        )
    columns = ["name", "where", "value", "flips_at", "part_pct"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        "part_pct", ignore_index=True
    )


Asked = tuple[Unknown, int | None]


def _gaps(
    pair: Basis,
    found: Sequence[Unknown],
    asked: Sequence[Asked],
    grids: Sequence[Array],
) -> list[Array]:
    """Return how far the second site is behind, at every point of every grid.

    Infinite where one of the two is not placed, nothing where neither is.
    """
    cases = [
        Case({unknown.name: float(x)}, site=where)
        for (unknown, where), grid in zip(asked, grids, strict=True)
        for x in grid
    ]
    if not cases:
        return []
    told = outcomes(pair, designed(pair, found, cases))
    keys = placed(told, np.zeros(2, dtype=bool), pair.centre.scenario)
    last = np.where(np.isnan(keys), np.inf, keys)
    with np.errstate(invalid="ignore"):
        gap = last[:, 1] - last[:, 0]
    ends_at = np.cumsum([len(grid) for grid in grids])[:-1]
    return list(np.split(np.where(np.isnan(gap), 0.0, gap), ends_at))


def _grid(low: float, high: float, unknown: Unknown) -> Array:
    """Return the points looked at; of a number of two values those two."""
    return np.linspace(low, high, STEPS if np.isnan(unknown.probability) else 2)


def _crossing(asked: Asked, grid: Array, gap: Array) -> tuple[float, float] | None:
    """Return the points about the nearest change of lead; None where there is none."""
    ahead = gap < 0.0
    turns = np.flatnonzero(ahead[1:] != ahead[:-1])
    if turns.size == 0:
        return None
    away = np.abs(grid[turns] + grid[turns + 1] - 2.0 * asked[0].value)
    at = turns[np.argmin(away)]
    return float(grid[at]), float(grid[at + 1])


def _root(unknown: Unknown, grid: Array, gap: Array) -> float:
    """Return where the gap crosses zero nearest to the value, straight between points.

    Of a number of two values, the other one.
    """
    value = unknown.value
    if np.isfinite(unknown.probability):
        return float(grid[np.argmax(np.abs(grid - value))])
    ahead = gap < 0.0
    turns = np.flatnonzero(ahead[1:] != ahead[:-1])
    at = turns[np.argmin(np.abs(grid[turns] - value))]
    one, other = gap[at], gap[at + 1]
    part = one / (one - other) if np.isfinite(one - other) else 0.5
    return float(grid[at] + part * (grid[at + 1] - grid[at]))
