"""The hourly course of each weather variable, from its normals and its chance.

Arrays are (site, month) in and (site, hour) out; sunlight is in `climate.solar`. The
chance is national: one series of innovations per variable and seed, given each site's
own memory and spread.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr

from climate import chance, months, solar
from climate.psychrometrics import dew_point, saturation_pressure

Array = npt.NDArray[np.float64]
Monthly = Mapping[str, Array]

ERBS = ((0.4632, 3.805), (0.0984, 0.360), (0.0168, 0.822), (0.0138, 3.513))
"""Amplitude [1] and phase [rad] of the day's harmonics of 24, 12, 8 and 6 hours."""
RANGE_STEPS = 3
HUMIDITY_STEPS = 4
LOCAL_DAY_LEAD = 4
"""Hours by which the local day opens before that of UTC."""
VAPOUR_SLOPE = 0.067
"""d ln(saturation pressure)/dT near 10 degC [1/K]: steers the solve, no result."""


def _anomaly(series: Array, spread: Array, apart: Array, years: int) -> Array:
    """Return daily anomalies from a centred unit series and unit monthly anomalies.

    With one year the spread of days about the normal is that of all years; with
    more, the part that belongs to whole months is drawn apart: ``sd² = within² +
    between²``.

    Parameters
    ----------
    series : array, (site, days)
        Centred in each month, variance 1.
    spread : array, (2, site, 12)
        Standard deviation of daily means and of monthly means.
    apart : array, (..., 12, years)
        From `chance.years_apart`.
    years : int
        Years the days make up.
    """
    total, between = spread
    if years == 1:
        return series * months.per_step(total, 1, 1)
    within = np.sqrt(np.maximum(total**2 - between**2, 0.0))
    month = np.tile(months.MONTH_OF_DAY, years)
    year = np.repeat(np.arange(years), 365)
    of_month = months.per_step(between, years, 1) * apart[..., month, year]
    return series * months.per_step(within, years, 1) + of_month


def diurnal_shape(hour: Array) -> Array:
    """Return the mean course of temperature over the day, Erbs' four cosines.

    ``Σ a_k cos(k t - φ_k)``, ``t = 2π (hour - 1) / 24``.

    Parameters
    ----------
    hour : array
        Local solar time [h].

    Returns
    -------
    array
        Departure from the day's mean over the day's range [1]; sums to zero over
        24 equal steps.
    """
    angle = 2.0 * np.pi * (hour - 1.0) / 24.0
    terms = (a * np.cos(k * angle - phase) for k, (a, phase) in enumerate(ERBS, 1))
    shape: Array = sum(terms, start=np.zeros_like(angle))
    return shape


def mean_daily_range(temp: Array, years: int) -> Array:
    """Return the monthly mean of the highest less the lowest hour of the local day.

    Parameters
    ----------
    temp : array, (site, hours)
        [degC]
    years : int
        Years the hours make up.

    Returns
    -------
    array, (site, 12)
        [K]
    """
    local = np.roll(temp, LOCAL_DAY_LEAD, axis=-1)
    by_day = local.reshape(*temp.shape[:-1], -1, 24)
    return months.monthly_mean(by_day.max(axis=-1) - by_day.min(axis=-1), years)


def temperature(monthly: Monthly, longitude: Array, years: int, seed: int) -> Array:
    """Return dry bulb whose monthly means over all years are the normals.

    The amplitude of the day is lowered from the normal range by what the change
    from day to day adds, so that the range of the generated days is the normal one.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `temp_air`, `daily_range`, `temp_sd`, `temp_lag1`, `temp_interannual_sd`.
    longitude : array, (site, 1)
        [degrees]
    years, seed : int
        As in `synthetic.hourly`.

    Returns
    -------
    array, (site, hours)
        [degC]
    """
    series = chance.daily_series(monthly["temp_lag1"], "temp", years, seed)
    spread = np.stack([monthly["temp_sd"], monthly["temp_interannual_sd"]])
    apart = chance.years_apart(seed, "temp years", years)
    normal = months.repeat_years(months.smooth(monthly["temp_air"]), years)
    slow = months.to_hours(normal + _anomaly(series, spread, apart, years))
    shape = diurnal_shape(solar.hours_of_year(longitude))
    wanted = swing = monthly["daily_range"]
    temp = slow
    for _ in range(RANGE_STEPS):
        day = (months.smooth(swing)[..., None] * shape).reshape(len(shape), -1)
        temp = slow + months.repeat_years(day, years)
        swing = np.maximum(swing + wanted - mean_daily_range(temp, years), 0.0)
    error = monthly["temp_air"] - months.monthly_mean(temp, years)
    return temp + months.per_step(error, years, 24)


def relative_humidity(monthly: Monthly, temp: Array, years: int, seed: int) -> Array:
    """Return relative humidity whose monthly means are near the normals.

    The daily dew point varies about its monthly level with the correlation to
    temperature that is observed, and never exceeds the air's; its level is solved
    so that the monthly mean of hourly relative humidity is the normal. With four
    steps it comes within 0.1 points at every shipped site.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        As `temperature`, and `relative_humidity`, `dew_sd`, `dew_lag1`, `dew_corr`,
        `dew_interannual_sd`.
    temp : array, (site, hours)
        From `temperature` [degC].
    years, seed : int
        As in `synthetic.hourly`.

    Returns
    -------
    array, (site, hours)
        [%], over ice below 0.01 degC as everywhere in `climate.psychrometrics`.
    """
    wanted = monthly["relative_humidity"]
    corr = monthly["dew_corr"]
    own_share = np.sqrt(1.0 - corr**2)
    temp_series = chance.daily_series(monthly["temp_lag1"], "temp", years, seed)
    dew_series = chance.daily_series(monthly["dew_lag1"], "dew", years, seed)
    series = months.per_step(corr, years, 1) * temp_series
    series += months.per_step(own_share, years, 1) * dew_series
    spread = np.stack([monthly["dew_sd"], monthly["dew_interannual_sd"]])
    apart = corr[..., None] * chance.years_apart(seed, "temp years", years)
    apart = apart + own_share[..., None] * chance.years_apart(seed, "dew years", years)
    anomaly = _anomaly(series, spread, apart, years)
    level = dew_point(monthly["temp_air"], wanted)
    saturated = saturation_pressure(temp)
    humidity = np.empty_like(temp)
    for _ in range(HUMIDITY_STEPS):
        daily = months.repeat_years(months.smooth(level), years) + anomaly
        dew = months.to_hours(daily)
        humidity = 100.0 * saturation_pressure(np.minimum(dew, temp)) / saturated
        mean = months.monthly_mean(humidity, years)
        free = months.monthly_mean(np.where(dew < temp, humidity, 0.0), years)
        level = level + (wanted - mean) / (VAPOUR_SLOPE * np.maximum(free, 1.0))
    return np.minimum(humidity, 100.0)


def wind_speed(monthly: Monthly, years: int, seed: int) -> Array:
    """Return Weibull wind with hourly memory, its monthly means the normals.

    A standard AR(1) series is carried through the Weibull quantile function,
    ``(-ln Φ(-x))^(1/k)``, and each month scaled to its mean.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `wind_speed` [m/s], `wind_weibull_k` [1], `wind_lag1_hour` [1].
    years, seed : int
        As in `synthetic.hourly`.

    Returns
    -------
    array, (site, hours)
        At 10 m [m/s].
    """
    innovations = chance.stream(seed, "wind").standard_normal(8760 * years)
    memory = months.per_step(monthly["wind_lag1_hour"], years, 24)
    power = 1.0 / months.per_step(monthly["wind_weibull_k"], years, 24)
    unit = np.power(-log_ndtr(-chance.ar1(memory, innovations)), power)
    scale = monthly["wind_speed"] / months.monthly_mean(unit, years)
    speed: Array = unit * months.per_step(scale, years, 24)
    return speed
