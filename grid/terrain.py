"""The height of the ground along a straight path, from the 0.25° elevation grid.

Coarse: it sees the Caucasus, the Lesser Caucasus and the Talysh, not a valley.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import map_coordinates

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

SAMPLES = 9
"""Points looked at along a path, both ends included."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Heights on a regular grid of latitude and longitude."""

    lat: FloatArray
    """Rows, ascending [°]."""
    lon: FloatArray
    """Columns, ascending [°]."""
    height_m: FloatArray
    """(lat, lon) [m]."""


def ground(elevation: pd.DataFrame) -> Ground:
    """Return the grid of heights from a table of points.

    Parameters
    ----------
    elevation
        Indexed by lat, lon [°] and perhaps month, with `elevation_m` [m]; a full
        rectangle of points.
    """
    cells = elevation["elevation_m"].to_xarray()
    cells = cells.isel(month=0) if "month" in cells.dims else cells
    lat, lon = (cells[axis].to_numpy().astype(np.float64) for axis in ("lat", "lon"))
    return Ground(lat=lat, lon=lon, height_m=cells.transpose("lat", "lon").to_numpy())


def height_m(over: Ground, lat: ArrayLike, lon: ArrayLike) -> FloatArray:
    """Return the height at places, between the grid's points in proportion.

    Parameters
    ----------
    over
        The grid.
    lat, lon
        Places [°], arrays of one shape; outside the grid its edge stands in.

    Returns
    -------
    NDArray
        Height [m], same shape.
    """
    row = np.interp(
        np.asarray(lat, dtype=np.float64), over.lat, np.arange(over.lat.size)
    )
    column = np.interp(
        np.asarray(lon, dtype=np.float64), over.lon, np.arange(over.lon.size)
    )
    heights: FloatArray = map_coordinates(over.height_m, [row, column], order=1)
    return heights


def profile(
    over: Ground, lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return how high straight paths rise, and above what.

    Parameters
    ----------
    over
        The grid.
    lat1, lon1, lat2, lon2
        Ends of the paths, arrays of one shape [°].

    Returns
    -------
    highest_m : NDArray
        Greatest height along each path [m].
    climb_m : NDArray
        That height above the higher end [m]; a ridge stands between where it is
        large.
    """
    highest = np.maximum(height_m(over, lat1, lon1), height_m(over, lat2, lon2))
    ends = highest
    for share in np.linspace(0.0, 1.0, SAMPLES)[1:-1]:
        lat, lon = lat1 + share * (lat2 - lat1), lon1 + share * (lon2 - lon1)
        highest = np.maximum(highest, height_m(over, lat, lon))
    return highest, highest - ends
