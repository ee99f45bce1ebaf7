"""What `siting weather yield` prints: sun and wind of some sites, month by month."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import xarray as xr

from data import World, load_world
from data.assumptions.rooms import Assumptions
from siting.asked import check_sites, together
from siting.export_table import check_table_path, write_table
from siting.loading import load_scenario
from siting.texts import aligned, cell, sites_of
from siting.weather import MONTHS, fetch, settings_of
from siting.yields import beside_published, hour_table, study_yields, yield_table

HEADS = {
    "ghi_kwh_per_m2": "GHI kWh/m2",
    "pv_tracker_mwh_per_mw": "PV tracker MWh/MW",
    "pv_fixed_mwh_per_mw": "PV fixed MWh/MW",
    "wind_weather_mwh_per_mw": "wind, weather's MWh/MW",
    "wind_mwh_per_mw": "wind, sourced MWh/MW",
    "wind_hub": "wind at hub m/s",
}
CAUTION = (
    "Wind of the weather is that of towns at 10 m, carried to the hub: poor for wind "
    "farms. 'sourced' scales it to the mean that wind_places has near the site."
)


def weather_yield(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the yields of some sites; write their hours if asked."""
    world = load_world()
    path = Path(arguments.hours) if arguments.hours else None
    settings = ["climate.pathway=none", *settings_of(arguments), *arguments.sets]
    scenario, known, _ = together(
        lambda: load_scenario("base", settings),
        lambda: sites_of(arguments.sites, world),
        lambda: check_table_path(path) if path else None,
    )
    overrides = dict(scenario.overrides)
    a, told, _ = together(
        lambda: world.book.resolve(overrides),
        lambda: world.amended(overrides),
        lambda: check_sites(arguments.places, known),
    )
    sites = known.loc[arguments.places]
    fetch(told, sites, scenario.climate)
    study = study_yields(told, sites, scenario.climate, a)
    for site in arguments.places:
        yield from _site_lines(study, site, str(known.loc[site, "name"]), told)
    yield f"weather: {study.attrs['source']}; output is {study.attrs['grade']}"
    yield CAUTION
    if study.attrs["missing"]:
        yield f"missing, so absent: {study.attrs['missing']}"
    yield ""
    yield from _published_lines(told, a)
    if path:
        write_table(hour_table(study), path)
        yield f"written: {path}"


def _site_lines(study: xr.Dataset, site: str, name: str, world: World) -> Iterator[str]:
    """Yield the figures of one site."""
    yield f"{site}  {name}"
    place = str(study["wind_place_id"].sel(site=site).item())
    if place:
        mean = study["wind_hub_mean"].sel(site=site).item()
        where = str(world.tables["wind_places"]["name"][place])
        yield f"sourced mean wind at the hub {mean:.1f} m/s: {where} ({place})"
    else:
        yield "no sourced mean wind near the site"
    rows = [["", "year", *MONTHS]]
    table = yield_table(study, site)
    for row, values in zip(table.index, table.to_numpy(), strict=True):
        digits = 1 if row == "wind_hub" else 0
        rows.append([HEADS[str(row)], *(cell(value, digits) for value in values)])
    yield from aligned(rows, texts=(0,))
    yield ""


def _published_lines(world: World, a: Assumptions) -> Iterator[str]:
    """Yield published yields beside the model at the plants' places."""
    yield "Published yields, GWh a year, and the model there in the embedded weather"
    rows = [["plant", "MW", "published", "model", "", "sourced wind", ""]]
    for _, plant in beside_published(world, a).iterrows():
        row = [str(plant["name"]), cell(plant["capacity_mw"], 0)]
        row.append(cell(plant["yield_gwh"], 0))
        for column in ("model_gwh", "model_sourced_gwh"):
            apart = 100.0 * (plant[column] / plant["yield_gwh"] - 1.0)
            row += [cell(plant[column], 0), "" if pd.isna(apart) else f"{apart:+.0f} %"]
        rows.append(row)
    yield from aligned(rows, texts=(0,))
