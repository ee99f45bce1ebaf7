"""Distances, nearest nodes and route lengths, shared by both networks.

Pure functions over arrays: no table, no scenario. The sphere (IUGG mean radius)
is within 0.5 % of the ellipsoid, far below the doubt about any route.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree

from data.sphere import great_circle_km

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


def pairwise_km(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> FloatArray:
    """Distance from every point of the first set to every point of the second.

    Parameters
    ----------
    lat1, lon1
        First set, one-dimensional [°].
    lat2, lon2
        Second set, one-dimensional [°].

    Returns
    -------
    FloatArray
        Matrix (first, second) [km].
    """
    return great_circle_km(
        np.asarray(lat1, dtype=np.float64)[:, None],
        np.asarray(lon1, dtype=np.float64)[:, None],
        np.asarray(lat2, dtype=np.float64)[None, :],
        np.asarray(lon2, dtype=np.float64)[None, :],
    )


def unit_vectors(lat: ArrayLike, lon: ArrayLike) -> FloatArray:
    """Points on the unit sphere, whose chords order as great circles do.

    Parameters
    ----------
    lat, lon
        Positions [°].

    Returns
    -------
    FloatArray
        Cartesian coordinates (..., 3) [1].
    """
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1
    )


def nearest(
    lat: ArrayLike, lon: ArrayLike, lats: ArrayLike, lons: ArrayLike, k: int = 1
) -> tuple[IntArray, FloatArray]:
    """Nearest nodes of a set to each point, and how far they are.

    A chord tree finds them in the time of n log m; the distance is then the great
    circle. Equal distances resolve to the node listed first, whatever the others.

    Parameters
    ----------
    lat, lon
        Points, one-dimensional [°].
    lats, lons
        Nodes, one-dimensional [°]; a node without coordinates is never chosen.
    k
        How many nodes to return, nearest first.

    Returns
    -------
    index : IntArray
        Position in the node list, shape (points,) for ``k=1``, else (points, k);
        -1 where there are fewer than ``k`` nodes.
    distance_km : FloatArray
        Great-circle distance [km], same shape; +inf where the index is -1.
    """
    points = unit_vectors(np.atleast_1d(lat), np.atleast_1d(lon))
    nodes = unit_vectors(np.atleast_1d(lats), np.atleast_1d(lons))
    usable = np.flatnonzero(np.isfinite(nodes).all(axis=-1))
    index = np.full((len(points), k), -1, dtype=np.intp)
    placed = np.flatnonzero(np.isfinite(points).all(axis=-1))
    found = min(k, len(usable))
    if found and len(placed):
        index[np.ix_(placed, np.arange(found))] = _query(
            points[placed], nodes[usable], usable, found
        )
    distance = _distances(np.atleast_1d(lat), np.atleast_1d(lon), lats, lons, index)
    return (index[:, 0], distance[:, 0]) if k == 1 else (index, distance)


def _query(points: FloatArray, nodes: FloatArray, usable: IntArray, k: int) -> IntArray:
    """Nearest k usable nodes by chord, ties to the lower position."""
    spare = min(len(nodes), k + 4)  # room for ties, so that list order decides them
    reply = KDTree(nodes).query(points, k=np.arange(1, spare + 1))
    chord, position = np.asarray(reply[0]), np.asarray(reply[1])
    order = np.lexsort((position, np.round(chord, 12)), axis=-1)[:, :k]
    chosen: IntArray = usable[np.take_along_axis(position, order, axis=-1)]
    return chosen


def _distances(
    lat: ArrayLike, lon: ArrayLike, lats: ArrayLike, lons: ArrayLike, index: IntArray
) -> FloatArray:
    """Great circles to the chosen nodes [km], +inf where none was chosen."""
    if not np.size(lats):
        return np.full(index.shape, np.inf)
    node_lat = np.atleast_1d(np.asarray(lats, dtype=np.float64))[index]
    node_lon = np.atleast_1d(np.asarray(lons, dtype=np.float64))[index]
    km = great_circle_km(
        np.asarray(lat, dtype=np.float64)[:, None],
        np.asarray(lon, dtype=np.float64)[:, None],
        node_lat,
        node_lon,
    )
    return np.where(index < 0, np.inf, km)


def route_factor(
    elevation_m: ArrayLike, lowland: float, mountain: float, mountain_m: float
) -> FloatArray:
    """Ratio of built route to great circle, by height of the ground.

    Parameters
    ----------
    elevation_m
        Height of the point the route leaves [m]; NaN counts as lowland.
    lowland, mountain
        Route ÷ great circle in each terrain [1].
    mountain_m
        Height from which the mountain factor holds [m].

    Returns
    -------
    FloatArray
        Factor [1].
    """
    high = np.asarray(elevation_m, dtype=np.float64) >= mountain_m
    return np.where(high, mountain, lowland)
