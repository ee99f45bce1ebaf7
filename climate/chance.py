"""Chance: named random streams and the day-to-day memory of the weather."""

from zlib import crc32

import numpy as np
import numpy.typing as npt

from climate.months import DAYS_IN_MONTH, per_step, sums_by_month

Array = npt.NDArray[np.float64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """Return the random stream that belongs to a seed and a name.

    A stream depends on nothing else: adding a site, a variable or a year of another
    stream leaves it as it is.

    Parameters
    ----------
    seed : int
        Zero or above.
    *names : str
        What is drawn, and for which site where it is not national.
    """
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def ar1(lag1: Array, innovations: Array) -> Array:
    """Return a standard first-order autoregressive series.

    ``x[t] = lag1[t] x[t-1] + sqrt(1 - lag1[t]²) e[t]``, variance 1 throughout. The
    recurrence is unrolled by doubling: after k passes each value holds the
    contributions of the 2^k steps up to it.

    Parameters
    ----------
    lag1 : array, (..., steps)
        Correlation with the step before [1], from 0 up to but below 1.
    innovations : array, (steps,)
        Standard normal.

    Returns
    -------
    array, (..., steps)
    """
    carry = np.array(lag1, dtype=np.float64)
    series = np.sqrt(1.0 - carry**2) * innovations
    series[..., 0] = innovations[0]
    carry[..., 0] = 0.0
    step = 1
    while step < series.shape[-1]:
        series[..., step:] += carry[..., step:] * series[..., :-step]
        carry[..., step:] *= carry[..., :-step]
        step *= 2
    return series


def centred(series: Array, lag1: Array, years: int) -> Array:
    """Return the series with the mean of every month taken off and variance restored.

    Taking off the mean of n days of an AR(1) series leaves the variance
    ``1 - (1 + 2 Σ (1 - k/n) lag1^k) / n``; the series is divided by its root.

    Parameters
    ----------
    series : array, (..., days)
        From `ar1`, daily.
    lag1 : array, (..., 12)
        Its lag-1 correlation by month [1].
    years : int
        Years the days make up.

    Returns
    -------
    array, (..., days)
        Zero mean in each month of each year; variance 1 in expectation.
    """
    days = DAYS_IN_MONTH.astype(float)
    own = sums_by_month(series, years) / days
    lost = (
        1.0 + 2.0 * sum((1.0 - k / days) * lag1**k * (k < days) for k in range(1, 31))
    ) / days
    scale = per_step(1.0 / np.sqrt(1.0 - lost), years, 1)
    steps = np.repeat(np.tile(np.arange(12), years), np.tile(DAYS_IN_MONTH, years))
    year = np.repeat(np.arange(years), 365)
    anomaly: Array = (series - own[..., year, steps]) * scale
    return anomaly


def years_apart(seed: int, name: str, years: int) -> Array:
    """Return the anomaly of each month of each year, in units of its spread.

    Parameters
    ----------
    seed : int
        Zero or above.
    name : str
        Stream.
    years : int
        At least 1.

    Returns
    -------
    array, (12, years)
        Mean zero over the years, so that normals stand; all zero for one year,
        which is the typical year.
    """
    if years == 1:
        return np.zeros((12, 1))
    draws = stream(seed, name).standard_normal((years, 12)).T
    spread = np.sqrt(years / (years - 1))
    anomalies: Array = (draws - draws.mean(axis=-1, keepdims=True)) * spread
    return anomalies


def daily_series(lag1: Array, name: str, years: int, seed: int) -> Array:
    """Return the national daily series of a variable with each site's own memory.

    Parameters
    ----------
    lag1 : array, (site, 12)
        Correlation with the day before [1].
    name : str
        Stream.
    years, seed : int
        As in `synthetic.hourly`.

    Returns
    -------
    array, (site, days)
        Standard normal, zero mean in each month of each year.
    """
    innovations = stream(seed, name).standard_normal(365 * years)
    series = ar1(per_step(lag1, years, 1), innovations)
    return centred(series, lag1, years)


def skewed(series: Array, skew: Array) -> Array:
    """Return a standard normal series bent to a skewness, mean 0 and variance 1 kept.

    The Wilson-Hilferty cube that stands for a Pearson III variate [1]_, monotone,
    ``(1 - s²/36 + s z / 6)³``, its mean and variance taken out in closed form. With
    ``a = 1 - s²/36`` and ``b = s/6``, divided by 3b so that s = 0 leaves z:
    ``(a² + b²) z + a b (z² - 1) + b² (z³ - 3 z) / 3``.

    Parameters
    ----------
    series : array, (..., steps)
        Standard normal.
    skew : array, (..., steps)
        Wanted skewness s, within ±1.5 [1].

    Returns
    -------
    array, (..., steps)

    References
    ----------
    .. [1] W. Kirby (1972), Computer-oriented Wilson-Hilferty transformation, Water
       Resources Research 8(5), 1251-1254.
    """
    a, b = 1.0 - skew**2 / 36.0, skew / 6.0
    first, second, third = a**2 + b**2, a * b, b**2 / 3.0
    size = np.sqrt(first**2 + 2.0 * second**2 + 6.0 * third**2)
    bent: Array = series * (first - 3.0 * third + series * (second + series * third))
    return (bent - second) / size
