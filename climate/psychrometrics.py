"""Moist air: pure functions over arrays, at full accuracy and any pressure.

Ideal-gas relations of ASHRAE [1]_ on the saturation pressure of Hyland and
Wexler [2]_. Arguments broadcast; NaN in gives NaN out; scalars are welcome.
Temperatures in degC, relative humidity in %, pressure in Pa, humidity ratio in kg
of water per kg of dry air.

Over −25…50 degC, 5–100 % and 75–103 kPa the functions stand within 0.03 K (wet
bulb), 0.025 K (dew point), 0.7 % (humidity ratio) and 0.4 % or 1.3 kJ/kg (enthalpy)
of the real-gas formulation in CoolProp; the tests hold those bounds.

References
----------
.. [1] ASHRAE Handbook Fundamentals (2017), chapter 1, equations 5, 6, 22, 30–36.
.. [2] Hyland, R. W. and Wexler, A. (1983), ASHRAE Transactions 89(2A), 500–519.
.. [3] Stull, R. (2011), J. Appl. Meteorol. Climatol. 50, 2267–2269.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
Coefficients = tuple[float, float, float, float, float, float, float]

KELVIN = 273.15
TRIPLE_POINT = 0.01
"""Below this temperature [degC] saturation is over ice."""
MOLAR_RATIO = 0.621945
"""Molar mass of water over that of dry air."""
GAS_CONSTANT_DRY_AIR = 287.042
"""J/(kg K)."""

ICE: Coefficients = (
    -5.6745359e3,
    6.3925247,
    -9.6778430e-3,
    6.2215701e-7,
    2.0747825e-9,
    -9.4840240e-13,
    4.1635019,
)
WATER: Coefficients = (
    -5.8002206e3,
    1.3914993,
    -4.8640239e-2,
    4.1764768e-5,
    -1.4452093e-8,
    0.0,
    6.5459673,
)
"""c in ln p = c0/T + c1 + c2 T + c3 T² + c4 T³ + c5 T⁴ + c6 ln T, T in K, p in Pa."""

WET_BULB_ICE = (2830.0, 0.24, 2.1)
WET_BULB_WATER = (2501.0, 2.326, 4.186)
"""(A, B, D) of the wet-bulb relation, see :func:`wet_bulb`."""

WET_BULB_STEPS = 3
DEW_POINT_STEPS = 3


def _array(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _log_saturation(temp: FloatArray, c: Coefficients) -> tuple[FloatArray, FloatArray]:
    """Return ln p_ws and its slope [1/K] over one phase."""
    t = temp + KELVIN
    polynomial = c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5])))
    slope = c[2] + t * (2 * c[3] + t * (3 * c[4] + t * (4 * c[5])))
    return (
        c[0] / t + polynomial + c[6] * np.log(t),
        slope + (c[6] - c[0] / t) / t,
    )


def _by_phase(temp: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return ln p_ws and its slope over ice below the triple point, else water."""
    ice, ice_slope = _log_saturation(temp, ICE)
    water, water_slope = _log_saturation(temp, WATER)
    frozen = temp < TRIPLE_POINT
    return np.where(frozen, ice, water), np.where(frozen, ice_slope, water_slope)


def saturation_pressure(temp: ArrayLike) -> FloatArray:
    """Vapour pressure over ice (below 0.01 degC) or liquid water.

    Parameters
    ----------
    temp
        Temperature [degC], −100 to 200.

    Returns
    -------
    Saturation pressure [Pa].

    References
    ----------
    Hyland and Wexler, ASHRAE equations 5 (ice) and 6 (water).

    Examples
    --------
    >>> round(float(saturation_pressure(25.0)), 1)
    3169.2
    """
    log_pressure, _ = _by_phase(_array(temp))
    return np.exp(log_pressure)[()]


def saturation_pressure_over_water(temp: ArrayLike) -> FloatArray:
    """Vapour pressure over liquid water at any temperature.

    Weather services and the WMO state relative humidity and dew point over water
    even in frost; everything else here has ice below 0.01 degC.

    Parameters
    ----------
    temp
        Temperature [degC], −60 to 200.

    Returns
    -------
    Saturation pressure [Pa].

    Examples
    --------
    >>> round(float(saturation_pressure_over_water(-10.0)), 1)
    286.6
    """
    log_pressure, _ = _log_saturation(_array(temp), WATER)
    return np.exp(log_pressure)[()]


def _ratio(vapour_pressure: FloatArray, pressure: FloatArray) -> FloatArray:
    return MOLAR_RATIO * vapour_pressure / (pressure - vapour_pressure)


def humidity_ratio(
    temp_air: ArrayLike, relative_humidity: ArrayLike, pressure: ArrayLike
) -> FloatArray:
    """Mass of water vapour per mass of dry air, W = 0.621945 e / (p − e).

    Relative humidity is over ice below 0.01 degC, over water above.

    Parameters
    ----------
    temp_air
        Dry bulb [degC].
    relative_humidity
        Relative humidity [%].
    pressure
        Station pressure [Pa].

    Returns
    -------
    Humidity ratio [kg/kg] (ASHRAE equation 20).

    Examples
    --------
    >>> round(float(humidity_ratio(25.0, 50.0, 101325.0)), 5)
    0.00988
    """
    vapour = _array(relative_humidity) / 100.0 * saturation_pressure(temp_air)
    return _ratio(vapour, _array(pressure))[()]


def relative_humidity_from_ratio(
    temp_air: ArrayLike, ratio: ArrayLike, pressure: ArrayLike
) -> FloatArray:
    """Relative humidity [%] of air holding `ratio` kg/kg: inverse of humidity_ratio."""
    w = _array(ratio)
    vapour = _array(pressure) * w / (MOLAR_RATIO + w)
    return (100.0 * vapour / saturation_pressure(temp_air))[()]


def relative_humidity_from_dew_point(
    temp_air: ArrayLike, temp_dew: ArrayLike
) -> FloatArray:
    """Relative humidity [%] of air at `temp_air` with dew (frost) point `temp_dew`.

    Both in degC; 100 p_ws(temp_dew) / p_ws(temp_air).

    Examples
    --------
    >>> round(float(relative_humidity_from_dew_point(25.0, 13.87)), 1)
    50.0
    """
    return 100.0 * saturation_pressure(temp_dew) / saturation_pressure(temp_air)


def enthalpy(temp_air: ArrayLike, ratio: ArrayLike) -> FloatArray:
    """Enthalpy of moist air per kg of dry air, h = 1006 t + W (2 501 000 + 1860 t).

    Parameters
    ----------
    temp_air
        Dry bulb [degC].
    ratio
        Humidity ratio [kg/kg].

    Returns
    -------
    Enthalpy [J/kg dry air], zero for dry air at 0 degC (ASHRAE equation 30).
    """
    t = _array(temp_air)
    return (1006.0 * t + _array(ratio) * (2.501e6 + 1860.0 * t))[()]


def density(temp_air: ArrayLike, ratio: ArrayLike, pressure: ArrayLike) -> FloatArray:
    """Mass of moist air per volume, (1 + W) p / (R_da T (1 + W/0.621945)).

    Parameters
    ----------
    temp_air
        Dry bulb [degC].
    ratio
        Humidity ratio [kg/kg].
    pressure
        Station pressure [Pa].

    Returns
    -------
    Density [kg/m³] (ASHRAE equations 26 and 27).
    """
    w = _array(ratio)
    gas = GAS_CONSTANT_DRY_AIR * (_array(temp_air) + KELVIN) * (1 + w / MOLAR_RATIO)
    return ((1 + w) * _array(pressure) / gas)[()]


def dew_point(temp_air: ArrayLike, relative_humidity: ArrayLike) -> FloatArray:
    """Temperature at which the air's vapour saturates: frost point below 0.01 degC.

    Newton steps on ln p_ws(t_dp) = ln e from a Magnus start. Air with no vapour at
    all (0 %) has no dew point: NaN.

    Parameters
    ----------
    temp_air
        Dry bulb [degC].
    relative_humidity
        Relative humidity [%], over ice below 0.01 degC.

    Returns
    -------
    Dew point [degC].

    Examples
    --------
    >>> round(float(dew_point(25.0, 50.0)), 2)
    13.86
    """
    vapour = _array(relative_humidity) / 100.0 * saturation_pressure(temp_air)
    target = np.log(np.where(vapour > 0.0, vapour, np.nan))
    magnus = target - np.log(611.2)
    temp = 243.12 * magnus / (17.62 - magnus)
    for _ in range(DEW_POINT_STEPS):
        value, slope = _by_phase(temp)
        temp = temp - (value - target) / slope
    return np.asarray(temp)[()]


def wet_bulb(
    temp_air: ArrayLike, relative_humidity: ArrayLike, pressure: ArrayLike
) -> FloatArray:
    """Thermodynamic wet bulb of moist air.

    The root t* of ASHRAE equations 33 (water) and 35 (ice)::

        W (A + 1.86 t − D t*) = (A − B t*) W_s(t*, p) − 1.006 (t − t*)

    by a fixed number of Newton steps on the whole array from Stull's explicit
    estimate [3]_. Near 0 degC the two phases both have a root (a wick may be wet or
    frozen); the rule is: **ice whenever W is below the W that ice at 0 degC gives**,
    else water.

    Parameters
    ----------
    temp_air
        Dry bulb [degC].
    relative_humidity
        Relative humidity [%], over ice below 0.01 degC.
    pressure
        Station pressure [Pa].

    Returns
    -------
    Wet bulb [degC], never above the dry bulb.

    Examples
    --------
    >>> round(float(wet_bulb(42.0, 20.0, 101325.0)), 2)
    23.3
    """
    t, rh, p = np.broadcast_arrays(
        _array(temp_air), _array(relative_humidity), _array(pressure)
    )
    w = np.asarray(humidity_ratio(t, rh, p))
    frozen = w < _ratio_at_zero_over_ice(t, p)
    result = np.full(t.shape, np.nan)
    for mask, phase, terms in (
        (frozen, ICE, WET_BULB_ICE),
        (~frozen, WATER, WET_BULB_WATER),
    ):
        result[mask] = _wet_bulb_root(
            t[mask], _stull(t[mask], rh[mask]), w[mask], p[mask], phase, terms
        )
    return np.asarray(np.minimum(result, t))[()]


def _ratio_at_zero_over_ice(temp_air: FloatArray, pressure: FloatArray) -> FloatArray:
    """Humidity ratio of air whose wick is ice at exactly 0 degC."""
    latent, _, _ = WET_BULB_ICE
    log_pressure, _ = _log_saturation(np.zeros(()), ICE)
    saturated = _ratio(np.exp(log_pressure), pressure)
    return (latent * saturated - 1.006 * temp_air) / (latent + 1.86 * temp_air)


def _stull(temp_air: FloatArray, relative_humidity: FloatArray) -> FloatArray:
    """Stull's explicit wet bulb [degC] at sea level: the start, never the answer."""
    t, rh = temp_air, relative_humidity
    return (
        t * np.arctan(0.151977 * np.sqrt(rh + 8.313659))
        + np.arctan(t + rh)
        - np.arctan(rh - 1.676331)
        + 0.00391838 * rh * np.sqrt(rh) * np.arctan(0.023101 * rh)
        - 4.686035
    )


def _wet_bulb_root(
    temp_air: FloatArray,
    start: FloatArray,
    ratio: FloatArray,
    pressure: FloatArray,
    phase: Coefficients,
    terms: tuple[float, float, float],
) -> FloatArray:
    """Newton's root of the wet-bulb relation over one phase."""
    a, b, d = terms
    target = ratio * (a + 1.86 * temp_air) + 1.006 * temp_air
    temp = start
    for _ in range(WET_BULB_STEPS):
        log_vapour, log_slope = _log_saturation(temp, phase)
        vapour = np.exp(log_vapour)
        saturated = _ratio(vapour, pressure)
        slope = saturated * log_slope * pressure / (pressure - vapour)
        latent = a - b * temp
        excess = latent * saturated + (1.006 + d * ratio) * temp - target
        temp = temp - excess / (latent * slope - b * saturated + 1.006 + d * ratio)
    return temp
