"""What `siting projects` prints: the list, or what one project changes."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from data import World, load_world
from data.faults import InputError
from data.schema import unit_of
from siting.asked import scenario_of, together, unlisted
from siting.export_table import check_table_path, write_table
from siting.projects import Effect, project_effect, project_table, table_of
from siting.real_weather import fetch_weather
from siting.scenario import Scenario
from siting.texts import aligned, cell, sites_of

HEADS = ("id", "kind", "name", "status", "year", "MW", "km", "Tbps", "counts", "source")
NO_MW = "no MW stated, changes nothing measurable"
NOT_IN_STACK = {
    "tie": "trade over a tie is in neither dispatch stack nor tariff: price and carbon "
    "stay as they are, whatever it would do",
    "battery": "storage is not in the dispatch stack: carbon stays as it is, whatever it "
    "would do",
}
"""First word of a kind → what the model cannot say of it."""
SOURCES = 2
"""Sources shown of each; the file has all."""


def projects(arguments: argparse.Namespace) -> Iterator[str]:
    """List the projects, or print what one changes for the sites."""
    world = load_world()
    path = Path(arguments.out) if arguments.out else None
    scenario, sites, _, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: _sites(arguments, world),
        lambda: check_table_path(path) if path else None,
        lambda: table_of(world, arguments.project) if arguments.project else "",
    )
    if arguments.project is None:
        table = project_table(world, scenario)
        yield from list_lines(table, scenario)
        told = table.reset_index()
    else:
        fetch_weather(world, sites, scenario)
        effect = project_effect(arguments.project, sites, scenario, world)
        yield from effect_lines(arguments.project, effect, world, sites)
        told = effect.table.astype({"off": str, "on": str})
    if path:
        write_table(told, path)
        yield f"written: {path}"


def _sites(arguments: argparse.Namespace, world: World) -> pd.DataFrame:
    """Return the sites asked for, all where none is named."""
    known = sites_of(arguments.sites, world)
    if faults := unlisted(arguments.chosen, known):
        raise InputError(faults)
    return (
        known.loc[list(dict.fromkeys(arguments.chosen))] if arguments.chosen else known
    )


def list_lines(table: pd.DataFrame, scenario: Scenario) -> Iterator[str]:
    """Yield one line a project, then what counts and how to switch it."""
    year = scenario.campus.year
    rows = [list(HEADS), *(_row(str(key), row) for key, row in table.iterrows())]
    yield from aligned(rows, texts=(0, 1, 2, 3, 8, 9))
    counted = int(table["counted"].sum())
    mute = table[table["kind"].str.endswith("plant") & table["capacity_mw"].isna()]
    yield ""
    yield (
        f"{counted} of {len(table)} count in {year} under {scenario.name} "
        f"(build_out.policy={scenario.build_out.policy}, delay "
        f"{scenario.build_out.delay_years:g} years)"
    )
    if len(mute):
        yield f"{', '.join(map(str, mute.index))}: {NO_MW}"
    yield "switch one: --set 'build_out.on=[\"ID\"]'; its worth: siting projects ID SITE"


def _row(key: str, row: pd.Series) -> list[str]:
    sizes = [cell(row[c]) for c in ("capacity_mw", "length_km", "capacity_tbps")]
    cited = str(row["source"]).split()
    more = f" +{len(cited) - SOURCES}" if len(cited) > SOURCES else ""
    source = " ".join(cited[:SOURCES]) + more
    text = [key, str(row["kind"]), cell(str(row["name"])), str(row["status"])]
    return [*text, cell(row["year"]), *sizes, counts(row), source]


def counts(row: pd.Series) -> str:
    """Return whether a project counts in the year asked for, and from when if later."""
    if row["counted"]:
        return "yes"
    start = float(row["exists_from"])
    return f"from {start:.0f}" if np.isfinite(start) else "no"


def effect_lines(
    project: str, effect: Effect, world: World, sites: pd.DataFrame
) -> Iterator[str]:
    """Yield what is switched, from when, and what changes site by site."""
    yield from _told(project, effect, world)
    yield ""
    table = effect.table
    if table.empty:
        yield f"{project} changes nothing at {_many(len(sites))}"
        return
    rows = [["site", "metric", "unit", "off", "on"]] + [
        [r["site_id"], r["metric"], unit_of(r["metric"]), _cut(r["off"]), _cut(r["on"])]
        for r in table.to_dict("records")
    ]
    yield from aligned(rows, texts=(0, 1, 2))
    same = len(sites) - table["site_id"].nunique()
    if same:
        yield f"{project} changes nothing at the other {_many(same)}"


def _many(number: int) -> str:
    return "1 site" if number == 1 else f"{number} sites"


def _cut(value: object) -> str:
    if isinstance(value, str):
        return cell(value) or "–"
    return cell(value)


def _told(project: str, effect: Effect, world: World) -> Iterator[str]:
    """Yield the project in a few sentences."""
    on = effect.on
    row = pd.Series(project_table(world, on).loc[project])
    yield f"{project}: {row['name']} ({row['kind']}, {row['status']})"
    start = float(row["exists_from"])
    since = f"exists from {start:.0f}" if np.isfinite(start) else "exists at once"
    late = start > on.campus.year
    yield (
        f"on: {since}; the campus asks for {on.campus.year}"
        f"{', so it comes too late' if late else ''}"
    )
    if len(effect.ids) > 1:
        yield f"the same line: {', '.join(effect.ids[1:])}"
    if effect.along:
        yield f"switched on with it: {', '.join(effect.along)}"
    if row["kind"].endswith("plant") and pd.isna(row["capacity_mw"]):
        yield NO_MW
    if said := NOT_IN_STACK.get(str(row["kind"]).split()[0]):
        yield said
    yield f"source: {row['source']}"
    if row["note"]:
        yield f"note: {row['note']}"
