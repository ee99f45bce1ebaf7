"""Reference states: who takes and who makes the power at three moments of a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.special import ndtri

from data.sphere import great_circle_km
from grid.electricity.headroom import carried, installed
from grid.electricity.network.draws import scalar, uniforms
from grid.electricity.network.elements import listed_levels
from grid.electricity.options import VOLTAGES
from grid.geo import nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World
    from grid.electricity.network.draws import Known
    from grid.electricity.network.elements import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

STATES: Final = ("summer", "evening", "winter", "spring")
"""Peak of a hot afternoon, the evening after it without sun, winter evening, spring
midday with sun."""
SCARCE: Final = STATES[:3]
"""States in which generation may run short."""
VARIABLE: Final = ("hydro", "solar", "wind")
OTHER_ISLAND: Final = "Nakhchivan"
"""Plants without a place that name it are not on the mainland."""


@dataclass(frozen=True, slots=True)
class Plants:
    """Plants of a year that feed the network."""

    table: pd.DataFrame
    """Rows in merit order."""
    at: FloatArray
    """(plant, bus): share of its output that enters at each bus."""


@dataclass(frozen=True, slots=True)
class State:
    """Injections of the networks drawn at one moment, before new load."""

    injection_mw: FloatArray
    """(draw, bus): generation less load; sums to zero."""
    share: FloatArray
    """(draw, bus): where one more MW comes from; sums to one."""
    plant_mw: FloatArray
    """(draw, plant): output in merit order [MW]."""
    able_mw: FloatArray
    """(draw, plant): most each can give, with what stands in for short load [MW]."""
    load_mw: FloatArray
    """(draw, bus)."""
    short_mw: FloatArray
    """(draw,): load that listed plant cannot meet; it is met as if new plant stood
    at the old steam station, which has the gas and the yard."""


def grown_peak_mw(year: int, known: Known) -> FloatArray:
    """Return draws of the national peak, ``4871 (1 + g)^(year − 2025)`` [MW]."""
    growth = scalar("network_peak_growth_pct", known) / 100.0
    return known.a.network_peak_mw * (1 + growth) ** (year - known.a.network_peak_year)


def load_shares(network: Network, world: World, year: int, a: PowerBook) -> pd.Series:
    """Return each bus's expected share of the national load (bus,), summing to one.

    By the transformers that feed distribution: those of the 110 kV level of each
    station on the network and of each 110 kV substation, which counts at its nearest
    station; outside Baku those of the rebuilt territories count in part. Baku and
    Absheron take the share the book gives, the rest the other.

    Parameters
    ----------
    network
        The buses.
    world
        A built world.
    year
        Calendar year.
    a
        Share of Baku, its place and reach, transformer classes.
    """
    table = world.tables["substations"]
    home = table[
        (table["purpose"] == "network")
        & (table["country"] == "AZ")
        & (table["network_region"] == "mainland")
        & (table["exists_from"] <= year)
        & table["lat"].notna()
    ]
    carries = carried(home["voltages_kv"])
    _, mva = installed(home, carries, a)
    feeds = np.where(carries[:, 0], mva[:, VOLTAGES.index(110)], 0.0)
    young = (home["year"] >= a.network_young_from).to_numpy()
    near = great_circle_km(
        home["lat"], home["lon"], a.network_baku_lat, a.network_baku_lon
    )
    inside = near <= a.network_baku_radius_km
    bus = inherited(network, world, home)
    total = np.zeros(len(network.buses))
    part = a.network_baku_share_pct / 100.0
    worth = np.where(young & ~inside, a.network_young_share * feeds, feeds)
    for here, share in ((inside, part), (~inside, 1 - part)):
        weight = np.where(here, worth, 0.0)
        np.add.at(total, bus, share * weight / weight.sum())
    return pd.Series(total, index=network.buses.index)


def inherited(network: Network, world: World, rows: pd.DataFrame) -> IntArray:
    """Return the bus each substation or plant hangs on: its own, else the nearest.

    Of its own station the lowest level; else the lowest level of the nearest station
    inside the country that serves the public network.

    Parameters
    ----------
    network
        The buses.
    world
        A built world.
    rows
        Table indexed by substation id, with `lat`, `lon`.
    """
    table = world.tables["substations"]
    lowest = lowest_listed(network, table)
    own = table.loc[[*lowest]]
    serving = own[(own["purpose"] == "network") & (own["country"] == "AZ")]
    index, _ = nearest(rows["lat"], rows["lon"], serving["lat"], serving["lon"])
    near = [lowest[station] for station in serving.index[index]]
    stations = [network.rows.get(str(row), "") for row in rows.index]
    return np.array(
        [lowest.get(s, n) for s, n in zip(stations, near, strict=True)], dtype=np.intp
    )


def lowest_listed(network: Network, table: pd.DataFrame) -> dict[str, int]:
    """Return the bus of the lowest level each station lists, by station.

    Parameters
    ----------
    network
        The buses.
    table
        The substations table.
    """
    found: dict[str, int] = {}
    pairs = zip(network.buses["station"], network.buses["level"], strict=True)
    for position, (station, level) in enumerate(pairs):
        listed = listed_levels(str(table.loc[station, "voltages_kv"]))
        if level in listed or not listed:
            found.setdefault(station, position)
    return found


def plants(
    network: Network, world: World, year: int, shares: pd.Series, a: PowerBook
) -> Plants:
    """Return the plants that exist in a year, in merit order, and where they feed in.

    Hydro, sun, wind and waste first, then by efficiency and size. A plant at a
    station of several levels feeds each alike; one without a place is spread as the
    load is. Old steam units give nothing after their last year (`runs`).

    Parameters
    ----------
    network
        The buses.
    world
        A built world.
    year
        Calendar year.
    shares
        (bus,) of the load.
    a
        Efficiency where blank; last year of old steam.
    """
    table = world.tables["plants"]
    table = table[(table["exists_from"] <= year) & table["capacity_mw"].notna()]
    table = table[table["fuel"] != "battery"]
    blank = table["efficiency_pct"].fillna(a.network_blank_efficiency_pct)
    old = (table["fuel"] == "gas") & (blank < a.network_steam_below_pct)
    table = table.assign(efficiency_pct=blank, free=table["fuel"] != "gas", old=old)
    away = _elsewhere(table, network, world)
    table = table.assign(runs=~(old & (year > a.network_steam_last_year)))[~away]
    order = ["free", "efficiency_pct", "capacity_mw"]
    table = table.sort_values(order, ascending=False, kind="stable")
    return Plants(table, _entries(table, network, world, shares))


def _elsewhere(
    table: pd.DataFrame, network: Network, world: World
) -> NDArray[np.bool_]:
    """Plants of Nakhchivan, whose network is another one."""
    region = world.tables["substations"]["network_region"]
    at = table["substation_id"].map(region).fillna("").to_numpy()
    named = table["name"].str.contains(OTHER_ISLAND).to_numpy(dtype=bool)
    linked = (network.buses["station"].map(region) == "nakhchivan").any()
    away: NDArray[np.bool_] = ((at == "nakhchivan") | named) & (not linked)
    return away


def _entries(
    table: pd.DataFrame, network: Network, world: World, shares: pd.Series
) -> FloatArray:
    """(plant, bus) share of output entering at each bus."""
    stations = world.tables["substations"]
    entry = np.zeros((len(table), len(network.buses)))
    at = table["substation_id"].astype(object)
    for row, (station, lat) in enumerate(zip(at, table["lat"], strict=True)):
        named = isinstance(station, str) and station != ""
        levels = network.buses["station"] == network.rows.get(str(station), "-")
        if levels.any():
            entry[row, levels.to_numpy()] = 1.0 / levels.sum()
        elif named or not np.isnan(lat):
            place = stations.loc[[station]] if named else table.iloc[[row]]
            entry[row, inherited(network, world, place)] = 1.0
        else:
            entry[row] = shares.to_numpy()
    return entry


def available_mw(fleet: Plants, state: str, known: Known) -> FloatArray:
    """Return what each plant can give in a state (draw, plant) [MW]."""
    fuel = fleet.table["fuel"].to_numpy(dtype=object)
    part = np.repeat(scalar("network_thermal_available", known)[:, None], len(fuel), 1)
    for kind in VARIABLE:
        part[:, fuel == kind] = scalar(f"network_{state}_{kind}", known)[:, None]
    able = fleet.table["capacity_mw"].where(fleet.table["runs"], 0.0)
    mw: FloatArray = part * able.to_numpy(dtype=np.float64)
    return mw


def state_of(
    name: str, shares: pd.Series, fleet: Plants, peak_mw: FloatArray, known: Known
) -> State:
    """Return the injections of one state.

    Load: the peak's part in this state, shared with doubt. Generation: merit order.
    One more MW comes from spare thermal plant pro rata.

    Parameters
    ----------
    name
        Of `STATES`.
    shares
        (bus,) expected load shares.
    fleet
        Plants in merit order.
    peak_mw
        (draw,) national peak of the year [MW].
    known
        Numbers in force, doubt, seed.
    """
    total = peak_mw * scalar(f"network_{name}_load", known)
    load = total[:, None] * _doubted(shares, known)
    room = available_mw(fleet, name, known)
    before = np.cumsum(room, axis=1) - room
    output = np.clip(total[:, None] - before, 0.0, room)
    thermal = (fleet.table["fuel"] == "gas").to_numpy()
    short = np.maximum(0.0, total - room.sum(axis=1))
    stand = new_plant(fleet)
    output = output + short[:, None] * stand
    able = room + short[:, None] * stand
    spare = np.where(thermal, np.maximum(0.0, room - output), 0.0)
    left = spare.sum(axis=1, keepdims=True)
    more = np.where(left > 0, spare / np.where(left > 0, left, 1.0), stand)
    return State(output @ fleet.at - load, more @ fleet.at, output, able, load, short)


def new_plant(fleet: Plants) -> FloatArray:
    """(plant,) share of plant not listed yet: at old steam sites, else at thermal."""
    capacity = fleet.table["capacity_mw"].to_numpy(dtype=np.float64)
    old, thermal = fleet.table["old"], fleet.table["fuel"] == "gas"
    weight: FloatArray = np.where(old if old.any() else thermal, capacity, 0.0)
    part: FloatArray = weight / weight.sum()
    return part


def _doubted(shares: pd.Series, known: Known) -> FloatArray:
    """Shares with a lognormal doubt of mean one each, summing to one again."""
    spread = np.sqrt(np.log1p(known.a.network_share_doubt**2))
    u = uniforms([f"load {bus}" for bus in shares.index], known)
    drawn: FloatArray = shares.to_numpy() * np.exp(spread * ndtri(u) - spread**2 / 2)
    whole: FloatArray = drawn / drawn.sum(axis=1, keepdims=True)
    return whole
