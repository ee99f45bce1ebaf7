"""A linear programme of hours that share a few capacities, and its parts by name.

Both solvers read this one description: `interior` its structure, `referee` its matrix.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

FREE: Final = -1
"""Owner of a flow without an upper bound."""
GIVEN: Final = -2
"""Owner of a flow whose upper bound is a number."""


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """One row over the whole year: ``Σ weight·flow + Σ on·capacity ≤ bound``."""

    name: str
    weights: tuple[tuple[int, Array], ...]
    """Flow and its weight in each hour."""
    on: Array
    """Weight of each capacity."""
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Least ``Σ cost·flow + Σ price·capacity`` over T hours that follow in a circle.

    Each hour: ``rows·flow = need``; for each store
    ``level_t − level_{t−1} + moves·flow_t = 0``; ``0 ≤ flow ≤ share·capacity``.
    """

    flows: tuple[str, ...]
    cost: Array
    """(flow, hour) [USD/MWh]."""
    rows: Array
    """(row, flow) [1]."""
    need: Array
    """(row, hour) [MW]."""
    levels: tuple[int, ...]
    """Flow that is the level of each store [MWh]."""
    moves: Array
    """(store, flow): what an hour's flow takes from the level [1]."""
    owner: npt.NDArray[np.intp]
    """(flow): the capacity that bounds it, or `FREE`, or `GIVEN`."""
    share: Array
    """(flow, hour): bound per MW of the owner [1], or the bound itself [MW]; zero
    shuts the flow."""
    capacities: tuple[str, ...]
    price: Array
    """(capacity) [USD/MW-year]."""
    most: Array
    """(capacity): greatest size, infinite where nothing limits it [MW]."""
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Duals:
    """What one more unit of each right side is worth."""

    need: Array
    """(row, hour): what one more MWh of need costs [USD/MWh]."""
    given: Array
    """(flow, hour): what one more MW of a given bound saves, zero elsewhere [USD]."""
    limit: Array
    """(limit): what one more unit of its bound saves [USD]."""
    room: Array
    """(capacity): what one more MW of its greatest size saves [USD]."""
    spare: Array
    """(capacity): what its price lies above its worth, zero where it is built [USD]."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What a solver found."""

    flow: Array
    """(flow, hour) [MW]."""
    capacity: Array
    """(capacity) [MW]."""
    duals: Duals
    objective: float
    """[USD]."""
    gap: float
    """Distance to the proven bound over the objective; of a point that is not optimal
    the residual of its rows if that is larger [1]."""
    status: str
    """`optimal`, or why the solver stopped."""
    solver: str
    steps: int


def objective(p: Programme, flow: Array, capacity: Array) -> float:
    """Return the cost of flows and capacities [USD]."""
    return float((p.cost * flow).sum() + p.price @ capacity)


def proven(p: Programme, duals: Duals) -> float:
    """Return a cost that no solution of a programme undercuts [USD].

    ``Σ need·λ − Σ bound·ω − Σ most·ρ − Σ given·ν``. The duals of one programme are
    feasible for every other that differs in its right sides alone: needs, given
    bounds, greatest sizes, bounds of limits; as those of two cooling systems do.
    """
    given = np.where((p.owner == GIVEN)[:, None], p.share, 0.0)
    most = np.where(np.isfinite(p.most), p.most, 0.0)
    bound = np.array([row.bound for row in p.limits])
    taken = bound @ duals.limit + most @ duals.room + (given * duals.given).sum()
    return float((p.need * duals.need).sum() - taken) + _lifted(p, duals)


def _lifted(p: Programme, duals: Duals) -> float:
    """Return what a bound gains from the dearest limit on capacities alone [USD].

    Where the sizes allowed cannot meet such a limit, its dual may rise until the
    cheapest of the unlimited capacities that help would pay: those limited pay with
    their room. So a connection short of firm power is known to need engines.
    """
    finite = np.isfinite(p.most)
    gains = [0.0]
    for row in p.limits:
        helps = np.maximum(-row.on, 0.0)
        free = (helps > 0.0) & ~finite
        if not row.weights and free.any():
            rise = float((duals.spare[free] / helps[free]).min())
            short = -row.bound - p.most[finite] @ helps[finite]
            gains.append(float(short) * max(rise, 0.0))
    return max(gains)


def bounds(p: Programme, capacity: Array) -> Array:
    """Return the upper bound of each flow and hour under some capacities [MW]."""
    size = np.where(p.owner >= 0, capacity[np.maximum(p.owner, 0)], 1.0)
    size = np.where(p.owner == FREE, np.inf, size)
    with np.errstate(invalid="ignore"):
        return np.where(p.share > 0.0, size[:, None] * p.share, 0.0)


def violation(p: Programme, flow: Array, capacity: Array) -> float:
    """Return the largest breach of any row or bound [MW]."""
    level = flow[list(p.levels)]
    stored = level - np.roll(level, 1, axis=1) + p.moves @ flow
    over = [
        float(sum(w @ flow[i] for i, w in row.weights) + row.on @ capacity - row.bound)
        for row in p.limits
    ]
    parts = (
        np.abs(p.rows @ flow - p.need).max(initial=0.0),
        np.abs(stored).max(initial=0.0),
        (flow - bounds(p, capacity)).max(initial=0.0),
        (-flow).max(initial=0.0),
        (capacity - p.most).max(initial=0.0),
        (-capacity).max(initial=0.0),
    )
    return float(max(*parts, *over, 0.0))
