"""What a connection costs and how long it takes, for a facility of so many MW."""

from typing import Any, TypeVar

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.power import PowerBook
from grid.electricity.options import bay_usd, line_usd_per_km, of_class, station_usd

Array = TypeVar("Array", xr.DataArray, NDArray[Any])

CHARGE = (
    "no connection charge at 110 kV and above was found; the 170 AZN/kW of medium "
    "voltage is not applied, the works are taken to be paid by the customer"
)


def circuits(
    facility_mw: xr.DataArray, circuit_mw: xr.DataArray, feeds: xr.DataArray
) -> xr.DataArray:
    """Return the circuits of the lateral: enough for the load, for every feed.

    ``c = feeds · max(1, ⌈P / P_circuit⌉)``

    Parameters
    ----------
    facility_mw
        Peak load of the whole facility P [MW].
    circuit_mw
        What one circuit of the class carries [MW].
    feeds
        Feeds that can each carry the whole load [1].
    """
    needed: xr.DataArray = xr.apply_ufunc(np.ceil, facility_mw / circuit_mw)
    return feeds * needed.clip(min=1.0)


def capex(access: xr.Dataset, facility_mw: xr.DataArray, a: PowerBook) -> xr.Dataset:
    """Return the cost of a connection, part by part [USD].

    * lateral: circuits × km × USD/km of the class;
    * bays: one per circuit at the grid station, and at the campus one for each
      circuit beyond the first, which belongs to the campus station;
    * step: the added transformer of the grid station, whole, and its bay;
    * campus station: fixed cost of the class and its transformers,
      ``r · P / pf`` MVA with redundancy r.

    Parameters
    ----------
    access
        As `grid.electricity.connect` returns it.
    facility_mw
        Peak load of the whole facility [MW].
    a
        The power room's book.
    """
    kv = access["connection_kv"]
    bay = of_class(kv, bay_usd(a))
    count = circuits(facility_mw, access["circuit_mw"], access["feeds"])
    added = access["connection_step"] == "transformer"
    own_mva = a.transformer_own_redundancy * facility_mw / a.substation_power_factor
    here = access["lateral_km"].notnull()
    return xr.Dataset(
        {
            "lateral_circuits": count.where(here),
            "lateral_capex_usd": count
            * access["lateral_km"]
            * of_class(kv, line_usd_per_km(a)),
            "bay_capex_usd": ((2.0 * count - 1.0) * bay).where(here),
            "step_capex_usd": access["step_mva"] * a.transformer_usd_per_mva
            + added * bay,
            "station_capex_usd": (
                of_class(kv, station_usd(a)) + own_mva * a.transformer_usd_per_mva
            ).where(here),
        }
    )


def is_large(mva: Array, connection_kv: Array, a: PowerBook) -> Array:
    """Return whether a transformer is ordered as a large one, by size or voltage.

    Parameters
    ----------
    mva, connection_kv, a
        As for `transformer_months`.
    """
    large: Array = (mva > a.transformer_large_from_mva) | (
        connection_kv >= a.transformer_large_from_kv
    )
    return large


def transformer_months(
    mva: xr.DataArray, connection_kv: xr.DataArray, a: PowerBook
) -> xr.DataArray:
    """Return the wait for a transformer by its size and voltage [months].

    Parameters
    ----------
    mva
        Rating of the largest unit ordered [MVA].
    connection_kv
        Its high side [kV].
    a
        Lead times and the border between the two classes.
    """
    large = is_large(mva, connection_kv, a)
    extra = a.time_large_transformer_months - a.time_medium_transformer_months
    return large * extra + a.time_medium_transformer_months


def time_to_power(
    access: xr.Dataset, facility_mw: xr.DataArray, a: PowerBook
) -> xr.Dataset:
    """Return the months from decision to energised connection.

    ``months = max(study and permits, equipment, line works, upstream) + commissioning``

    Equipment is the later of switchgear and the largest transformer ordered: the
    campus's own, taken to carry the whole facility so that its spare can stand in,
    or the unit added at the grid station.

    Parameters
    ----------
    access
        As `grid.electricity.connect` returns it.
    facility_mw
        Peak load of the whole facility [MW].
    a
        The power room's book.
    """
    own_mva = facility_mw / a.substation_power_factor
    largest = _larger(own_mva, access["step_mva"])
    ordered = transformer_months(largest, access["connection_kv"], a)
    equipment = ordered.clip(min=a.time_switchgear_months).where(largest.notnull())
    works = a.time_line_base_months + a.time_line_months_per_km * access["lateral_km"]
    longest = _larger(_larger(equipment, works), access["upstream_months"])
    months = longest.clip(min=a.time_study_permits_months)
    return xr.Dataset(
        {
            "equipment_months": equipment,
            "line_works_months": works,
            "months_to_power": months + a.time_commissioning_months,
        }
    )


def _larger(one: xr.DataArray, other: xr.DataArray) -> xr.DataArray:
    """Return the larger of two arrays, NaN where either is."""
    larger: xr.DataArray = xr.apply_ufunc(np.maximum, one, other)
    return larger


def offer(
    access: xr.Dataset, facility_mw: xr.DataArray | float, a: PowerBook
) -> xr.Dataset:
    """Return cost and time of every connection for a facility load.

    Parameters
    ----------
    access
        As `grid.electricity.connect` returns it.
    facility_mw
        Peak load of the whole facility, IT and overheads [MW]; a number or an array
        over any of site, option, system or draw.
    a
        The power room's book.

    Returns
    -------
    Dataset
        `connection_capex_usd` and its four parts [USD], `lateral_circuits`,
        `months_to_power`, `equipment_months`, `line_works_months`, on the union of
        the dimensions; NaN where there is no such connection.
    """
    load = xr.DataArray(facility_mw)
    parts = capex(access, load, a)
    total = (
        parts["lateral_capex_usd"]
        + parts["bay_capex_usd"]
        + parts["step_capex_usd"]
        + parts["station_capex_usd"]
    )
    offered = parts.assign(connection_capex_usd=total).merge(
        time_to_power(access, load, a), join="exact", compat="equals"
    )
    offered = offered.transpose("site", "option", ..., missing_dims="ignore")
    for name in map(str, offered.data_vars):
        offered[name].attrs["units"] = _unit(name)
    return offered.assign_attrs(connection_charge=CHARGE)


def _unit(name: str) -> str:
    if name == "lateral_circuits":
        return "1"
    return "USD" if name.endswith("_usd") else "months"
