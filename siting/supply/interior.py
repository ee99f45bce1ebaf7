"""The fast road: an interior-point method that knows the structure of the year.

Mehrotra's predictor and corrector [1] and one of Gondzio's [2]; a step costs some tens
of passes over the hours. Flows of stores are held nearer to their bounds than others
(`point.CALM`): a store on its way out would else drag its thousands of hours along.

References
----------
1. S. Mehrotra, On the implementation of a primal-dual interior point method, SIAM
   Journal on Optimization 2 (1992) 575-601.
2. J. Gondzio, Multiple centrality corrections in a primal-dual method for linear
   programming, Computational Optimization and Applications 6 (1996) 137-156.
"""

from dataclasses import fields
from time import perf_counter

import numpy as np
from numpy.linalg import LinAlgError

from siting.supply.bands import transposed
from siting.supply.newton import newton
from siting.supply.point import (
    DUAL,
    PAIRS,
    PRIMAL,
    Masks,
    Point,
    Residual,
    by_owner,
    masks,
    residual,
    spread,
)
from siting.supply.programme import (
    GIVEN,
    Array,
    Duals,
    Programme,
    Solution,
    objective,
    proven,
)
from siting.supply.start import scaled, scales, start

STOP_SHORT = 0.995
"""Part of the way to the border that a step may go."""
LEAST_CENTRING = 1e-3
MOST_CORRECTION = 10.0
"""Second-order terms count up to so many times the mean product."""
ENOUGH = 0.05
"""Mean product aimed at, over the gap asked for."""
TINY = 1e-300
"""Added to what is divided by: a shut flow has neither value nor step."""
PATIENCE = 40
"""Steps without a better point after which the method has stalled."""
WIDE, FURTHER = 0.9, 0.3
"""A step shorter than the first is corrected for going further by the second."""
FEASIBLE = 1e-6
"""Residual at which a point counts as feasible, over the scale of the programme."""


def interior(p: Programme, gap: float, seconds: float) -> Solution:
    """Return the optimum of a programme to a relative gap.

    Parameters
    ----------
    p : Programme
    gap : float
        Distance between cost and proven bound at which to stop, over the cost [1].
    seconds : float
        Time limit [s].

    Returns
    -------
    Solution
        `status` is `optimal`, `time limit` or `stalled`; of the last two the point
        is the best one found, with its gap.
    """
    until = perf_counter() + seconds
    mw, usd = scales(p)
    own = scaled(p, mw, usd)
    m = masks(own)
    at = best = start(own, m)
    status, steps, since, least = "stalled", 0, 0, (np.inf, np.inf)
    while True:
        off = residual(own, m, at)
        reached = _reached(own, m, at, off)
        if not np.isfinite(reached).all():
            break
        if _worst(reached, gap) < _worst(least, gap):
            best, least, since = at, reached, steps
        if _worst(reached, gap) <= 1.0:
            status = "optimal"
            break
        if perf_counter() > until:
            status = "time limit"
            break
        if steps - since > PATIENCE:
            break
        steps += 1
        try:
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                at = _improved(own, m, at, off, gap)
        except (LinAlgError, FloatingPointError):
            break
    apart = least[0] if status == "optimal" else max(least)
    flow, capacity = mw * best.x * m.alive, mw * best.k
    return Solution(
        flow=flow,
        capacity=capacity,
        duals=_duals(own, m, best, usd),
        objective=objective(p, flow, capacity),
        gap=apart,
        status=status,
        solver="interior point",
        steps=steps,
    )


def _products(m: Masks, at: Point) -> float:
    """Return the mean complementarity product, weights taken out."""
    hours = (m.alive * at.x * at.z).sum() + (m.capped * at.s * at.v).sum()
    sizes = at.k @ at.zk + (m.finite * at.sk) @ at.vk
    return float((hours + sizes + at.sg @ at.w) / _share(m, at))


def _share(m: Masks, at: Point) -> float:
    """Return how many products there are, each by its weight."""
    hours = (m.calm * (m.alive + m.capped)).sum()
    return float(hours + at.k.size + m.finite.sum() + at.w.size)


def _cost(p: Programme, m: Masks, at: Point) -> float:
    return float((p.cost * at.x * m.alive).sum() + p.price @ at.k)


def _worst(reached: tuple[float, float], gap: float) -> float:
    """Return how many times gap and residual exceed what is asked of them."""
    return max(reached[0] / gap, reached[1] / FEASIBLE)


def _improved(p: Programme, m: Masks, at: Point, off: Residual, gap: float) -> Point:
    """Return the next point: predict, centre and correct, then widen the step.

    The products are not sent below what the gap asks for: the weights would range
    further than the arithmetic bears while rows are still to be met.
    """
    step = newton(p, m, at, off)
    pull = {dual: m.calm if dual in ("z", "v") else 1.0 for dual in DUAL}
    aim = {dual: -getattr(at, own) * getattr(at, dual) for own, dual in PAIRS}
    guess = step(aim)
    mean = _products(m, at)
    after = _products(m, _moved(at, guess, *_reaches(at, guess)))
    part = min(1.0, max(after / mean, 0.0)) ** 3
    least = ENOUGH * gap * (1.0 + abs(_cost(p, m, at))) / _share(m, at)
    centre = max(mean * max(part, LEAST_CENTRING), least)
    for own, dual in PAIRS:
        most = MOST_CORRECTION * mean * pull[dual]
        curved = getattr(guess, own) * getattr(guess, dual)
        aim[dual] = aim[dual] + centre * pull[dual] - np.clip(curved, -most, most)
    full = step(aim)
    go = _reaches(at, full)
    if min(go) < WIDE:
        trial = _moved(at, full, *(min(1.0, g + FURTHER) for g in go))
        for own, dual in PAIRS:
            product = getattr(trial, own) * getattr(trial, dual)
            aim[dual] = aim[dual] + _drawn_back(product, centre * pull[dual])
        more = step(aim)
        if sum(_reaches(at, more)) > sum(go):
            full = more
    return _moved(at, full, *(min(1.0, STOP_SHORT * g) for g in _reaches(at, full)))


def _drawn_back(product: Array, centre: Array | float) -> Array:
    """Return what brings products that stray from the centre back towards it [2]."""
    back = np.clip(product, 0.1 * centre, 10.0 * centre) - product
    return np.maximum(back, -10.0 * centre)


def _reaches(at: Point, step: Point) -> tuple[float, float]:
    """Return how far primal and dual variables may go."""
    return _reach(at, step, PRIMAL), _reach(at, step, DUAL)


def _reach(at: Point, step: Point, names: tuple[str, ...]) -> float:
    """Return how far a step may go until a variable reaches zero, at most 1."""
    rates = [
        -float((getattr(step, n) / (getattr(at, n) + TINY)).min(initial=0.0))
        for n in names
    ]
    return 1.0 / max(1.0, *rates)


def _moved(at: Point, step: Point, primal: float, dual: float) -> Point:
    return Point(
        **{
            f.name: getattr(at, f.name)
            + (primal if f.name in PRIMAL else dual) * getattr(step, f.name)
            for f in fields(Point)
        }
    )


def _reached(p: Programme, m: Masks, at: Point, off: Residual) -> tuple[float, float]:
    """Return relative gap and relative residual of a point."""
    cost = _cost(p, m, at)
    gap = abs(cost - proven(p, _duals(p, m, at, 1.0))) / (1.0 + abs(cost))
    primal = max(_largest(off.rows), _largest(off.upper), _largest(off.size))
    yearly = _largest(off.limits) / p.cost.shape[1]
    dual = _largest(off.flows) / (1.0 + _largest(p.cost))
    sizes = _largest(off.capacities / (1.0 + np.abs(p.price)))
    return gap, max(primal, yearly, dual, sizes)


def _duals(p: Programme, m: Masks, at: Point, usd: float) -> Duals:
    """Return what the right sides are worth, a unit of the programme's money in USD.

    What a capacity has to spare is told with the least duals its hours need: the
    central ones share all of its price out among them.
    """
    given = np.where((p.owner == GIVEN)[:, None], at.v, 0.0)
    room = np.where(np.isfinite(p.most), at.vk, 0.0)
    reach = p.cost - transposed(p, at.y) + spread(p, at.w)
    needed = by_owner(p, m.lever * np.maximum(-reach, 0.0))
    return Duals(
        need=usd * at.y[: len(p.rows)],
        given=usd * given,
        limit=usd * at.w,
        room=usd * room,
        spare=usd * (p.price - needed + m.on.T @ at.w + room),
    )


def _largest(values: Array) -> float:
    return float(np.abs(values).max(initial=0.0))
