"""What `siting comparators` prints: sites beside markets, then every source."""

import argparse
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from data import load_world
from data.faults import Fault, InputError
from siting.asked import Asked, scenario_of, together
from siting.comparators import (
    FIGURES,
    MARKETS,
    MOST,
    NOT_FOUND,
    OF_COUNTRY,
    comparison,
)
from siting.export_table import check_table_path, write_table
from siting.ranking import rank, scored
from siting.real_weather import fetch_weather
from siting.texts import aligned, sites_of
from siting.trunk import evaluate

LETTER: Final = {"measured": "m", "published": "p", "derived": "d", "assumed": "a"}


def comparators(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the best sites beside neighbouring markets; write the table if asked."""
    world = load_world()
    path = Path(arguments.out) if arguments.out else None
    scenario, sites, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        lambda: check_table_path(path) if path else None,
    )
    fetch_weather(world, sites, scenario)
    evaluation = evaluate(sites, scenario, world, without=("year", "hub", "month"))
    ranking = rank(evaluation, scenario.preferences)
    placed = ranking.table[ranking.table["rank"].notna()]
    best = [str(site) for site in placed["site_id"][:MOST]]
    if not best:
        wanted = "a scenario and a list that rank at least one site"
        raise InputError([Fault("--scenario", None, "", scenario.name, wanted)])
    asked = Asked(world, scenario, sites, scored(evaluation, ranking))
    table = comparison(asked, best, own=bool(arguments.sites))
    names = dict(zip(placed["site_id"], placed["name"], strict=True))
    yield from comparator_lines(table, names)
    if path:
        write_table(table, path)
        yield f"written: {path}"


def comparator_lines(table: pd.DataFrame, names: dict[str, str]) -> Iterator[str]:
    """Yield the table of places and figures, what heads mean, and every source.

    Parameters
    ----------
    table : DataFrame
        As `comparison` returns it.
    names : dict of str to str
        Name of each site.
    """
    places = list(dict.fromkeys(table["place"]))
    cells = {
        (row["place"], row["figure"]): figure_cell(row)
        for row in table.to_dict("records")
    }
    rows = [["", *(one.head for one in FIGURES.values())]]
    for place in places:
        label = f"{place} {names[place]}" if place in names else place
        rows.append([label, *(cells[place, figure] for figure in FIGURES)])
    yield (
        f"The best {len(places) - len(MARKETS)} sites of the scenario beside "
        "neighbouring markets"
    )
    yield "a site's figures are this model's, a market's what its source says"
    yield ""
    yield from aligned(rows, texts=(0,))
    yield ""
    for one in FIGURES.values():
        unit = "" if one.unit == "1" else f" [{one.unit}]"
        yield f"{one.head}: {one.meaning}{unit}"
    yield (
        "grade: m measured, p published, d derived, a assumed (of a site, that of the "
        "weakest number it rests on); a dash: absent, never filled"
    )
    yield ""
    yield "Sources"
    yield from _sources(table)
    yield ""
    yield from _absences(table)


def figure_cell(row: dict[Hashable, Any]) -> str:
    """Return a figure with its unit, where not its column's, and its grade's letter."""
    value, one = float(row["value"]), FIGURES[row["figure"]]
    if np.isnan(value):
        return "–"
    letter = LETTER.get(str(row["grade"]), "?")
    unit = str(row["unit"])
    if unit == "flag":
        return f"{'yes' if value else 'no'} {letter}"
    other = "" if unit == one.unit else f" {unit}"
    return f"{value:,.{one.digits}f}{other} {letter}"


def _sources(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line a figure that stands: what it is, grade, date, source, note."""
    there = table[table["value"].notna()]
    for row in there.to_dict("records"):
        marks = " · ".join((row["grade"], row["as_of"], row["source"]))
        yield f"{row['place']}, {FIGURES[row['figure']].head}: {row['note']}  [{marks}]"


def _absences(table: pd.DataFrame) -> Iterator[str]:
    """Yield what is absent: looked for in vain, or not in the table."""
    gone = table[table["value"].isna() & (table["note"] != OF_COUNTRY)]
    searched = gone["note"].str.startswith(NOT_FOUND)
    for title, part in (
        ("looked for and not found", gone[searched]),
        ("not in the table", gone[~searched]),
    ):
        told = [
            f"{place} ({', '.join(FIGURES[f].head for f in rows['figure'])})"
            for place, rows in part.groupby("place", sort=False)
        ]
        if told:
            yield f"{title}: {'; '.join(told)}"
