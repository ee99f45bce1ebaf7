"""The weather of each day before it has units: standard series that hang together.

Two national series lead: the day's mean temperature, and what of its highest does not
follow the mean. Dew point, clearness and wind lean on both as observed, so that hot
days are the clear, dry and calm ones where the stations say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from climate import chance, months

Array = npt.NDArray[np.float64]
Monthly = Mapping[str, Array]

MOST_CORRELATION = 0.99


@dataclass(frozen=True, slots=True)
class Days:
    """The leading series of a run, (site, days), of mean 0 and variance 1."""

    temp: Array
    """Daily mean temperature, Gaussian, mean zero in each month of each year."""
    peak: Array
    """What of the day's highest temperature does not follow the mean."""
    years: int
    """Years the days make up."""
    seed: int
    """Of the national weather."""


def national(monthly: Monthly, years: int, seed: int) -> Days:
    """Return the leading series, national innovations with each site's memory.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `temp_lag1`, `max_lag1` [1].
    years, seed : int
        As in `synthetic.hourly`.
    """
    return Days(
        temp=chance.daily_series(monthly["temp_lag1"], "temp", years, seed),
        peak=chance.daily_series(monthly["max_lag1"], "peak", years, seed),
        years=years,
        seed=seed,
    )


def loadings(monthly: Monthly, name: str) -> tuple[Array, Array, Array]:
    """Return how a variable leans on mean and highest temperature, and on itself.

    With r the correlations of variable v, highest x and mean temperature t,
    ``a = r_vt``, ``b = (r_vx - r_xt r_vt) / √(1 - r_xt²)``, ``c = √(1 - a² - b²)``:
    the last row of a Cholesky factor. b is cut where correlations taken from
    different stations do not go together.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `<name>_temp_corr`, `<name>_max_corr`, `max_temp_corr` [1].
    name : str
        "dew", "clearness" or "wind".

    Returns
    -------
    a, b, c : array, (site, 12)
        On `Days.temp`, on `Days.peak`, and on the variable's own series [1].
    """
    between = np.clip(monthly["max_temp_corr"], -MOST_CORRELATION, MOST_CORRELATION)
    on_temp = monthly[f"{name}_temp_corr"]
    left = np.sqrt(1.0 - on_temp**2)
    wanted = monthly[f"{name}_max_corr"] - between * on_temp
    on_peak = np.clip(wanted / np.sqrt(1.0 - between**2), -left, left)
    return on_temp, on_peak, np.sqrt(np.maximum(left**2 - on_peak**2, 0.0))


def leaning(days: Days, monthly: Monthly, name: str) -> Array:
    """Return the daily series of a variable that leans on mean and highest temperature.

    Parameters
    ----------
    days : Days
        From `national`.
    monthly : mapping of str to array, (site, 12)
        As `loadings`, and `<name>_lag1` [1], the memory of its own part.
    name : str
        As in `loadings`, also the name of its stream.

    Returns
    -------
    array, (site, days)
        Variance 1, mean zero in each month of each year.
    """
    on_temp, on_peak, on_own = (
        months.per_step(share, days.years, 1) for share in loadings(monthly, name)
    )
    own = chance.daily_series(monthly[f"{name}_lag1"], name, days.years, days.seed)
    series: Array = on_temp * days.temp + on_peak * days.peak + on_own * own
    return series
