"""Where the interior point sets out: units of the programme's own, a first point."""

from dataclasses import replace

import numpy as np

from siting.supply.point import Masks, Point, bound_of, by_owner
from siting.supply.programme import GIVEN, Limit, Programme

FLOOR = 0.1
"""Least size of what starts inside, in the programme's own units."""


def scales(p: Programme) -> tuple[float, float]:
    """Return MW and USD/MWh that make a programme's numbers near one."""
    mw = float(np.abs(p.need).max(initial=0.0)) or 1.0
    prices = p.cost[p.cost > 0.0]
    return mw, float(np.median(prices)) if prices.size else 1.0


def scaled(p: Programme, mw: float, usd: float) -> Programme:
    """Return the programme in units of its own."""
    given = (p.owner < 0)[:, None]
    return replace(
        p,
        cost=p.cost / usd,
        need=p.need / mw,
        share=np.where(given & np.isfinite(p.share), p.share / mw, p.share),
        price=p.price / usd,
        most=p.most / mw,
        limits=tuple(Limit(r.name, r.weights, r.on, r.bound / mw) for r in p.limits),
    )


def start(p: Programme, m: Masks) -> Point:
    """Return a point inside, with duals that nearly pay for the capacities."""
    k = np.where(m.finite > 0.0, np.minimum(1.0, 0.5 * p.most), 1.0)
    given = np.where(p.owner == GIVEN, 1.0, 0.0)[:, None] * p.share
    top = np.where(m.capped > 0.0, bound_of(p, m, k) + given, 2.0)
    reach = by_owner(p, m.lever)
    pays = p.price / np.maximum(reach, 1.0)
    v = m.capped * np.maximum(pays[np.maximum(p.owner, 0)], FLOOR)[:, None]
    z = m.alive * np.maximum(p.cost + v, FLOOR)
    half = np.where(m.capped > 0.0, 0.5 * top, 0.5 / np.maximum(z, 0.5))
    hours, count = p.cost.shape[1], len(p.limits)
    return Point(
        x=np.where(m.alive > 0.0, half, 1.0),
        s=np.where(m.capped > 0.0, half, 1.0),
        k=k,
        sk=np.where(m.finite > 0.0, np.maximum(p.most - k, FLOOR), 1.0),
        sg=np.full(count, FLOOR * hours),
        y=np.zeros((len(p.rows) + len(p.levels), hours)),
        z=z,
        v=v,
        zk=np.ones(k.size),
        vk=m.finite.copy(),
        w=np.full(count, FLOOR),
    )
