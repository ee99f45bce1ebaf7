"""The grid of ERA5 files: names made one, and the hours of a point between cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate.sources.place import Site
from data.faults import Fault, InputError

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

HOURS_AT_ONCE = 24 * 100
"""Hours read at a time: some megabytes of a country."""

LONG = {
    "t2m": "2m_temperature",
    "d2m": "2m_dewpoint_temperature",
    "sp": "surface_pressure",
    "msl": "mean_sea_level_pressure",
    "u10": "10m_u_component_of_wind",
    "v10": "10m_v_component_of_wind",
    "u100": "100m_u_component_of_wind",
    "v100": "100m_v_component_of_wind",
    "ssrd": "surface_solar_radiation_downwards",
    "msdwswrf": "mean_surface_downward_short_wave_radiation_flux",
    "z": "geopotential",
}
"""Short name of each variable used → long name."""
OTHER = {
    "avg_sdswrf": "msdwswrf",
    "2t": "t2m",
    "2d": "d2m",
    "10u": "u10",
    "10v": "v10",
    "100u": "u100",
    "100v": "v100",
    "geopotential_at_surface": "z",
    "latitude": "lat",
    "longitude": "lon",
    "valid_time": "time",
}
REACH = 0.26
"""How far from a single point, or over the edge of a cube, a site may be [degrees]:
one cell of ERA5."""


def tidied(dataset: xr.Dataset, name: str) -> xr.Dataset:
    """Return a dataset with short names, rising coordinates and one time.

    Parameters
    ----------
    dataset : Dataset
        As opened, not read.
    name : str
        What to call the file in faults.

    Raises
    ------
    InputError
        If it has no time, latitude or longitude.
    """
    short = {long: short for short, long in LONG.items()} | OTHER
    present = {str(n) for n in (*dataset.variables, *dataset.dims)}
    renames = {
        old: new for old, new in short.items() if old in present and new not in present
    }
    one = dataset.rename(renames).drop_vars("number", errors="ignore")
    for dim in ("lat", "lon"):
        if dim in one.coords and one[dim].ndim == 0:
            one = one.expand_dims(dim)
    lacking = [n for n in ("time", "lat", "lon") if n not in one.coords]
    if lacking:
        expected = f"the coordinates time, latitude and longitude; no {lacking[0]}"
        raise InputError([Fault(name, None, "", "ERA5 file", expected)])
    east = one["lon"].to_numpy()
    one = one.assign_coords(lon=np.where(east > 180.0, east - 360.0, east))
    return one.sortby("lat").sortby("lon")


def at_points(
    datasets: Sequence[xr.Dataset], sites: Sequence[Site]
) -> list[pd.DataFrame]:
    """Return the hours of every known variable at some sites, bilinear between cells.

    Each variable is read once, some months at a time, for all sites together. Cells
    without a value, as those of ERA5-Land over the sea, weigh nothing.

    Parameters
    ----------
    datasets : sequence of Dataset
        From `tidied`; several share out variables, months or years.
    sites : sequence of Site

    Returns
    -------
    list of DataFrame
        One a site, indexed by UTC stamp, in the units of the files; `attrs["units"]`
        has those.

    Raises
    ------
    InputError
        Naming the sites outside, or in cells without values.
    """
    found: dict[str, list[pd.DataFrame]] = {}
    units: dict[str, str] = {}
    for dataset in datasets:
        corners = _corners(dataset, sites)
        for name in (n for n in LONG if n in dataset):
            found.setdefault(name, []).append(_series(dataset[name], corners))
            if unit := str(dataset[name].attrs.get("units", "")):
                units[name] = unit
    whole = {name: _one_series(parts) for name, parts in found.items()}
    tables = [
        pd.DataFrame({name: table[place] for name, table in whole.items()})
        for place in range(len(sites))
    ]
    _check_values(tables, sites)
    for table in tables:
        table.attrs["units"] = units
    return tables


def _check_values(tables: Sequence[pd.DataFrame], sites: Sequence[Site]) -> None:
    expected = "cells with values (ERA5-Land has none over the sea)"
    faults = [
        Fault("climate.files", None, "", site.site_id, expected)
        for site, table in zip(sites, tables, strict=True)
        if "t2m" in table and table["t2m"].isna().all()
    ]
    if faults:
        raise InputError(faults)


def _one_series(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return one table by stamp; of stamps given twice, what is not missing."""
    table = pd.concat(parts)
    if table.index.has_duplicates:
        return table.groupby(level=0).first()
    return table.sort_index()


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Where sites lie between the cells of a grid: arrays by site."""

    south: Index
    north: Index
    west: Index
    east: Index
    up: Array
    """Weight of the northern cells [1]."""
    right: Array
    """Weight of the eastern cells [1]."""


def _corners(dataset: xr.Dataset, sites: Sequence[Site]) -> Corners:
    lat, lon = (dataset[name].to_numpy().astype(float) for name in ("lat", "lon"))
    own_lat, own_lon = (
        np.array([getattr(site, name) for site in sites]) for name in ("lat", "lon")
    )
    outside = _outside(lat, own_lat) | _outside(lon, own_lon)
    faults = [
        Fault(
            "climate.files",
            None,
            "",
            site.site_id,
            f"files that hold {site.lat:g} N, {site.lon:g} E",
        )
        for site, out in zip(sites, outside, strict=True)
        if out
    ]
    if faults:
        raise InputError(faults)
    south, north, up = _between(lat, own_lat)
    west, east, right = _between(lon, own_lon)
    return Corners(south, north, west, east, up, right)


def _outside(axis: Array, own: Array) -> npt.NDArray[np.bool_]:
    beyond: npt.NDArray[np.bool_] = (own < axis[0] - REACH) | (own > axis[-1] + REACH)
    return beyond


def _between(axis: Array, own: Array) -> tuple[Index, Index, Array]:
    """Return the cells on both sides of coordinates and the weight of the second."""
    if axis.size == 1:
        only = np.zeros(own.shape, dtype=np.intp)
        return only, only, np.zeros(own.shape)
    low = np.clip(np.searchsorted(axis, own) - 1, 0, axis.size - 2)
    share = (own - axis[low]) / (axis[low + 1] - axis[low])
    return low, low + 1, np.clip(share, 0.0, 1.0)


def _series(values: xr.DataArray, corners: Corners) -> pd.DataFrame:
    """Return one variable by time and site, read a block of hours at a time."""
    if "time" not in values.dims:
        values = values.expand_dims("time")
    chunks = values.encoding.get("preferred_chunks", {})
    step = max(HOURS_AT_ONCE, int(chunks.get("time", 1)))
    lowest_row, lowest_col = int(corners.south.min()), int(corners.west.min())
    region = values.isel(
        lat=slice(lowest_row, int(corners.north.max()) + 1),
        lon=slice(lowest_col, int(corners.east.max()) + 1),
    )
    parts = [
        _weighed(_block(region.isel(time=slice(start, start + step))), corners)
        for start in range(0, region.sizes["time"], step)
    ]
    stamps = pd.DatetimeIndex(np.atleast_1d(values["time"].to_numpy()))
    return pd.DataFrame(np.concatenate(parts), index=stamps)


def _block(cells: xr.DataArray) -> Array:
    """Return a block of hours as (time, lat, lon), preliminary months joined in."""
    held = cells.load()
    for extra in [d for d in held.dims if d not in ("time", "lat", "lon")]:
        held = held.isel({extra: 0}).combine_first(held.isel({extra: -1}))
    return held.transpose("time", "lat", "lon").to_numpy().astype(float)


def _weighed(block: Array, corners: Corners) -> Array:
    """Return (time, site) between the four cells around each site."""
    south, north = (c - corners.south.min() for c in (corners.south, corners.north))
    west, east = (c - corners.west.min() for c in (corners.west, corners.east))
    up, right = corners.up, corners.right
    total = np.zeros((block.shape[0], south.size))
    weight = np.zeros_like(total)
    for row, col, share in (
        (south, west, (1.0 - up) * (1.0 - right)),
        (south, east, (1.0 - up) * right),
        (north, west, up * (1.0 - right)),
        (north, east, up * right),
    ):
        cell = block[:, row, col]
        given = np.isfinite(cell)
        total += np.where(given, cell, 0.0) * share
        weight += given * share
    out = np.full(total.shape, np.nan)
    np.divide(total, weight, out=out, where=weight > 0.0)
    return out
