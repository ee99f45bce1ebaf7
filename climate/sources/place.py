"""From the place a source speaks of to the site: height, pressure, wind at 10 m."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from climate.normals import elevations
from climate.psychrometrics import GAS_CONSTANT_DRY_AIR, KELVIN
from data import World

Array = npt.NDArray[np.float64]

GRAVITY = 9.80665
"""m/s2, ISO 2533."""
WIND_HEIGHT_M = 10.0


class Site(NamedTuple):
    """A place that weather is wanted for."""

    site_id: str
    lat: float
    lon: float
    elevation_m: float


def places(world: World, sites: pd.DataFrame) -> list[Site]:
    """Return the sites with their own elevation or that of the nearest point."""
    columns = (
        sites.index.astype(str),
        sites["lat"].astype(float),
        sites["lon"].astype(float),
        elevations(world, sites),
    )
    return [
        Site(site_id, float(lat), float(lon), float(height))
        for site_id, lat, lon, height in zip(*columns, strict=True)
    ]


def pressure_at(
    pressure: Array, temp_from: Array, temp_to: Array, rise_m: float
) -> Array:
    """Return air pressure carried to another height.

    ``p exp(-g Δz / (R T))``, T the mean of both ends, dry air.

    Parameters
    ----------
    pressure : array
        [Pa]
    temp_from, temp_to : array
        Air temperature at both heights [degC].
    rise_m : float
        Height of the second over the first [m].

    Returns
    -------
    array
        [Pa]

    Examples
    --------
    >>> round(float(pressure_at(101325.0, 15.0, 8.5, 1000.0)))
    89875
    """
    mean = (temp_from + temp_to) / 2.0 + KELVIN
    carried: Array = pressure * np.exp(
        -GRAVITY * rise_m / (GAS_CONSTANT_DRY_AIR * mean)
    )
    return carried


def wind_at_10_m(speed: Array, height_m: float, exponent: float) -> Array:
    """Return wind speed at 10 m from another height, by the power law.

    Parameters
    ----------
    speed : array
        [m/s]
    height_m : float
        Where it was measured, above ground [m].
    exponent : float
        `climate.wind_shear_exponent` [1].

    Returns
    -------
    array
        [m/s]
    """
    lowered: Array = speed * (WIND_HEIGHT_M / height_m) ** exponent
    return lowered
