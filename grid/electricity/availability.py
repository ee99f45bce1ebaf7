"""Availability of the power a tier buys: feeds, generators, fuel, in closed form.

Three causes leave a campus without grid: its feed's substation and line, what takes
two feeds at once, and a collapse of the whole grid. Generators answer all three, as
far as they start and as long as their fuel lasts.
"""

from typing import Final

import numpy as np
import xarray as xr

from data.assumptions.power import PowerBook
from grid.electricity.backup import Backup

HOURS: Final = 8760.0


def lost_share(a: PowerBook) -> float:
    """Return the part of the load that generators leave when they are called [1].

    Blocks of k carry their load with k of k + 1; with p the chance of one failing,
    ``(m p − 1 + (1 − p)^m) / k``, m = k + 1: the mean of failures beyond the first.

    Parameters
    ----------
    a
        Units of a block, chance of failing.
    """
    m, p = a.generator_block_units + 1.0, a.generator_start_failure
    return float((m * p - 1.0 + (1.0 - p) ** m) / a.generator_block_units)


def unserved_share(mean_h: float, fuel_h: float, a: PowerBook) -> float:
    """Return the part of an outage that generators leave unserved [1].

    ``ℓ + (1 − ℓ) exp(−T/τ)``: what does not start, and what of an exponential outage
    of mean τ lies beyond the fuel of T hours.

    Parameters
    ----------
    mean_h
        Mean length of the outage τ [h].
    fuel_h
        Hours of fuel T at full load [h].
    a
        The power room's book.
    """
    lost = lost_share(a)
    return lost + (1.0 - lost) * float(np.exp(-fuel_h / mean_h))


def feed_hours(lateral_km: xr.DataArray, a: PowerBook) -> tuple[float, xr.DataArray]:
    """Return the hours a year a feed is out: by its substation, by its line [h/year].

    Parameters
    ----------
    lateral_km
        Length of the line [km].
    a
        Rates and lengths of outages.
    """
    line = a.outage_line_per_100km_year * lateral_km / 100.0 * a.outage_line_h
    return a.outage_station_per_year * a.outage_station_h, line


def in_parallel(
    one_h: xr.DataArray, other_h: xr.DataArray, a: PowerBook
) -> xr.DataArray:
    """Return the hours a year that two ways are out together [h/year].

    ``β min(h₁, h₂) + (1 − β)² h₁ h₂ / 8760``

    Parameters
    ----------
    one_h, other_h
        Hours a year each is out [h/year].
    a
        Part β of outages they share.
    """
    beta = a.outage_common_share
    least: xr.DataArray = xr.apply_ufunc(np.minimum, one_h, other_h)
    return beta * least + (1.0 - beta) ** 2 * one_h * other_h / HOURS


def availability(
    lateral_km: xr.DataArray,
    second_km: xr.DataArray,
    backup: Backup,
    fuel_h: float,
    a: PowerBook,
) -> xr.Dataset:
    """Return the hours a year without grid and without power.

    Parameters
    ----------
    lateral_km
        First feed [km]; NaN where nothing is connected.
    second_km
        Second feed [km]; NaN where it cannot be had, and then it does not count.
    backup
        What the tier has.
    fuel_h
        Hours of fuel at full load [h].
    a
        The power room's book.

    Returns
    -------
    Dataset
        `grid_outage_h_per_year` of the connection as built, `power_outage_h_per_year`
        with generators [h/year], `power_availability_pct` [%].
    """
    station, line = feed_hours(lateral_km, a)
    if backup.circuits > 1:
        line = in_parallel(line, line, a)
    feeds = station + line
    if backup.second_feed:
        other_station, other_line = feed_hours(second_km, a)
        both = in_parallel(feeds, other_station + other_line, a)
        feeds = both.where(second_km.notnull(), feeds)
    dark = a.outage_blackout_per_year * a.outage_blackout_h
    grid = feeds + dark
    power = grid
    if backup.generators:
        longest = max(a.outage_line_h, a.outage_station_h)
        power = feeds * unserved_share(longest, fuel_h, a)
        power = power + dark * unserved_share(a.outage_blackout_h, fuel_h, a)
    return xr.Dataset(
        {
            "grid_outage_h_per_year": grid,
            "power_outage_h_per_year": power,
            "power_availability_pct": 100.0 * (1.0 - power / HOURS),
        }
    )
