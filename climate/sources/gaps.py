"""Missing hours: counted, filled under one stated rule, or the year refused.

A gap up to some hours is bridged by a straight line in time. A longer one takes the
mean of the same hour on the nearest day before and after that has it. Radiation is
filled as a share of what the sun gives outside the air, and is zero at night.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

LOW_SUN = 70.0
"""Below this much outside the air [W/m2] the share of an hour says nothing: 3 degrees
over the horizon."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What was missing of one variable at one site."""

    site: str
    variable: str
    hours: int
    """Missing in all years."""
    longest: int
    """Hours of the longest run."""


def run_lengths(missing: Mask) -> npt.NDArray[np.intp]:
    """Return for each hour the length of the gap it lies in; 0 outside.

    Parameters
    ----------
    missing : array of bool, (time,)

    Examples
    --------
    >>> import numpy as np
    >>> run_lengths(np.array([True, False, True, True]))
    array([1, 0, 2, 2])
    """
    edges = np.flatnonzero(np.diff(missing.astype(np.int8), prepend=0, append=0))
    starts, stops = edges[::2], edges[1::2]
    lengths = np.zeros(missing.size, dtype=np.intp)
    lengths[missing] = np.repeat(stops - starts, stops - starts)
    return lengths


def share_by_year(missing: Mask, time: pd.DatetimeIndex) -> pd.Series:
    """Return the share of missing hours of each calendar year [1]."""
    return pd.Series(missing, index=time).groupby(time.year).mean()


def filled(values: Array, linear_hours: float) -> Array:
    """Return values without holes.

    Parameters
    ----------
    values : array, (time,)
        Hourly from the first hour of a day; NaN where missing, at least one given.
    linear_hours : float
        Longest gap bridged by a straight line [h].

    Returns
    -------
    array, (time,)
        What was given is unchanged.
    """
    missing = np.isnan(values)
    if not missing.any():
        return values
    place = np.arange(values.size)
    line = np.interp(place, place[~missing], values[~missing])
    short = missing & (run_lengths(missing) <= linear_hours)
    out = np.where(short, line, values)
    out = np.where(np.isnan(out), _neighbouring_days(values), out)
    return np.where(np.isnan(out), line, out)


def _neighbouring_days(values: Array) -> Array:
    """Return the mean of the same hour on the nearest days that have it."""
    rest = -values.size % 24
    days = pd.DataFrame(np.append(values, np.full(rest, np.nan)).reshape(-1, 24))
    both = np.stack([days.ffill().to_numpy(), days.bfill().to_numpy()])
    given = np.isfinite(both)
    total = np.where(given, both, 0.0).sum(axis=0)
    count = given.sum(axis=0)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    flat: Array = mean.ravel()[: values.size]
    return flat


def filled_radiation(values: Array, outside: Array, linear_hours: float) -> Array:
    """Return radiation without holes, zero where there is no sun.

    Parameters
    ----------
    values : array, (time,)
        [W/m2], NaN where missing.
    outside : array, (time,)
        What the sun gives outside the air in the same direction [W/m2].
    linear_hours : float
        As in `filled`.

    Returns
    -------
    array, (time,)
        [W/m2]
    """
    missing = np.isnan(values)
    if not missing.any():
        return values
    sun = outside > 0.0
    share = np.divide(values, outside, out=np.full(values.size, np.nan), where=sun)
    known = np.isfinite(share) & (outside > LOW_SUN)
    if not known.any():
        return np.where(missing, 0.0, values)
    place = np.arange(values.size)
    share = np.where(known, share, np.nan)
    line = np.interp(place, place[known], share[known])
    long = missing & (run_lengths(missing) > linear_hours)
    days = _neighbouring_days(share)
    estimate = np.where(long & np.isfinite(days), days, line)
    return np.where(missing, estimate * np.where(sun, outside, 0.0), values)


def told(gaps: list[Gap]) -> str:
    """Return the gaps in words, the largest first; what to say when there are none."""
    most = sorted(gaps, key=lambda gap: (-gap.hours, gap.site, gap.variable))
    words = [
        f"{gap.site} {gap.variable} {gap.hours} h (longest {gap.longest} h)"
        for gap in most
    ]
    return "; ".join(words) if words else "none"
