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
    most (Descartes); others may have several, and are flagged.

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
    known = np.asarray(np.isfinite(flows).all(axis=-1))
    cash = np.where(known[..., None], flows, 0.0)
    powers = np.exp(-np.outer(np.arange(flows.shape[-1]), LOG_GRID))
    worth: Array = np.matmul(cash, powers)
    positive = np.asarray(worth >= 0.0)
    crossing = positive[..., 1:] != positive[..., :-1]
    first = crossing.argmax(axis=-1)
    roots = crossing.sum(axis=-1)
    pays, costs = (cash > 0.0).any(axis=-1), (cash < 0.0).any(axis=-1)
    flag = np.select(
        [~known, ~pays, ~costs, roots > 1, roots == 0],
        [5, 1, 2, 3, 4],
        default=0,
    ).astype(np.int8)
    solvable = (flag == 0) | (flag == 3)
    low = np.where(solvable, LOG_GRID[first], np.nan)
    high = np.where(solvable, LOG_GRID[first + 1], np.nan)
    scale = value_at(np.abs(cash), np.where(solvable, low, 0.0))
    tolerance = 1e-13 * scale
    root = root_between(lambda x: value_at(cash, x), low, high, tolerance)
    return 100.0 * np.expm1(root), flag


def value_at(flows: Array, log_growth: Array) -> Array:
    """Return the net present value at log(1 + rate), by Horner's rule.

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
    factor = np.exp(-log_growth)
    total = np.zeros(np.broadcast_shapes(flows.shape[:-1], factor.shape))
    for year in range(flows.shape[-1] - 1, -1, -1):
        total = total * factor + flows[..., year]
    return total
