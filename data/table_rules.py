"""What a table must satisfy beyond types, keys and bounds.

Words of a short list, units spelt one way, dates that exist, no blank where the model
computes, and grades no better than what they rest on.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from data.faults import Fault
from data.schema import REGION_LAT, REGION_LON, glossary, unit_words
from data.vocabulary import AT_HOME, CHOICES, REQUIRED

HOW: Final = ("note", "route_km_method")
"""Columns in which a derived row says how."""
DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
WORD: Final = re.compile(r"[^\s/().,-]+")
ENDS: Final = (("from_id", "to_id"), ("from_node_id", "to_node_id"))
RISING: Final = (
    "temp_record_min",
    "temp_air_min",
    "temp_air",
    "temp_air_max",
    "temp_record_max",
)
"""Columns of monthly normals, each at least the one before."""


def cell_faults(
    name: str, raw: pd.Series, bad: pd.Series, expected: str
) -> list[Fault]:
    """Return one fault for each marked cell of a column.

    Parameters
    ----------
    name : str
        Table name.
    raw : Series of str
        The column, indexed by line.
    bad : Series of bool
        True where it is wrong.
    expected : str
        What would have been right.
    """
    marked = bad.fillna(value=False).to_numpy(dtype=bool)
    if not marked.any():
        return []
    return [
        Fault(f"{name}.csv", int(str(line)), str(raw.name), str(value), expected)
        for line, value in raw[marked].items()
    ]


def blank_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield columns and cells that may not lack, and numbers without a unit."""
    for column in REQUIRED.get(name, ()):
        if column not in raw:
            yield Fault(f"{name}.csv", 1, column, "", "a column the model reads")
        else:
            yield from cell_faults(name, raw[column], raw[column] == "", "a value")
    if {"unit", "value"} <= set(raw):
        bare = (raw["unit"] == "") & (raw["value"] != "")
        yield from cell_faults(name, raw["unit"], bare, "the unit of the value")
    for column in map(str, raw):
        padded = [cell != cell.strip() for cell in raw[column].tolist()]
        if any(padded):
            bad = pd.Series(padded, raw.index)
            yield from cell_faults(name, raw[column], bad, "no blanks around it")


def word_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield cells outside their short list, and units of unknown words."""
    for column, allowed in CHOICES.items():
        if column in raw:
            other = ~raw[column].isin(("", *allowed))
            yield from cell_faults(name, raw[column], other, " | ".join(allowed))
    if "unit" in raw:
        known = {cell: is_unit(cell) for cell in raw["unit"].unique()}
        yield from cell_faults(
            name, raw["unit"], ~raw["unit"].map(known), "words of units.csv"
        )


def is_unit(text: str) -> bool:
    """Return whether a unit consists of numbers and words of `data/units.csv`.

    Examples
    --------
    >>> is_unit("USD/kW-month"), is_unit("kWhh")
    (True, False)
    """
    words = WORD.findall(text)
    return all(word.isdecimal() or word in unit_words() for word in words)


def _is_date(text: str) -> bool:
    match = DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def date_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield days that do not exist, and rules that end before they begin."""
    terms = glossary()
    dated = [c for c in map(str, raw) if c in terms and terms[c].dtype == "date"]
    for column in (*dated, *(("as_of",) if "as_of" in raw else ())):
        real = {cell: cell == "" or _is_date(cell) for cell in raw[column].unique()}
        wrong = ~raw[column].map(real)
        yield from cell_faults(
            name, raw[column], wrong, "a real date: YYYY, YYYY-MM or YYYY-MM-DD"
        )
    if {"valid_from", "valid_to"} <= set(raw):
        over = (raw["valid_to"] != "") & (raw["valid_to"] < raw["valid_from"])
        yield from cell_faults(
            name, raw["valid_to"], over, "a day on or after valid_from"
        )


def place_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield places of Azerbaijan that lie outside the region."""
    if name not in AT_HOME or not {"lat", "lon"} <= set(raw):
        return
    home = raw["country"] == "AZ" if "country" in raw else pd.Series(True, raw.index)
    for column, (low, high) in (("lat", REGION_LAT), ("lon", REGION_LON)):
        value = pd.to_numeric(raw[column].replace("", np.nan), errors="coerce")
        away = home & ((value < low) | (value > high))
        expected = f"a place in the region: {low:g}–{high:g}"
        yield from cell_faults(name, raw[column], away, expected)


def grade_faults(name: str, raw: pd.DataFrame, weak: frozenset[str]) -> Iterator[Fault]:
    """Yield grades better than their sources, and derived rows that do not say how.

    Parameters
    ----------
    name : str
        Table name.
    raw : DataFrame
        The table as text.
    weak : frozenset of str
        Sources a lender would not accept.
    """
    if not {"grade", "source"} <= set(raw):
        return
    cited = {cell: set(cell.split()) <= weak for cell in raw["source"].unique()}
    proud = raw["source"].map(cited) & (raw["source"] != "")
    proud &= raw["grade"] != "assumed"
    yield from cell_faults(
        name, raw["grade"], proud, "assumed: no source is strong enough for a lender"
    )
    how = [column for column in HOW if column in raw]
    mute = (raw["grade"] == "derived") & (raw[how] == "").all(axis=1)
    yield from cell_faults(
        name, raw["grade"], mute, f"how it was derived, in {how[0] if how else 'note'}"
    )


def order_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield ways from a place to itself, and figures out of their natural order."""
    for start, end in ENDS:
        if {start, end} <= set(raw):
            loop = (raw[start] != "") & (raw[start] == raw[end])
            yield from cell_faults(name, raw[end], loop, f"another place than {start}")
    if set(RISING) <= set(raw):
        value = raw[list(RISING)].apply(pd.to_numeric, errors="coerce").ffill(axis=1)
        for before, after in pairwise(RISING):
            falls = (raw[after] != "") & (value[after] < value[before])
            yield from cell_faults(name, raw[after], falls, f"at least {before}")


def table_rule_faults(
    name: str, raw: pd.DataFrame, weak: frozenset[str]
) -> list[Fault]:
    """Return every breach of the rules within one table.

    Parameters
    ----------
    name : str
        Table name.
    raw : DataFrame
        The table as text, as `data.load.read_raw` gives it.
    weak : frozenset of str
        Sources a lender would not accept.
    """
    return [
        *blank_faults(name, raw),
        *word_faults(name, raw),
        *date_faults(name, raw),
        *place_faults(name, raw),
        *order_faults(name, raw),
        *grade_faults(name, raw, weak),
    ]
