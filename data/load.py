"""Read, validate and type every table: all faults at once, or a clean frame."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import pandas as pd

from data.faults import Fault, InputError
from data.schema import (
    GRADES,
    STATUSES,
    TABLES,
    Table,
    Term,
    glossary,
)
from data.table_links import rule_faults
from data.table_rules import cell_faults

PROVENANCE = ("grade", "source", "as_of", "note")
"""Columns every table carries: what the row is worth and where it comes from."""
UNGRADED = ("sources",)
"""Tables that are themselves the provenance."""
LAST_DATED_YEAR = 2026
"""Year the tables speak of; nothing in service may be dated after it."""
FLAGS = {"true": True, "false": False, "1": True, "0": False}


def read_raw(name: str) -> pd.DataFrame:
    """Return a shipped table as text, blanks as empty strings.

    Parameters
    ----------
    name : str
        Table name: the file name without its ending.

    Returns
    -------
    DataFrame
        One row a line; the index is the line number in the file.

    Raises
    ------
    InputError
        If a line has more or fewer cells than the header.
    """
    resource = files("data").joinpath("tables", f"{name}.csv")
    with as_file(resource) as path, path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    faults = [
        Fault(
            f"{name}.csv",
            line,
            "",
            str(len(row)),
            f"{len(header)} cells as in the header",
        )
        for line, row in enumerate(rows, start=2)
        if len(row) != len(header)
    ]
    if faults:
        raise InputError(faults)
    frame = pd.DataFrame(rows, columns=header, dtype=str)
    frame.index = pd.RangeIndex(2, 2 + len(frame), name="line")
    return frame


def _typed_column(text: pd.Series, term: Term) -> pd.Series:
    if term.dtype in ("float", "int"):
        return pd.to_numeric(text.replace("", np.nan), errors="coerce").astype(float)
    if term.dtype == "bool":
        return text.str.lower().map(FLAGS).astype("boolean")
    return text


def typed(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the types of the glossary.

    Numbers become float with NaN for blanks, flags become nullable booleans,
    everything else stays text. Columns the glossary does not know stay text.
    """
    terms = glossary()
    return pd.DataFrame(
        {
            column: _typed_column(raw[column], terms[column])
            if column in terms
            else raw[column]
            for column in raw
        }
    )


def _range_text(term: Term) -> str:
    if term.low is not None and term.high is not None:
        return f"between {term.low:g} and {term.high:g} {term.unit}".strip()
    if term.low is not None:
        return f"at least {term.low:g} {term.unit}".strip()
    return "a number" if term.high is None else f"at most {term.high:g} {term.unit}"


def value_faults(name: str, raw: pd.DataFrame) -> list[Fault]:
    """Return faults of type and bounds, column by column, against the glossary."""
    faults: list[Fault] = []
    for column in raw:
        term = glossary().get(str(column))
        if term is None:
            faults.append(
                Fault(
                    f"{name}.csv", 1, str(column), str(column), "a name in the glossary"
                )
            )
            continue
        text, value = raw[column], _typed_column(raw[column], term)
        if term.dtype in ("float", "int", "bool"):
            unread = (text != "") & value.isna()
            kind = "true or false" if term.dtype == "bool" else "a number"
            faults += cell_faults(name, text, unread, f"{kind}, or blank")
        if term.dtype in ("float", "int"):
            low = -np.inf if term.low is None else term.low
            high = np.inf if term.high is None else term.high
            faults += cell_faults(
                name, text, (value < low) | (value > high), _range_text(term)
            )
        if term.dtype == "int":
            faults += cell_faults(
                name, text, value.notna() & (value % 1 != 0), "a whole number"
            )
    return faults


def key_faults(name: str, raw: pd.DataFrame, table: Table) -> list[Fault]:
    """Return faults of the key: absent column, blank cell, repeated row."""
    missing = [column for column in table.key if column not in raw]
    if missing:
        return [Fault(f"{name}.csv", 1, c, "", "a key column") for c in missing]
    key = raw[list(table.key)]
    first = raw[table.key[0]].rename(table.key[0])
    repeated = key.duplicated(keep="first")
    blank = (key == "").any(axis=1)
    return cell_faults(
        name, first, repeated, f"a {'+'.join(table.key)} not seen before"
    ) + cell_faults(name, first, blank, "a value in every key column")


def _list_faults(
    name: str, text: pd.Series, allowed: frozenset[str], expected: str
) -> list[Fault]:
    known = text.map(lambda cell: set(cell.split()) <= allowed)
    return cell_faults(name, text, ~known, expected)


def provenance_faults(
    name: str, raw: pd.DataFrame, sources: frozenset[str]
) -> list[Fault]:
    """Return faults of grade and source."""
    missing = [column for column in PROVENANCE if column not in raw]
    if missing:
        return [Fault(f"{name}.csv", 1, c, "", "a provenance column") for c in missing]
    return [
        *cell_faults(
            name, raw["grade"], ~raw["grade"].isin(GRADES), " | ".join(GRADES)
        ),
        *cell_faults(name, raw["source"], raw["source"] == "", "a source_id"),
        *_list_faults(name, raw["source"], sources, "source_id of sources.csv"),
    ]


def _foreign_faults(
    name: str, raw: pd.DataFrame, table: Table, keys: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    for column, target in table.foreign.items():
        if column not in raw:
            yield Fault(f"{name}.csv", 1, column, "", f"a column of keys of {target}")
        else:
            lost = (raw[column] != "") & ~raw[column].isin(keys[target])
            yield from cell_faults(
                name, raw[column], lost, f"a key of {target}.csv, or blank"
            )


def _status_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    missing = [column for column in ("status", "year") if column not in raw]
    if missing:
        yield from (Fault(f"{name}.csv", 1, c, "", "a dated column") for c in missing)
        return
    status = raw["status"]
    year = pd.to_numeric(raw["year"].replace("", np.nan), errors="coerce")
    yield from cell_faults(name, status, ~status.isin(STATUSES), " | ".join(STATUSES))
    yield from cell_faults(
        name,
        raw["year"],
        (status == "in_service") & (year > LAST_DATED_YEAR),
        f"a year up to {LAST_DATED_YEAR} for something in service",
    )


def _spread_faults(name: str, raw: pd.DataFrame) -> Iterator[Fault]:
    for column in map(str, raw):
        low, high = f"{column}_low", f"{column}_high"
        if column in ("value", "probability"):
            low, high = "low", "high"
        if not {low, high} <= set(raw):
            continue
        mid, under, over = (
            pd.to_numeric(raw[c].replace("", np.nan), errors="coerce")
            for c in (column, low, high)
        )
        crossed = (under > over) | (mid < under) | (mid > over)
        yield from cell_faults(name, raw[column], crossed, f"{low} ≤ {column} ≤ {high}")


def table_faults(
    name: str, raw: pd.DataFrame, keys: Mapping[str, frozenset[str]]
) -> list[Fault]:
    """Return every fault of one table, in the order a reader would mend them.

    Parameters
    ----------
    name : str
        Table name.
    raw : DataFrame
        The table as text, as `read_raw` gives it.
    keys : mapping of str to frozenset of str
        Known keys of the tables that others point at.
    """
    table = TABLES[name]
    faults = key_faults(name, raw, table) + value_faults(name, raw)
    if name not in UNGRADED:
        faults += provenance_faults(name, raw, keys["sources"])
    faults += _foreign_faults(name, raw, table, keys)
    faults += _spread_faults(name, raw)
    if table.dated:
        faults += _status_faults(name, raw)
    return faults


def _keys(raw: Mapping[str, pd.DataFrame]) -> dict[str, frozenset[str]]:
    targets: Iterable[str] = {
        "sources",
        *(target for table in TABLES.values() for target in table.foreign.values()),
    }
    return {name: frozenset(raw[name].get(TABLES[name].key[0], ())) for name in targets}


def _faults(raw: Mapping[str, pd.DataFrame]) -> list[Fault]:
    keys = _keys(raw)
    faults = [f for name, table in raw.items() for f in table_faults(name, table, keys)]
    return faults + rule_faults(raw)


def world_faults() -> list[Fault]:
    """Return every fault of every shipped table (`siting data check`)."""
    return _faults({name: read_raw(name) for name in TABLES})


@cache
def read_tables() -> dict[str, pd.DataFrame]:
    """Return every shipped table, validated and typed, indexed by its key.

    Returns
    -------
    dict of str to DataFrame
        By table name. Treat as read-only.

    Raises
    ------
    InputError
        Listing every fault of every table.
    """
    raw = {name: read_raw(name) for name in TABLES}
    faults = _faults(raw)
    if faults:
        raise InputError(faults)
    return {
        name: typed(table).set_index(list(TABLES[name].key))
        for name, table in raw.items()
    }
