"""Where each site can connect: of each class, the nearest substation with room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from grid.electricity.lateral import laterals, preferred
from grid.electricity.options import (
    OPTION_KV,
    OPTION_STEP,
    OPTION_VOLTAGE,
    OPTIONS,
    VOLTAGES,
)
from grid.electricity.rooms import FIRM, FLEXIBLE, SAID
from grid.electricity.substations import network_region

if TYPE_CHECKING:
    import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.choices import PowerChoices
    from data.world import World
    from grid.electricity.rooms import Ask

    FloatArray = NDArray[np.float64]

OFFERED = np.arange(len(OPTIONS))
NUMBERS = (
    "firm_mw",
    "firm_mw_p10",
    "firm_mw_p90",
    "flexible_mw",
    "transformer_firm_mw",
    "transformer_flexible_mw",
    *FIRM,
    FLEXIBLE,
    "grid_shadow_price",
    "step_mva",
)
"""What a site takes over of the room of its substation, as numbers."""
TEXTS = ("power_method", *SAID)
"""And as texts."""


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
    room: xr.Dataset,
    choices: PowerChoices,
    a: PowerBook,
    ask: Ask,
) -> xr.Dataset:
    """Return what each site can connect to, option by option.

    Of each option, the substation of the shortest line among those with room for all
    that is wanted; where none has, of those with the most.

    Parameters
    ----------
    sites
        Indexed by site_id, with `lat`, `lon` [°] and, if known, `network_region`.
    world
        A built world (`exists_from` on its tables).
    room
        Room of every substation, as `rooms` gives it.
    choices
        Circuits wanted.
    a
        The power room's book.
    ask
        When and how much.

    Returns
    -------
    Dataset
        (site, option): `substation_id`, `substation_name`, `substation_km`,
        `lateral_km` [km], `upstream_months`, `power_grade`, and what `rooms` says of
        the substation; NaN and blank where the site's network has no such substation.
        (option): `connection_kv` [kV], `connection_step`, `line_type_id`,
        `circuit_mw` [MW]. (site): `network_region`. Scalar: `feeds`.
    """
    table = world.tables["substations"]
    region = network_region(sites, table)
    index, km, line = laterals(sites, world, region, ask.year, a)
    at, km, line = _chosen(index, km, line, room, ask)
    dims = ("site", "option")
    there = xr.Dataset(
        {
            "substation_km": (dims, np.where(at < 0, np.nan, km)),
            "lateral_km": (dims, np.where(at < 0, np.nan, line)),
            "network_region": ("site", region),
        },
        coords={"site": sites.index.to_numpy(), "option": list(OPTIONS)},
    )
    since = table["exists_from"].to_numpy(dtype=np.float64)
    wait = upstream_months(since, ask.decision, a)
    found = there.assign(_station(table, room, wait, at))
    return _with_units(found.assign(_terms(world, choices, a)))


def _chosen(
    index: NDArray[np.intp],
    km: FloatArray,
    line: FloatArray,
    room: xr.Dataset,
    ask: Ask,
) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
    """Return the substation of each option, its distance and its line."""
    at = index[:, OPTION_VOLTAGE]
    firm = room["firm_mw"].to_numpy()[at, OFFERED[:, None]]
    wanted = np.broadcast_to(ask.facility_mw[:, None], at.shape[:2])
    length = line[:, OPTION_VOLTAGE]
    best = preferred(length, np.where(at < 0, np.nan, firm), wanted)[..., None]
    return (
        np.take_along_axis(at, best, axis=-1)[..., 0],
        np.take_along_axis(km[:, OPTION_VOLTAGE], best, axis=-1)[..., 0],
        np.take_along_axis(length, best, axis=-1)[..., 0],
    )


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
        "upstream_months": (dims, numbers(wait[at])),
        "power_grade": (dims, texts(room["power_grade"].values[at])),
        **{name: (dims, numbers(room[name].values[at, OFFERED])) for name in NUMBERS},
        **{name: (dims, texts(room[name].values[at, OFFERED])) for name in TEXTS},
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
        "feeds": ((), 2 if choices.tier == "two_circuits" else 1),
    }


UNITS = {
    "substation_km": "km",
    "lateral_km": "km",
    **dict.fromkeys(NUMBERS, "MW"),
    "grid_shadow_price": "1",
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
