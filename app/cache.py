"""What is computed once and shared by every session; nobody may change it.

The model runs once for a scenario whatever the preferences: weights, gates and
order are applied afterwards and cost no physics.
"""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
import xarray as xr

from app import ahead
from app.ahead import freeze
from app.lists import drawn_here, own_list, per_list, rooms_of
from app.maps import Record, ground, links
from data import World
from siting.asked import Asked
from siting.by_date import by_date
from siting.commands import weather_of
from siting.comparators import MOST, comparison
from siting.doubt.beside import with_odds
from siting.explain import Node, explain
from siting.explain_years import YEARS, year_table
from siting.grades import grade_table
from siting.headline import warnings_of
from siting.hop_table import hop_table
from siting.loading import load_scenario
from siting.places import places_of
from siting.ranking import rank, scored, with_columns
from siting.run import Run, leaders_of
from siting.scenario import Preferences, Scenario
from siting.study import Study, study_cooling
from siting.supply.beside import side_by_side
from siting.supply.design import designs
from siting.supply.grid_only import grid_only
from siting.supply.inputs import inputs_of
from siting.supply.tables import busiest_week, hour_table
from siting.supply_lines import limit_lines
from siting.survey import tabled
from siting.trunk import evaluate, hosting_of
from siting.waterfall import gap

MOST_STEPS = 4
"""Upgrade steps tried."""
TASTELESS = Preferences(groups=(), criteria=())
"""Stands for all preferences where they make no difference."""


@st.cache_resource(show_spinner="Reading the tables …")
def world() -> World:
    """Return the shipped tables and the assumptions book."""
    return ahead.world()


def physics_of(scenario: Scenario) -> Scenario:
    """Return the scenario without what the model never sees: its key in the cache."""
    return replace(scenario, name="", description="", preferences=TASTELESS)


def evaluation(scenario: Scenario) -> xr.Dataset:
    """Return every metric of every site under a scenario.

    Raises
    ------
    InputError
        If an override or a switch of the scenario names nothing.
    """
    return _evaluated(physics_of(scenario))


def sites() -> pd.DataFrame:
    """Return the list in force: the shipped one, or the reader's own."""
    held = own_list()
    return world().tables["sites"] if held is None else held.sites


def own_sites() -> pd.DataFrame | None:
    """Return the reader's own list; None where the shipped one is in force."""
    held = own_list()
    return None if held is None else held.sites


@per_list(st.cache_resource, "Evaluating every site …", 32)
def _evaluated(scenario: Scenario) -> xr.Dataset:
    if own_list() is None and scenario == physics_of(load_scenario("base")):
        return ahead.base()
    told = evaluate(sites(), scenario, world())
    freeze(told)
    return told


def studied(scenario: Scenario, site: str) -> Study:
    """Return every cooling system of one site, hour by hour."""
    return _studied(physics_of(scenario), site)


@per_list(st.cache_resource, "Cooling every hour of the year …", 8)
def _studied(scenario: Scenario, site: str) -> Study:
    study = study_cooling(sites().loc[[site]], scenario, world())
    for told in (study.weather, study.cooling, study.ledger.to_dataset(name="ledger")):
        freeze(told)
    return study


@per_list(st.cache_data, "Solving the network year by year …", 64)
def years(scenario: Scenario, site: str) -> pd.DataFrame:
    """Return the megawatts of a site's connection by year.

    The first year without the old steam plant is among them: it shows the step.
    """
    a = world().book.resolve(dict(scenario.overrides)).power
    gone = int(a.network_steam_last_year) + 1
    asked = tuple(sorted({*YEARS, gone, scenario.campus.year}))
    return year_table(site, evaluation(scenario), scenario, world(), asked)


@per_list(st.cache_data, "Reinforcing the network step by step …", 32)
def steps(scenario: Scenario, site: str) -> pd.DataFrame:
    """Return the megawatts of a site by date and upgrade step; empty on an island."""
    year = scenario.campus.year
    (place,), built = places_of([site], scenario, sites(), world(), year)
    if not place.bus:
        return pd.DataFrame()
    return by_date(place, (year,), MOST_STEPS, scenario, built)


@dataclass(frozen=True, slots=True, eq=False)
class Supplied:
    """The least-cost supply of a site, ready to be shown."""

    rows: list[list[str]]
    """Beside the grid alone, heads first."""
    limits: list[str]
    """What binds, what cannot be met, how it was solved."""
    week: pd.DataFrame


@per_list(st.cache_resource, "Designing the supply hour by hour …", 16)
def supplied(scenario: Scenario, site: str) -> Supplied | None:
    """Return the least-cost supply of a site; None if no cooling suits it."""
    given = inputs_of(sites().loc[[site]], scenario, world())
    made = designs(given, site)
    if not made:
        return None
    return Supplied(
        side_by_side(given, grid_only(given), site, made[0]),
        list(limit_lines(made[0])),
        busiest_week(hour_table(made[:1], given)),
    )


@st.cache_data(show_spinner="Solving the network …", max_entries=16)
def hosting(scenario: Scenario) -> pd.DataFrame:
    """Return the hosting capacity of every bus in the year asked for."""
    built = world().amended(dict(scenario.overrides)).built(scenario.build_out)
    return hosting_of(built, scenario)


@per_list(st.cache_resource, "", 128)
def ranked(scenario: Scenario) -> Run:
    """Return the ranking of a scenario, ready for export as the command writes it."""
    told, columns = evaluation(scenario), world().tables["sites"].columns
    ranking = rank(told, scenario.preferences)
    if drawn_here():
        ranking = with_odds(ranking, told, sites(), scenario, world(), rooms_of())
    ranking = with_columns(ranking, sites(), columns)
    leaders = leaders_of(ranking, sites(), scenario, world())
    said = warnings_of(ranking.table)
    return Run(ranking, scenario, weather_of(told), {}, said, leaders)


@st.cache_resource(show_spinner=False)
def land() -> list[Record]:
    """Return the land of the map."""
    return ground(world().tables["outlines"])


@st.cache_resource(show_spinner=False)
def network(name: str) -> list[Record]:
    """Return the links of the grid or the fibre as the map draws them."""
    tables = world().tables
    if name == "grid":
        return links(tables["lines"], ("from_id", "to_id"), tables["substations"])
    ends = ("from_node_id", "to_node_id")
    return links(tables["fibre_links"], ends, tables["fibre_nodes"])


@per_list(st.cache_data, "", 256)
def explained(scenario: Scenario, site: str, metric: str) -> Node:
    """Return the tree of one number."""
    return explain(site, metric, _scored(scenario), world(), scenario, own_sites())


@per_list(st.cache_data, "Tracing every figure to its sources …", 64)
def grades_of(scenario: Scenario, site: str, metrics: tuple[str, ...]) -> pd.DataFrame:
    """Return how well some figures of a site are known."""
    told = _scored(scenario)
    return grade_table(site, metrics, told, world(), scenario, own_sites())


def _scored(scenario: Scenario) -> xr.Dataset:
    """Return the evaluation with ranks and scores; it is a view of what is shared."""
    return scored(evaluation(scenario), ranked(scenario).ranking)


@per_list(st.cache_data, "", 64)
def hops_of(scenario: Scenario, site: str, hubs: tuple[str, ...]) -> pd.DataFrame:
    """Return every hop of the way from a site to some hubs."""
    return hop_table(evaluation(scenario), site, hubs, scenario, world())


@per_list(st.cache_data, "Splitting the gap between the sites …", 64)
def gap_of(scenario: Scenario, pair: tuple[str, str]) -> pd.DataFrame:
    """Return the gap between two sites, driver by driver."""
    return gap(evaluation(scenario), pair, world(), scenario)


@per_list(st.cache_data, "Setting neighbouring markets beside …", 16)
def compared(scenario: Scenario) -> pd.DataFrame:
    """Return the best sites beside neighbouring markets; those alone if none ranks."""
    table = ranked(scenario).ranking.table
    best = [str(site) for site in table.loc[table["rank"].notna(), "site_id"][:MOST]]
    asked = Asked(world(), scenario, sites(), _scored(scenario))
    return comparison(asked, best, own=own_list() is not None)


def hazards_of(site: str) -> pd.DataFrame:
    """Return what the tables know of the ground at a site.

    Of a place of the reader's own that is none of theirs they know nothing.
    """
    table = world().tables["hazards"]
    if tabled(sites().loc[[site]], world().tables["sites"])[0]:
        return table
    return table.iloc[:0]


def vintage() -> str:
    """Return when the newest source was read, `2026-11`."""
    return str(world().tables["sources"]["as_of"].max())
