"""The grid of ERA5 files: names made one, and the hours of a point between cells."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate.sources.place import Site
from data.faults import Fault, InputError

Array = npt.NDArray[np.float64]

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


def at_point(datasets: Sequence[xr.Dataset], site: Site) -> pd.DataFrame:
    """Return the hours of every known variable at a site, bilinear between cells.

    Cells without a value, as those of ERA5-Land over the sea, weigh nothing.

    Parameters
    ----------
    datasets : sequence of Dataset
        From `tidied`; several share out variables, months or years.
    site : Site

    Returns
    -------
    DataFrame
        Indexed by UTC stamp, in the units of the files; `attrs["units"]` has those.

    Raises
    ------
    InputError
        If the site lies outside, or in cells without values.
    """
    found: dict[str, list[pd.Series]] = {}
    units: dict[str, str] = {}
    for dataset in datasets:
        for name in LONG:
            if name in dataset:
                found.setdefault(name, []).append(_series(dataset[name], site))
                units[name] = str(dataset[name].attrs.get("units", "")) or units.get(
                    name, ""
                )
    series = {
        name: pd.concat(parts).groupby(level=0).first() for name, parts in found.items()
    }
    table = pd.DataFrame(series)
    table.attrs["units"] = {name: unit for name, unit in units.items() if unit}
    if "t2m" in table and table["t2m"].isna().all():
        expected = "cells with values (ERA5-Land has none over the sea)"
        raise InputError([Fault("climate.files", None, "", site.site_id, expected)])
    return table


def _series(values: xr.DataArray, site: Site) -> pd.Series:
    """Return one variable at a site by time."""
    row, up = _place(values["lat"].to_numpy(), site.lat, site)
    col, right = _place(values["lon"].to_numpy(), site.lon, site)
    cells = values.isel(lat=row, lon=col).astype(float)
    for extra in [d for d in cells.dims if d not in ("time", "lat", "lon")]:
        cells = cells.isel({extra: 0}).combine_first(cells.isel({extra: -1}))
    if "time" not in cells.dims:
        cells = cells.expand_dims("time")
    weights = np.outer([1.0 - up, up], [1.0 - right, right])[: len(row), : len(col)]
    four = cells.transpose("time", "lat", "lon").to_numpy()
    given = np.isfinite(four)
    total = np.where(given, four * weights, 0.0).sum(axis=(1, 2))
    weight = np.where(given, weights, 0.0).sum(axis=(1, 2))
    out = np.full(total.shape, np.nan)
    np.divide(total, weight, out=out, where=weight > 0.0)
    return pd.Series(out, index=pd.DatetimeIndex(np.atleast_1d(cells["time"])))


def _place(axis: Array, own: float, site: Site) -> tuple[list[int], float]:
    """Return the cells on both sides of a coordinate and the weight of the second."""
    if not axis[0] - REACH <= own <= axis[-1] + REACH:
        expected = f"files that hold {site.lat:g} N, {site.lon:g} E"
        raise InputError([Fault("climate.files", None, "", site.site_id, expected)])
    if axis.size == 1:
        return [0], 0.0
    low = int(np.clip(np.searchsorted(axis, own) - 1, 0, axis.size - 2))
    share = (own - axis[low]) / (axis[low + 1] - axis[low])
    return [low, low + 1], float(np.clip(share, 0.0, 1.0))
