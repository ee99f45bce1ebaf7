"""The outdoor air a cooling plant breathes, hour by hour and on its design day."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from climate.psychrometrics import (
    FloatArray,
    density,
    humidity_ratio,
    relative_humidity_from_ratio,
    wet_bulb,
)
from data.assumptions.cooling import CoolingBook


@dataclass(frozen=True, slots=True, kw_only=True)
class AirState:
    """Outdoor air, arrays of shape (site, time)."""

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


def air_state(
    temp_air: FloatArray, relative_humidity: FloatArray, pressure: FloatArray
) -> AirState:
    """Complete the state of air from dry bulb [degC], humidity [%], pressure [Pa]."""
    ratio = humidity_ratio(temp_air, relative_humidity, pressure)
    return AirState(
        temp_air=temp_air,
        wet_bulb=wet_bulb(temp_air, relative_humidity, pressure),
        humidity_ratio=ratio,
        pressure=pressure,
        site_pressure=pressure.mean(axis=-1, keepdims=True),
        density=density(temp_air, ratio, pressure),
    )


def from_weather(weather: xr.Dataset) -> AirState:
    """Air state of a weather Dataset (site, time) with pvlib names."""
    names = ("temp_air", "relative_humidity", "pressure")
    temp_air, relative_humidity, pressure = (
        weather[name].transpose("site", "time").to_numpy().astype(np.float64)
        for name in names
    )
    return air_state(temp_air, relative_humidity, pressure)


def design_state(air: AirState, a: CoolingBook) -> AirState:
    """Air of the extreme hour: one hour per site, shape (site, 1).

    Dry bulb = the year's maximum plus the margin that stands for the 20-year
    extreme. Its moisture is the mean humidity ratio of the hottest hours (mean
    coincident moisture), carried to the higher dry bulb; so the coincident wet bulb
    rises with it instead of being left behind.
    """
    hours = air.temp_air.shape[-1]
    count = max(1, round(a.design_coincident_pct / 100.0 * hours))
    hottest = np.argpartition(air.temp_air, hours - count, axis=-1)[:, -count:]

    def coincident(values: FloatArray) -> FloatArray:
        picked = np.take_along_axis(values, hottest, axis=-1)
        mean: FloatArray = picked.mean(axis=-1, keepdims=True)
        return mean

    temp_air = air.temp_air.max(axis=-1, keepdims=True) + a.design_margin_k
    ratio, pressure = coincident(air.humidity_ratio), coincident(air.pressure)
    humidity = relative_humidity_from_ratio(temp_air, ratio, pressure)
    return AirState(
        temp_air=temp_air,
        wet_bulb=wet_bulb(temp_air, humidity, pressure),
        humidity_ratio=ratio,
        pressure=pressure,
        site_pressure=air.site_pressure,
        density=density(temp_air, ratio, pressure),
    )
