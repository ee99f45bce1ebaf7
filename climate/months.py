"""The calendar of a weather year: 365 days, twelve months, and going between them.

Arrays have time last; a run of several years is 365 days times the years. Every
function works row by row without matrix products, so that the result for one site
does not depend, to the last bit, on which other sites stand beside it.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]

DAYS_IN_MONTH = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
MONTH_START = np.concatenate([[0], np.cumsum(DAYS_IN_MONTH)[:-1]])
MONTH_OF_DAY = np.repeat(np.arange(12), DAYS_IN_MONTH)
"""Month, 0 to 11, of each of the 365 days."""
DAY_OF_YEAR = np.arange(1.0, 366.0)
HOUR_OF_DAY = np.arange(24.0)
FIRST_YEAR = 2001
"""Generated years carry the stamps of 2001 onwards: they have no dates of their own."""


def hours(years: int) -> pd.DatetimeIndex:
    """Return the hours of `years` consecutive years, without 29 February.

    Parameters
    ----------
    years : int
        At least 1.

    Returns
    -------
    DatetimeIndex
        8,760 a year, UTC without a time zone; each stamp opens its hour.
    """
    start, stop = (f"{FIRST_YEAR + y}-01-01" for y in (0, years))
    every = pd.date_range(start, stop, freq="h", inclusive="left")
    return every[~((every.month == 2) & (every.day == 29))]


def _knot_weights() -> tuple[npt.NDArray[np.intp], Array, Array]:
    """Return what `smooth` needs.

    For each day the mid-month before it and the weight of the next one, and the
    inverse of the monthly means that the interpolation has.
    """
    middle = MONTH_START + DAYS_IN_MONTH / 2.0
    day = DAY_OF_YEAR - 0.5
    before = np.searchsorted(middle, day, side="right") - 1
    gap = np.mod(middle[(before + 1) % 12] - middle[before], 365.0)
    weight = np.mod(day - middle[before], 365.0) / gap
    linear = np.zeros((365, 12))
    rows = np.arange(365)
    linear[rows, before % 12] += 1.0 - weight
    linear[rows, (before + 1) % 12] += weight
    means = np.add.reduceat(linear, MONTH_START, axis=0) / DAYS_IN_MONTH[:, None]
    return before % 12, weight, np.linalg.inv(means)


_BEFORE, _WEIGHT, _INVERSE = _knot_weights()


def smooth(monthly: Array) -> Array:
    """Return a daily course whose monthly means are the values given.

    Straight lines between mid-month knots, the knots solved for so that the mean
    of each month comes out exactly; December runs on into January.

    Parameters
    ----------
    monthly : array, (..., 12)
        Monthly means.

    Returns
    -------
    array, (..., 365)
        One value a day.
    """
    knots = np.zeros_like(monthly, dtype=np.float64)
    for m in range(12):
        knots += monthly[..., m, None] * _INVERSE[:, m]
    after = knots[..., (_BEFORE + 1) % 12]
    course: Array = knots[..., _BEFORE] * (1.0 - _WEIGHT) + after * _WEIGHT
    return course


def repeat_years(daily: Array, years: int) -> Array:
    """Return a course of 365 days repeated for each year."""
    return daily if years == 1 else np.tile(daily, years)


def per_step(monthly: Array, years: int, steps_per_day: int) -> Array:
    """Return each month's value at every step of that month, without smoothing."""
    month = np.repeat(MONTH_OF_DAY, steps_per_day)
    values: Array = monthly[..., np.tile(month, years)]
    return values


def sums_by_month(values: Array, years: int) -> Array:
    """Return the sum over each month of each year.

    Parameters
    ----------
    values : array, (..., steps)
        Daily or hourly.
    years : int
        Years the steps make up.

    Returns
    -------
    array, (..., years, 12)
    """
    yearly = values.reshape(*values.shape[:-1], years, -1)
    steps_per_day = yearly.shape[-1] // 365
    sums: Array = np.add.reduceat(yearly, MONTH_START * steps_per_day, axis=-1)
    return sums


def monthly_mean(values: Array, years: int) -> Array:
    """Return the mean of each month over all years, (..., 12), of daily or hourly."""
    steps = DAYS_IN_MONTH * (values.shape[-1] // 365)
    mean: Array = sums_by_month(values, years).sum(axis=-2) / steps
    return mean


def to_hours(daily: Array) -> Array:
    """Return an hourly course without steps whose daily means are those given.

    Within each day the parabola that has the day's mean and meets its neighbours at
    midnight half way between their means.

    Parameters
    ----------
    daily : array, (..., days)
        Daily means; the last day runs on into the first.

    Returns
    -------
    array, (..., 24 days)
        Values at half past each hour.
    """
    x = (HOUR_OF_DAY + 0.5) / 24.0
    back = 0.5 - 2.0 * x + 1.5 * x**2
    ahead = 1.5 * x**2 - x
    back, ahead = back - back.mean(), ahead - ahead.mean()
    hourly: Array = daily[..., None] * (1.0 - back - ahead)
    hourly += np.roll(daily, 1, axis=-1)[..., None] * back
    hourly += np.roll(daily, -1, axis=-1)[..., None] * ahead
    return hourly.reshape(*daily.shape[:-1], -1)
