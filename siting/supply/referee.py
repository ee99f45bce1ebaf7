"""The same programme as one sparse matrix, solved by HiGHS: referee and fallback."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from siting.supply.programme import (
    FREE,
    GIVEN,
    Array,
    Duals,
    Programme,
    Solution,
    objective,
)

OUTCOMES = {0: "optimal", 1: "time limit", 2: "infeasible", 3: "unbounded"}
"""What scipy's status means."""


def referee(p: Programme, seconds: float) -> Solution:
    """Return the optimum that HiGHS finds.

    Columns are the flows, one after another with their hours, then the capacities.

    Parameters
    ----------
    p : Programme
    seconds : float
        Time limit [s]; beyond it `status` says so and the flows are NaN where HiGHS
        holds no point.
    """
    inequalities, upper = _inequalities(p)
    equalities = sparse.vstack([_balance(p), _stores(p)], format="csr")
    right = np.concatenate([p.need.ravel(), np.zeros(_hours(p) * len(p.levels))])
    found = linprog(  # type: ignore[call-overload]  # bounds as an array
        np.concatenate([p.cost.ravel(), p.price]),
        A_ub=inequalities,
        b_ub=upper,
        A_eq=equalities,
        b_eq=right,
        bounds=_box(p),
        method="highs-ipm",
        options={"time_limit": seconds, "presolve": True},
    )
    return _solution(p, found)


def _hours(p: Programme) -> int:
    return int(p.cost.shape[1])


def _column(p: Programme, values: Array, flow: int) -> sparse.coo_array:
    """Return the row that weighs one flow's hours."""
    at = flow * _hours(p) + np.arange(_hours(p))
    width = len(p.flows) * _hours(p) + len(p.capacities)
    zero = np.zeros(at.size, dtype=np.intp)
    return sparse.coo_array((values, (zero, at)), shape=(1, width))


def _padded(p: Programme, block: sparse.csr_array) -> sparse.csr_array:
    """Return a block over the flows with empty columns for the capacities."""
    empty = sparse.csr_array((block.shape[0], len(p.capacities)))
    padded: sparse.csr_array = sparse.hstack([block, empty], format="csr")
    return padded


def _balance(p: Programme) -> sparse.csr_array:
    each = sparse.kron(p.rows, sparse.eye_array(_hours(p)))
    return _padded(p, sparse.csr_array(each))


def _stores(p: Programme) -> sparse.csr_array:
    """Return ``level_t − level_{t−1} + moves·flow_t`` of every store."""
    hours = _hours(p)
    if not p.levels:
        return _padded(p, sparse.csr_array((0, len(p.flows) * hours)))
    last = np.roll(np.arange(hours), 1)
    step = sparse.eye_array(hours) - sparse.csr_array(
        (np.ones(hours), (np.arange(hours), last)), shape=(hours, hours)
    )
    chosen = np.zeros((len(p.levels), len(p.flows)))
    chosen[np.arange(len(p.levels)), list(p.levels)] = 1.0
    moved = sparse.kron(p.moves, sparse.eye_array(hours))
    return _padded(p, sparse.csr_array(sparse.kron(chosen, step) + moved))


def _inequalities(p: Programme) -> tuple[sparse.csr_array, Array]:
    """Return the bounds by capacities, then the limits of the year."""
    hours, width = _hours(p), len(p.flows) * _hours(p) + len(p.capacities)
    owned = np.flatnonzero(p.owner >= 0)
    size = owned.size * hours
    at = (owned[:, None] * hours + np.arange(hours)).ravel()
    owner = np.repeat(len(p.flows) * hours + p.owner[owned], hours)
    row = np.arange(size)
    below = sparse.coo_array(
        (
            np.concatenate([np.ones(size), -p.share[owned].ravel()]),
            (np.concatenate([row, row]), np.concatenate([at, owner])),
        ),
        shape=(size, width),
    )
    yearly = [
        sum(
            (_column(p, weight, flow) for flow, weight in limit.weights),
            sparse.csr_array(
                np.concatenate([np.zeros(width - limit.on.size), limit.on])[None]
            ),
        )
        for limit in p.limits
    ]
    right = np.array([limit.bound for limit in p.limits])
    stacked = sparse.vstack([below, *yearly], format="csr")
    return stacked, np.concatenate([np.zeros(size), right])


def _box(p: Programme) -> Array:
    """Return lower and upper bounds of every column."""
    given = np.where((p.owner == FREE)[:, None], np.inf, p.share)
    owned = np.where((p.owner >= 0)[:, None], np.inf, given)
    upper = np.where(p.share > 0.0, owned, 0.0)
    high = np.concatenate([upper.ravel(), p.most])
    return np.column_stack([np.zeros(high.size), high])


def _marginals(found: object, name: str, length: int) -> Array:
    values = getattr(getattr(found, name, None), "marginals", None)
    return np.full(length, np.nan) if values is None else np.asarray(values)


def _duals(p: Programme, found: object) -> Duals:
    """Return scipy's marginals in our terms, NaN where it gives none."""
    hours, size = _hours(p), len(p.flows) * _hours(p)
    equal = _marginals(found, "eqlin", hours * (len(p.rows) + len(p.levels)))
    below = _marginals(found, "ineqlin", len(p.limits))
    above = _marginals(found, "upper", size + len(p.capacities))
    lower = _marginals(found, "lower", size + len(p.capacities))
    limits = below[below.size - len(p.limits) :]
    given = (p.owner == GIVEN)[:, None]
    return Duals(
        need=equal[: hours * len(p.rows)].reshape(len(p.rows), hours),
        given=np.where(given, -above[:size].reshape(-1, hours), 0.0),
        limit=-limits,
        room=-above[size:],
        spare=lower[size:],
    )


def _solution(p: Programme, found: object) -> Solution:
    """Return scipy's result in our terms."""
    size = len(p.flows) * _hours(p)
    x: npt.NDArray[np.float64] | None = getattr(found, "x", None)
    status = OUTCOMES.get(int(getattr(found, "status", 4)), "failed")
    if x is None:
        x, gap = np.full(size + len(p.capacities), np.nan), np.inf
    else:
        gap = 0.0 if status == "optimal" else np.inf
    flow, capacity = x[:size].reshape(len(p.flows), -1), x[size:]
    return Solution(
        flow=flow,
        capacity=capacity,
        duals=_duals(p, found),
        objective=objective(p, flow, capacity),
        gap=gap,
        status=status,
        solver="HiGHS",
        steps=int(getattr(found, "nit", 0)),
    )
