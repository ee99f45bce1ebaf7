"""Where power is asked for: sites, connected as the ranking has them, and buses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from data.faults import Fault, InputError, nearest_name
from grid.electricity.network import known_of, of_year
from grid.electricity.network.elements import build
from siting.real_weather import fetch_weather
from siting.trunk import evaluate, station_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import xarray as xr

    from data import World
    from data.assumptions.power import PowerBook
    from siting.scenario import Scenario

ISLAND: Final = "an island of its own, not modelled"


@dataclass(frozen=True, slots=True)
class Place:
    """Where power is asked for, and the connection that takes it there."""

    place: str
    """A site_id or a bus."""
    name: str
    bus: str
    """Bus of the network it draws from; blank on an island of its own."""
    kv: float
    """Voltage of the connection [kV]."""
    exists_from: float
    """Year the substation enters service; -inf for one that stands."""
    lateral_km: float = 0.0
    """Line to the substation [km]; none for a bus."""
    own_mva: float = np.nan
    """Largest transformer of the campus [MVA]; NaN for a bus, which has none."""
    own_usd: float = 0.0
    """Cost of the connection as the ranking has it [USD]."""
    station_mw: float = np.inf
    """Firm room of the station's transformers as they are [MW]; no limit for a bus."""
    station_flexible_mw: float = np.inf
    """And while every one runs [MW]."""
    unit_mw: float = 0.0
    """What one more of them adds to both [MW]."""
    unit_mva: float = np.nan
    """Its rating [MVA]."""


def sites_to_places(
    sites: pd.DataFrame, scenario: Scenario, world: World, built: World
) -> list[Place]:
    """Return the places of some sites, connected as the ranking connects them.

    Parameters
    ----------
    sites : DataFrame
        Indexed by site_id.
    scenario : Scenario
    world : World
        The tables.
    built : World
        The same, amended and built.
    """
    if sites.empty:
        return []
    found = evaluate(sites, scenario, world)
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    room = station_rooms(built, scenario, a)
    own = {name: v for name, v in overrides.items() if ":" not in name}
    known = known_of(built, own, scenario.power.network_seed)
    hosting = of_year(built, scenario.campus.year, known)["table"]
    bus = hosting.set_index(["substation_id", "level_kv"])["bus"].to_dict()
    since = built.tables["substations"]["exists_from"].to_dict()
    return [
        _of_site(found.sel(site=site), room, bus, since, a.power)
        for site in found["site"].to_numpy()
    ]


def _of_site(
    here: xr.Dataset,
    room: xr.Dataset,
    bus: Mapping[Any, str],
    since: Mapping[Any, float],
    a: PowerBook,
) -> Place:
    """Return the place of one site: its option, and the same with one unit more."""
    station, kv = str(here["substation_id"].item()), int(here["connection_kv"].item())
    at = bus.get((station, kv), "")
    firm, more = (
        room.sel(substation=station, option=f"{kv}kV {step}")
        for step in ("existing", "transformer")
    )
    bare = float(here["connection_capex_usd"] - here["step_capex_usd"])
    mw = float(firm["transformer_firm_mw"])
    return Place(
        place=str(here["site"].item()),
        name=str(here["name"].item()),
        bus=at if isinstance(at, str) else "",
        kv=float(kv),
        exists_from=float(since.get(station, np.nan)),
        lateral_km=float(here["lateral_km"]),
        own_mva=float(here["facility_mw"]) / a.substation_power_factor,
        own_usd=bare,
        station_mw=mw,
        station_flexible_mw=float(firm["transformer_flexible_mw"]),
        unit_mw=float(more["transformer_firm_mw"]) - mw,
        unit_mva=float(more["step_mva"]),
    )


def bus_places(names: Sequence[str], world: World, buses: pd.DataFrame) -> list[Place]:
    """Return the places of some buses: a bay, and nothing else to build.

    Parameters
    ----------
    names
        Labels such as ``NAV 330``.
    world
        A built world.
    buses
        Of the network of the first year.
    """
    table = world.tables["substations"]
    own = table.loc[buses.loc[list(names), "station"], ["name", "exists_from"]]
    level = buses.loc[list(names), "level"].to_list()
    rows = zip(names, own["name"], level, own["exists_from"], strict=True)
    return [
        Place(name, str(station), name, float(kv), float(since))
        for name, station, kv, since in rows
    ]


def check_places(
    names: Sequence[str], sites: pd.DataFrame, buses: pd.DataFrame
) -> tuple[list[str], list[str]]:
    """Return which names are sites and which buses.

    Raises
    ------
    InputError
        Naming each that is neither.
    """
    known = [*map(str, sites.index), *map(str, buses.index)]
    faults = [
        Fault("SITE", None, "", name, f"a site_id or a bus{nearest_name(name, known)}")
        for name in names
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    own = [name for name in names if name in sites.index]
    return own, [name for name in names if name not in own]


def places_of(
    asked: list[str],
    scenario: Scenario,
    sites: pd.DataFrame,
    world: World,
    year: int,
) -> tuple[list[Place], World]:
    """Return the places asked for, every site where none is, and the built world.

    Parameters
    ----------
    asked : list of str
        Sites and buses.
    scenario : Scenario
    sites : DataFrame
        Indexed by site_id.
    world : World
    year : int
        In which the buses must stand.
    """
    built = world.amended(dict(scenario.overrides)).built(scenario.build_out)
    buses = build(built, year).buses
    names = list(dict.fromkeys(asked)) or list(map(str, sites.index))
    own, others = check_places(names, sites, buses)
    chosen = sites.loc[own]
    if own:
        fetch_weather(world, chosen, scenario)
    found = sites_to_places(chosen, scenario, world, built)
    found += bus_places(others, built, buses)
    order = {name: at for at, name in enumerate(names)}
    return sorted(found, key=lambda place: order[place.place]), built
