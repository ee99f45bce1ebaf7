"""Which substations a campus may use, and the nearest of each voltage class."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grid.electricity.headroom import carried
from grid.electricity.options import VOLTAGES
from grid.geo import nearest

FloatArray = NDArray[np.float64]

COMPARED = 6
"""Nearest substations of a class whose lines to the campus are compared."""


def network_region(
    sites: pd.DataFrame, substations: pd.DataFrame
) -> NDArray[np.object_]:
    """Return the part of the grid each site belongs to.

    As the site says; where it says nothing, the region of the nearest network
    substation inside the country, of any voltage and date. Nakhchivan has no line
    to the mainland.

    Parameters
    ----------
    sites
        With `lat`, `lon` [°] and, if known, `network_region`.
    substations
        The substations table.

    Returns
    -------
    NDArray
        `mainland` or `nakhchivan`, one per site; blank without coordinates.
    """
    home = substations[
        (substations["purpose"] == "network") & (substations["country"] == "AZ")
    ]
    index, _ = nearest(sites["lat"], sites["lon"], home["lat"], home["lon"])
    region = home["network_region"].to_numpy(dtype=object)
    near = np.where(index < 0, "", region[index])
    if "network_region" not in sites:
        return near
    said = sites["network_region"].fillna("").to_numpy(dtype=object)
    return np.where(said == "", near, said)


def suitable(substations: pd.DataFrame, year: int) -> NDArray[np.bool_]:
    """Return which levels of which substations may take a campus in a year.

    A network substation that exists by then and carries the level; the collector
    yards of power plants, converters and foreign stations are not suitable.

    Parameters
    ----------
    substations
        The substations table of a built world (with `exists_from`).
    year
        Calendar year the power is asked for.

    Returns
    -------
    NDArray
        (substation, voltage).
    """
    usable = (
        (substations["purpose"] == "network")
        & (substations["country"] == "AZ")
        & (substations["exists_from"] <= year)
        & substations["lat"].notna()
    )
    return carried(substations["voltages_kv"]) & usable.to_numpy()[:, None]


def candidates(
    sites: pd.DataFrame,
    region: NDArray[np.object_],
    substations: pd.DataFrame,
    fit: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], FloatArray]:
    """Return the nearest fitting substations of each class, within the region.

    Parameters
    ----------
    sites
        With `lat`, `lon` [°].
    region
        Network region of each site.
    substations
        The substations table.
    fit
        (substation, voltage) as `suitable` gives it.

    Returns
    -------
    index : NDArray
        (site, voltage, candidate): row of the table, -1 where the region has no more.
    distance_km : FloatArray
        (site, voltage, candidate): great circle [km], +inf where there is none.
    """
    lat, lon = (sites[c].to_numpy(dtype=np.float64) for c in ("lat", "lon"))
    lats, lons = (substations[c].to_numpy(dtype=np.float64) for c in ("lat", "lon"))
    index = np.full((len(sites), len(VOLTAGES), COMPARED), -1, dtype=np.intp)
    distance = np.full(index.shape, np.inf)
    home = substations["network_region"].to_numpy(dtype=object)
    for name in {*region} - {""}:
        here = np.flatnonzero(region == name)
        for level in range(len(VOLTAGES)):
            choice = np.flatnonzero(fit[:, level] & (home == name))
            if choice.size:
                at, km = nearest(
                    lat[here], lon[here], lats[choice], lons[choice], COMPARED
                )
                index[here, level] = np.where(at < 0, -1, choice[at])
                distance[here, level] = km
    return index, distance
