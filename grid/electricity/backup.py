"""What a tier puts behind the grid: a second feed, generators and fuel, and their cost."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from data.assumptions.power import PowerBook
from data.choices import PowerTier, Workload
from grid.electricity.options import bay_usd, line_usd_per_km, of_class


@dataclass(frozen=True, slots=True)
class Backup:
    """What a tier puts behind the grid."""

    circuits: int
    """Circuits to the first substation that can each carry the load."""
    second_feed: bool
    """True: a feed from another substation."""
    generators: bool
    """True: generators for the whole load, one more in each block, with fuel."""


TIERS: Final[dict[str, Backup]] = {
    "one_feed": Backup(circuits=1, second_feed=False, generators=False),
    "two_circuits": Backup(circuits=2, second_feed=False, generators=False),
    "two_feeds": Backup(circuits=1, second_feed=True, generators=True),
}
"""What each tier has."""


def tier_of(choice: PowerTier, workload: Workload) -> str:
    """Return the tier asked for: that of the workload where it is left to it.

    Training saves its state and waits, so one feed does; what serves users takes two
    feeds and generators.

    Examples
    --------
    >>> tier_of("by_workload", "training"), tier_of("by_workload", "inference")
    ('one_feed', 'two_feeds')
    """
    if choice != "by_workload":
        return choice
    return "one_feed" if workload == "training" else "two_feeds"


def generators(facility_mw: xr.DataArray, a: PowerBook) -> xr.DataArray:
    """Return how many generators carry a load, one more in each block [1].

    ``n = ⌈P/unit⌉ + ⌈⌈P/unit⌉/k⌉``

    Parameters
    ----------
    facility_mw
        Peak load of the whole facility P [MW].
    a
        Size of a unit, units k of a block.
    """
    needed = _whole(facility_mw / a.generator_unit_mw)
    return needed + _whole(needed / a.generator_block_units)


def _whole(count: xr.DataArray) -> xr.DataArray:
    whole: xr.DataArray = xr.apply_ufunc(np.ceil, count)
    return whole


def backup_cost(
    access: xr.Dataset,
    facility_mw: xr.DataArray,
    backup: Backup,
    fuel_h: float,
    a: PowerBook,
) -> xr.Dataset:
    """Return what a tier costs beyond one connection, and whether it can be had.

    * second feed: circuits enough for the load × (km × USD/km + two bays), where the
      second substation carries the load while all its transformers run;
    * generators: ``n · unit · USD/kW``, and fuel ``P · T · USD/MWh`` with its tanks.

    Parameters
    ----------
    access
        With what `connect` and `second_feeds` return.
    facility_mw
        Peak load of the whole facility P [MW].
    backup
        What the tier has.
    fuel_h
        Hours of fuel at full load T [h].
    a
        The power room's book.

    Returns
    -------
    Dataset
        `second_feed_capex_usd`, `generators_usd` [USD], zero where there is none;
        `tier_met`, false where the second feed asked for cannot be had.
    """
    kv = access["connection_kv"]
    count = _whole(facility_mw / access["circuit_mw"]).clip(min=1.0)
    line = access["second_lateral_km"] * of_class(kv, line_usd_per_km(a))
    feed = count * (line + 2.0 * of_class(kv, bay_usd(a)))
    had = access["second_feed_mw"] >= facility_mw
    none = xr.zeros_like(facility_mw)
    plant = 1000.0 * a.generator_unit_mw * a.generator_usd_per_kw
    fuel = facility_mw * fuel_h * a.generator_fuel_usd_per_mwh
    whole = generators(facility_mw, a) * plant + fuel
    return xr.Dataset(
        {
            "second_feed_capex_usd": feed.where(had, none)
            if backup.second_feed
            else none,
            "generators_usd": whole if backup.generators else none,
            "tier_met": had if backup.second_feed else xr.ones_like(had),
        }
    )
