"""What surrounds a cooling plant, hour by hour and on its design day: air and sea."""

from dataclasses import dataclass, fields, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climate.extremes import annual_maxima, return_level
from climate.psychrometrics import (
    FloatArray,
    density,
    humidity_ratio,
    relative_humidity_from_ratio,
    wet_bulb,
)
from data.assumptions.cooling import CoolingBook

HOURS_PER_YEAR = 8760
SITE_FIGURES = ("sea_distance_km", "sea_lift_m")
"""What the weather says of each site once and not by the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambient:
    """Outdoor air and sea, arrays of shape (site, time)."""

    temp_air: FloatArray
    """Dry bulb [degC]."""
    wet_bulb: FloatArray
    """Thermodynamic wet bulb [degC]."""
    humidity_ratio: FloatArray
    """Humidity ratio [kg/kg]."""
    pressure: FloatArray
    """Station pressure [Pa]."""
    site_pressure: FloatArray
    """Mean station pressure the equipment is sized for [Pa], shape (site, 1)."""
    density: FloatArray
    """Moist-air density [kg/m³]."""
    temp_sea: FloatArray
    """Sea at the intake [degC]; NaN where no intake is in reach."""
    sea_distance_km: FloatArray
    """Distance to the shore [km], shape (site, 1); NaN where unknown."""
    sea_lift_m: FloatArray
    """Height of the site over the sea [m], shape (site, 1); NaN where unknown."""

    def rows(self, which: NDArray[np.bool_]) -> "Ambient":
        """Return the surroundings of some sites, (site,) of bool."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return Ambient(**{name: value[which] for name, value in values.items()})


def air_state(
    temp_air: FloatArray, relative_humidity: FloatArray, pressure: FloatArray
) -> Ambient:
    """Complete the state of air from dry bulb [degC], humidity [%], pressure [Pa].

    The sea is left unknown.
    """
    ratio = humidity_ratio(temp_air, relative_humidity, pressure)
    site_pressure = pressure.mean(axis=-1, keepdims=True)
    unknown = np.full_like(site_pressure, np.nan)
    return Ambient(
        temp_air=temp_air,
        wet_bulb=wet_bulb(temp_air, relative_humidity, pressure),
        humidity_ratio=ratio,
        pressure=pressure,
        site_pressure=site_pressure,
        density=density(temp_air, ratio, pressure),
        temp_sea=np.broadcast_to(unknown, temp_air.shape),
        sea_distance_km=unknown,
        sea_lift_m=unknown,
    )


def from_weather(weather: xr.Dataset) -> Ambient:
    """Surroundings from a weather Dataset (site, time) with pvlib names."""
    names = ("temp_air", "relative_humidity", "pressure")
    temp_air, relative_humidity, pressure = (
        weather[name].transpose("site", "time").to_numpy().astype(np.float64)
        for name in names
    )
    air = air_state(temp_air, relative_humidity, pressure)
    if "temp_sea" not in weather:
        return air
    figures = {name: weather[name].to_numpy()[:, None] for name in SITE_FIGURES}
    temp_sea = weather["temp_sea"].transpose("site", "time").to_numpy()
    return replace(air, temp_sea=temp_sea, **figures)


def design_state(air: Ambient, a: CoolingBook) -> Ambient:
    """Surroundings of the extreme hour: one hour per site, shape (site, 1).

    Dry bulb = the 20-year maximum fitted to the years there are; of few years the
    mean of their maxima plus a margin that stands for that extreme; no less than the
    hottest hour seen. Its moisture is the mean humidity ratio of the hottest hours (mean
    coincident moisture), carried to the higher dry bulb; so the coincident wet bulb
    rises with it instead of being left behind. The sea is at its
    warmest month plus the margin of a calm heat wave.
    """
    hours = air.temp_air.shape[-1]
    count = max(1, round(a.design_coincident_pct / 100.0 * hours))
    hottest = np.argpartition(air.temp_air, hours - count, axis=-1)[:, -count:]

    def coincident(values: FloatArray) -> FloatArray:
        picked = np.take_along_axis(values, hottest, axis=-1)
        mean: FloatArray = picked.mean(axis=-1, keepdims=True)
        return mean

    temp_air = _extreme(air.temp_air, a)
    ratio, pressure = coincident(air.humidity_ratio), coincident(air.pressure)
    humidity = relative_humidity_from_ratio(temp_air, ratio, pressure)
    return Ambient(
        temp_air=temp_air,
        wet_bulb=wet_bulb(temp_air, humidity, pressure),
        humidity_ratio=ratio,
        pressure=pressure,
        site_pressure=air.site_pressure,
        density=density(temp_air, ratio, pressure),
        temp_sea=air.temp_sea.max(axis=-1, keepdims=True) + a.design_sea_margin_k,
        sea_distance_km=air.sea_distance_km,
        sea_lift_m=air.sea_lift_m,
    )


def _extreme(temp_air: FloatArray, a: CoolingBook) -> FloatArray:
    """Extreme dry bulb of each site [degC], shape (site, 1)."""
    hottest: FloatArray = temp_air.max(axis=-1, keepdims=True)
    whole, part = divmod(temp_air.shape[-1], HOURS_PER_YEAR)
    years = 1 if part else whole
    if years < a.design_fit_years:
        level = annual_maxima(temp_air, years).mean(axis=-1) + a.design_margin_k
    else:
        level = return_level(temp_air, years, a.design_return_years)
    extreme: FloatArray = np.maximum(level[:, None], hottest)
    return extreme
