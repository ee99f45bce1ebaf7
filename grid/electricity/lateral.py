"""The line from campus to substation: how long, and to which substation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grid.electricity.substations import candidates, suitable
from grid.geo import route_factor
from grid.terrain import ground, profile

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World

    FloatArray = NDArray[np.float64]


def lateral_factor(
    highest_m: FloatArray, climb_m: FloatArray, a: PowerBook
) -> FloatArray:
    """Return built route ÷ great circle by the ground between campus and substation.

    Parameters
    ----------
    highest_m
        Greatest height of the ground along the straight path [m].
    climb_m
        That height above the higher end of the path [m].
    a
        Factors of lowland, mountain and ridge, and where each begins.
    """
    rolling = route_factor(
        highest_m,
        a.lateral_route_factor_lowland,
        a.lateral_route_factor_mountain,
        a.lateral_mountain_from_m,
    )
    return np.where(
        climb_m > a.lateral_ridge_climb_m, a.lateral_route_factor_ridge, rolling
    )


def lateral_km(
    distance_km: FloatArray, position_error_km: FloatArray, factor: FloatArray
) -> FloatArray:
    """Return the expected length of the line from campus to substation [km].

    ``lateral = k · √(d² + e²)``: with the yard known only to within e, the mean
    squared distance is d² + e², so a campus plotted on top of a town-centre point
    still pays for a line.

    Parameters
    ----------
    distance_km
        Great circle d [km].
    position_error_km
        Error e of the substation's position [km]; NaN counts as exact.
    factor
        Built route ÷ great circle k [1].
    """
    return factor * np.hypot(distance_km, np.nan_to_num(position_error_km))


def laterals(
    sites: pd.DataFrame,
    world: World,
    region: NDArray[np.object_],
    year: int,
    a: PowerBook,
) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
    """Return the expected line to each of the nearest substations of each class.

    Parameters
    ----------
    sites, world, a
        As for `connect`.
    region
        Network region of each site.
    year
        Calendar year the power is asked for.

    Returns
    -------
    index : NDArray
        (site, voltage, candidate): row of the substations table, -1 where there is
        none.
    distance_km, lateral_km : NDArray
        (site, voltage, candidate): great circle and expected line [km], inf where
        there is none.
    """
    table = world.tables["substations"]
    index, km = candidates(sites, region, table, suitable(table, year))
    place = [sites[c].to_numpy(dtype=np.float64) for c in ("lat", "lon")]
    lat, lon = (np.broadcast_to(at[:, None, None], index.shape) for at in place)
    lats, lons, error = (
        table[c].to_numpy(dtype=np.float64)[index]
        for c in ("lat", "lon", "position_error_km")
    )
    over = ground(world.tables["climate_era5_grid"])
    factor = lateral_factor(*profile(over, lat, lon, lats, lons), a)
    return index, km, np.where(index < 0, np.inf, lateral_km(km, error, factor))


def preferred(
    line_km: FloatArray, firm_mw: FloatArray, wanted_mw: FloatArray
) -> NDArray[np.intp]:
    """Return which candidate a campus connects to.

    The shortest line among those with room for all that is wanted; where none has,
    among those with the most.

    Parameters
    ----------
    line_km
        (…, candidate) expected line [km]; inf where there is none.
    firm_mw
        (…, candidate) room [MW]; NaN where there is none.
    wanted_mw
        (…) facility load wanted [MW]; NaN asks for nothing.

    Returns
    -------
    NDArray
        (…) position of the candidate.
    """
    wanted = np.nan_to_num(wanted_mw)[..., None]
    short = np.maximum(0.0, wanted - np.where(np.isnan(firm_mw), -1.0, firm_mw))
    short = np.where(np.isinf(line_km), np.inf, short)
    least = short.min(axis=-1, keepdims=True)
    best: NDArray[np.intp] = np.argmin(
        np.where(short <= least, line_km, np.inf), axis=-1
    )
    return best
