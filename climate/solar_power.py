"""Sunlight and weather to the power of a solar plant, site by site.

The chain is pvlib's: Hay and Davies on the plane of the modules, Faiman's cell
temperature, PVWatts modules and inverter. Dark hours, half of all, are not computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from pvlib import inverter, irradiance, pvsystem, temperature

from climate import solar
from climate.sources.calendar import MIDDLE
from climate.sun import Position, position, sun_of, taken
from data.assumptions.resource import ResourceBook

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

LIGHT = ("ghi", "dni", "dhi")
AIR = ("temp_air", "wind_speed")
BLOCK = 16_384
"""Hours worked on at once: arrays that stay in the cache."""
LEAST_UP = 0.01745
"""Least height of the sun, as its sine, that circumsolar light is divided by, as in
pvlib."""


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Sun, radiation and air of some hours, one after another."""

    sun: Position
    extra: Array
    """Outside the air, on a plane facing the sun [W/m2]."""
    ghi: Array
    dni: Array
    dhi: Array
    temp_air: Array
    wind_speed: Array


def pv_output(weather: xr.Dataset, a: ResourceBook) -> xr.DataArray:
    """Return the power of a solar plant at each site and hour.

    ``AC = min(1, inverter(DC/AC ratio · POA/1000 · (1 + γ (T_cell - 25)) ·
    (1 - soiling)(1 - other DC losses))) · (1 - AC loss) · availability``

    Parameters
    ----------
    weather : Dataset, (site, time)
        As `climate.at_sites` gives it with `solar=True`: `ghi`, `dni`, `dhi` [W/m2],
        `temp_air` [degC], `wind_speed` [m/s], and `lat`, `lon` [degrees] by site.
        Without `dni` and `dhi` the global is split after Erbs.
    a : ResourceBook
        One axis that follows the sun if `pv_tracking` is above one half, else fixed.

    Returns
    -------
    DataArray, (site, time)
        MW AC at the meter per MW AC of rating [1]. NaN where light, or by day
        temperature or wind, is missing; `attrs["missing"]` says what.
    """
    time = pd.DatetimeIndex(weather["time"].to_numpy())
    sun = sun_of(time + pd.Timedelta(hours=MIDDLE))
    day = time.day_of_year.to_numpy().astype(float)
    extra = irradiance.get_extra_radiation(day)
    given = {name: _values(weather, name) for name in (*LIGHT, *AIR)}
    split = "dni" not in weather or "dhi" not in weather
    known = given["ghi"]
    if not split:
        known = known + given["dni"] + given["dhi"]
    power = np.where(np.isnan(known), np.nan, 0.0)
    lat, lon = (weather[name].to_numpy().astype(float) for name in ("lat", "lon"))
    for site, hour in _bright(known):
        own = {name: values[site, hour] for name, values in given.items()}
        here = position(taken(sun, hour), lat[site], lon[site])
        if split:
            own["dni"], own["dhi"] = solar.split(own["ghi"], here.zenith, day[hour])
        power[site, hour] = plant_power(Light(here, extra[hour], **own), a)
    mount = "one-axis tracker" if a.pv_tracking > 0.5 else "fixed tilt"
    needed = ("ghi", *AIR) if split else (*LIGHT, *AIR)
    return xr.DataArray(
        power,
        dims=("site", "time"),
        coords={"site": weather["site"], "time": weather["time"]},
        name="pv_output",
        attrs={
            "units": "1",
            "grade": "assumed",
            "method": f"{mount}, pvlib Hay-Davies, Faiman, PVWatts",
            "missing": missing(weather, needed),
        },
    )


def _values(weather: xr.Dataset, name: str) -> Array:
    """Return a variable as (site, time), all NaN if it is not there."""
    if name not in weather:
        return np.full((weather.sizes["site"], weather.sizes["time"]), np.nan)
    return weather[name].transpose("site", "time").to_numpy().astype(float)


def _bright(light: Array) -> Iterator[tuple[Index, Index]]:
    """Yield rows and columns of the hours with light, row by row, `BLOCK` at a time."""
    rows, hours = light.shape
    step = max(1, BLOCK // max(hours, 1))
    for first in range(0, rows, step):
        site, hour = np.nonzero(light[first : first + step] > 0.0)
        for start in range(0, site.size, BLOCK):
            part = slice(start, start + BLOCK)
            yield site[part] + first, hour[part]


def missing(weather: xr.Dataset, needed: tuple[str, ...]) -> str:
    """Return in words what a site lacks of some variables; empty if nothing."""
    told = []
    for name in needed:
        if name not in weather:
            told.append(f"{name} at every site")
            continue
        gone = np.isnan(_values(weather, name)).any(axis=-1)
        sites = ", ".join(str(site) for site in weather["site"].to_numpy()[gone])
        if sites:
            told.append(f"{name} at {sites}")
    return "; ".join(told)


def facing(sun: Position, a: ResourceBook) -> tuple[Array, Array]:
    """Return the tilt of the modules, and the cosine of light's angle on them.

    A tracker turns about a level axis from north to south by ``ω = atan(east/up)``,
    back by ``arccos(|cos ω|/GCR)`` where rows would shade each other [1]_, and lies
    flat while the sun is down.

    Parameters
    ----------
    sun : Position
    a : ResourceBook

    Returns
    -------
    tilt : array
        [degrees]
    cosine : array
        Of the angle between the sun and the modules' normal [1].

    References
    ----------
    .. [1] K. Anderson and M. Mikofski (2020), Slope-aware backtracking for
       single-axis trackers, NREL/TP-5K00-76626, equation 14.
    """
    if a.pv_tracking <= 0.5:
        tilt, azimuth = np.radians(a.pv_tilt_deg), np.radians(a.pv_azimuth_deg)
        level = np.sin(azimuth) * sun.east + np.cos(azimuth) * sun.north
        cosine = np.sin(tilt) * level + np.cos(tilt) * sun.up
        return np.full(sun.up.shape, a.pv_tilt_deg), cosine
    turn = np.arctan2(sun.east, sun.up)
    open_share = np.minimum(np.abs(np.cos(turn)) / a.pv_ground_cover_ratio, 1.0)
    turn = turn - np.sign(turn) * np.arccos(open_share)
    limit = np.radians(a.pv_tracker_limit_deg)
    turn = np.where(sun.up >= 0.0, np.clip(turn, -limit, limit), 0.0)
    cosine = np.sin(turn) * sun.east + np.cos(turn) * sun.up
    return np.degrees(np.abs(turn)), cosine


def on_modules(light: Light, a: ResourceBook) -> tuple[Array, Array]:
    """Return light on the front of the modules, all of it and what they can use.

    Beam and circumsolar after Hay and Davies, the rest of the sky and the ground
    evenly; the glass turns back ``b (1/cos - 1)`` of the slanting beam (ASHRAE).

    Returns
    -------
    all_of_it, used : array
        [W/m2]
    """
    tilt, cosine = facing(light.sun, a)
    facing_sun = np.maximum(cosine, 0.0)
    sky = irradiance.haydavies(
        tilt,
        0.0,
        light.dhi,
        light.dni,
        light.extra,
        projection_ratio=facing_sun / np.maximum(light.sun.up, LEAST_UP),
    )
    ground = irradiance.get_ground_diffuse(tilt, light.ghi, a.pv_albedo)
    beam = light.dni * facing_sun
    slant = 1.0 / np.maximum(facing_sun, LEAST_UP) - 1.0
    through = np.maximum(1.0 - a.pv_incidence_b * slant, 0.0)
    return beam + sky + ground, beam * through + sky + ground


def plant_power(light: Light, a: ResourceBook) -> Array:
    """Return MW AC at the meter per MW AC of rating of some hours [1]."""
    falling, used = on_modules(light, a)
    cell = temperature.faiman(
        falling, light.temp_air, light.wind_speed, a.pv_heat_loss_u0, a.pv_heat_loss_u1
    )
    both_faces = used * (1.0 + a.pv_bifacial_gain_pct / 100.0)
    gamma = a.pv_temp_coefficient_pct_per_k / 100.0
    raw = pvsystem.pvwatts_dc(both_faces, cell, a.pv_dc_ac_ratio, gamma)
    kept = (1.0 - a.pv_soiling_pct / 100.0) * (1.0 - a.pv_dc_loss_pct / 100.0)
    best = a.pv_inverter_efficiency
    alternating = inverter.pvwatts(np.maximum(raw, 0.0) * kept, 1.0 / best, best)
    share = (1.0 - a.pv_ac_loss_pct / 100.0) * a.pv_availability_pct / 100.0
    power: Array = alternating * share
    return power
