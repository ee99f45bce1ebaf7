"""Monthly normals of any place: the grid for temperature, its region for the rest."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate.psychrometrics import dew_point, saturation_pressure
from climate.synthetic import STATISTICS
from data import World
from data.assumptions.climate import ClimateBook

Array = npt.NDArray[np.float64]

GRADES = ("measured", "published", "derived", "assumed")
REGIONAL = ("daily_range", "relative_humidity", "wind_speed")
POINTS_WITH_HEIGHT = "grid_normal"
"""Kind of climate point that lends its elevation to a site without one."""
METHOD = (
    "Temperature: ERA5 monthly means 2000-2025, bilinear, moved to the site's elevation "
    "by a fixed lapse rate; coastal winters come out warm and Absheron's spring and "
    "summer up to 1-2 K cool. Daily range, of hourly readings, humidity and wind: the climatic region of "
    "the nearest mapped place. Clearness: published radiation of the region's station "
    "over its clear sky. Turbidity: nearest of 13 points."
)


def nearest(lat: Array, lon: Array, places: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return for each site the row of the nearest place.

    Parameters
    ----------
    lat, lon : array, (site,)
        [degrees]
    places : DataFrame
        With columns `lat` and `lon` [degrees].

    Returns
    -------
    array of int, (site,)
        Row positions; the first of equals.
    """
    other_lat, other_lon = np.radians(places[["lat", "lon"]].to_numpy(dtype=float).T)
    own_lat, own_lon = np.radians(lat)[:, None], np.radians(lon)[:, None]
    square = np.sin((own_lat - other_lat) / 2.0) ** 2
    across = np.sin((own_lon - other_lon) / 2.0) ** 2
    haversine: Array = square + np.cos(own_lat) * np.cos(other_lat) * across
    rows: npt.NDArray[np.intp] = haversine.argmin(axis=1)
    return rows


def bilinear(lat: Array, lon: Array, grid: xr.DataArray) -> Array:
    """Return grid values between the four cell centres around each site.

    Parameters
    ----------
    lat, lon : array, (site,)
        [degrees]
    grid : DataArray, (lat, lon) or (lat, lon, month)
        On evenly spaced, rising coordinates.

    Returns
    -------
    array, (site,) or (site, month)
        NaN outside the grid.
    """
    values = grid.to_numpy()
    parts = []
    outside = np.zeros(lat.shape, dtype=bool)
    for own, axis in ((lat, grid["lat"].to_numpy()), (lon, grid["lon"].to_numpy())):
        place = (own - axis[0]) / (axis[1] - axis[0])
        cell = np.clip(np.floor(place), 0, axis.size - 2).astype(int)
        outside |= (place < 0) | (place > axis.size - 1)
        parts.append((cell, place - cell))
    (row, up), (col, right) = parts
    shape = (-1,) + (1,) * (values.ndim - 2)
    up, right = up.reshape(shape), right.reshape(shape)
    south = values[row, col] * (1.0 - right) + values[row, col + 1] * right
    north = values[row + 1, col] * (1.0 - right) + values[row + 1, col + 1] * right
    between: Array = south * (1.0 - up) + north * up
    return np.where(outside.reshape(shape), np.nan, between)


def _monthly(
    world: World, table: str, columns: Sequence[str], rows: Sequence[str]
) -> dict[str, Array]:
    """Return columns of a table keyed by a place or region and month, as (row, 12)."""
    frame = world.tables[table]
    held = frame[list(columns)].to_xarray().sel({str(frame.index.names[0]): list(rows)})
    return {name: held[name].to_numpy() for name in columns}


def _grid(world: World) -> xr.Dataset:
    table = world.tables["climate_era5_grid"].reset_index()
    columns = table.set_index(["lat", "lon", "month"])[["temp_air", "elevation_m"]]
    return columns.to_xarray()


def elevations(world: World, sites: pd.DataFrame) -> Array:
    """Return the elevation of each site: its own, or its nearest climate point's.

    Parameters
    ----------
    world : World
        With `climate_points`.
    sites : DataFrame
        With `lat`, `lon` [degrees] and perhaps `elevation_m` [m].

    Returns
    -------
    array, (site,)
        [m]; a lent one is good to about 100 m.
    """
    lat, lon = (sites[c].to_numpy(dtype=float) for c in ("lat", "lon"))
    points = world.tables["climate_points"]
    points = points[points["kind"] == POINTS_WITH_HEIGHT]
    lent = points["elevation_m"].to_numpy(dtype=float)[nearest(lat, lon, points)]
    if "elevation_m" not in sites:
        return lent
    own = sites["elevation_m"].to_numpy(dtype=float)
    return np.where(np.isfinite(own), own, lent)


def _place(world: World, sites: pd.DataFrame) -> tuple[Array, Array, Array]:
    """Return latitude, longitude and elevation."""
    lat, lon = (sites[c].to_numpy(dtype=float) for c in ("lat", "lon"))
    return lat, lon, elevations(world, sites)


def climate_regions(world: World, sites: pd.DataFrame) -> list[str]:
    """Return the climatic region of each site: its own, or the nearest place's.

    Parameters
    ----------
    world : World
        With `climate_site_regions`: climate points and shipped sites mapped.
    sites : DataFrame
        With `lat`, `lon` and perhaps `climate_region`.

    Returns
    -------
    list of str
        One a site.
    """
    places = world.tables["climate_site_regions"]
    lat, lon = (sites[c].to_numpy(dtype=float) for c in ("lat", "lon"))
    found = places["climate_region"].iloc[nearest(lat, lon, places)].tolist()
    if "climate_region" not in sites:
        return found
    own = sites["climate_region"].fillna("").tolist()
    return [given or near for given, near in zip(own, found, strict=True)]


def _temperature(
    world: World, place: tuple[Array, Array, Array], a: ClimateBook
) -> Array:
    lat, lon, elevation = place
    grid = _grid(world)
    height = elevation - bilinear(lat, lon, grid["elevation_m"].isel(month=0))
    fall = a.lapse_k_per_km / 1000.0 * height[:, None]
    return bilinear(lat, lon, grid["temp_air"]) - fall + a.temp_bias_k


def _moistened(temp: Array, humidity: Array, bias: float) -> Array:
    """Return relative humidity [%] after the dew point is moved by `bias` [K]."""
    dew = np.minimum(dew_point(temp, humidity) + bias, temp)
    moved: Array = 100.0 * saturation_pressure(dew) / saturation_pressure(temp)
    return moved


def normals_at(world: World, sites: pd.DataFrame, a: ClimateBook) -> xr.Dataset:
    """Return monthly normals of every site; none depends on the others.

    Parameters
    ----------
    world : World
        With the climate tables.
    sites : DataFrame
        Indexed by site_id, with `lat`, `lon` [degrees]; `elevation_m` [m] and
        `climate_region` are used where given.
    a : ClimateBook
        Lapse rate and the doubt about temperature, dew point, daily range and wind.

    Returns
    -------
    Dataset
        (site, month): `temp_air` [degC], `daily_range` [K], `relative_humidity` [%],
        `wind_speed` [m/s], `clearness`, `linke_turbidity` and the statistics of
        `synthetic.STATISTICS`; (site): `lat`, `lon`, `elevation_m`,
        `climate_region`, `climate_grade` (the weakest of what was used).
    """
    lat, lon, elevation = place = _place(world, sites)
    regions = climate_regions(world, sites)
    monthly = _monthly(world, "climate_regions", REGIONAL, regions)
    monthly |= _monthly(world, "climate_variability", STATISTICS, regions)
    monthly |= _sky(world, regions, lat, lon)
    hourly = world.tables["climate_region_list"]["hourly_range_ratio"]
    ratio = hourly.loc[regions].to_numpy(dtype=float)[:, None]
    monthly["daily_range"] = monthly["daily_range"] * (ratio * a.daily_range_factor)
    monthly["wind_speed"] = monthly["wind_speed"] * a.wind_factor
    monthly["temp_air"] = _temperature(world, place, a)
    monthly["relative_humidity"] = _moistened(
        monthly["temp_air"], monthly["relative_humidity"], a.dew_point_bias_k
    )
    by_site = {
        "lat": lat,
        "lon": lon,
        "elevation_m": elevation,
        "climate_region": np.array(regions, dtype=object),
        "climate_grade": _grades(world.tables["climate_regions"], regions),
    }
    return xr.Dataset(
        {name: (("site", "month"), values) for name, values in monthly.items()}
        | {name: ("site", values) for name, values in by_site.items()},
        coords={
            "site": sites.index.astype(str).to_numpy(),
            "month": np.arange(1, 13),
        },
        attrs={"method": METHOD},
    )


def _sky(
    world: World, regions: Sequence[str], lat: Array, lon: Array
) -> dict[str, Array]:
    """Return clearness of the regions' stations and turbidity of the nearest points."""
    basis = world.tables["climate_region_list"]["ghi_point_id"]
    stations = [str(basis[region]) for region in regions]
    turbidity = world.tables["climate_linke_turbidity"]
    points = world.tables["climate_points"]
    points = points[points.index.isin(turbidity.index.get_level_values(0))]
    turbid = points.index[nearest(lat, lon, points)].tolist()
    return _monthly(world, "climate_clearness", ["clearness"], stations) | _monthly(
        world, "climate_linke_turbidity", ["linke_turbidity"], turbid
    )


def _grades(table: pd.DataFrame, regions: Sequence[str]) -> npt.NDArray[np.object_]:
    """Return the weaker of the region's grade and `derived`, that of temperature."""
    by_region = table.groupby(level="climate_region")["grade"].first()
    floor = GRADES.index("derived")
    found = [GRADES[max(floor, GRADES.index(by_region[name]))] for name in regions]
    return np.array(found, dtype=object)
