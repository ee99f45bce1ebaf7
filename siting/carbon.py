"""Carbon of the grid hour by hour, and what a campus's own hours make of it."""

from dataclasses import replace
from typing import Final

import numpy as np
import xarray as xr

import climate
from data import World
from data.assumptions.rooms import Assumptions
from data.choices import ClimateChoices
from grid import electricity
from siting.scenario import Scenario

REFERENCE: Final = {"solar": "PV_GAR", "wind": "W_KHZ"}
"""Technology → plant of `published_yields` whose hours and yield stand for all."""


def plant_hours(world: World, seed: int, a: Assumptions) -> xr.Dataset:
    """Return the hourly output of the country's solar and wind plants over capacity.

    Hours of the typical year at one plant of each kind, scaled to the yield that is
    published of it: ``share = min(1, model · published / Σ model)``.

    Parameters
    ----------
    world : World
    seed : int
        Of the national day-to-day weather, so that calm days are the sites' own.
    a : Assumptions

    Returns
    -------
    Dataset, (time)
        `solar`, `wind` [1]; 8,760 hours in UTC.
    """
    plants = world.tables["published_yields"].loc[[*REFERENCE.values()]]
    places = plants[["lat", "lon"]].assign(elevation_m=np.nan)
    still = ClimateChoices(pathway="none", seed=seed)
    weather = climate.at_sites(world, places, still, a.climate, solar=True)
    mean = climate.mean_hub_wind(world, places, a.resource)
    tracking = replace(a.resource, pv_tracking=1.0)
    model = {
        "solar": climate.pv_output(weather, tracking),
        "wind": climate.wind_output(
            weather, a.resource, mean, world.tables["turbine_curve"]
        ),
    }
    hours = 1000.0 * plants["yield_gwh"] / plants["capacity_mw"]
    shares = {}
    for kind, plant in REFERENCE.items():
        own = model[kind].sel(site=plant).to_numpy()
        shares[kind] = ("time", np.minimum(own * hours[plant] / own.sum(), 1.0))
    return xr.Dataset(shares, coords={"time": weather["time"]})


def grid_hours(
    world: World, scenario: Scenario, a: Assumptions, year: int | None = None
) -> xr.Dataset:
    """Return the grid's hours of a year: `electricity.carbon_hours` and plant shares.

    Parameters
    ----------
    world : World
        A built world.
    scenario : Scenario
        Year asked for and seed.
    a : Assumptions
    year : int, optional
        Another year.
    """
    shares = plant_hours(world, scenario.climate.seed, a)
    asked = scenario.campus.year if year is None else year
    return electricity.carbon_hours(world, asked, shares, a.power).merge(shares)


def campus_carbon(pue: xr.DataArray, hours: xr.Dataset) -> xr.Dataset:
    """Return what the grid's hours are to a campus, weighted by its own load.

    ``Σ_t L_t x_t / Σ_t L_t`` with the load L in proportion to PUE. Carbon-free:
    x is the carbon-free part of the mix; under a contract for as much energy a year
    as the campus uses, with hourly output s of mean ``Σ L / n``,
    ``Σ_t [min(L_t, s_t) + max(0, L_t − s_t) x_t] / Σ_t L_t``: what the plant sends
    beyond the hour's load counts for nothing, what it lacks is the grid's.

    Parameters
    ----------
    pue : DataArray
        Hourly, (..., time), of one or more whole years.
    hours : Dataset
        As `grid_hours` gives it, one year.

    Returns
    -------
    Dataset
        On the other dimensions of `pue`: `carbon_hourly_average_t_per_mwh`,
        `carbon_hourly_marginal_t_per_mwh` [t/MWh], `carbon_free_grid_pct`,
        `carbon_free_solar_pct`, `carbon_free_wind_pct` [%].
    """
    years = pue.sizes["time"] // hours.sizes["time"]
    load = pue / pue.mean("time")

    def whole(name: str) -> xr.DataArray:
        return xr.DataArray(np.tile(hours[name].to_numpy(), years), dims="time")

    def weighted(values: xr.DataArray) -> xr.DataArray:
        return load.dot(values, dim="time") / load.sizes["time"]

    free = whole("carbon_free_share")
    found = {
        "carbon_hourly_average_t_per_mwh": weighted(whole("carbon_average_t_per_mwh")),
        "carbon_hourly_marginal_t_per_mwh": weighted(
            whole("carbon_marginal_t_per_mwh")
        ),
        "carbon_free_grid_pct": 100.0 * weighted(free),
    }
    for kind in REFERENCE:
        sent = whole(kind)
        met = load.clip(max=sent / sent.mean())
        gained = met.dot(1.0 - free, dim="time") / load.sizes["time"]
        found[f"carbon_free_{kind}_pct"] = 100.0 * (weighted(free) + gained)
    return xr.Dataset(found)
