"""What `siting cooling` prints: the systems of a site side by side."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from data import load_world
from siting.asked import check_sites, scenario_of, together
from siting.export_table import check_table_path, write_table
from siting.real_weather import fetch_weather
from siting.study import (
    FIGURES,
    Study,
    energy_table,
    hour_table,
    month_table,
    study_cooling,
    system_table,
)
from siting.texts import aligned, cell, sites_of

DIGITS = {
    "pue_annual": 3,
    "pue_peak": 3,
    "pue_peak_wet": 3,
    "pue_max": 3,
    "wue_annual_l_per_kwh": 3,
    "peak_water_m3_per_mw_day": 1,
    "derate_pct": 1,
}


def cooling(arguments: argparse.Namespace) -> Iterator[str]:
    """Print every cooling system of some sites; write their hours if asked."""
    world = load_world()
    path = Path(arguments.hours) if arguments.hours else None
    scenario, known, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        lambda: check_table_path(path) if path else None,
    )
    check_sites(arguments.chosen, known)
    sites = known.loc[arguments.chosen]
    fetch_weather(world, sites, scenario)
    study = study_cooling(sites, scenario, world)
    for site in arguments.chosen:
        yield from site_lines(study, site, str(known.loc[site, "name"]))
    yield f"weather: {study.weather.attrs['source']}, {study.weather.attrs['grade']}"
    yield study.cooling.attrs["cooling_method"]
    if path:
        write_table(_hours(study), path)
        yield f"written: {path}"


def _hours(study: Study) -> pd.DataFrame:
    """Return the hours of every site and system, one below the other."""
    labels = study.cooling["site"].to_numpy(), study.cooling["system"].to_numpy()
    tables = [
        hour_table(study, str(site), str(system))
        for site in labels[0]
        for system in labels[1]
    ]
    return pd.concat(tables, ignore_index=True)


def site_lines(study: Study, site: str, name: str) -> Iterator[str]:
    """Yield the systems of one site: figures, what PUE is made of, the months."""
    design = study.cooling.sel(site=site)
    yield f"{site}  {name}"
    yield (
        f"design day {design['design_temp_air'].item():.1f} degC, "
        f"wet bulb {design['design_wet_bulb'].item():.1f} degC"
    )
    systems = system_table(study, site)
    figures = systems[list(FIGURES)].T
    yield from _table(figures, DIGITS)
    refused = systems["inadmissible_because"]
    for system, reason in refused[refused != ""].items():
        yield f"{system} is not for this site: {reason}"
    yield ""
    yield "what the annual PUE is made of"
    yield from _table(energy_table(study, site), {}, 4)
    for column, digits in (("pue_monthly", 3), ("wue_monthly_l_per_kwh", 2)):
        months = month_table(study, site)
        wide = months.pivot_table(
            index="month", columns="system", values=column, dropna=False
        )
        yield ""
        yield column
        yield from _table(wide[list(systems.index)], {}, digits)
    yield ""


def _table(
    table: pd.DataFrame, digits: Mapping[str, int], usual: int = 0
) -> Iterator[str]:
    head = ["", *(str(column) for column in table)]
    rows = [
        [str(name), *(cell(value, digits.get(str(name), usual)) for value in row)]
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return aligned([head, *rows], texts=(0,))
