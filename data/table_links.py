"""What the tables must satisfy between them: keys in lists, and no row missing."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

import pandas as pd

from data.assumptions.rooms import ROOMS
from data.doubt_rules import doubt_faults
from data.faults import Fault
from data.fibre_rules import link_faults
from data.network_rules import NETWORK, network_faults
from data.schema import TABLES
from data.table_rules import cell_faults, table_rule_faults
from data.tariff_calendar import calendar_faults
from data.vocabulary import FACILITIES, HAZARDS, LISTS, MONTHLY, MONTHS, REQUIRED


def _keys(tables: Mapping[str, pd.DataFrame], name: str) -> frozenset[str]:
    return frozenset(tables[name][TABLES[name].key[0]])


def list_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield cells with a word that is no key of the tables they point at."""
    for (name, column), (targets, more) in LISTS.items():
        cells = tables[name][column]
        allowed = frozenset(more).union(*(_keys(tables, t) for t in targets))
        lost = cells.map(lambda cell, known=allowed: not set(cell.split()) <= known)
        expected = " or ".join((*(f"keys of {t}.csv" for t in targets), *more))
        yield from cell_faults(name, cells, lost, expected)
    ways = tables["logistics"]
    if not {"place", "distance_km"} <= set(ways):
        return
    nowhere = ~ways["place"].isin(_keys(tables, "facilities"))
    yield from cell_faults(
        "logistics",
        ways["place"],
        nowhere & (ways["distance_km"] != ""),
        "a key of facilities.csv, where a distance is given",
    )


def _pair_faults(
    name: str, raw: pd.DataFrame, first: frozenset[str], second: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield pairs of a two-part key that have no row, and seconds that are none."""
    key = TABLES[name].key
    there = set(zip(raw[key[0]], raw[key[1]], strict=True))
    for pair in ((one, other) for one in sorted(first) for other in second):
        if pair not in there:
            yield Fault(f"{name}.csv", None, "+".join(key), " ".join(pair), "a row")
    other = ~raw[key[1]].isin(second)
    yield from cell_faults(name, raw[key[1]], other, " | ".join(second))


def row_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield missing rows: hazards and ways of a site, months, regions of places."""
    sites = _keys(tables, "sites")
    yield from _pair_faults("hazards", tables["hazards"], sites, HAZARDS)
    yield from _pair_faults("logistics", tables["logistics"], sites, FACILITIES)
    for name in MONTHLY:
        yield from _pair_faults(name, tables[name], _keys(tables, name), MONTHS)
    placed = _keys(tables, "climate_site_regions")
    for place in sorted((sites | _keys(tables, "climate_points")) - placed):
        yield Fault("climate_site_regions.csv", None, "place_id", place, "a row")


def book_faults(names: frozenset[str]) -> Iterator[Fault]:
    """Yield numbers of the book that no room reads, and those a room misses.

    Parameters
    ----------
    names : frozenset of str
        Names of the parameters table, dotted.
    """
    rows = {name.replace(".", "_"): name for name in names}
    read = {f"{room}_{f.name}" for room, book in ROOMS.items() for f in fields(book)}
    for name in sorted(read - set(rows)):
        yield Fault("parameters.csv", None, "name", name, "a row, dotted by room")
    for name in sorted(set(rows) - read):
        expected = "a field of its room in data/assumptions"
        yield Fault("parameters.csv", None, "name", rows[name], expected)


def _columns_whole(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Return whether every column the rules between tables read is there."""
    listed = {table: {c for t, c in LISTS if t == table} for table, _ in LISTS}
    return all(
        {*TABLES[name].key, *REQUIRED.get(name, ()), *listed.get(name, ())} <= set(raw)
        for name, raw in tables.items()
    )


def rule_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Return every breach of the rules, table by table, then between tables.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Every table as text, as `data.load.read_raw` gives it. Where a column is
        missing, that is told first and the rules between tables wait; the rules of
        the network wait for the tables they read.
    """
    sources = tables["sources"]
    weak = frozenset(
        sources.loc[sources["strength"] == "weak", "source_id"]
        if {"strength", "source_id"} <= set(sources)
        else ()
    )
    faults = [
        fault
        for name, raw in tables.items()
        for fault in table_rule_faults(name, raw, weak)
    ]
    faults += calendar_faults(tables["tariffs"])
    faults += link_faults(tables["fibre_links"])
    if not _columns_whole(tables):
        return faults
    book = _keys(tables, "parameters")
    faults += [*list_faults(tables), *row_faults(tables), *book_faults(book)]
    faults += doubt_faults(tables)
    broken = {fault.file for fault in faults} & {f"{name}.csv" for name in NETWORK}
    return faults if broken else [*faults, *network_faults(tables)]
