"""Wind at the mast to the power of a wind farm, site by site.

Hourly wind is carried to hub height, brought to a sourced mean where there is one,
and read on a turbine's power curve. The regional normals are winds of towns at 10 m:
poor for wind farms, which stand where towns do not.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate.solar_power import missing
from data import World
from data.assumptions.resource import ResourceBook
from data.load import read_raw
from data.sphere import great_circle_km

Array = npt.NDArray[np.float64]

GAS_CONSTANT_DRY_AIR = 287.05
"""[J/(kg K)]"""
GRAVITY = 9.80665
KELVIN = 273.15
STANDARD_DENSITY = 1.225
"""Air density at which power curves are stated, IEC 61400-12-1 [kg/m3]."""


def shear_exponent(roughness_m: Array | float, low_m: float, high_m: float) -> Array:
    """Return the exponent of the power law between two heights over rough ground.

    ``α = ln(ln(h/z0)/ln(l/z0)) / ln(h/l)``: the power law that agrees with the
    logarithmic profile at both heights.

    Parameters
    ----------
    roughness_m : array or float
        Roughness length z0 [m]: 0.0005 water, 0.03 open grass, 0.1 crops and bushes.
    low_m, high_m : float
        Heights l and h above ground [m].

    Returns
    -------
    array
        [1]

    Examples
    --------
    >>> round(float(shear_exponent(0.03, 10.0, 110.0)), 3)
    0.144
    """
    if high_m == low_m:
        return np.zeros_like(np.asarray(roughness_m, dtype=float))
    z0 = np.asarray(roughness_m, dtype=float)
    profile = np.log(np.log(high_m / z0) / np.log(low_m / z0))
    exponent: Array = profile / np.log(high_m / low_m)
    return exponent


def mean_hub_wind(world: World, sites: pd.DataFrame, a: ResourceBook) -> xr.DataArray:
    """Return the sourced mean wind at hub height near each site, NaN where none is.

    That of the nearest row of `wind_places` within its reach, carried from its
    height to the hub over its own roughness; a row without a height is at the hub.

    Parameters
    ----------
    world : World
        With `wind_places`.
    sites : DataFrame
        Indexed by site_id, with `lat`, `lon` [degrees].
    a : ResourceBook
        Hub height.

    Returns
    -------
    DataArray, (site,)
        [m/s]; coordinate `wind_place_id`, empty where there is none.
    """
    places = world.tables["wind_places"]
    lat, lon = (sites[name].to_numpy(dtype=float)[:, None] for name in ("lat", "lon"))
    near_lat, near_lon, reach = (
        places[name].to_numpy(dtype=float) for name in ("lat", "lon", "reach_km")
    )
    distance = great_circle_km(lat, lon, near_lat, near_lon)
    distance = np.where(distance <= reach, distance, np.inf)
    nearest = distance.argmin(axis=1)
    found = np.isfinite(distance.min(axis=1))
    hub, rough = a.wind_hub_height_m, places["roughness_m"]
    profile = np.log(hub / rough) / np.log(places["height_m"].fillna(hub) / rough)
    means = (places["wind_mean"] * profile).to_numpy(dtype=float)
    return xr.DataArray(
        np.where(found, means[nearest], np.nan),
        dims="site",
        coords={
            "site": [str(site) for site in sites.index],
            "wind_place_id": (
                "site",
                np.where(found, places.index.to_numpy(dtype=str)[nearest], ""),
            ),
        },
        name="wind_hub_mean",
        attrs={"units": "m/s", "grade": "assumed"},
    )


def hub_wind(
    weather: xr.Dataset, a: ResourceBook, mean_wind: xr.DataArray | None = None
) -> xr.DataArray:
    """Return the hourly wind at hub height.

    ``v_hub = v (hub / mast)^α``, and where a mean is given ``v_hub · mean / mean of
    v_hub`` over all hours of the site: its course and spread stay.

    Parameters
    ----------
    weather : Dataset, (site, time)
        `wind_speed` at `wind_measurement_height_m` [m/s].
    a : ResourceBook
    mean_wind : DataArray, (site,), optional
        Mean at hub height [m/s], as `mean_hub_wind` gives it or a user's own; NaN
        leaves a site at its sheared weather.

    Returns
    -------
    DataArray, (site, time)
        [m/s]
    """
    if "wind_speed" not in weather:
        shape = (weather.sizes["site"], weather.sizes["time"])
        speed = np.full(shape, np.nan)
    else:
        speed = weather["wind_speed"].transpose("site", "time").to_numpy().astype(float)
    mast, hub = a.wind_measurement_height_m, a.wind_hub_height_m
    speed = speed * (hub / mast) ** float(shear_exponent(a.wind_roughness_m, mast, hub))
    if mean_wind is not None:
        wanted = mean_wind.sel(site=weather["site"]).to_numpy().astype(float)
        there = np.isfinite(speed)
        count = np.maximum(there.sum(axis=-1), 1)
        own = np.where(there, speed, 0.0).sum(axis=-1) / count
        scale = np.divide(wanted, own, out=np.ones_like(own), where=own > 0.0)
        speed = speed * np.where(np.isfinite(wanted), scale, 1.0)[:, None]
    return xr.DataArray(
        speed,
        dims=("site", "time"),
        coords={"site": weather["site"], "time": weather["time"]},
        name="wind_hub",
        attrs={"units": "m/s", "grade": "assumed"},
    )


def shipped_curve() -> pd.DataFrame:
    """Return the power curve shipped, `power_share` [1] by `curve_wind_m_s` [m/s]."""
    table = read_raw("turbine_curve").set_index("curve_wind_m_s")
    table.index = table.index.astype(float)
    return table[["power_share"]].astype(float).sort_index()


def wind_output(
    weather: xr.Dataset,
    a: ResourceBook,
    mean_wind: xr.DataArray | None = None,
    curve: pd.DataFrame | None = None,
) -> xr.DataArray:
    """Return the power of a wind farm at each site and hour.

    ``P = curve(v_hub (ρ/1.225)^(1/3)) · (1 - wake)(1 - other) · availability``,
    nothing above the last wind of the curve (cut-out).

    Parameters
    ----------
    weather : Dataset, (site, time)
        `wind_speed` [m/s], `temp_air` [degC], `pressure` [Pa].
    a : ResourceBook
        Hub, shear, losses.
    mean_wind : DataArray, (site,), optional
        See `hub_wind`. Without it the wind is the weather's, which for the embedded
        normals is that of towns.
    curve : DataFrame, optional
        Indexed by wind [m/s], with `power_share`; the shipped one if none is given.

    Returns
    -------
    DataArray, (site, time)
        MW at the meter per MW of rating [1], NaN where weather is missing;
        `attrs["missing"]` says what.
    """
    speed = hub_wind(weather, a, mean_wind)
    told = missing(weather, ("wind_speed", "temp_air", "pressure"))
    density = _density(weather, a)
    table = shipped_curve() if curve is None else curve.sort_index()
    winds = table.index.to_numpy(dtype=float)
    felt = speed.to_numpy() * np.cbrt(density / STANDARD_DENSITY)
    power = np.interp(felt, winds, table["power_share"].to_numpy(dtype=float), left=0.0)
    power = np.where(speed.to_numpy() > winds[-1], 0.0, power)
    power = np.where(np.isnan(felt), np.nan, power)
    kept = (1.0 - a.wind_wake_loss_pct / 100.0) * (1.0 - a.wind_other_loss_pct / 100.0)
    power = power * (kept * a.wind_availability_pct / 100.0)
    basis = "its own mean" if mean_wind is None else "the mean given where there is one"
    method = f"hourly wind of the weather at hub height, on {basis}; one power curve"
    return (
        speed.copy(data=power)
        .rename("wind_output")
        .assign_attrs(units="1", grade="assumed", method=method, missing=told)
    )


def _density(weather: xr.Dataset, a: ResourceBook) -> Array:
    """Return the density of dry air at the hub [kg/m3], NaN where it is not known."""
    shape = (weather.sizes["site"], weather.sizes["time"])
    temp, pressure = (
        weather[name].transpose("site", "time").to_numpy().astype(float)
        if name in weather
        else np.full(shape, np.nan)
        for name in ("temp_air", "pressure")
    )
    gas = GAS_CONSTANT_DRY_AIR * (temp + KELVIN)
    density: Array = pressure * np.exp(-GRAVITY * a.wind_hub_height_m / gas) / gas
    return density
