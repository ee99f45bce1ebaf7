"""ERA5 and ERA5-Land from NetCDF or Zarr: single points, or cubes lat × lon × time.

Temperature and wind are those of the stamp, in kelvin and m/s; radiation is the sum
of the hour before it in J/m2, or in ERA5-Land since midnight. Names may be short or
long, longitudes may run to 360, latitudes may fall, preliminary months may stand on
a dimension of their own (`expver`).
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate.normals import bilinear
from climate.sources import era5_grid
from climate.sources.place import GRAVITY, Site, wind_at_10_m
from climate.sources.record import (
    HOUR_GONE,
    INSTANT,
    SOLAR_CONSTANT,
    STATE,
    Record,
    dew_point_from_water,
)
from data import World
from data.assumptions.climate import ClimateBook
from data.choices import ClimateChoices
from data.faults import Fault, InputError
from data.weather_files import cube_paths, opened

Array = npt.NDArray[np.float64]

HOUR_S = 3600.0
KELVIN_OFFSET = {"K": -273.15, "kelvin": -273.15, "degC": 0.0, "C": 0.0, "Celsius": 0.0}
WIND_100_M = 100.0
PRESSURE = {"Pa": 1.0, "hPa": 100.0, "mbar": 100.0, "millibars": 100.0, "kPa": 1000.0}
SPEED = {"ms-1": 1.0, "m/s": 1.0, "kmh-1": 1 / 3.6, "km/h": 1 / 3.6}
ENERGY = {"Jm-2": 1.0, "J/m2": 1.0, "kJm-2": 1e3, "kJ/m2": 1e3, "MJm-2": 1e6}
POWER = {"Wm-2": 1.0, "W/m2": 1.0}
FACTORS = {
    "sp": PRESSURE,
    "msl": PRESSURE,
    "u10": SPEED,
    "v10": SPEED,
    "u100": SPEED,
    "v100": SPEED,
    "ssrd": ENERGY | POWER,
    "msdwswrf": POWER,
    "z": {"m2s-2": 1.0, "m2/s2": 1.0, "m": GRAVITY, "gpm": GRAVITY},
}
"""To the units of ERA5, by unit without blanks, asterisks and carets; temperatures
are apart."""


def records(
    sites: Sequence[Site], choices: ClimateChoices, world: World, a: ClimateBook
) -> Iterator[Record]:
    """Yield the record of each site.

    Raises
    ------
    InputError
        Naming the files or sites that cannot be used.
    """
    paths = cube_paths(choices.files, [site.site_id for site in sites])
    with ExitStack() as stack:
        datasets = [
            era5_grid.tidied(stack.enter_context(opened(path)), path.name)
            for path in paths
        ]
        tables = _tables(paths, datasets, sites, choices)
        for table, height in zip(tables, _table_heights(world, sites), strict=True):
            yield _record(table, float(height), a)


def _tables(
    paths: Sequence[Path],
    datasets: Sequence[xr.Dataset],
    sites: Sequence[Site],
    choices: ClimateChoices,
) -> Iterator[pd.DataFrame]:
    """Yield the hours of each site, from its own file where sites have their own."""
    own = {path.stem: [dataset] for path, dataset in zip(paths, datasets, strict=True)}
    alone = bool(own.keys() & {site.site_id for site in sites})
    lacking = [site.site_id for site in sites if alone and site.site_id not in own]
    if lacking:
        expected = f"a file <site_id>.nc for: {', '.join(lacking)}"
        raise InputError([Fault("climate.files", None, "", choices.files, expected)])
    if not alone:
        yield from era5_grid.at_points(datasets, sites)
        return
    for site in sites:
        yield era5_grid.at_points(own[site.site_id], [site])[0]


def _table_heights(world: World, sites: Sequence[Site]) -> Array:
    """Return the height of the reanalysis at each site, from the shipped grid [m]."""
    grid = world.tables["climate_era5_grid"]["elevation_m"].xs(1, level="month")
    lat, lon = (np.array([getattr(s, name) for s in sites]) for name in ("lat", "lon"))
    return bilinear(lat, lon, grid.to_xarray())


def _record(at_site: pd.DataFrame, height: float, a: ClimateBook) -> Record:
    at_site = _in_own_units(at_site)
    hours = pd.DataFrame(index=at_site.index)
    hours["temp_air"] = _celsius(at_site, "t2m")
    hours["dew_point"] = dew_point_from_water(
        hours["temp_air"].to_numpy(), _celsius(at_site, "d2m").to_numpy()
    )
    reduced = "sp" not in at_site and "msl" in at_site
    if reduced or "sp" in at_site:
        hours["pressure"] = at_site["msl" if reduced else "sp"]
    if (wind := _wind(at_site, a)) is not None:
        hours["wind_speed"] = wind
    radiation, how = _radiation(at_site)
    if radiation is not None:
        hours["ghi"] = radiation
    if "z" in at_site:
        height = float(at_site["z"].mean()) / GRAVITY
    years = pd.DatetimeIndex(hours.index).year
    return Record(
        hours=hours,
        standing=dict.fromkeys(STATE, INSTANT) | {"ghi": HOUR_GONE},
        elevation_m=height,
        base_year=float(years.min() + years.max()) / 2.0,
        pressure_at_sea_level=reduced,
        notes=("ERA5, between the four nearest cells" + how,),
    )


def _in_own_units(at_site: pd.DataFrame) -> pd.DataFrame:
    """Return the hours in the units ERA5 has, whatever units a file states."""
    units = at_site.attrs["units"]
    scaled = at_site.copy()
    for name in FACTORS.keys() & set(at_site) & set(units):
        plain = _plain(units[name])
        if plain not in FACTORS[name]:
            expected = f"one of {', '.join(FACTORS[name])}"
            found = Fault("climate.files", None, name, units[name], expected)
            raise InputError([found])
        scaled[name] = at_site[name] * FACTORS[name][plain]
    return scaled


def _plain(unit: str) -> str:
    return unit.replace("**", "").replace("^", "").replace(" ", "")


def _celsius(at_site: pd.DataFrame, name: str) -> pd.Series:
    if name not in at_site:
        wanted = f"the variable {name} ({era5_grid.LONG[name]})"
        raise InputError([Fault("climate.files", None, name, "", wanted)])
    unit = at_site.attrs["units"].get(name, "K")
    if unit not in KELVIN_OFFSET:
        raise InputError([Fault("climate.files", None, name, unit, "kelvin or degC")])
    return at_site[name] + KELVIN_OFFSET[unit]


def _wind(at_site: pd.DataFrame, a: ClimateBook) -> pd.Series | None:
    """Return wind speed at 10 m; from 100 m by the power law where there is no other."""
    if {"u10", "v10"} <= set(at_site):
        return pd.Series(np.hypot(at_site["u10"], at_site["v10"]), at_site.index)
    if {"u100", "v100"} <= set(at_site):
        high = np.hypot(at_site["u100"].to_numpy(), at_site["v100"].to_numpy())
        lower = wind_at_10_m(high, WIND_100_M, a.wind_shear_exponent)
        return pd.Series(lower, at_site.index)
    return None


def _radiation(at_site: pd.DataFrame) -> tuple[pd.Series | None, str]:
    """Return global radiation [W/m2] of the hour before each stamp, and how."""
    if "msdwswrf" in at_site:
        return at_site["msdwswrf"].clip(lower=0.0), ""
    if "ssrd" not in at_site:
        return None, ""
    sums = at_site["ssrd"]
    if _plain(at_site.attrs["units"].get("ssrd", "J m**-2")) in POWER:
        return sums.clip(lower=0.0), ""
    if sums.max() > SOLAR_CONSTANT * HOUR_S:
        return since_midnight(sums) / HOUR_S, "; radiation summed since midnight"
    return sums.clip(lower=0.0) / HOUR_S, ""


def since_midnight(sums: pd.Series) -> pd.Series:
    """Return hourly sums from those that run from midnight, as in ERA5-Land.

    The stamp of 0:00 closes the day before; that of 1:00 begins anew.

    Parameters
    ----------
    sums : Series
        Indexed by UTC stamp, hourly [J/m2].

    Returns
    -------
    Series
        Of the hour before each stamp [J/m2], not below zero.
    """
    stamps = pd.DatetimeIndex(sums.index)
    before = sums.reindex(stamps - pd.Timedelta(hours=1)).set_axis(stamps)
    return (sums - before.where(stamps.hour != 1, 0.0)).clip(lower=0.0)
