"""The trunk: every site, every metric, one scenario. It composes; it owns no physics."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

import climate
from data import World
from data.assumptions.rooms import Assumptions
from data.choices import most_years
from data.schema import glossary
from grid import electricity, fibre
from grid.electricity import network
from siting.appraisal import appraise
from siting.carbon import campus_carbon, grid_hours
from siting.chunks import stacked
from siting.design import energy_bill, facility_wanted_mw
from siting.progress import progress
from siting.scenario import Scenario
from siting.survey import survey

CHUNK = 80
"""Site-years at a time: bounds the hourly arrays to a few hundred megabytes."""
SHORE = ("sea_distance_km", "sea_lift_m")
"""What the weather knows of a site for good."""
BATCH = 5
"""Chunks whose networks and money are worked out at a time: those hold no hours, and
their cost is by the call."""
GATHER = 5
"""Batches joined at a time: many small Datasets weigh more than what they hold."""


def evaluate(
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    without: tuple[str, ...] = (),
) -> xr.Dataset:
    """Return every metric of every site under one scenario. Deterministic.

    Parameters
    ----------
    sites : DataFrame
        Indexed by site_id, with at least name, lat, lon; what is missing is derived
        and graded, or left absent.
    scenario : Scenario
        Every choice of the run.
    world : World
        The tables and the assumptions book.
    without : tuple of str
        Dims whose metrics are left out, to hold a long list in less memory.

    Returns
    -------
    Dataset
        Dims site (, year); units in attrs. A site's figures depend on no other
        site of the list. Time and memory grow with the number of sites; hourly
        arrays live for `CHUNK` site-years at a time.

    Raises
    ------
    InputError
        If an override or a switch names nothing, or cannot have that value.
    """
    built, a = in_force(scenario, world)
    shared = shared_by_all(built, scenario, a)
    size = max(1, CHUNK // most_years(scenario.climate))
    starts = progress(range(0, len(sites), size), "sites")
    chunks = (sites.iloc[start : start + size] for start in starts)
    parts: list[xr.Dataset] = []
    gathered: list[xr.Dataset] = []
    with exact_labels():
        while batch := list(islice(chunks, BATCH)):
            facts = physics(batch, scenario, built, a, shared)
            told = appraise(facts, scenario, built, a)
            parts.append(told.drop_dims(without, errors="ignore"))
            if len(parts) == GATHER:
                gathered.append(stacked(parts))
        if parts:
            gathered.append(stacked(parts))
    return labelled(stacked(gathered))


def in_force(scenario: Scenario, world: World) -> tuple[World, Assumptions]:
    """Return the built world and the numbers in force, tariffs of the year among them.

    Raises
    ------
    InputError
        If an override or a switch names nothing, or cannot have that value.
    """
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    built = world.amended(overrides).built(scenario.build_out)
    year = scenario.campus.year
    power = electricity.tariffs_of_year(built, scenario.power, a.power, year)
    return built, replace(a, power=power)


def exact_labels() -> AbstractContextManager[object]:
    """Return the setting under which labels that differ raise instead of vanishing."""
    options: Any = xr.set_options  # it carries no types
    setting: AbstractContextManager[object] = options(
        arithmetic_join="exact", keep_attrs=True
    )
    return setting


def utilisation(scenario: Scenario, a: Assumptions) -> float:
    """Return the mean IT load over IT capacity of the scenario's workload [1]."""
    return float(getattr(a.campus, f"utilisation_{scenario.campus.workload}"))


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What is the same for every site of a run, found once."""

    room: xr.Dataset
    """Of every substation, as `station_rooms` gives it."""
    cables: fibre.Trunk
    """The fibre network that sites join."""
    hours: xr.Dataset
    """Of the grid, as `grid_hours` gives them."""


def shared_by_all(world: World, scenario: Scenario, a: Assumptions) -> Shared:
    """Return what is the same for every site of a run.

    Parameters
    ----------
    world : World
        A built world.
    """
    year, seed = scenario.campus.year, scenario.climate.seed
    return Shared(
        room=station_rooms(world, scenario, a),
        cables=fibre.trunk(world, scenario.fibre, a.fibre, year, seed),
        hours=grid_hours(world, scenario, a),
    )


def station_rooms(world: World, scenario: Scenario, a: Assumptions) -> xr.Dataset:
    """Return the room of every substation in the year asked for, as `electricity.rooms`.

    Parameters
    ----------
    world : World
        A built world.
    """
    hosting = None
    if scenario.power.network != "off":
        hosting = hosting_of(world, scenario)
    return electricity.rooms(
        world.tables["substations"], hosting, scenario.power, a.power
    )


def hosting_of(world: World, scenario: Scenario) -> pd.DataFrame:
    """Return the hosting capacity of every bus in the year asked for.

    Parameters
    ----------
    world : World
        A built world.

    Returns
    -------
    DataFrame
        As `network.Hosting.table`, of one year.
    """
    own = {name: v for name, v in scenario.overrides if ":" not in name}
    known = network.known_of(world, own, scenario.power.network_seed)
    return network.of_year(world, scenario.campus.year, known)["table"]


def physics(
    chunks: list[pd.DataFrame],
    scenario: Scenario,
    world: World,
    a: Assumptions,
    shared: Shared,
) -> xr.Dataset:
    """Return what ground, weather and the two networks give each site.

    Parameters
    ----------
    chunks : list of DataFrame
        Sites, as many at a time as their hours may stand in memory for.
    shared : Shared
        The networks, solved once.

    Returns
    -------
    Dataset
        The rooms joined on exact labels, hourly arrays summed up.
    """
    hours = shared.hours
    air = stacked([hours_spent(some, scenario, world, a, hours) for some in chunks])
    sites = pd.concat(chunks)
    campus = scenario.campus
    land = survey(sites, world, a.campus)
    wanted = facility_wanted_mw(air, land["land_mw"], campus.mw, a)
    ask = electricity.Ask(campus.year, campus.decision_date, wanted)
    placed = with_elevation(sites, world)
    room = shared.room
    access = electricity.connect(placed, world, room, scenario.power, a.power, ask)
    second = electricity.second_feeds(placed, world, room, access, ask, a.power)
    reach = fibre.reach(sites, shared.cables, a.fibre)
    carbon = electricity.carbon_factors(a.power).expand_dims(site=land["site"])
    grade = air["climate_grade"]
    rooms = (access, second, reach, land, carbon, places(sites))
    return join(air.drop_vars("climate_grade"), *rooms).assign(climate_grade=grade)


def with_elevation(sites: pd.DataFrame, world: World) -> pd.DataFrame:
    """Return the sites with their elevation, given or taken from the terrain."""
    return sites.assign(elevation_m=climate.elevations(world, sites))


def hours_spent(
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    a: Assumptions,
    hours: xr.Dataset,
) -> xr.Dataset:
    """Return what a chunk's weather, cooling and energy come to; no hour is kept.

    Parameters
    ----------
    hours : Dataset
        Of the grid, as `grid_hours` gives them.

    Returns
    -------
    Dataset
        Figures of the cooling systems, of the energy bill and its carbon, the shore,
        `climate_grade`; what is said about the weather in attrs.
    """
    load = utilisation(scenario, a)
    weather = surroundings(with_elevation(sites, world), scenario, world, a)
    cooling = climate.cool(
        weather, scenario.cooling, a.cooling, load, refused_too=False
    )
    shore = weather[[name for name in SHORE if name in weather]]
    carbon = campus_carbon(cooling["pue"], hours)
    joined = join(shore, cooling, energy_bill(cooling, a, load), carbon)
    grade = np.full(len(sites), str(weather.attrs["grade"]), dtype=object)
    told = {f"weather_{k}": v for k, v in weather.attrs.items()}
    graded = joined.assign(climate_grade=("site", grade))
    return graded.assign_attrs(utilisation=load, **told)


def surroundings(
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    a: Assumptions,
    *,
    solar: bool = False,
) -> xr.Dataset:
    """Return the hourly air of each site, and the sea where an intake may reach it.

    With `solar` also its light.
    """
    intake = climate.Intake(
        depth_m=scenario.cooling.sea_intake_depth_m,
        reach_km=a.cooling.sea_max_distance_km,
    )
    return climate.at_sites(
        world, sites, scenario.climate, a.climate, solar=solar, intake=intake
    )


def places(sites: pd.DataFrame) -> xr.Dataset:
    """Return name and position of each site."""
    return xr.Dataset(
        {
            "name": ("site", sites["name"].to_numpy(dtype=object)),
            "lat": ("site", sites["lat"].to_numpy(dtype=float)),
            "lon": ("site", sites["lon"].to_numpy(dtype=float)),
        },
        coords={"site": sites.index.to_numpy(dtype=str)},
    )


def join(*rooms: xr.Dataset) -> xr.Dataset:
    """Return the rooms as one Dataset; labels match or raise, hours are left behind."""
    kept = [room.drop_dims("time", errors="ignore") for room in rooms]
    return xr.merge(kept, join="exact", compat="equals", combine_attrs="drop_conflicts")


def labelled(evaluation: xr.Dataset) -> xr.Dataset:
    """Return the Dataset with the unit of every variable from the glossary."""
    known = glossary()
    for name, variable in evaluation.data_vars.items():
        variable.attrs = {"units": known[str(name)].unit}
    return evaluation
