"""Distance on the earth, for every room.

The sphere (IUGG mean radius) is within 0.56 % of the ellipsoid, far below the doubt
about any route.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius R1, Moritz (2000)

FloatArray = NDArray[np.float64]


def great_circle_km(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> FloatArray:
    """Great-circle distance on the mean sphere, by the haversine formula.

    ``d = 2 R asin(sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2)))`` [1]_.

    Parameters
    ----------
    lat1, lon1, lat2, lon2
        Positions [°]; arrays broadcast against one another.

    Returns
    -------
    FloatArray
        Distance [km]; NaN where a coordinate is missing.

    Notes
    -----
    Spherical: at most 0.56 % from the WGS 84 geodesic.

    References
    ----------
    .. [1] Sinnott (1984), "Virtues of the haversine", Sky and Telescope 68, 159.

    Examples
    --------
    >>> round(float(great_circle_km(0.0, 0.0, 0.0, 90.0)), 1)
    10007.6
    """
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_lat = 0.5 * (phi2 - phi1)
    half_lon = 0.5 * np.radians(np.subtract(lon2, lon1))
    chord = np.sin(half_lat) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(half_lon) ** 2
    distance = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return np.asarray(distance, dtype=np.float64)
