"""What the tables of doubt must satisfy beyond types, keys and bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

import numpy as np
import pandas as pd

from data.choices import FibreChoices
from data.faults import Fault
from data.schema import TABLES
from data.table_rules import cell_faults

EVENTS, LAWS = "doubt_events", "doubt_laws"
TARIFF = "power.data_centre_tariff"
WAYS = tuple(f"fibre.{field.name}" for field in fields(FibreChoices))
"""Choices of fibre an event may set."""
SETTING = (
    "settings key=value, separated by spaces: a number of the book, "
    f"build_out.off=ID, {TARIFF}=true, or {' '.join(WAYS)} =true or =false"
)


def doubt_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield laws and events that say nothing the draws could follow.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table as text, as `data.load.read_raw` gives it.
    """
    laws, book = tables[LAWS], tables["parameters"].set_index("name")
    if {"group", "probability"} <= set(laws):
        yield from law_faults(laws, book)
    dated = {name for name, table in TABLES.items() if table.dated}
    ids = frozenset(key for name in dated for key in tables[name][TABLES[name].key[0]])
    yield from event_faults(tables[EVENTS], frozenset(book.index), ids)


def law_faults(laws: pd.DataFrame, book: pd.DataFrame) -> Iterator[Fault]:
    """Yield chances of a number that is neither of its bounds, and groups apart.

    Parameters
    ----------
    laws : DataFrame
        The table `doubt_laws` as text.
    book : DataFrame
        The parameters table as text, indexed by name.
    """
    known = laws["name"].isin(book.index)
    rows = book.reindex(laws["name"]).set_axis(laws.index, axis=0)
    value, low, high = (
        pd.to_numeric(rows[column], errors="coerce")
        for column in ("value", "low", "high")
    )
    between = known & (laws["probability"] != "") & (value != low) & (value != high)
    expected = "a number whose value is its low or its high, to be one or the other"
    yield from cell_faults(LAWS, laws["probability"], between, expected)
    scopes = rows["scope"].groupby(laws["group"]).transform("nunique")
    apart = known & (laws["group"] != "") & (scopes > 1)
    expected = "a group of one scope, so that its numbers can move together"
    yield from cell_faults(LAWS, laws["group"], apart, expected)


def event_faults(
    events: pd.DataFrame, numbers: frozenset[str], ids: frozenset[str]
) -> Iterator[Fault]:
    """Yield settings that mean nothing, and years that end early or overlap.

    Parameters
    ----------
    events : DataFrame
        The table `doubt_events` as text.
    numbers : frozenset of str
        Names of the book.
    ids : frozenset of str
        Lines, plants and cables that can be switched off.
    """
    cells = events["settings"]
    wrong = cells.map(
        lambda cell: not all(_means(part, numbers, ids) for part in cell.split())
    )
    yield from cell_faults(EVENTS, cells, wrong, SETTING)
    start, end = (
        pd.to_numeric(events[column].replace("", np.nan), errors="coerce")
        for column in ("from_year", "until_year")
    )
    late = end < start
    yield from cell_faults(EVENTS, events["until_year"], late, "from_year or later")
    order = events.assign(start=start, end=end).sort_values("start", kind="stable")
    before = order.groupby("doubt_event_id")["end"].transform(
        lambda years: years.cummax().shift()
    )
    twice = (order["start"] <= before).reindex(events.index)
    expected = "a year after the last of the row before: one chance a year"
    yield from cell_faults(EVENTS, events["from_year"], twice, expected)


def _means(setting: str, numbers: frozenset[str], ids: frozenset[str]) -> bool:
    key, _, value = setting.partition("=")
    if key in numbers:
        return _is_number(value)
    if key == "build_out.off":
        return value in ids
    if key in WAYS:
        return value in ("true", "false")
    return setting == f"{TARIFF}=true"


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
