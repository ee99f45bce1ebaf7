"""The trunk: every site, every metric, one scenario. It composes; it owns no physics."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

import climate
from data import World
from data.assumptions.rooms import Assumptions
from data.choices import most_years
from data.schema import glossary
from grid import electricity, fibre
from siting.appraisal import appraise
from siting.design import energy_bill
from siting.progress import progress
from siting.scenario import Scenario
from siting.survey import survey

CHUNK = 80
"""Site-years at a time: bounds the hourly arrays to a few hundred megabytes."""
SHORE = ("sea_distance_km", "sea_lift_m")
"""What the weather knows of a site for good."""
GATHER = 25
"""Chunks joined at a time: many small Datasets weigh more than what they hold."""


def evaluate(sites: pd.DataFrame, scenario: Scenario, world: World) -> xr.Dataset:
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
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    built = world.amended(overrides).built(scenario.build_out)
    power = electricity.tariffs_of_year(
        built, scenario.power, a.power, scenario.campus.year
    )
    a = replace(a, power=power)
    size = max(1, CHUNK // most_years(scenario.climate))
    starts = range(0, len(sites), size)
    parts: list[xr.Dataset] = []
    gathered: list[xr.Dataset] = []
    with exact_labels():
        for start in progress(starts, "sites"):
            some = sites.iloc[start : start + size]
            facts = physics(some, scenario, built, a)
            parts.append(appraise(facts, scenario, built, a))
            if len(parts) == GATHER:
                gathered.append(stacked(parts))
        if parts:
            gathered.append(stacked(parts))
    return labelled(stacked(gathered))


def exact_labels() -> AbstractContextManager[object]:
    """Return the setting under which labels that differ raise instead of vanishing."""
    options: Any = xr.set_options  # it carries no types
    setting: AbstractContextManager[object] = options(
        arithmetic_join="exact", keep_attrs=True
    )
    return setting


def stacked(parts: list[xr.Dataset]) -> xr.Dataset:
    """Return the chunks as one Dataset, giving each variable up as it is joined.

    Years after a chunk's last hold NaN. The list is emptied, so that a long one
    never stands in memory twice.
    """
    attrs = _told([part.attrs for part in parts])
    years = max((part["year"].to_numpy() for part in parts), key=len)
    chunks = [
        part if part.sizes["year"] == years.size else part.reindex(year=years)
        for part in parts
    ]
    parts.clear()
    first = chunks[0]
    site = np.concatenate([chunk["site"].to_numpy() for chunk in chunks])
    joined: dict[str, Any] = {}
    for name in map(str, first.data_vars):
        dims = first[name].dims
        pieces = [chunk[name].to_numpy() for chunk in chunks]
        whole = (
            np.concatenate(pieces, axis=dims.index("site"))
            if "site" in dims
            else pieces[0]
        )
        joined[name] = (dims, _shared(whole))
        chunks = [chunk.drop_vars(name) for chunk in chunks]
    coords = {str(c): first[c] for c in first.coords if c != "site"}
    return xr.Dataset(joined, coords={**coords, "site": site}, attrs=attrs)


def _told(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is said of the chunks; where they say different things, each."""
    told = dict(parts[0])
    for key, value in told.items():
        said = dict.fromkeys(part[key] for part in parts)
        if len(said) > 1 and isinstance(value, str):
            told[key] = "; ".join(text for text in said if text != "none")
    return told


def _shared(texts: NDArray[Any]) -> NDArray[Any]:
    """Return an array whose equal texts are one object; numbers as they are."""
    if texts.dtype != object:
        return texts
    codes, kinds = pd.factorize(texts.ravel(), use_na_sentinel=False)
    return np.asarray(kinds, dtype=object)[codes].reshape(texts.shape)


def utilisation(scenario: Scenario, a: Assumptions) -> float:
    """Return the mean IT load over IT capacity of the scenario's workload [1]."""
    return float(getattr(a.campus, f"utilisation_{scenario.campus.workload}"))


def physics(
    sites: pd.DataFrame, scenario: Scenario, world: World, a: Assumptions
) -> xr.Dataset:
    """Return what ground, weather and the two networks give each site.

    Returns
    -------
    Dataset
        The rooms joined on exact labels, hourly arrays summed up.
    """
    load = utilisation(scenario, a)
    campus = scenario.campus
    placed = sites.assign(elevation_m=climate.elevations(world, sites))
    weather = surroundings(placed, scenario, world, a)
    cooling = climate.cool(weather, scenario.cooling, a.cooling, load)
    bill = energy_bill(cooling, a, load)
    access = electricity.connect(
        placed, world, scenario.power, a.power, campus.year, campus.decision_date
    )
    reach = fibre.reach(sites, world, scenario.fibre, a.fibre, campus.year)
    land = survey(sites, world, a.campus)
    carbon = electricity.carbon_factors(a.power).expand_dims(site=land["site"])
    joined = join(weather, cooling, bill, access, reach, land, carbon, places(sites))
    return joined.assign_attrs(utilisation=load)


def surroundings(
    sites: pd.DataFrame, scenario: Scenario, world: World, a: Assumptions
) -> xr.Dataset:
    """Return the hourly air of each site, and the sea where an intake may reach it."""
    intake = climate.Intake(
        depth_m=scenario.cooling.sea_intake_depth_m,
        reach_km=a.cooling.sea_max_distance_km,
    )
    return climate.at_sites(world, sites, scenario.climate, a.climate, intake=intake)


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


def join(weather: xr.Dataset, *rooms: xr.Dataset) -> xr.Dataset:
    """Return the rooms as one Dataset; labels match or raise, hours are left behind.

    The weather gives where the shore is and what is said about it: its own hours are
    used up.
    """
    shore = weather[[name for name in SHORE if name in weather]]
    kept = [shore, *(room.drop_dims("time", errors="ignore") for room in rooms)]
    merged = xr.merge(
        kept, join="exact", compat="equals", combine_attrs="drop_conflicts"
    )
    grade = xr.full_like(merged["name"], str(weather.attrs["grade"]))
    told = {f"weather_{k}": v for k, v in weather.attrs.items()}
    return merged.assign(climate_grade=grade).assign_attrs(told)


def labelled(evaluation: xr.Dataset) -> xr.Dataset:
    """Return the Dataset with the unit of every variable from the glossary."""
    known = glossary()
    for name, variable in evaluation.data_vars.items():
        variable.attrs = {"units": known[str(name)].unit}
    return evaluation
