"""From a source's own stamps to our calendar: whole hours, whole years, UTC.

Our stamp opens its hour and its value stands for half past. What a source says at
another moment of the hour, or of the hour before, is moved there on a straight line
between its neighbours.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from climate import months
from data.choices import DEFAULT_YEARS, ClimateChoices

Array = npt.NDArray[np.float64]

MIDDLE = 0.5
"""Hours from our stamp to the moment its value stands for."""


def online_years(choices: ClimateChoices) -> range:
    """Return the calendar years asked of a service: those chosen, or the default."""
    first, last = DEFAULT_YEARS
    return range(choices.first_year or first, (choices.last_year or last) + 1)


def checked_whole(values: pd.Series) -> None:
    """Raise if a service's year has nothing on its last day: it is not over yet.

    Raises
    ------
    ValueError
        Naming the last hour there is.
    """
    given = values.dropna().index
    last = values.index[-1].normalize() if len(values) else None
    if last is None or (last.month, last.day) != (12, 31) or given.max() < last:
        message = f"the year ends early, with {given.max()}"
        raise ValueError(message)


def typical_positions(
    month: npt.ArrayLike, day: npt.ArrayLike, hour: npt.ArrayLike
) -> npt.NDArray[np.intp]:
    """Return the hour of a year of 365 days; -1 on 29 February.

    Parameters
    ----------
    month, day : array of int
        From 1.
    hour : array of int
        From 0.
    """
    m, d, h = (np.asarray(given, dtype=np.intp) for given in (month, day, hour))
    position = 24 * (months.MONTH_START[m - 1] + d - 1) + h
    return np.where((m == 2) & (d == 29), -1, position).astype(np.intp)


def typical_year(values: pd.DataFrame, positions: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Return one year of 8,760 hours, NaN where the source has no row.

    Parameters
    ----------
    values : DataFrame
        One row for each of `positions`.
    positions : array of int
        From `typical_positions`; rows at -1 are left out.

    Raises
    ------
    ValueError
        If an hour comes twice, as in files of several records an hour.
    """
    held = positions >= 0
    if np.unique(positions[held]).size < held.sum():
        message = "an hour comes twice: one record an hour is wanted"
        raise ValueError(message)
    placed = values[held].set_axis(positions[held], axis=0)
    return placed.reindex(np.arange(8760)).set_axis(months.hours(1), axis=0)


def calendar_years(first: int, last: int) -> pd.DatetimeIndex:
    """Return every hour of some years, 29 February included, and one hour after."""
    return pd.date_range(f"{first}-01-01", f"{last + 1}-01-01", freq="h")


def without_leap_day(time: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
    """Return True for the hours we keep: all but 29 February."""
    return np.asarray(~((time.month == 2) & (time.day == 29)))


def at_half_past(values: Array, standing: float, typical: bool) -> Array:
    """Return values moved to half past each hour.

    Parameters
    ----------
    values : array, (time,)
        One an hour, no hole.
    standing : float
        Hours from the stamp to the middle of what a value stands for: 0 for the
        instant, 0.5 for the mean of the hour to come, -0.5 of the hour gone.
    typical : bool
        True: the end joins the beginning. False: the last value is held.

    Returns
    -------
    array, (time,)

    Examples
    --------
    >>> import numpy as np
    >>> at_half_past(np.array([0.0, 2.0, 4.0]), 0.0, False)
    array([1., 3., 4.])
    """
    shift = MIDDLE - standing
    before = int(np.floor(shift))
    rest = shift - before
    moved = _shifted(values, before, typical)
    if rest == 0.0:
        return moved
    return (1.0 - rest) * moved + rest * _shifted(values, before + 1, typical)


def _shifted(values: Array, by: int, typical: bool) -> Array:
    place = np.arange(values.size) + by
    place = place % values.size if typical else np.clip(place, 0, values.size - 1)
    shifted: Array = values[place]
    return shifted
