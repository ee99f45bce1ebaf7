"""The centre of the doubt: the designs chosen, and what the rooms say of them.

An investor builds one design, so connection and cooling system of each site stay those
chosen at the centre; megawatts, dates and costs move with the draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from climate.cooling.capex import plant_capex
from data import World
from data.assumptions.rooms import Assumptions
from data.choices import most_years
from grid import electricity
from siting.appraisal import best_pairs, picked, priced
from siting.chunks import stacked
from siting.design import facility_wanted_mw, options
from siting.finance import Debt
from siting.scenario import Scenario
from siting.trunk import CHUNK, Shared, hours_spent, physics, shared_by_all


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """The designs chosen at the numbers in force."""

    sites: pd.DataFrame
    scenario: Scenario
    world: World
    """Built, with the overrides of table cells."""
    a: Assumptions
    shared: Shared
    ask: electricity.Ask
    """What each site asked the grid for."""
    facts: xr.Dataset
    """What the rooms say of the designs, dims site and tariff_class."""
    option: NDArray[np.intp]
    """Position of the connection option of each site."""

    @property
    def systems(self) -> NDArray[np.object_]:
        """Cooling system of each site."""
        return self.facts["cooling_system"].to_numpy().astype(object)


def centre_of(sites: pd.DataFrame, scenario: Scenario, world: World) -> Centre:
    """Return the designs that `evaluate` chooses, with the facts they rest on."""
    overrides = dict(scenario.overrides)
    built = world.amended(overrides).built(scenario.build_out)
    a = numbers(built, scenario, overrides)
    shared = shared_by_all(built, scenario, a)
    facts = physics(chunks_of(sites, scenario), scenario, built, a, shared)
    facts = with_capex(facts, scenario, a)
    pairs = options(facts, scenario, a)
    whole = facts.drop_dims("tariff_class").merge(pairs, join="exact", compat="equals")
    best = best_pairs(whole, built, scenario, a)
    campus = scenario.campus
    wanted = facility_wanted_mw(facts, facts["land_mw"], campus.mw, a)
    return Centre(
        sites=sites,
        scenario=scenario,
        world=built,
        a=a,
        shared=shared,
        ask=electricity.Ask(campus.year, campus.decision_date, wanted),
        facts=picked(facts, best),
        option=best["option"].to_numpy(),
    )


def numbers(
    world: World, scenario: Scenario, overrides: Mapping[str, float]
) -> Assumptions:
    """Return the numbers in force under some overrides, with the year's tariffs."""
    a = world.book.resolve(overrides)
    year = scenario.campus.year
    power = electricity.tariffs_of_year(world, scenario.power, a.power, year)
    return replace(a, power=power)


def chunks_of(sites: pd.DataFrame, scenario: Scenario) -> list[pd.DataFrame]:
    """Return the sites, as many at a time as their hours may stand in memory for."""
    size = max(1, CHUNK // most_years(scenario.climate))
    return [sites.iloc[start : start + size] for start in range(0, len(sites), size)]


def with_capex(facts: xr.Dataset, scenario: Scenario, a: Assumptions) -> xr.Dataset:
    """Return the facts with the cooling plant's price."""
    capex = plant_capex(facts, scenario.cooling, a.cooling)
    return facts.assign(cooling_capex_usd_per_kw_it=capex)


def air_of(centre: Centre, a: Assumptions) -> xr.Dataset:
    """Return weather, cooling and energy of the designs at other numbers, dim site."""
    own = tuple(dict.fromkeys(centre.systems))
    scenario = replace(
        centre.scenario, cooling=replace(centre.scenario.cooling, systems=own)
    )
    world, hours = centre.world, centre.shared.hours
    chunks = chunks_of(centre.sites, scenario)
    spent = stacked([hours_spent(some, scenario, world, a, hours) for some in chunks])
    facts = with_capex(spent, scenario, a)
    names = facts["system"].to_numpy().tolist()
    at = xr.DataArray([names.index(name) for name in centre.systems], dims="site")
    sites = xr.DataArray(np.arange(at.size), dims="site")
    return facts.isel(site=sites, system=at).drop_vars("system")


def loan_of(centre: Centre) -> Debt | None:
    """Return the loans sized once, on the designs at the numbers in force."""
    facts, a = centre.facts, centre.a
    pairs = options(facts, centre.scenario, a)
    whole = facts.drop_dims("tariff_class").merge(pairs, join="exact", compat="equals")
    return priced(whole, centre.world, centre.scenario, a).debt
