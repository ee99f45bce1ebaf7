"""What `siting grid date` prints: firm and flexible megawatts against their date."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import load_world
from data.faults import Fault, InputError
from siting.asked import scenario_of, together
from siting.by_date import by_date
from siting.export_table import check_table_path, write_table
from siting.grid_lines import FIRST, LAST, NOT_COVERED, spread
from siting.places import ISLAND, Place, places_of
from siting.progress import progress
from siting.scenario import Scenario
from siting.shifts import shifted, shifts_of
from siting.texts import aligned, cell, sites_of

STEPS, MOST_STEPS = 4, 8
LONG = 6
"""Places above which one line each is printed."""
WAITS = {
    "study_permits": "study and permits",
    "equipment": "equipment",
    "line_works": "line works",
    "upstream": "the substation itself",
}


def date(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the megawatts of places by date, and write the table if asked."""
    world = load_world()
    path = Path(arguments.out) if arguments.out else None
    scenario, sites, shifts, _, steps = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        lambda: shifts_of(arguments.shifts),
        lambda: check_table_path(path) if path else None,
        lambda: _steps(arguments.steps),
    )
    for project, years in shifts:
        scenario = shifted(scenario, project, years, world)
    a = world.book.resolve(dict(scenario.overrides)).power
    later = int(a.network_steam_last_year)
    years = years_of(arguments.years, scenario.campus.year, later)
    places, built = places_of(arguments.places, scenario, sites, world, years[0])
    tables = [
        by_date(place, years, steps, scenario, built)
        for place in progress([p for p in places if p.bus], "places")
    ]
    told = dict(zip([p.place for p in places if p.bus], tables, strict=True))
    yield from _heading(scenario, years, shifts)
    if len(places) > LONG:
        yield from summary_lines(places, told, years[0])
    else:
        for place in places:
            yield from place_lines(place, told.get(place.place), years)
    yield NOT_COVERED
    if path and tables:
        write_table(pd.concat(tables, ignore_index=True), path)
        yield f"written: {path}"


def years_of(asked: list[int] | None, *default: int) -> tuple[int, ...]:
    """Return the years asked for, rising; else the first default and what is later.

    Parameters
    ----------
    asked : list of int or None
    *default : int
    """
    years = sorted(set(asked or (max(year, default[0]) for year in default)))
    faults = [
        Fault("--year", None, "", str(year), f"a year from {FIRST} to {LAST}")
        for year in years
        if not FIRST <= year <= LAST
    ]
    if faults:
        raise InputError(faults)
    return tuple(years)


def _steps(asked: int | None) -> int:
    steps = STEPS if asked is None else asked
    if not 0 <= steps <= MOST_STEPS:
        wanted = f"0 to {MOST_STEPS} steps"
        raise InputError([Fault("--steps", None, "", str(steps), wanted)])
    return steps


def _heading(
    scenario: Scenario, years: tuple[int, ...], shifts: list[tuple[str, int]]
) -> Iterator[str]:
    yield (
        "firm and flexible MW of new load alone, P50 (P10–P90) over the networks kept; "
        f"steps chosen in {years[0]} by firm MW per dollar, begun on "
        f"{scenario.campus.decision_date}"
    )
    for project, moved in shifts:
        word = "later" if moved >= 0 else "earlier"
        yield f"{project} is on, {abs(moved)} years {word} than tabled"


def place_lines(
    place: Place, table: pd.DataFrame | None, years: tuple[int, ...]
) -> Iterator[str]:
    """Yield one place: its connection, then firm and flexible MW step by step.

    Parameters
    ----------
    place : Place
    table : DataFrame or None
        As `by_date` gives it; None on an island of its own.
    years : tuple of int
    """
    yield ""
    if table is None:
        yield f"{place.place}, {place.name}: {ISLAND}"
        return
    yield f"{place.place}, {place.name}: {connection(place)}"
    heads = ["built", "ready", "months", "units", "MUSD"]
    heads += [f"{word} {year}" for year in years for word in ("firm", "flexible")]
    heads += ["kUSD/MW", f"held in {years[0]} by", "circuit lost", "gain"]
    at = {year: table[table["year"] == year] for year in years}
    first = at[years[0]].to_dict("records")
    rows = [heads]
    for k, row in enumerate(first):
        mw = [
            spread(at[year].iloc[k].to_dict(), name)
            for year in years
            for name in ("firm_mw", "flexible_mw")
        ]
        rows.append([*_what(row), *mw, *_held(row)])
    held = 5 + 2 * len(years) + 1
    yield from aligned(rows, texts=(0, held, held + 1))
    yield (
        f"waits longest for {WAITS[first[0]['waits_for']]} "
        f"({first[0]['waits_for_pct']:.0f} % of draws), after the steps for "
        f"{WAITS[first[-1]['waits_for']]} ({first[-1]['waits_for_pct']:.0f} %)"
    )


def connection(place: Place) -> str:
    """Return in words where a place connects."""
    if np.isinf(place.station_mw):
        return "at the bus, a bay and no line"
    return (
        f"{place.lateral_km:.0f} km of {place.kv:.0f} kV to {place.bus}, "
        f"{place.own_usd / 1e6:.0f} MUSD; its transformers bear "
        f"{place.station_mw:.0f} MW more, {place.unit_mw:.0f} with each one added"
    )


def _what(row: dict[Any, Any]) -> list[str]:
    return [
        str(row["step"]),
        str(row["ready"]),
        spread(row, "months"),
        f"+{row['station_units']:.0f}" if row["station_units"] else "–",
        f"{row['total_usd'] / 1e6:.0f}",
    ]


def _held(row: dict[Any, Any]) -> list[str]:
    """Return the worth of a step, and what then holds the network's firm megawatts."""
    each = row["usd_per_firm_mw"]
    return [
        "–" if pd.isna(each) else f"{each / 1e3:.0f}",
        f"{row['binding']} ({row['binding_pct']:.0f}%)",
        str(row["contingency"]),
        "–" if pd.isna(row["shadow_price"]) else f"{row['shadow_price']:.2f}",
    ]


def summary_lines(
    places: list[Place], told: dict[str, pd.DataFrame], year: int
) -> Iterator[str]:
    """Yield one line a place: as it is, and after all its steps.

    Parameters
    ----------
    places : list of Place
    told : dict of DataFrame
        By place, as `by_date` gives it.
    year : int
        In which the steps are chosen.
    """
    heads = ["place", "name", "bus", "firm", "months", "held by"]
    heads += ["steps", "firm after", "months", "units", "MUSD"]
    rows = [heads]
    for place in places:
        table = told.get(place.place)
        if table is None:
            blank = ["–"] * (len(heads) - 4)
            rows.append([place.place, cell(place.name), ISLAND, *blank, ""])
            continue
        mine = table[table["year"] == year].to_dict("records")
        rows.append(_summary(place, mine[0], mine[-1]))
    yield from aligned(rows, texts=(0, 1, 2, 5))


def _summary(place: Place, first: dict[Any, Any], last: dict[Any, Any]) -> list[str]:
    return [
        place.place,
        cell(place.name),
        place.bus,
        spread(first, "firm_mw"),
        spread(first, "months"),
        cell(str(first["binding"])),
        f"{last['steps_built']}",
        spread(last, "firm_mw"),
        spread(last, "months"),
        f"{last['station_units']:.0f}",
        f"{last['total_usd'] / 1e6:.0f}",
    ]
