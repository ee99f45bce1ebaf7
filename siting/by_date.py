"""Megawatts by date at a site or a bus: connection, upgrade steps, what each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from data.faults import Fault, InputError, nearest_name
from grid.electricity.network import known_of, of_year
from grid.electricity.network.climb import PERCENTS, climb, dated
from grid.electricity.network.steps import Step, cost_usd
from grid.electricity.waits import Works
from siting.trunk import evaluate, station_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import xarray as xr

    from data import World
    from data.assumptions.power import PowerBook
    from grid.electricity.network.draws import Known
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


def by_date(
    place: Place, years: tuple[int, ...], steps: int, scenario: Scenario, world: World
) -> pd.DataFrame:
    """Return firm and flexible megawatts of a place by year and step, with dates.

    The station receives as many more transformers as the P50 of the network can use.

    Parameters
    ----------
    place : Place
    years : tuple of int
        The steps are chosen in the first.
    steps : int
        Steps at most.
    scenario : Scenario
    world : World
        A built world.

    Returns
    -------
    DataFrame
        As `climb` and `dated`, with `place`, `station_units` added, the room of
        network, generation and station together, and `total_usd` of connection,
        units and steps [USD].
    """
    overrides = {k: v for k, v in scenario.overrides if ":" not in k}
    known = known_of(world, overrides, scenario.power.network_seed)
    a = known.a
    table = climb(world, known, place.bus, years, steps)
    first = table[table["year"] == years[0]].set_index("steps_built")
    units = _units(place, first["firm_mw_p50"])
    works = [_works(place, int(count)) for count in units]
    table = dated(table, works, scenario.campus.decision_date, a, known.book)
    added = units.reindex(table["steps_built"]).to_numpy()
    limits = {
        "firm_mw": place.station_mw + added * place.unit_mw,
        "flexible_mw": place.station_flexible_mw + added * place.unit_mw,
    }
    lesser = {
        f"{name}_p{p}": np.minimum(table[f"{name}_p{p}"], most)
        for name, most in limits.items()
        for p in PERCENTS
    }
    spent = table.groupby("year")["step_usd"].cumsum()
    total = place.own_usd + added * _unit_usd(place, known) + spent
    return table.assign(**lesser, station_units=added, total_usd=total).assign(
        place=place.place
    )


def _units(place: Place, wanted_mw: pd.Series) -> pd.Series:
    """Return how many more transformers the station needs to carry so much."""
    if not np.isfinite(place.station_mw) or place.unit_mw <= 0:
        return wanted_mw * 0.0
    missing = (wanted_mw - place.station_mw) / place.unit_mw
    units: pd.Series = np.ceil(missing).clip(lower=0.0)
    return units


def _unit_usd(place: Place, known: Known) -> float:
    """Return the cost of one more transformer of the station; 0 for a bus."""
    unit = Step("unit", place.bus, int(place.kv), 0.0, place.unit_mva)
    return float(cost_usd(unit, known.a, known.book)[1]) if place.unit_mw else 0.0


def _works(place: Place, units: int) -> Works:
    """Return the works of the connection with so many units added."""
    largest = np.fmax(place.own_mva, place.unit_mva if units else np.nan)
    parts = (place.lateral_km, largest, place.kv, place.exists_from)
    return Works(*(np.array(float(part)) for part in parts))


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
