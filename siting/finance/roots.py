"""Internal rates of return, and the root finding that rents and returns share."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from siting.finance.measures import Array

IRR_FLAGS: Final = (
    "one root",
    "no inflow",
    "no outflow",
    "several roots",
    "no root between -90 and 1000 %",
    "cash flow unknown",
)
"""What an IRR flag says, by its number."""

LOG_GRID: Final[Array] = np.linspace(np.log(0.1), np.log(11.0), 129)
"""Grid of log(1 + rate) searched for roots: -90 % to 1000 %."""
COARSE: Final = 16
"""Every which point of it is looked at where one root at most is possible."""
ITERATIONS: Final = 60
"""Ceiling on root-finding steps; smooth cash flows need fewer than ten."""


def root_between(
    function: Callable[[Array], Array], low: Array, high: Array, tolerance: Array
) -> Array:
    """Find where a function of arrays crosses zero between two bounds.

    False position with the Illinois rule, every case at once: the bracket is
    never lost, and a straight line is solved in one step.

    Parameters
    ----------
    function : callable
        Maps an array of trial points to values, case by case.
    low, high : array (...)
        Bounds with values of opposite sign (or zero) case by case.
    tolerance : array (...)
        Size of the value that counts as zero.

    Returns
    -------
    array (...)
        Roots; NaN where a bound is NaN.
    """
    left, right, tolerance = np.broadcast_arrays(low, high, tolerance)
    at_left, at_right = function(left), function(right)
    root = np.where(np.abs(at_left) <= np.abs(at_right), left, right)
    value = np.where(np.abs(at_left) <= np.abs(at_right), at_left, at_right)
    for _ in range(ITERATIONS):
        if not (np.abs(value) > tolerance).any():
            break
        run = at_right - at_left
        flat = run == 0.0
        step = at_left * (right - left) / np.where(flat, 1.0, run)
        trial = np.where(flat, left, left - step)
        now = function(trial)
        done = np.abs(value) <= tolerance
        root, value = np.where(done, root, trial), np.where(done, value, now)
        same = np.sign(now) == np.sign(at_right)
        at_left = np.where(same, at_left / 2.0, at_right)
        left = np.where(same, left, right)
        right, at_right = trial, now
    return root


def irr(flows: Array) -> tuple[Array, npt.NDArray[np.int8]]:
    """Return the internal rate of return, and what kind of answer it is.

    The net present value is scanned over -90 to 1000 % for changes of sign; the
    lowest crossing is then solved. Flows that change sign once have one root at
    most (Descartes) and are scanned coarsely; others may have several, and are
    flagged.

    Parameters
    ----------
    flows : array (..., year)
        Cash flow [USD].

    Returns
    -------
    rate : array (...)
        Lowest root [%]; NaN where there is none.
    flag : array (...) of int
        Place in `IRR_FLAGS`.
    """
    years, cases = flows.shape[-1], flows.shape[:-1]
    cash = np.array(flows.reshape(-1, years).T, order="C")
    known = np.asarray(np.isfinite(cash.sum(axis=0)))
    cash[:, ~known] = 0.0
    low, high, roots = bracket(cash, LOG_GRID[::COARSE])
    again = np.flatnonzero(sign_changes(cash) > 1)
    if again.size:
        fine = bracket(np.ascontiguousarray(cash[:, again]), LOG_GRID)
        low[again], high[again], roots[again] = fine
    flag = np.select(
        [
            ~known,
            cash.max(axis=0) <= 0.0,
            cash.min(axis=0) >= 0.0,
            roots > 1,
            roots < 1,
        ],
        [5, 1, 2, 3, 4],
        default=0,
    ).astype(np.int8)
    at = np.flatnonzero((flag == 0) | (flag == 3))
    solved = cash if at.size == flag.size else np.ascontiguousarray(cash[:, at])
    tolerance = 1e-13 * worth_at(np.abs(solved), low[at])
    rate = np.full(flag.shape, np.nan)
    root = root_between(lambda x: worth_at(solved, x), low[at], high[at], tolerance)
    rate[at] = 100.0 * np.expm1(root)
    return rate.reshape(cases), flag.reshape(cases)


def sign_changes(cash: Array) -> npt.NDArray[np.int64]:
    """Return how often a cash flow changes sign, years of nothing left out.

    Parameters
    ----------
    cash : array (year, case)
        [USD].

    Returns
    -------
    array (case) of int
    """
    changes = np.zeros(cash.shape[1], dtype=np.int64)
    last = np.zeros(cash.shape[1], dtype=np.int8)
    for now in np.sign(cash).astype(np.int8):
        changes += now * last < 0
        last = np.where(now == 0, last, now)
    return changes


def bracket(cash: Array, grid: Array) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Return the first interval of a grid in which a worth changes sign, and how many do.

    Parameters
    ----------
    cash : array (year, case)
        [USD].
    grid : array (point)
        Logarithms of one plus the rate [1].

    Returns
    -------
    low, high : array (case)
        Ends of the interval; those of the first where none has a change [1].
    count : array (case) of int
    """
    powers = np.exp(-np.outer(grid, np.arange(cash.shape[0])))
    positive = np.matmul(powers, cash) >= 0.0
    crossing = positive[1:] != positive[:-1]
    first = crossing.argmax(axis=0)
    return grid[first], grid[first + 1], crossing.sum(axis=0)


def worth_at(cash: Array, log_growth: Array) -> Array:
    """Return the net present value at log(1 + rate), by Horner's rule, years first.

    Parameters
    ----------
    cash : array (year, ...)
        Cash flow [USD].
    log_growth : array (...)
        Natural logarithm of one plus the rate [1].

    Returns
    -------
    array (...)
        Net present value [USD].
    """
    factor = np.exp(-log_growth)
    total = np.zeros(np.broadcast_shapes(cash.shape[1:], factor.shape))
    for flow in cash[::-1]:
        total *= factor
        total += flow
    return total


def value_at(flows: Array, log_growth: Array) -> Array:
    """Return the net present value at log(1 + rate), years last.

    Parameters
    ----------
    flows : array (..., year)
        Cash flow [USD].
    log_growth : array (...)
        Natural logarithm of one plus the rate [1].

    Returns
    -------
    array (...)
        Net present value [USD].
    """
    return worth_at(np.moveaxis(flows, -1, 0), log_growth)
