"""Hosting capacity of every bus and year over the networks that fit the record peak."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from grid.electricity.headroom import headroom
from grid.electricity.network.calibration import calibrate
from grid.electricity.network.capacity import NO_OUTAGE, Room, hosting, sensitivity
from grid.electricity.network.case import Case, case, limits_of
from grid.electricity.network.checks import check_tables
from grid.electricity.network.flow import ptdf
from grid.electricity.network.states import STATES, inherited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.calibration import Calibration
    from grid.electricity.network.draws import Known
    from grid.electricity.network.elements import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

QUANTILES: Final = (0.1, 0.5, 0.9)
"""P10, P50, P90: the part of the draws that lie below."""
OPEN: Final = "nothing modelled"
OTHER_ISLAND: Final = "an island of its own, not modelled"


@dataclass(frozen=True, slots=True)
class Hosting:
    """What the networks that served the peak say of new load."""

    table: pd.DataFrame
    """One row a year, substation and level: the `bus` it is or hangs on,
    `network_firm_mw_p10`, `p50`, `p90`, `network_flexible_mw_…`, `national_mw_…`
    [MW], what binds most often and in which state, and `station_firm_mw`."""
    overloads: pd.DataFrame
    """(group, year): part of the networks whose base case is over the limit [1]."""
    fitted: Calibration
    """Acceptance, pockets, posterior counts."""


def rooms(found: Case, known: Known) -> dict[str, tuple[list[Room], list[Room]]]:
    """Return, by state, the flexible and the firm room of every bus in every draw.

    Parameters
    ----------
    found
        A year.
    known
        Least factor and outage rating.
    """
    incident = found.network.incident
    out: dict[str, tuple[list[Room], list[Room]]] = {name: ([], []) for name in STATES}
    for i in range(known.count):
        circuits = found.drawn.circuits[i]
        load = found.states["summer"].load_mw[i]
        s = sensitivity(incident, found.drawn.susceptance[i], circuits, load)
        for name, state in found.states.items():
            limits = limits_of(found, name, i, known.a.network_outage_rating)
            both = hosting(
                s,
                limits,
                state.injection_mw[i],
                state.share[i],
                known.a.network_factor_least,
            )
            for kept, one in zip(out[name], both, strict=True):
                kept.append(one)
    return out


def hosting_table(world: World, years: Iterable[int], known: Known) -> Hosting:
    """Return firm and flexible hosting capacity of every bus and year.

    Parameters
    ----------
    world
        A built world.
    years
        Calendar years.
    known
        Numbers in force, doubt, seed.

    Raises
    ------
    InputError
        If the tables hold what no power flow can, or no drawn network serves the peak.
    """
    check_tables(world)
    fitted = calibrate(world, known)
    kept = replace(known, pick=fitted.kept[: int(known.a.network_draws_kept)])
    found = {year: case(world, year, kept) for year in years}
    tables = [year_table(world, year, one, kept) for year, one in found.items()]
    over = {year: overloaded(one) for year, one in found.items()}
    return Hosting(
        pd.concat(tables, ignore_index=True), pd.DataFrame(over).fillna(0.0), fitted
    )


def overloaded(found: Case) -> pd.Series:
    """Return the part of the networks in which each group is over its limit [1].

    In the base case of any state, before new load and with everything in service;
    groups that never are are left out.

    Parameters
    ----------
    found
        A year.
    """
    factors = ptdf(found.network.incident, found.drawn.susceptance)
    over = [
        np.abs((factors @ state.injection_mw[..., None])[..., 0])
        > found.drawn.circuits * found.each_mw[name]
        for name, state in found.states.items()
    ]
    part = pd.Series(
        np.any(over, axis=0).mean(axis=0), index=found.network.groups.index
    )
    return part[part > 0]


def year_table(world: World, year: int, found: Case, known: Known) -> pd.DataFrame:
    """Return the hosting capacity of every substation in one year.

    Parameters
    ----------
    world, year, known
        As for `case`.
    found
        The year's networks and states.
    """
    by_state = rooms(found, known)
    flexible, firm = (
        [[by_state[name][kind][i] for name in STATES] for i in range(known.count)]
        for kind in (0, 1)
    )
    buses = found.network.buses
    national = _spread("national_mw", found.national_mw[:, None])
    table = pd.DataFrame(
        {
            "year": year,
            "substation_id": buses["station"].to_numpy(),
            "level_kv": buses["level"].to_numpy(),
            "bus": buses.index,
            **_spread("network_firm_mw", _least(firm)),
            **_spread("network_flexible_mw", _least(flexible)),
            **{name: np.repeat(value, len(buses)) for name, value in national.items()},
            **_named(found.network, firm),
        }
    )
    table = table[_serves(buses, world)]
    return _with_inherited(table, found.network, world, year, known)


def _with_inherited(
    table: pd.DataFrame, network: Network, world: World, year: int, known: Known
) -> pd.DataFrame:
    """Add the 110 kV levels, which hang on a bus, and each station's own room."""
    rows = world.tables["substations"]
    low = rows[
        (rows["purpose"] == "network")
        & (rows["country"] == "AZ")
        & (rows["exists_from"] <= year)
        & rows["lat"].notna()
        & rows["voltages_kv"].str.split("/").map(lambda kv: "110" in kv)
    ]
    linked = set(rows.loc[network.buses["station"], "network_region"])
    home = low["network_region"].isin(linked).to_numpy()
    bus = network.buses.index[inherited(network, world, low)]
    given = table.drop(columns=["substation_id", "level_kv"]).set_index("bus")
    hung = given.reindex(np.where(home, bus, "")).reset_index(names="bus")
    hung = hung.assign(year=year, substation_id=low.index, level_kv=110)
    hung["binding"] = hung["binding"].where(home, OTHER_ISLAND)
    hung = hung.fillna({"contingency": "", "state": ""})
    whole = pd.concat([table, hung[table.columns]], ignore_index=True)
    return whole.assign(station_firm_mw=_own_room(whole, world, known))


def _own_room(table: pd.DataFrame, world: World, known: Known) -> FloatArray:
    """Room of each station's own transformers with one unit more [MW]."""
    room = headroom(world.tables["substations"], known.a)["firm_mw"]
    options = [f"{kv}kV transformer" for kv in table["level_kv"]]
    at = room.get_index("substation").get_indexer(pd.Index(table["substation_id"]))
    return room.values[at, room.get_index("option").get_indexer(pd.Index(options))]


def _serves(buses: pd.DataFrame, world: World) -> NDArray[np.bool_]:
    """Buses of the public network inside the country, where a campus may connect."""
    rows = world.tables["substations"].loc[buses["station"]]
    return ((rows["purpose"] == "network") & (rows["country"] == "AZ")).to_numpy()


def _least(drawn: list[list[Room]]) -> FloatArray:
    """(draw, bus) least of the states."""
    return np.array([np.min([room.mw for room in states], axis=0) for states in drawn])


def _spread(name: str, values: FloatArray) -> dict[str, FloatArray]:
    found = np.quantile(values, QUANTILES, axis=0)
    return {
        f"{name}_p{100 * q:.0f}": row for q, row in zip(QUANTILES, found, strict=True)
    }


def _named(network: Network, firm: list[list[Room]]) -> dict[str, list[str]]:
    """Say what binds firm load most often: element, contingency, state."""
    names = [str(name) for name in network.groups.index]
    told: dict[str, list[str]] = {"binding": [], "contingency": [], "state": []}
    for bus in range(len(network.buses)):
        binds: Counter[tuple[int, int, str]] = Counter()
        for states in firm:
            at = int(np.argmin([room.mw[bus] for room in states]))
            room = states[at]
            binds[int(room.element[bus]), int(room.outage[bus]), STATES[at]] += 1
        element, outage, state = binds.most_common(1)[0][0]
        told["binding"].append(names[element] if element >= 0 else OPEN)
        lost = names[outage] if outage != NO_OUTAGE else "none"
        told["contingency"].append(lost)
        told["state"].append(state)
    return told
