"""Weights in doubt: how often each site is first whatever a reader's weights may be.

Stochastic multicriteria acceptability analysis: weights uniform over the simplex of the
groups and over that of the criteria within each; the values stay as scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.ranking import Ranking
from siting.scenario import Criterion, Preferences

Array = NDArray[np.float64]

BLOCK: Final = 20_000
"""Weight draws at a time."""
SEED: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """What drawn weights say."""

    rank_pct: Array
    """(site, rank) part of the weights that give a site a rank [%]."""
    central: Array
    """(site, criterion) mean of the weights that put a site first; NaN if none do."""
    sites: pd.Index
    criteria: tuple[str, ...]


def simplex(rng: np.random.Generator, count: int, size: int) -> Array:
    """Return (count, size) weights uniform over the simplex.

    ``w_i = e_i / Σ e`` of exponentials.

    References
    ----------
    .. [1] Rubinstein (1982), "Generating random vectors uniformly distributed inside
       and on the surface of different regions", EJOR 10(2), 205-209.
    """
    drawn = rng.standard_exponential((count, size))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def draw_weights(
    preferences: Preferences,
    criteria: tuple[Criterion, ...],
    count: int,
    rng: np.random.Generator,
) -> Array:
    """Return (count, criterion) weights that sum to one, by group and within it.

    A group or criterion of weight zero is left out, as the reader left it out.
    """
    groups = [name for name, weight in preferences.groups if weight > 0.0]
    held = [_members(criteria, group) for group in groups]
    groups = [g for g, members in zip(groups, held, strict=True) if members]
    of_group = simplex(rng, count, len(groups))
    weights = np.zeros((count, len(criteria)))
    for k, group in enumerate(groups):
        members = _members(criteria, group)
        within = simplex(rng, count, len(members))
        weights[:, members] = of_group[:, [k]] * within
    return weights


def _members(criteria: tuple[Criterion, ...], group: str) -> list[int]:
    return [k for k, c in enumerate(criteria) if c.group == group and c.weight > 0.0]


def scores(values: Array, weights: Array, group: NDArray[np.intp]) -> Array:
    """Return (weight, site) the score of every site under every weight.

    ``Σ_g W_g · (Σ_i w_i v_i / Σ_i w_i)`` over the criteria that can be scored at the
    site, which with nothing missing is the product of weights and values.

    Parameters
    ----------
    values : array (site, criterion)
        0 to 100; NaN is not scored.
    weights : array (weight, criterion)
    group : array (criterion,)
        Number of the group of each criterion.
    """
    if not np.isnan(values[:, weights.any(axis=0)]).any():
        values = np.nan_to_num(values)
        return np.asarray(weights @ values.T)
    total = np.zeros((len(weights), len(values)))
    for g in np.unique(group):
        own = (group == g) & weights.any(axis=0)
        if not own.any():  # left out by the reader
            continue
        known = ~np.isnan(values[:, own])
        some = weights[:, own]
        mean = some @ np.where(known, values[:, own], 0.0).T
        share = some @ known.T.astype(float)
        whole = some.sum(axis=1, keepdims=True)
        total += whole * np.where(
            share > 0.0, mean / np.where(share > 0, share, 1), np.nan
        )
    return total


def ranks(score: Array) -> NDArray[np.intp]:
    """Return (weight, site) places, 1 the highest; ties in the order of the sites."""
    order = np.argsort(-score, axis=1)
    steps = np.diff(np.take_along_axis(score, order, axis=1), axis=1)
    tied = (steps == 0.0).any(axis=1)
    order[tied] = np.argsort(-score[tied], axis=1, kind="stable")
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, score.shape[1] + 1)[None, :], axis=1)
    return places


def acceptance(ranking: Ranking, count: int, seed: int = SEED) -> Acceptance:
    """Return how often each site is where over uniform weights.

    Parameters
    ----------
    ranking : Ranking
        Values of the criteria, and which sites are ranked.
    count : int
        Weights drawn.
    seed : int

    Notes
    -----
    Time grows with weights × sites × criteria, memory with the sites.

    References
    ----------
    .. [1] Lahdelma & Salminen (2001), "SMAA-2: stochastic multicriteria acceptability
       analysis for group decision making", Operations Research 49(3), 444-454.
    """
    in_order = ranking.table.set_index("site_id")["rank"]
    sites = in_order.index[in_order.notna()]
    preferences = ranking.preferences
    criteria = tuple(c for c in preferences.criteria if c.metric in ranking.values)
    scored = ranking.values.loc[sites, [c.metric for c in criteria]]
    names = [c.group for c in criteria]
    group = np.array([names.index(name) for name in names], dtype=np.intp)
    values = scored.to_numpy(dtype=float)
    counted = np.zeros((len(sites), len(sites)))
    sums = np.zeros((len(sites), len(criteria)))
    for weights in _blocks(preferences, criteria, count, seed):
        place = ranks(scores(values, weights, group))
        for k in range(len(sites)):
            counted[k] += np.bincount(place[:, k] - 1, minlength=len(sites))
        sums += (place == 1).T.astype(float) @ weights
    first = counted[:, :1].sum(axis=1, keepdims=True)
    central = np.where(first > 0, sums / np.where(first > 0, first, 1.0), np.nan)
    metrics = tuple(c.metric for c in criteria)
    return Acceptance(100.0 * counted / count, central, sites, metrics)


def _blocks(
    preferences: Preferences, criteria: tuple[Criterion, ...], count: int, seed: int
) -> Iterator[Array]:
    rng = np.random.default_rng(seed)
    for start in range(0, count, BLOCK):
        yield draw_weights(preferences, criteria, min(BLOCK, count - start), rng)
