"""Where the interior point stands: its variables, and how far from feasible it is."""

from dataclasses import dataclass

import numpy as np

from siting.supply.bands import applied, transposed
from siting.supply.programme import FREE, Array, Programme

CALM = 0.1
"""Complementarity product of a store's flows over that of the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """Which flows and capacities have what."""

    alive: Array
    """(flow, hour): 1 where the flow is open."""
    capped: Array
    """(flow, hour): 1 where it is open and bounded above."""
    lever: Array
    """(flow, hour): bound per MW of its owner; zero where it has none."""
    finite: Array
    """(capacity): 1 where its size is limited."""
    on: Array
    """(limit, capacity)."""
    calm: Array
    """(flow, 1): what part of the common product the flow is to have."""


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """Primal and dual variables; a step has the same shape."""

    x: Array
    """(flow, hour)."""
    s: Array
    """(flow, hour): room to the upper bound."""
    k: Array
    """(capacity)."""
    sk: Array
    """(capacity): room to the greatest size."""
    sg: Array
    """(limit): room."""
    y: Array
    """(row or store, hour)."""
    z: Array
    """(flow, hour): dual of x ≥ 0."""
    v: Array
    """(flow, hour): dual of the upper bound."""
    zk: Array
    vk: Array
    w: Array
    """(limit)."""


PRIMAL = ("x", "s", "k", "sk", "sg")
DUAL = ("z", "v", "zk", "vk", "w")
PAIRS = tuple(zip(PRIMAL, DUAL, strict=True))
"""Variables whose products go to zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """How far a point is from feasible."""

    rows: Array
    upper: Array
    size: Array
    limits: Array
    flows: Array
    capacities: Array


def masks(p: Programme) -> Masks:
    """Return which flows and capacities have what."""
    alive = (p.share > 0.0).astype(float)
    capped = alive * (p.owner != FREE)[:, None]
    lever = np.where((p.owner >= 0)[:, None], p.share, 0.0)
    finite = np.isfinite(p.most).astype(float)
    on = np.array([row.on for row in p.limits]).reshape(-1, len(p.capacities))
    stores = (p.moves != 0.0).any(axis=0)
    stores[list(p.levels)] = True
    calm = np.where(stores, CALM, 1.0)[:, None]
    return Masks(alive, capped, lever, finite, on, calm)


def by_owner(p: Programme, values: Array) -> Array:
    """Return the sum of hourly values over the flows of each capacity."""
    owned = p.owner >= 0
    totals = values[owned].sum(axis=1)
    summed = np.zeros(len(p.capacities))
    np.add.at(summed, p.owner[owned], totals)
    return summed


def bound_of(p: Programme, m: Masks, k: Array) -> Array:
    """Return ``share·capacity``, zero where there is no capacity (flow, hour)."""
    return m.lever * k[np.maximum(p.owner, 0)][:, None]


def weighed(p: Programme, x: Array) -> Array:
    """Return what each limit counts of the flows."""
    counted = [sum(w @ x[i] for i, w in row.weights) for row in p.limits]
    return np.array(counted, dtype=float)


def spread(p: Programme, w: Array) -> Array:
    """Return the limits' duals as they reach each flow and hour."""
    out = np.zeros_like(p.cost)
    for row, dual in zip(p.limits, w, strict=True):
        for flow, weight in row.weights:
            out[flow] += dual * weight
    return out


def residual(p: Programme, m: Masks, at: Point) -> Residual:
    """Return primal and dual residuals of a point."""
    need = np.vstack([p.need, np.zeros((len(p.levels), p.need.shape[1]))])
    given = np.where((p.owner >= 0)[:, None], 0.0, p.share)
    live = at.x * m.alive
    most = np.where(m.finite > 0.0, p.most, 0.0)
    bound = np.array([row.bound for row in p.limits])
    reach = p.cost - transposed(p, at.y) + spread(p, at.w) - at.z + at.v
    return Residual(
        rows=applied(p, live) - need,
        upper=m.capped * (at.x + at.s - bound_of(p, m, at.k) - given),
        size=m.finite * (at.k + at.sk - most),
        limits=weighed(p, live) + m.on @ at.k + at.sg - bound,
        flows=m.alive * reach,
        capacities=p.price
        - by_owner(p, m.lever * at.v)
        + m.on.T @ at.w
        - at.zk
        + at.vk,
    )
