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
from climate.days import Days, leaning, loadings
from climate.psychrometrics import dew_point, saturation_pressure

Array = npt.NDArray[np.float64]
Monthly = Mapping[str, Array]

ERBS = ((0.4632, 3.805), (0.0984, 0.360), (0.0168, 0.822), (0.0138, 3.513))
"""Amplitude [1] and phase [rad] of the day's harmonics of 24, 12, 8 and 6 hours."""
RANGE_STEPS = 4
RANGE_BAND = 0.85
"""Most a day's range may depart from the mean one, as a share of it."""
PEAK_SHARE = 0.525
"""How far the highest point of Erbs' day stands above its mean, over its range."""
HUMIDITY_STEPS = 4
LOCAL_DAY_LEAD = 4
"""Hours by which the local day opens before that of UTC."""
CALM_OF_DAY_LEAD = 6
"""Hours before UTC midnight at which the day's course crosses its mean in the evening,
about 21 local time: the range may change from day to day there without a step."""
WIND_PEAK = 14.0
"""Local solar hour at which the mean course of inland wind is highest."""
VAPOUR_SLOPE = 0.067
"""d ln(saturation pressure)/dT near 10 degC [1/K]: steers the solve, no result."""


def _whole(series: Array, spread: Array, apart: Array, years: int) -> Array:
    """Return days about the normal from days within months and months between years.

    With one year the spread of days about the normal is that of all years; with
    more, the part that belongs to whole months is drawn apart: ``sd² = within² +
    between²``.

    Parameters
    ----------
    series : array, (site, days)
        Centred in each month, variance 1.
    spread : array, (2, site, 12)
        Standard deviation of daily means and of monthly means; the second counts up
        to the first.
    apart : array, (..., 12, years)
        From `chance.years_apart`.
    years : int
        Years the days make up.

    Returns
    -------
    array, (site, days)
        Variance 1.
    """
    if years == 1:
        return series
    total, between = spread
    share = np.divide(between, total, out=np.zeros_like(total), where=total > 0.0)
    share = np.minimum(share, 1.0)
    month = np.tile(months.MONTH_OF_DAY, years)
    year = np.repeat(np.arange(years), 365)
    within = months.per_step(np.sqrt(1.0 - share**2), years, 1) * series
    whole: Array = within + months.per_step(share, years, 1) * apart[..., month, year]
    return whole


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


def day_course(amplitude: Array, shape: Array) -> Array:
    """Return the course of each day, its amplitude changing where it is nought.

    Parameters
    ----------
    amplitude : array, (site, days)
        Range of each day [K].
    shape : array, (site, 365, 24)
        From `diurnal_shape` at the hours UTC of the year.

    Returns
    -------
    array, (site, hours)
        [K]
    """
    early = np.roll(shape.reshape(len(shape), -1), CALM_OF_DAY_LEAD, axis=-1)
    by_year = amplitude.reshape(len(shape), -1, 365, 1)
    course = by_year * early.reshape(len(shape), 1, 365, 24)
    return np.roll(course.reshape(len(shape), -1), -CALM_OF_DAY_LEAD, axis=-1)


def temperature(monthly: Monthly, longitude: Array, days: Days) -> Array:
    """Return dry bulb whose monthly means over all years are the normals.

    The day's mean and its highest temperature have the spread, skewness and
    correlation observed; their distance sets the amplitude of Erbs' day. The mean
    amplitude is solved so that the range of the generated days is the normal one.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `temp_air`, `daily_range`, `temp_sd`, `temp_skew`, `temp_interannual_sd`,
        `max_sd`, `max_skew`, `max_temp_corr`.
    longitude : array, (site, 1)
        [degrees]
    days : Days
        From `days.national`.

    Returns
    -------
    array, (site, hours)
        [degC]
    """
    years = days.years
    spread = np.stack([monthly["temp_sd"], monthly["temp_interannual_sd"]])
    apart = chance.years_apart(days.seed, "temp years", years)
    whole = _whole(days.temp, spread, apart, years)
    anomaly = _skewed(whole, monthly, "temp", years)
    daily = _daily(monthly["temp_air"], years) + anomaly
    shape = diurnal_shape(solar.hours_of_year(longitude))
    wanted = swing = monthly["daily_range"]
    wider = (_peak_anomaly(whole, monthly, days) - anomaly) / PEAK_SHARE
    band = RANGE_BAND * _daily(wanted, years)
    wider = np.clip(wider, -band, band)
    temp = np.empty_like(daily)
    for _ in range(RANGE_STEPS):
        course = day_course(_daily(swing, years) + wider, shape)
        own = course.reshape(*daily.shape, 24).mean(axis=-1)
        temp = months.to_hours(daily - own) + course
        swing = swing + wanted - mean_daily_range(temp, years)
    error = monthly["temp_air"] - months.monthly_mean(temp, years)
    return temp + months.per_step(error, years, 24)


def _daily(monthly: Array, years: int) -> Array:
    """Return a smooth daily course over all years."""
    return months.repeat_years(months.smooth(monthly), years)


def _skewed(whole: Array, monthly: Monthly, name: str, years: int) -> Array:
    """Return anomalies [K] with the spread and skewness of a variable."""
    skew = months.per_step(monthly[f"{name}_skew"], years, 1)
    spread = months.per_step(monthly[f"{name}_sd"], years, 1)
    return chance.skewed(whole, skew) * spread


def _peak_anomaly(whole: Array, monthly: Monthly, days: Days) -> Array:
    """Return anomalies of the day's highest temperature [K]."""
    corr = months.per_step(monthly["max_temp_corr"], days.years, 1)
    series = corr * whole + np.sqrt(1.0 - corr**2) * days.peak
    return _skewed(series, monthly, "max", days.years)


def relative_humidity(monthly: Monthly, temp: Array, days: Days) -> Array:
    """Return relative humidity whose monthly means are near the normals.

    The daily dew point varies about its monthly level with the correlations to
    mean and highest temperature that are observed, and never exceeds the air's; its
    level is solved so that the monthly mean of hourly relative humidity is the
    normal. With four steps it comes within 0.1 points at every shipped site.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        As `temperature`, and `relative_humidity`, `dew_sd`, `dew_lag1`,
        `dew_temp_corr`, `dew_max_corr`, `dew_interannual_sd`.
    temp : array, (site, hours)
        From `temperature` [degC].
    days : Days
        From `days.national`.

    Returns
    -------
    array, (site, hours)
        [%], over ice below 0.01 degC as everywhere in `climate.psychrometrics`.
    """
    wanted, years = monthly["relative_humidity"], days.years
    anomaly = _dew_anomaly(monthly, days)
    level = dew_point(monthly["temp_air"], wanted)
    saturated = saturation_pressure(temp)
    humidity = np.empty_like(temp)
    for _ in range(HUMIDITY_STEPS):
        dew = months.to_hours(_daily(level, years) + anomaly)
        humidity = 100.0 * saturation_pressure(np.minimum(dew, temp)) / saturated
        mean = months.monthly_mean(humidity, years)
        free = months.monthly_mean(np.where(dew < temp, humidity, 0.0), years)
        level = level + (wanted - mean) / (VAPOUR_SLOPE * np.maximum(free, 1.0))
    return np.minimum(humidity, 100.0)


def _dew_anomaly(monthly: Monthly, days: Days) -> Array:
    """Return daily anomalies of dew point [K], its years leaning on warm ones."""
    corr = monthly["dew_temp_corr"][..., None]
    warm, own = (
        chance.years_apart(days.seed, name, days.years)
        for name in ("temp years", "dew years")
    )
    apart = corr * warm + np.sqrt(1.0 - corr**2) * own
    spread = np.stack([monthly["dew_sd"], monthly["dew_interannual_sd"]])
    whole = _whole(leaning(days, monthly, "dew"), spread, apart, days.years)
    return whole * months.per_step(spread[0], days.years, 1)


def wind_speed(monthly: Monthly, longitude: Array, days: Days) -> Array:
    """Return Weibull wind with hourly memory, its monthly means the normals.

    A standard AR(1) series, leaning on the day's mean and highest temperature as observed,
    is carried through the Weibull quantile function, ``(-ln Φ(-x))^(1/k)``, given
    the mean course of the day, ``1 + A cos(2π (h - 14)/24)``, and scaled to the
    mean of its month.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `wind_speed` [m/s], `wind_weibull_k`, `wind_lag1_hour`, `wind_course`,
        `wind_temp_corr`, `wind_max_corr`, `max_temp_corr` [1].
    longitude : array, (site, 1)
        [degrees]
    days : Days
        From `days.national`.

    Returns
    -------
    array, (site, hours)
        At 10 m [m/s].
    """
    years = days.years
    innovations = chance.stream(days.seed, "wind").standard_normal(8760 * years)
    memory = months.per_step(monthly["wind_lag1_hour"], years, 24)
    on_temp, on_peak, on_own = loadings(monthly, "wind")
    of_day = months.per_step(on_temp, years, 1) * days.temp
    of_day += months.per_step(on_peak, years, 1) * days.peak
    series = chance.ar1(memory, innovations) * months.per_step(on_own, years, 24)
    series += np.repeat(of_day, 24, axis=-1)
    power = 1.0 / months.per_step(monthly["wind_weibull_k"], years, 24)
    unit = np.power(-log_ndtr(-series), power)
    hour = solar.hours_of_year(longitude).reshape(len(longitude), -1)
    wave = months.repeat_years(np.cos(2.0 * np.pi * (hour - WIND_PEAK) / 24.0), years)
    unit *= 1.0 + months.per_step(monthly["wind_course"], years, 24) * wave
    scale = monthly["wind_speed"] / months.monthly_mean(unit, years)
    speed: Array = unit * months.per_step(scale, years, 24)
    return speed
