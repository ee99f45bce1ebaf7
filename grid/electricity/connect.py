"""Where each site can connect: of each class, the substation of the shortest line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from grid.electricity.headroom import headroom
from grid.electricity.lateral import laterals
from grid.electricity.options import (
    OPTION_KV,
    OPTION_STEP,
    OPTION_VOLTAGE,
    OPTIONS,
    VOLTAGES,
)
from grid.electricity.substations import network_region

if TYPE_CHECKING:
    import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.choices import PowerChoices
    from data.world import World

    FloatArray = NDArray[np.float64]

OFFERED = np.arange(len(OPTIONS))


def upstream_months(
    exists_from: FloatArray, decision: datetime.date, a: PowerBook
) -> FloatArray:
    """Return the wait from decision until a substation is in service [months].

    Parameters
    ----------
    exists_from
        Calendar year it enters service; -inf for one that always was.
    decision
        Day the campus is decided.
    a
        Month of the stated year in which service is taken to start.
    """
    day = decision.timetuple().tm_yday
    decided = 12.0 * (decision.year + (day - 1) / 365.0)
    served = 12.0 * exists_from + a.time_upstream_month_of_year
    return np.maximum(0.0, served - decided)


def connect(
    sites: pd.DataFrame,
    world: World,
    choices: PowerChoices,
    a: PowerBook,
    year: int,
    decision_date: datetime.date,
) -> xr.Dataset:
    """Return what each site can connect to, option by option.

    Parameters
    ----------
    sites
        Indexed by site_id, with `lat`, `lon` [°] and, if known, `network_region`.
    world
        A built world (`exists_from` on its tables).
    choices
        Feeds wanted.
    a
        The power room's book.
    year
        Calendar year the power is asked for.
    decision_date
        Day the campus is decided; waits count from it.

    Returns
    -------
    Dataset
        (site, option): `substation_id`, `substation_name`, `substation_km`,
        `lateral_km` [km], `firm_mw`, `flexible_mw` [MW], `step_mva` [MVA],
        `upstream_months`, `power_grade`, `power_method`; NaN and blank where the
        site's network has no such substation. (option): `connection_kv` [kV],
        `connection_step`, `line_type_id`, `circuit_mw` [MW]. (site): `network_region`. Scalar:
        `feeds`.
    """
    table = world.tables["substations"]
    region = network_region(sites, table)
    index, km, line = laterals(sites, world, region, year, a)
    since = table["exists_from"].to_numpy(dtype=np.float64)
    there = xr.Dataset(
        {
            "substation_km": (("site", "option"), km[:, OPTION_VOLTAGE]),
            "lateral_km": (("site", "option"), line[:, OPTION_VOLTAGE]),
            "network_region": ("site", region),
        },
        coords={"site": sites.index.to_numpy(), "option": list(OPTIONS)},
    )
    at = index[:, OPTION_VOLTAGE]
    wait = upstream_months(since, decision_date, a)
    found = there.assign(_station(table, headroom(table, a), wait, at))
    return _with_units(found.assign(_terms(world, choices, a)))


def _station(
    table: pd.DataFrame, room: xr.Dataset, wait: FloatArray, at: NDArray[np.intp]
) -> dict[str, tuple[tuple[str, str], NDArray[np.generic]]]:
    """Facts of the chosen substation, gathered to (site, option)."""
    dims = ("site", "option")
    none = at < 0

    def texts(values: NDArray[np.object_]) -> NDArray[np.object_]:
        return np.where(none, "", values)

    def numbers(values: FloatArray) -> FloatArray:
        return np.where(none, np.nan, values)

    return {
        "substation_id": (dims, texts(table.index.to_numpy(dtype=object)[at])),
        "substation_name": (dims, texts(table["name"].to_numpy(dtype=object)[at])),
        "firm_mw": (dims, numbers(room["firm_mw"].values[at, OFFERED])),
        "flexible_mw": (dims, numbers(room["flexible_mw"].values[at, OFFERED])),
        "step_mva": (dims, numbers(room["step_mva"].values[at, OFFERED])),
        "upstream_months": (dims, numbers(wait[at])),
        "power_grade": (dims, texts(room["power_grade"].values[at])),
        "power_method": (dims, texts(room["power_method"].values[at, OFFERED])),
    }


def _terms(world: World, choices: PowerChoices, a: PowerBook) -> dict[str, object]:
    """Return what is the same for every site: voltage, step, circuit MW, feeds."""
    types = world.tables["line_types"]
    preferred = types[types["preferred"].astype(bool)].reset_index()
    ours = preferred.set_index("voltage_kv").loc[list(VOLTAGES)]
    thermal = ours["thermal_mva"].to_numpy(dtype=np.float64)
    carries = thermal * a.substation_power_factor
    named = ours["line_type_id"].to_numpy(dtype=object)
    return {
        "connection_kv": ("option", OPTION_KV),
        "connection_step": ("option", np.array(OPTION_STEP, dtype=object)),
        "line_type_id": ("option", named[OPTION_VOLTAGE]),
        "circuit_mw": ("option", carries[OPTION_VOLTAGE]),
        "feeds": ((), choices.feeds),
    }


UNITS = {
    "substation_km": "km",
    "lateral_km": "km",
    "firm_mw": "MW",
    "flexible_mw": "MW",
    "step_mva": "MVA",
    "upstream_months": "months",
    "connection_kv": "kV",
    "circuit_mw": "MW",
    "feeds": "1",
}


def _with_units(found: xr.Dataset) -> xr.Dataset:
    for name, unit in UNITS.items():
        found[name].attrs["units"] = unit
    return found
