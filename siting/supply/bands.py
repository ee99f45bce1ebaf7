"""Normal equations of a programme of hours: each hour in closed form, stores by bands.

``M = A W Aᵀ`` with A the hourly rows and the stores. The rows of an hour meet no other
hour, so they are eliminated hour by hour, all hours at once; what is left couples each
store to its neighbours in time: a band, closed to a circle by one rank per store.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve_banded, cholesky_banded

from siting.supply.programme import Array, Programme

PIVOT = 1e-13
"""Added to each pivot of the band, over the largest weight of the hour's rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """M, eliminated and factorised."""

    rows: int
    pivots: Array
    """(row, hour)."""
    multipliers: Array
    """(row, row or store, hour)."""
    band: Array
    """Cholesky factor of the stores; empty without stores."""
    circle: Array
    """(index, store): the band's answer to the closing of each store."""
    closing: Array
    """(store, store): weight of the closing, ready for Woodbury's identity."""


def coefficients(p: Programme) -> Array:
    """Return the coefficients within an hour (row or store, flow) [1]."""
    return np.vstack([p.rows, p.moves])


def applied(p: Programme, x: Array) -> Array:
    """Return ``A x`` (row or store, hour)."""
    out: Array = coefficients(p) @ x
    for store, level in enumerate(p.levels):
        out[len(p.rows) + store] += x[level] - np.roll(x[level], 1)
    return out


def transposed(p: Programme, y: Array) -> Array:
    """Return ``Aᵀ y`` (flow, hour)."""
    out: Array = coefficients(p).T @ y
    for store, level in enumerate(p.levels):
        own = y[len(p.rows) + store]
        out[level] += own - np.roll(own, -1)
    return out


def factor(p: Programme, weight: Array) -> Factor:
    """Return the factors of M under some weights.

    Parameters
    ----------
    p : Programme
    weight : array (flow, hour)
        W, zero where a flow is shut.
    """
    dense = _within(p, weight)
    rows = len(p.rows)
    multipliers = np.zeros_like(dense[:rows])
    for a in range(rows):
        dense[a, a] += PIVOT
        multipliers[a, a + 1 :] = dense[a, a + 1 :] / dense[a, a]
        for b in range(a + 1, len(dense)):
            dense[b, a + 1 :] -= multipliers[a, b] * dense[a, a + 1 :]
    pivots = np.array([dense[a, a] for a in range(rows)])
    if not p.levels:
        none = np.empty((0, 0))
        return Factor(rows, pivots, multipliers, none, none, none)
    stores, last = len(p.levels), weight[list(p.levels), -1]
    band = cholesky_banded(
        _band(p, weight, dense[rows:, rows:]), lower=True, check_finite=False
    )
    ends = _ends(stores, weight.shape[1])
    circle = cho_solve_banded((band, True), ends, check_finite=False)
    inner = np.eye(stores) + last[:, None] * (ends.T @ circle)
    closing = np.asarray(np.linalg.solve(inner, np.diag(last)), dtype=np.float64)
    return Factor(rows, pivots, multipliers, band, circle, closing)


def solved(found: Factor, right: Array) -> Array:
    """Return ``M⁻¹ right``, right sides (side, row or store, hour)."""
    y = right.copy()
    rows, size = found.rows, right.shape[1]
    for a in range(rows):
        for b in range(a + 1, size):
            y[:, b] -= found.multipliers[a, b] * y[:, a]
    if found.band.size:
        y[:, rows:] = _stored(found, y[:, rows:])
    for a in reversed(range(rows)):
        y[:, a] /= found.pivots[a]
        for b in range(a + 1, size):
            y[:, a] -= found.multipliers[a, b] * y[:, b]
    return y


def _within(p: Programme, weight: Array) -> Array:
    """Return M within each hour (row or store, row or store, hour)."""
    own = coefficients(p)
    pairs = own[:, None, :] * own[None, :, :]
    shape = (*pairs.shape[:2], weight.shape[1])
    dense: Array = (pairs.reshape(-1, pairs.shape[2]) @ weight).reshape(shape)
    return dense


def _band(p: Programme, weight: Array, within: Array) -> Array:
    """Return the lower band of the stores, hour by hour, without its closing."""
    stores, hours = within.shape[0], within.shape[2]
    band = np.zeros((stores + 1, hours, stores))
    for j, level in enumerate(p.levels):
        own = weight[level]
        before = np.roll(own, 1)
        before[0] = 0.0
        band[0, :, j] = within[j, j] + own + before
        band[0, -1, j] -= own[-1]
        band[0, :, j] *= 1.0 + PIVOT
        band[stores, :-1, j] = -own[:-1]
        for k in range(j + 1, stores):
            band[k - j, :, j] = within[k, j]
    return band.reshape(stores + 1, hours * stores)


def _ends(stores: int, hours: int) -> Array:
    """Return the last hour less the first, of each store (index, store)."""
    ends = np.zeros((hours, stores, stores))
    ends[0] -= np.eye(stores)
    ends[-1] += np.eye(stores)
    return ends.reshape(hours * stores, stores)


def _stored(found: Factor, right: Array) -> Array:
    """Return the stores' part of the answer, the circle closed."""
    sides, stores, hours = right.shape
    laid = right.transpose(2, 1, 0).reshape(hours * stores, sides)
    y = cho_solve_banded((found.band, True), laid, check_finite=False)
    moved = y.reshape(hours, stores, sides)
    across = moved[-1] - moved[0]
    y = y - found.circle @ (found.closing @ across)
    told: Array = y.reshape(hours, stores, sides).transpose(2, 1, 0)
    return told
