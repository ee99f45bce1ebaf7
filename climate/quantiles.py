"""Design figures of hourly weather: quantiles, what goes with them, degree days.

Pure functions over arrays with time last; leading axes, such as sites, are kept. A
design figure at p % is the value exceeded in p % of all hours of all years: dry bulb
at 0.4, 1 and 2 % in summer, at 99.6 and 99 % in winter [1]_.

References
----------
.. [1] ASHRAE Handbook Fundamentals (2021), chapter 14, climatic design information.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

HOURS_A_YEAR = 8760
BIN_K = 0.5
"""Half the width of the bin whose hours a coincident value is the mean of [K]."""
BASE_C = 18.3
"""Base of degree days: 65 degF, as everywhere in the trade [degC]."""
LOCAL_LEAD_H = 4
"""Hours by which the local day opens before that of UTC."""


def exceeded(values: Array, percent: float) -> Array:
    """Return the value that is exceeded in a share of the hours.

    Parameters
    ----------
    values : array, (..., time)
    percent : float
        Share of the hours [%].

    Returns
    -------
    array, (...)
        NaN where any hour is.

    Examples
    --------
    >>> import numpy as np
    >>> exceeded(np.arange(101.0), 2.0)
    np.float64(98.0)
    """
    level: Array = np.quantile(values, 1.0 - percent / 100.0, axis=-1)
    return level


def coincident(values: Array, other: Array, level: Array) -> Array:
    """Return the mean of another quantity in the hours near a design value.

    Parameters
    ----------
    values, other : array, (..., time)
        The quantity the level belongs to, and the one that goes with it.
    level : array, (...)
        A design value of `values`.

    Returns
    -------
    array, (...)
        Mean of `other` where `values` is within `BIN_K` of the level; NaN if no
        hour is.
    """
    near = np.abs(values - np.asarray(level)[..., None]) <= BIN_K
    count = near.sum(axis=-1)
    total = np.where(near, other, 0.0).sum(axis=-1)
    out = np.full(count.shape, np.nan)
    np.divide(total, count, out=out, where=count > 0)
    return out


def daily_means(temp_air: Array) -> Array:
    """Return the mean of each local day, (..., days); the first begins the year before.

    Hours of UTC are turned by `LOCAL_LEAD_H`, the end of the record joining its
    beginning.
    """
    local = np.roll(temp_air, LOCAL_LEAD_H, axis=-1)
    means: Array = local.reshape(*temp_air.shape[:-1], -1, 24).mean(axis=-1)
    return means


def heating_degree_days(temp_air: Array) -> Array:
    """Return degree days below the base in a mean year.

    Parameters
    ----------
    temp_air : array, (..., time)
        [degC]

    Returns
    -------
    array, (...)
        [K day]
    """
    return _degree_days(BASE_C - daily_means(temp_air))


def cooling_degree_days(temp_air: Array) -> Array:
    """Return degree days above the base in a mean year; see `heating_degree_days`."""
    return _degree_days(daily_means(temp_air) - BASE_C)


def _degree_days(distance: Array) -> Array:
    years = distance.shape[-1] / 365.0
    days: Array = np.maximum(distance, 0.0).sum(axis=-1) / years
    return days


def highest(values: Array) -> Array:
    """Return the highest hour of all years: the n-year maximum as it occurred."""
    peak: Array = values.max(axis=-1)
    return peak


def lowest(values: Array) -> Array:
    """Return the lowest hour of all years."""
    trough: Array = values.min(axis=-1)
    return trough


def mean_of_yearly(values: Array, pick: str) -> Array:
    """Return the mean over the years of each year's highest or lowest hour.

    Parameters
    ----------
    values : array, (..., time)
        Whole years of 8,760 hours.
    pick : str
        "highest" or "lowest".
    """
    yearly = values.reshape(*values.shape[:-1], -1, HOURS_A_YEAR)
    each = highest(yearly) if pick == "highest" else lowest(yearly)
    mean: Array = each.mean(axis=-1)
    return mean


def design(temp_air: Array, wet_bulb: Array) -> dict[str, Array]:
    """Return every design figure of some sites.

    Parameters
    ----------
    temp_air, wet_bulb : array, (site, time)
        Whole years of 8,760 hours [degC].

    Returns
    -------
    dict of str to array, (site,)
        `db_0_4` and its sisters: dry bulb exceeded in that share of hours, `mcwb_*`
        the wet bulb that goes with it; `wb_*` wet bulb, `mcdb_*` the dry bulb that
        goes with it; `db_99_6`, `db_99`; `db_max`, `db_min` the extremes of all
        years, `db_max_mean`, `db_min_mean` those of a mean year [degC]; `hdd18_3`,
        `cdd18_3` [K day].
    """
    out: dict[str, Array] = {}
    for name, percent in (("0_4", 0.4), ("1", 1.0), ("2", 2.0)):
        dry, wet = exceeded(temp_air, percent), exceeded(wet_bulb, percent)
        out[f"db_{name}"] = dry
        out[f"mcwb_{name}"] = coincident(temp_air, wet_bulb, dry)
        out[f"wb_{name}"] = wet
        out[f"mcdb_{name}"] = coincident(wet_bulb, temp_air, wet)
    return out | {
        "db_99_6": exceeded(temp_air, 99.6),
        "db_99": exceeded(temp_air, 99.0),
        "db_max": highest(temp_air),
        "db_min": lowest(temp_air),
        "db_max_mean": mean_of_yearly(temp_air, "highest"),
        "db_min_mean": mean_of_yearly(temp_air, "lowest"),
        "hdd18_3": heating_degree_days(temp_air),
        "cdd18_3": cooling_degree_days(temp_air),
    }
