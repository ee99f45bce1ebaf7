"""Where the sun stands, to the accuracy of NREL's algorithm, for many sites at once.

What depends on time alone (declination and the hour angle at Greenwich) is had once
from the Solar Position Algorithm [1]_ at midnight of each day and joined by cubic
splines; a site adds products and sums, no angles.

References
----------
.. [1] I. Reda and A. Andreas (2004), Solar position algorithm for solar radiation
   applications, Solar Energy 76(5), 577-589; as in pvlib.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pvlib import spa
from scipy.interpolate import CubicSpline

Array = npt.NDArray[np.float64]

DAY_S = 86400.0
DELTA_T = 67.0
"""Terrestrial less universal time [s], as pvlib has it; a second moves the sun by
4e-5 degrees."""
PARALLAX_DEG = 8.794 / 3600.0
"""Lower by this does the sun on the horizon stand than seen from the earth's centre."""
REFRACTION = (1013.25, 12.0, 0.5667)
"""Pressure [hPa], temperature [degC] and refraction at the horizon [degrees] of
pvlib's apparent zenith."""


@dataclass(frozen=True, slots=True, eq=False)
class Sun:
    """The sun seen from the earth's centre over longitude 0, a unit vector by time."""

    pole: Array
    """Towards the north pole, ``sin δ``."""
    meridian: Array
    """Towards the meridian of Greenwich on the equator, ``cos δ cos H``."""
    west: Array
    """Towards the west of it, ``cos δ sin H``."""


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where the sun stands at a place."""

    zenith: Array
    """True [degrees]."""
    apparent: Array
    """With refraction [degrees]."""
    east: Array
    """Parts of the unit vector to the apparent sun."""
    north: Array
    up: Array


def sun_of(time: pd.DatetimeIndex) -> Sun:
    """Return the part of the sun's position that depends on time alone.

    Parameters
    ----------
    time : DatetimeIndex
        Moments in UTC, without a time zone.

    Returns
    -------
    Sun, (time,)
    """
    days = time.as_unit("s").to_numpy().astype("datetime64[s]").astype(float) / DAY_S
    knots = np.arange(np.floor(days.min()) - 1.0, np.ceil(days.max()) + 3.0)
    sidereal, ascension, declination = spa.solar_position_numpy(
        knots * DAY_S, 0.0, 0.0, 0.0, 0.0, 0.0, DELTA_T, 0.0, 1, sst=True
    )
    at_midnight = np.unwrap(np.radians(sidereal - ascension))
    hour = CubicSpline(knots, at_midnight)(days)
    hour = hour + 2.0 * np.pi * (days - np.floor(days))
    height = CubicSpline(knots, np.radians(declination))(days)
    return Sun(
        pole=np.sin(height),
        meridian=np.cos(height) * np.cos(hour),
        west=np.cos(height) * np.sin(hour),
    )


def taken(sun: Sun, moment: npt.NDArray[np.intp]) -> Sun:
    """Return the sun at some of its moments, in any order and as often as wanted."""
    return Sun(sun.pole[moment], sun.meridian[moment], sun.west[moment])


def position(sun: Sun, latitude: Array, longitude: Array) -> Position:
    """Return where the sun stands at places.

    ``up = sin φ sin δ + cos φ cos δ cos(H + λ)`` and so on; then the parallax, and
    the refraction of the algorithm at pvlib's standard air.

    Parameters
    ----------
    sun : Sun
        From `sun_of`.
    latitude, longitude : array
        Of one place, or of one place for each moment [degrees].

    Returns
    -------
    Position
    """
    phi, lam = np.radians(latitude), np.radians(longitude)
    sin_phi, cos_phi = np.sin(phi), np.cos(phi)
    here = sun.meridian * np.cos(lam) - sun.west * np.sin(lam)
    west = sun.west * np.cos(lam) + sun.meridian * np.sin(lam)
    up = np.clip(sin_phi * sun.pole + cos_phi * here, -1.0, 1.0)
    north = cos_phi * sun.pole - sin_phi * here
    level = np.sqrt(1.0 - up * up)
    zenith = np.degrees(np.arccos(up)) + PARALLAX_DEG * level
    pressure, temp, at_horizon = REFRACTION
    lift = spa.atmospheric_refraction_correction(
        pressure, temp, 90.0 - zenith, at_horizon
    )
    apparent = zenith - lift
    seen = np.radians(apparent)
    stretch = np.sin(seen) / np.maximum(level, 1e-12)
    return Position(zenith, apparent, -west * stretch, north * stretch, np.cos(seen))
