"""What `siting grid flexible` prints: megawatts against the hours they may be cut."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import load_world
from data.faults import Fault, InputError
from grid.electricity.network import known_of
from grid.electricity.network.flexible import flexible_table
from siting.asked import scenario_of, together
from siting.date_lines import years_of
from siting.export_table import check_table_path, write_table
from siting.grid_lines import NOT_COVERED, spread
from siting.places import ISLAND, Place, places_of
from siting.progress import progress
from siting.texts import aligned, sites_of


def flexible(arguments: argparse.Namespace) -> Iterator[str]:
    """Print what places serve against what they may lose, write the table if asked."""
    world = load_world()
    path = Path(arguments.out) if arguments.out else None
    scenario, sites, _, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        lambda: check_table_path(path) if path else None,
        lambda: _named(arguments.places),
    )
    years = years_of(arguments.years, scenario.campus.year)
    places, built = places_of(arguments.places, scenario, sites, world, years[0])
    own = {name: v for name, v in scenario.overrides if ":" not in name}
    known = known_of(built, own, scenario.power.network_seed)
    pairs = [(place, year) for place in places if place.bus for year in years]
    tables = [
        flexible_table(built, year, known, place.bus).assign(place=place.place)
        for place, year in progress(pairs, "places")
    ]
    yield (
        "flat MW of new load at the bus alone, P50 (P10–P90) over the networks kept. "
        "secure: kept through the loss of a circuit, reserve of generation left; "
        "intact: cut at once when one is lost"
    )
    for (place, year), table in zip(pairs, tables, strict=True):
        yield ""
        yield f"{place.place}, {place.name}: {place.bus} in {year}{_station(place)}"
        yield from aligned(rows_of_table(table), texts=(0,))
    for place in places:
        if not place.bus:
            yield f"{place.place}, {place.name}: {ISLAND}"
    yield NOT_COVERED
    if path and tables:
        write_table(pd.concat(tables, ignore_index=True), path)
        yield f"written: {path}"


def _named(places: list[str]) -> None:
    if not places:
        raise InputError([Fault("SITE|BUS", None, "", "", "one place or more")])


def _station(place: Place) -> str:
    """Say what the station's own transformers bear, where a site hangs on them."""
    if np.isinf(place.station_mw):
        return ""
    return (
        f"; its transformers bear {place.station_mw:.0f} MW more, "
        f"{place.unit_mw:.0f} with each one added"
    )


def rows_of_table(table: pd.DataFrame) -> list[list[str]]:
    """Return what may be cut, and the megawatts served.

    Parameters
    ----------
    table : DataFrame
        As `flexible_table` gives it.
    """
    rows = [["may be cut", "secure MW", "intact MW"]]
    for row in table.to_dict("records"):
        mw = [spread(row, name) for name in ("secure_mw", "intact_mw")]
        rows.append([_allowance(row), *mw])
    return rows


def _allowance(row: dict[Any, Any]) -> str:
    if pd.isna(row["cut_pct"]):
        return f"{row['cut_hours']:.0f} hours a year"
    return f"{row['cut_pct']:g} % of its energy"
