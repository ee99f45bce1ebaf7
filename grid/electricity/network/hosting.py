"""Hosting capacity of every bus in a year over the networks that fit the record peak."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from grid.electricity.headroom import carried, headroom
from grid.electricity.network.capacity import NO_OUTAGE, hosting, sensitivity
from grid.electricity.network.case import (
    Case,
    case,
    limits_of,
    moment_of,
    rows_of,
    sensitivity_of,
)
from grid.electricity.network.flow import ptdf
from grid.electricity.network.secure import Secure, secure_room
from grid.electricity.network.states import STATES, inherited
from grid.electricity.options import VOLTAGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.draws import Known
    from grid.electricity.network.elements import Network
    from grid.electricity.network.secure import Moment, Rows

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]
    BoolArray = NDArray[np.bool_]

QUANTILES: Final = (0.1, 0.5, 0.9)
"""P10, P50, P90: the part of the draws that lie below."""
GENERATION: Final = "generation in the whole country"
TIE_MW: Final = 1e-6
"""Loads nearer than this are the same."""
NAMED: Final = ("binding", "contingency", "state", "binding_pct", "shadow_price")
OTHER_ISLAND: Final = "an island of its own, not modelled"


@dataclass(frozen=True, slots=True)
class Rooms:
    """Room of some buses in every draw: arrays (draw, bus), the least of the states."""

    flexible_mw: FloatArray
    firm_mw: FloatArray
    price: FloatArray
    """MW of firm load per MW of the limit that binds [1]."""
    element: IntArray
    """Group that binds firm load; -1 where generation does."""
    outage: IntArray
    """Group whose circuit is out; `NO_OUTAGE` in the intact network."""
    state: IntArray
    """Position in `STATES`."""
    relieved_mw: FloatArray
    """(draw, state): limits that no dispatch of the present load keeps [MW]."""


def secure_rooms(found: Case, known: Known, buses: IntArray) -> Rooms:
    """Return the room of some buses in every draw, the least of the states.

    Firm load is served intact and after the loss of any one circuit, the dispatch
    settled beforehand; a bus that such a loss cuts off has none. Flexible load is cut
    at once when a circuit is lost, so the intact network alone bounds it.

    Parameters
    ----------
    found
        A year.
    known
        Least factor and outage rating.
    buses
        Positions of the buses.
    """
    shape = (known.count, len(buses))
    out = Rooms(
        flexible_mw=np.full(shape, np.inf),
        firm_mw=np.full(shape, np.inf),
        price=np.zeros(shape),
        element=np.full(shape, -1),
        outage=np.full(shape, NO_OUTAGE),
        state=np.zeros(shape, dtype=np.intp),
        relieved_mw=np.zeros((known.count, len(STATES))),
    )
    for i in range(known.count):
        s = sensitivity_of(found, i)
        for at, state in enumerate(STATES):
            limits = rows_of(found, state, i, known, s)
            moment = moment_of(found, state, i)
            _lower(out, _moment_rooms(limits, moment, known, buses, i, out), (i, at))
    return out


def _moment_rooms(
    limits: tuple[Rows, Rows, BoolArray],
    moment: Moment,
    known: Known,
    buses: IntArray,
    i: int,
    so_far: Rooms,
) -> tuple[Secure, Secure]:
    """Return the flexible and the firm room of one draw and state, as far as asked."""
    intact, secure, lost = limits
    least = known.a.network_factor_least
    surplus = max(0.0, moment.most_mw.sum() - moment.load_mw.sum())
    flexible = secure_room(
        intact, moment, buses, np.minimum(so_far.flexible_mw[i], surplus), least
    )
    most = np.minimum(so_far.firm_mw[i], flexible.mw)
    firm = secure_room(secure, moment, buses, most, least)
    cut = lost[:, buses].any(axis=0)
    first = np.argmax(lost[:, buses], axis=0)
    same = (firm.mw >= flexible.mw - TIE_MW) & (firm.element < 0)
    return flexible, Secure(
        np.where(cut, 0.0, firm.mw),
        np.where(cut, first, np.where(same, flexible.element, firm.element)),
        np.where(cut, first, np.where(same, flexible.outage, firm.outage)),
        np.where(cut, 0.0, np.where(same, flexible.price, firm.price)),
        firm.relieved_mw,
    )


def _lower(out: Rooms, found: tuple[Secure, Secure], where: tuple[int, int]) -> None:
    """Keep what binds harder than the states before."""
    i, state = where
    flexible, firm = found
    out.flexible_mw[i] = np.minimum(out.flexible_mw[i], flexible.mw)
    out.relieved_mw[i, state] = firm.relieved_mw
    less = firm.mw < out.firm_mw[i] - TIE_MW
    out.firm_mw[i, less] = firm.mw[less]
    out.price[i, less] = firm.price[less]
    out.element[i, less], out.outage[i, less] = firm.element[less], firm.outage[less]
    out.state[i, less] = state


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


def as_dispatched_mw(found: Case, known: Known) -> FloatArray:
    """Return the firm room (draw, bus) with today's dispatch kept, new load pro rata.

    What `secure_rooms` adds to it is the worth of moving plant before an outage. The
    fast sweep: transfer and outage factors alone, no programme.

    Parameters
    ----------
    found, known
        As for `secure_rooms`.
    """
    incident, least = found.network.incident, known.a.network_factor_least
    rooms = np.full((known.count, incident.shape[1]), np.inf)
    for i in range(known.count):
        circuits = found.drawn.circuits[i]
        load = found.states["summer"].load_mw[i]
        s = sensitivity(incident, found.drawn.susceptance[i], circuits, load)
        for name, state in found.states.items():
            limits = limits_of(found, name, i, known.a.network_outage_rating)
            given = state.injection_mw[i], state.share[i]
            _, firm = hosting(s, limits, *given, least)
            rooms[i] = np.minimum(rooms[i], firm.mw)
    return rooms


def deterministic_mw(
    world: World, year: int, known: Known, buses: IntArray
) -> FloatArray:
    """Return the firm room of the network whose unknowns are all at their median [MW].

    The median over the networks kept of each count, length, rating and share, alone;
    the lesser of network and generation.

    Parameters
    ----------
    world, year, known
        As for `case`.
    buses
        Positions of the buses.
    """
    middle = replace(known, central=True)
    found = case(world, year, middle)
    firm = secure_rooms(found, middle, buses).firm_mw[0]
    return np.asarray(np.minimum(firm, found.national_mw[0]))


def year_table(world: World, year: int, found: Case, known: Known) -> pd.DataFrame:
    """Return the hosting capacity of every substation in one year.

    Parameters
    ----------
    world, year, known
        As for `case`.
    found
        The year's networks and states.
    """
    buses = found.network.buses
    serving = np.flatnonzero(_serves(buses, world))
    rooms = secure_rooms(found, known, serving)
    at = buses.iloc[serving]
    national = _spread("national_mw", found.national_mw[:, None])
    firm = np.minimum(rooms.firm_mw, found.national_mw[:, None])
    still = np.median(as_dispatched_mw(found, known)[:, serving], axis=0)
    settled = deterministic_mw(world, year, known, serving)
    table = pd.DataFrame(
        {
            "year": year,
            "substation_id": at["station"].to_numpy(),
            "level_kv": at["level"].to_numpy(),
            "bus": at.index,
            **_spread("grid_firm_mw", firm),
            "grid_firm_mw_central": settled,
            **_spread("network_firm_mw", rooms.firm_mw),
            **_spread("network_flexible_mw", rooms.flexible_mw),
            "as_dispatched_mw_p50": still,
            **{name: np.repeat(value, len(at)) for name, value in national.items()},
            **named(found, rooms),
        }
    )
    return _with_inherited(table, found.network, world, year, known)


def _with_inherited(
    table: pd.DataFrame, network: Network, world: World, year: int, known: Known
) -> pd.DataFrame:
    """Add the levels that hang on a bus of another, and each station's own room."""
    levels = _hanging(table, world, year)
    rows = world.tables["substations"]
    low = rows.loc[levels["substation_id"]]
    linked = set(rows.loc[network.buses["station"], "network_region"])
    home = low["network_region"].isin(linked).to_numpy()
    bus = network.buses.index[inherited(network, world, low)]
    given = table.drop(columns=[*levels]).set_index("bus")
    hung = given.reindex(np.where(home, bus, "")).reset_index(names="bus")
    hung = hung.assign(
        year=year,
        substation_id=levels["substation_id"].to_numpy(),
        level_kv=levels["level_kv"].to_numpy(),
    )
    hung["binding"] = hung["binding"].where(home, OTHER_ISLAND)
    hung = hung.fillna({"contingency": "", "state": ""})
    whole = pd.concat([table, hung[table.columns]], ignore_index=True)
    return whole.assign(station_firm_mw=_own_room(whole, world, known))


def _hanging(table: pd.DataFrame, world: World, year: int) -> pd.DataFrame:
    """Return the levels of stations in service that are no bus: 110 kV, or unlinked."""
    rows = world.tables["substations"]
    there = rows[
        (rows["purpose"] == "network")
        & (rows["country"] == "AZ")
        & (rows["exists_from"] <= year)
        & rows["lat"].notna()
    ]
    carries = carried(there["voltages_kv"])
    station, level = np.nonzero(carries)
    listed = pd.DataFrame(
        {
            "substation_id": there.index.to_numpy()[station],
            "level_kv": np.array(VOLTAGES)[level],
        }
    )
    buses = pd.MultiIndex.from_frame(table[[*listed]])
    hanging = listed[~pd.MultiIndex.from_frame(listed).isin(buses)]
    return hanging.sort_values("level_kv", kind="stable")


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


def _spread(name: str, values: FloatArray) -> dict[str, FloatArray]:
    found = np.quantile(values, QUANTILES, axis=0)
    return {
        f"{name}_p{100 * q:.0f}": row for q, row in zip(QUANTILES, found, strict=True)
    }


def named(found: Case, rooms: Rooms) -> dict[str, list[object]]:
    """Say what binds firm load most often: element, contingency, state, how often.

    The shadow price is the mean over the draws in which that is what binds.

    Parameters
    ----------
    found
        A year.
    rooms
        Of some of its buses.
    """
    names = [str(name) for name in found.network.groups.index]
    short = rooms.firm_mw >= found.national_mw[:, None]
    element = np.where(short, -1, rooms.element)
    outage = np.where(short | (rooms.element < 0), NO_OUTAGE, rooms.outage)
    told: dict[str, list[object]] = {column: [] for column in NAMED}
    for bus in range(element.shape[1]):
        binds = Counter(zip(element[:, bus], outage[:, bus], strict=True))
        (group, lost), often = binds.most_common(1)[0]
        here = (element[:, bus] == group) & (outage[:, bus] == lost)
        state = Counter(rooms.state[here, bus]).most_common(1)[0][0]
        told["binding"].append(names[group] if group >= 0 else GENERATION)
        told["contingency"].append(names[lost] if lost != NO_OUTAGE else "none")
        told["state"].append(STATES[state])
        told["binding_pct"].append(100.0 * often / len(element))
        price = rooms.price[here, bus].mean() if group >= 0 else np.nan
        told["shadow_price"].append(float(price))
    return told
