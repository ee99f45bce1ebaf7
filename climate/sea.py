"""The Caspian seen from a site: how far it is, how warm, and how far below."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from climate import months
from climate.normals import elevations
from climate.warming import monthly_warming
from data import World
from data.assumptions.climate import ClimateBook
from data.choices import ClimateChoices
from data.schema import unit_of
from data.sphere import great_circle_km

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

GRADE = "assumed"
"""Grade of the water temperature: that of the monthly means behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Where the sea water is drawn, and how far it may be carried."""

    depth_m: float
    """Below the surface [m]."""
    reach_km: float
    """Farther from the shore there is no sea water for a site [km]."""


def _seaward(lat: Array, lon: Array, shore: Array) -> npt.NDArray[np.bool_]:
    """Return which points lie beyond the shore line, as islands and piers do.

    The line runs from its northernmost to its southernmost point with the sea on its
    east: a parallel followed east crosses it an odd number of times from the land.
    """
    (lat1, lon1), (lat2, lon2) = shore[:-1].T, shore[1:].T
    y, x = lat[:, None], lon[:, None]
    spans = (lat1 > y) != (lat2 > y)
    rise = np.where(lat1 == lat2, 1.0, lat2 - lat1)
    crossing = lon1 + (y - lat1) / rise * (lon2 - lon1)
    crossings = np.sum(spans & (crossing > x), axis=1)
    within = (lat < shore[0, 0]) & (lat > shore[-1, 0])
    seaward: npt.NDArray[np.bool_] = within & (crossings % 2 == 0)
    return seaward


def shore_distance(lat: Array, lon: Array, shore: Array) -> tuple[Array, IntArray]:
    """Return how far each site is from a shore line, and which edge is nearest.

    The nearest point of every edge on a plane about the site, then the great circle
    to it. A site beyond the line, on an island left out of it, is at the shore.

    Parameters
    ----------
    lat, lon : array, (site,)
        [degrees]
    shore : array, (point, 2)
        Latitude and longitude [degrees] along the line, from north to south.

    Returns
    -------
    distance : array, (site,)
        [km]
    edge : array of int, (site,)
        Position of the point the nearest edge starts from.
    """
    (lat1, lon1), (lat2, lon2) = shore[:-1].T, shore[1:].T
    y, x = lat[:, None], lon[:, None]
    scale = np.cos(np.radians(y))
    north, east = lat2 - lat1, (lon2 - lon1) * scale
    reach = (y - lat1) * north + (x - lon1) * scale * east
    share = np.clip(reach / (north**2 + east**2), 0.0, 1.0)
    near_lat, near_lon = lat1 + share * north, lon1 + share * (lon2 - lon1)
    distance = great_circle_km(y, x, near_lat, near_lon)
    edge: IntArray = distance.argmin(axis=1)
    least = distance[np.arange(lat.size), edge]
    return np.where(_seaward(lat, lon, shore), 0.0, least), edge


def sea_level(year: float, a: ClimateBook) -> float:
    """Return the level of the Caspian in a year, falling on as it does now.

    ``level - fall (year - year of the level)``

    Parameters
    ----------
    year : float
        Calendar year.
    a : ClimateBook
        Level, its year, and the fall a year.

    Returns
    -------
    float
        [m], Baltic datum.

    Notes
    -----
    For the next ten years or so. The projections for 2050 and 2100 in `sea_level`
    fall more slowly than the years since 2021.
    """
    return a.sea_level_m - a.sea_fall_m_per_year * (year - a.sea_level_year)


def _cooling_with_depth(world: World, depth_m: float) -> Array:
    """Return how much colder than the surface a depth is [K], by month."""
    known = world.tables["sea_profile"]["sea_cooling_k"].to_xarray()
    depths = np.concatenate([[0.0], known["depth_m"].to_numpy()])
    by_month = known.transpose("month", "depth_m").to_numpy()
    cooling = np.column_stack([np.zeros(len(by_month)), by_month])
    return np.array([np.interp(depth_m, depths, month) for month in cooling])


def monthly_temperature(
    world: World, depth_m: float, choices: ClimateChoices, a: ClimateBook
) -> tuple[list[str], Array]:
    """Return the monthly mean temperature of the water off every coast at a depth.

    ``T = surface + bias - s · cooling(depth) + share · warming of the air``

    Parameters
    ----------
    world : World
        With `sea_temperature` and `sea_profile`.
    depth_m : float
        Below the surface [m]; straight lines between the tabled depths, and no
        colder below the deepest.
    choices : ClimateChoices
        Year and pathway whose climate is wanted.
    a : ClimateBook
        Bias, stratification and share of warming.

    Returns
    -------
    coasts : list
        Their names.
    temp_sea : array, (coast, 12)
        [degC]
    """
    surface = world.tables["sea_temperature"]["temp_sea"].to_xarray()
    warming = monthly_warming(choices.target_year, choices.pathway, a)
    cooling = a.sea_stratification * _cooling_with_depth(world, depth_m)
    moved = a.sea_temp_bias_k - cooling + a.sea_warming_share * warming
    monthly: Array = surface.transpose("coast_id", "month").to_numpy() + moved
    return surface["coast_id"].to_numpy().tolist(), monthly


def _hour_of_year(time: pd.DatetimeIndex) -> IntArray:
    """Return for each stamp its hour in a year of 365 days; 29 February is the 28th."""
    month = time.month.to_numpy() - 1
    day = np.minimum(time.day.to_numpy(), months.DAYS_IN_MONTH[month]) - 1
    hours: IntArray = 24 * (months.MONTH_START[month] + day) + time.hour.to_numpy()
    return hours


def sea_at(
    world: World,
    sites: pd.DataFrame,
    choices: ClimateChoices,
    a: ClimateBook,
    intake: Intake,
    time: pd.DatetimeIndex,
) -> xr.Dataset:
    """Return what the Caspian offers every site; none depends on the others.

    Parameters
    ----------
    world : World
        With the `sea_` tables.
    sites : DataFrame
        Indexed by site_id, with `lat`, `lon` [degrees] and, where known,
        `elevation_m` [m].
    choices : ClimateChoices
        Year and pathway whose climate is wanted.
    a : ClimateBook
        The assumptions.
    intake : Intake
        Depth and reach.
    time : DatetimeIndex
        Hours of the weather it goes with.

    Returns
    -------
    Dataset
        (site, time): `temp_sea` [degC], the smooth course of the year without the
        weather of its days, NaN beyond the reach of the intake; (site):
        `sea_distance_km` [km], `sea_lift_m` [m] and `sea_coast`; `sea_level_m` [m].
    """
    shore = world.tables["sea_shore"]
    lat, lon = (sites[c].to_numpy(dtype=float) for c in ("lat", "lon"))
    distance, edge = shore_distance(lat, lon, shore[["lat", "lon"]].to_numpy())
    coasts = shore["coast_id"].to_numpy()[edge]
    names, monthly = monthly_temperature(world, intake.depth_m, choices, a)
    hourly = months.to_hours(months.smooth(monthly))[:, _hour_of_year(time)]
    water = hourly[[names.index(coast) for coast in coasts]]
    water[distance > intake.reach_km] = np.nan
    level = sea_level(choices.target_year, a)
    lift = np.maximum(elevations(world, sites) - level, 0.0)
    variables = {
        "temp_sea": (("site", "time"), water),
        "sea_distance_km": ("site", distance),
        "sea_lift_m": ("site", lift),
        "sea_coast": ("site", coasts.astype(object)),
        "sea_level_m": ((), level),
    }
    sea = xr.Dataset(
        variables,
        coords={"site": sites.index.astype(str).to_numpy(), "time": time.to_numpy()},
    )
    for name, variable in sea.data_vars.items():
        variable.attrs["units"] = unit_of(str(name))
    sea["temp_sea"].attrs["grade"] = GRADE
    return sea
