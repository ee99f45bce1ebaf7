"""Sunlight at the ground: sun position, clear sky, and its beam and diffuse parts.

pvlib is called only from here, and always with plain arrays, so that one call
serves every site and hour at once.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from pvlib import atmosphere, clearsky, irradiance, solarposition

from climate import months
from climate.days import Days, leaning

Array = npt.NDArray[np.float64]

CLEARNESS_STEPS = 18
WIDTH_STEPS = 9
"""Steps in which the width is solved with the level; the rest settle the level."""
WIDEST = 0.5
"""Most the days of a month are spread before the cut, as shares of a clear sky."""


def solar_hour(day_of_year: Array, hour_utc: Array, longitude: Array) -> Array:
    """Return local solar time.

    ``t = hour + longitude / 15 + E / 60``, with Spencer's equation of time E [1]_.

    Parameters
    ----------
    day_of_year : array
        1 to 365 [day].
    hour_utc : array
        Hour of the day in UTC [h].
    longitude : array
        East positive [degrees].

    Returns
    -------
    array
        Hours since local solar midnight, 0 to 24 [h].

    References
    ----------
    .. [1] J. W. Spencer (1971), Fourier series representation of the position of
       the sun, Search 2(5), 172.

    Examples
    --------
    >>> import numpy as np
    >>> noon = solar_hour(np.array(106.0), np.array(8.7), np.array(49.5))
    >>> round(float(noon), 1)
    12.0
    """
    minutes = solarposition.equation_of_time_spencer71(day_of_year)
    hours: Array = np.mod(hour_utc + longitude / 15.0 + minutes / 60.0, 24.0)
    return hours


def zenith(day_of_year: Array, hour: Array, latitude: Array) -> Array:
    """Return the angle of the sun from the vertical, without refraction.

    Parameters
    ----------
    day_of_year : array
        1 to 365 [day].
    hour : array
        Local solar time, from `solar_hour` [h].
    latitude : array
        North positive [degrees].

    Returns
    -------
    array
        Zenith angle [degrees]; above 90 the sun is down.
    """
    declination = solarposition.declination_spencer71(day_of_year)
    hour_angle = np.radians(15.0 * (hour - 12.0))
    angle: Array = np.degrees(
        solarposition.solar_zenith_analytical(
            np.radians(latitude), hour_angle, declination
        )
    )
    return angle


def clear_sky_ghi(
    sun_zenith: Array, day_of_year: Array, linke_turbidity: Array, elevation: Array
) -> Array:
    """Return global radiation under a cloudless sky, after Ineichen and Perez [1]_.

    Parameters
    ----------
    sun_zenith : array
        From `zenith` [degrees].
    day_of_year : array
        1 to 365 [day].
    linke_turbidity : array
        Linke turbidity factor at air mass 2 [1].
    elevation : array
        Above sea level [m].

    Returns
    -------
    array
        Global horizontal irradiance [W/m2], zero at night.

    References
    ----------
    .. [1] P. Ineichen and R. Perez (2002), A new airmass independent formulation
       for the Linke turbidity coefficient, Solar Energy 73, 151-157.
    """
    relative = atmosphere.get_relative_airmass(sun_zenith)
    pressure = atmosphere.alt2pres(elevation)
    with np.errstate(divide="ignore"):  # the beam at night, which is not used
        ghi: Array = clearsky.ineichen(
            sun_zenith,
            atmosphere.get_absolute_airmass(relative, pressure),
            linke_turbidity,
            altitude=elevation,
            dni_extra=irradiance.get_extra_radiation(day_of_year),
        )["ghi"]
    return ghi


def split(ghi: Array, sun_zenith: Array, day_of_year: Array) -> tuple[Array, Array]:
    """Return beam and diffuse radiation from the global, after Erbs et al. [1]_.

    The three close: ``ghi = dni cos(zenith) + dhi``.

    Parameters
    ----------
    ghi : array
        Global horizontal irradiance [W/m2].
    sun_zenith : array
        From `zenith` [degrees].
    day_of_year : array
        1 to 365 [day].

    Returns
    -------
    dni, dhi : array
        Direct normal and diffuse horizontal irradiance [W/m2].

    References
    ----------
    .. [1] D. G. Erbs, S. A. Klein and J. A. Duffie (1982), Estimation of the diffuse
       radiation fraction, Solar Energy 28(4), 293-302.
    """
    parts = irradiance.erbs(ghi, sun_zenith, day_of_year)
    return parts["dni"], parts["dhi"]


def hours_of_year(longitude: Array) -> Array:
    """Return local solar time at half past every hour of the year.

    Parameters
    ----------
    longitude : array, (site, 1)
        [degrees]

    Returns
    -------
    array, (site, 365, 24)
        [h]
    """
    day = months.DAY_OF_YEAR[:, None]
    return solar_hour(day, months.HOUR_OF_DAY + 0.5, longitude[:, :, None])


def daily_clearness(monthly: Mapping[str, Array], clear: Array, days: Days) -> Array:
    """Return the share of clear-sky radiation that each day receives.

    Gaussian about a level, cut at the lowest tabled share and at a clear sky; level
    and width are solved so that the radiation of each month is its normal share and
    the days spread as tabled, which the cut would otherwise narrow.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        `clearness`, `clearness_sd`, `clearness_lag1`, `clearness_min` and the
        correlations of `days.leaning` [1].
    clear : array, (site, 365)
        Clear-sky radiation of each day, any unit.
    days : Days
        From `days.national`.

    Returns
    -------
    array, (site, days)
        [1]
    """
    years = days.years
    series = leaning(days, monthly, "clearness")
    floor = months.per_step(monthly["clearness_min"], years, 1)
    wanted = np.clip(monthly["clearness"], monthly["clearness_min"], 1.0)
    weight = months.repeat_years(clear, years)
    weight = weight / months.per_step(months.monthly_mean(weight, years), years, 1)
    level, share = wanted, np.empty_like(series)
    width = spread = monthly["clearness_sd"]
    for step in range(CLEARNESS_STEPS):
        free = months.per_step(level, years, 1)
        free = free + months.per_step(width, years, 1) * series
        share = np.clip(free, floor, 1.0)
        inside = months.monthly_mean(weight * (free == share), years)
        error = wanted - months.monthly_mean(share * weight, years)
        level = level + error / np.maximum(inside, 0.1)
        if step < WIDTH_STEPS:
            width = np.minimum(width * _missing(share, spread, years), WIDEST)
    return share


def _missing(share: Array, spread: Array, years: int) -> Array:
    """Return the wanted spread of days of a month over the one there is."""
    mean = months.monthly_mean(share, years)
    found = np.sqrt(np.maximum(months.monthly_mean(share**2, years) - mean**2, 0.0))
    ratio = np.divide(spread, found, out=np.ones_like(mean), where=found > 0.0)
    return np.clip(ratio, 0.8, 1.25)


def sunlight(
    monthly: Mapping[str, Array],
    place: tuple[Array, Array, Array],
    days: Days,
) -> dict[str, Array]:
    """Return global, direct normal and diffuse radiation.

    Parameters
    ----------
    monthly : mapping of str to array, (site, 12)
        As `daily_clearness`, and `linke_turbidity` [1].
    place : tuple of array, (site, 1)
        Latitude, longitude [degrees] and elevation [m].
    days : Days
        From `days.national`.

    Returns
    -------
    dict of str to array, (site, hours)
        `ghi`, `dni`, `dhi` [W/m2].
    """
    latitude, longitude, elevation = place
    years = days.years
    day = np.repeat(months.DAY_OF_YEAR, 24)
    hour = hours_of_year(longitude).reshape(len(longitude), -1)
    sun = zenith(day, hour, latitude)
    turbidity = np.repeat(months.smooth(monthly["linke_turbidity"]), 24, axis=-1)
    clear = clear_sky_ghi(sun, day, turbidity, elevation)
    of_day = clear.reshape(len(clear), 365, 24).sum(axis=-1)
    share = np.repeat(daily_clearness(monthly, of_day, days), 24, axis=-1)
    ghi = share * months.repeat_years(clear, years)
    every_day = months.repeat_years(day, years)
    dni, dhi = split(ghi, months.repeat_years(sun, years), every_day)
    return {"ghi": ghi, "dni": dni, "dhi": dhi}
