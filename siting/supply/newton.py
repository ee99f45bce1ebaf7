"""A Newton step of the interior point: hours eliminated, a small border left.

Hourly flows leave in closed form (their Hessian is diagonal), the rows and stores by
`bands`; capacities and limits of the year remain as one dense system of a few rows.
"""

from collections.abc import Callable

import numpy as np

from siting.supply.bands import applied, coefficients, factor, solved, transposed
from siting.supply.point import Masks, Point, Residual, bound_of, by_owner, spread
from siting.supply.programme import Array, Programme


def newton(
    p: Programme, m: Masks, at: Point, off: Residual
) -> Callable[[dict[str, Array]], Point]:
    """Return a function from complementarity targets to the step that meets them.

    The targets, by dual name, are what ``primal·dual`` should change by. The matrix
    is factorised here, once for all targets.
    """
    sigma = m.capped * at.v / at.s
    low = m.alive * at.z / at.x
    weight = m.alive / np.where(m.alive > 0.0, low + sigma, 1.0)
    found = factor(p, weight)
    entries = _entries(p, m, sigma)
    border = _border(p, entries, weight)
    answered = solved(found, border) if len(border) else border
    flat = border.reshape(len(border), -1)
    cross = flat @ answered.reshape(len(border), -1).T
    matrix = _matrix(p, m, at, (entries, weight, low, sigma, cross))

    def step(target: dict[str, Array]) -> Point:
        inner = m.capped * (target["v"] / at.s + sigma * off.upper)
        q = m.alive * (target["z"] / at.x) - inner - off.flows
        fixed = m.finite * (target["vk"] + at.vk * off.size) / at.sk
        qk = target["zk"] / at.k - fixed + by_owner(p, m.lever * inner)
        qk = qk - off.capacities
        qw = off.limits + target["w"] / at.w
        pushed = weight * q
        y0 = solved(found, (-off.rows - applied(p, pushed))[None])[0]
        seen = np.array([sum(c @ pushed[i] for i, c in own) for own in entries])
        seen = seen + flat @ y0.ravel()
        count = len(p.capacities)
        right = np.concatenate([qk + seen[:count], qw - seen[count:]])
        u = np.linalg.solve(matrix, right)
        dy = y0 - np.tensordot(u, answered, axes=1)
        dk, dw = u[:count], u[count:]
        dx = q + transposed(p, dy) - spread(p, dw) + sigma * bound_of(p, m, dk)
        return _rest(p, m, at, off, (weight * dx, dk, dy, dw, target))

    return step


Entries = list[list[tuple[int, Array]]]


def _entries(p: Programme, m: Masks, sigma: Array) -> Entries:
    """Return, for each capacity and limit, the flows it pulls and how hard."""
    pulled: Entries = [
        [(int(i), sigma[i] * m.lever[i]) for i in np.flatnonzero(p.owner == j)]
        for j in range(len(p.capacities))
    ]
    return pulled + [[(i, -w) for i, w in row.weights] for row in p.limits]


def _border(p: Programme, entries: Entries, weight: Array) -> Array:
    """Return ``A W P`` of each capacity and limit (border, row or store, hour)."""
    own = coefficients(p)
    border = np.zeros((len(entries), len(own), weight.shape[1]))
    store = {level: len(p.rows) + j for j, level in enumerate(p.levels)}
    for b, pulls in enumerate(entries):
        for flow, pull in pulls:
            value = weight[flow] * pull
            for row in np.flatnonzero(own[:, flow]):
                border[b, row] += own[row, flow] * value
            if flow in store:
                border[b, store[flow]] += value - np.roll(value, 1)
    return border


def _matrix(
    p: Programme,
    m: Masks,
    at: Point,
    parts: tuple[Entries, Array, Array, Array, Array],
) -> Array:
    """Return the dense system of capacities and limits.

    ``a²σ(1 − σW)`` is written ``a²σ·low·W``: the difference would cancel.
    """
    entries, weight, low, sigma, cross = parts
    count = len(p.capacities)
    gram = np.zeros((len(entries), len(entries)))
    for flow in range(len(p.flows)):
        own = [(b, c) for b, e in enumerate(entries) for i, c in e if i == flow]
        if own:
            at_rows = [b for b, _ in own]
            pulls = np.array([c for _, c in own])
            gram[np.ix_(at_rows, at_rows)] += (pulls * weight[flow]) @ pulls.T
    core = by_owner(p, m.lever**2 * sigma * low * weight)
    core = core + at.zk / at.k + m.finite * at.vk / at.sk
    matrix = gram - cross
    matrix[:count, :count] = np.diag(core) + cross[:count, :count]
    matrix[:count, count:] = m.on.T - (gram - cross)[:count, count:]
    matrix[count:, :count] -= m.on
    matrix[count:, count:] += np.diag(at.sg / at.w)
    return matrix


def _rest(
    p: Programme,
    m: Masks,
    at: Point,
    off: Residual,
    solved_parts: tuple[Array, Array, Array, Array, dict[str, Array]],
) -> Point:
    """Return the whole step from its eliminated heart."""
    dx, dk, dy, dw, target = solved_parts
    ds = m.capped * (bound_of(p, m, dk) - dx - off.upper)
    dsk = m.finite * (-off.size - dk)
    return Point(
        x=dx,
        s=ds,
        k=dk,
        sk=dsk,
        sg=(target["w"] - at.sg * dw) / at.w,
        y=dy,
        z=m.alive * (target["z"] - at.z * dx) / at.x,
        v=m.capped * (target["v"] - at.v * ds) / at.s,
        zk=(target["zk"] - at.zk * dk) / at.k,
        vk=m.finite * (target["vk"] - at.vk * dsk) / at.sk,
        w=dw,
    )
