"""World: the read-only tables and the book: what is true, as opposed to chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.book import Book
from data.choices import BuildOut
from data.faults import Fault, InputError, nearest_name
from data.fibre_rules import CAPACITIES, IN_GBPS, MOST_IN_SERVICE_TBPS
from data.load import read_tables
from data.network_rules import NETWORK, network_faults
from data.schema import TABLES, glossary

COUNTED = {
    "in_service": ("in_service",),
    "committed": ("in_service", "under_construction"),
    "all_planned": ("in_service", "under_construction", "planned"),
}
"""Statuses each build-out policy counts; a concept needs an explicit switch."""


def exists_from(table: pd.DataFrame, build_out: BuildOut) -> pd.Series:
    """Return the year from which each row exists under a build-out policy.

    Parameters
    ----------
    table : DataFrame
        With columns `status` and `year`, indexed by id.
    build_out : BuildOut
        Policy, delay and explicit switches.

    Returns
    -------
    Series of float
        Calendar year; -inf for what has always been there, +inf for never.
        In service without a year: always. Not in service without a year: never,
        unless switched on, and then at once.
    """
    running = table["status"] == "in_service"
    year = table["year"] + np.where(running, 0.0, build_out.delay_years)
    counted = table["status"].isin(COUNTED[build_out.policy])
    start = year.where(counted, np.inf).fillna(np.inf)
    start = start.mask(running & table["year"].isna(), -np.inf)
    start = start.mask(table.index.isin(build_out.on), year.fillna(-np.inf))
    return start.mask(table.index.isin(build_out.off), np.inf)


@dataclass(frozen=True, slots=True)
class World:
    """Read-only tables by name, and the assumptions book."""

    tables: Mapping[str, pd.DataFrame]
    book: Book

    def built(self, build_out: BuildOut) -> "World":
        """Return the world with `exists_from` on every table that carries status.

        Raises
        ------
        InputError
            If a switch names an id that no dated table has.
        """
        dated = {name for name, table in TABLES.items() if table.dated}
        known = {str(key) for name in dated for key in self.tables[name].index}
        faults = [
            Fault(
                "build_out",
                None,
                group,
                item,
                "an id of a line, substation, plant or cable"
                f"{nearest_name(item, known)}",
            )
            for group in ("on", "off")
            for item in getattr(build_out, group)
            if item not in known
        ]
        if faults:
            raise InputError(faults)
        tables = {
            name: table.assign(exists_from=exists_from(table, build_out))
            if name in dated
            else table
            for name, table in self.tables.items()
        }
        return replace(self, tables=MappingProxyType(tables))

    def amended(self, overrides: Mapping[str, float]) -> "World":
        """Return the world with table cells replaced.

        Parameters
        ----------
        overrides : mapping of str to float
            Names of the form `table:id:column`; others are the book's business.

        Raises
        ------
        InputError
            Naming every cell that does not exist or is not a number, and what the
            network can then not be.
        """
        cells = {name: value for name, value in overrides.items() if ":" in name}
        faults = [f for name, value in cells.items() for f in self._faults(name, value)]
        if faults:
            raise InputError(faults)
        tables = dict(self.tables)
        for name, value in cells.items():
            table, key, column = name.split(":")
            tables[table] = tables[table].copy()
            tables[table].loc[key, column] = value
        if any(name.split(":")[0] in NETWORK for name in cells):
            read = (*NETWORK, "parameters")
            broken = network_faults({n: tables[n].reset_index() for n in read})
            if broken:
                raise InputError(broken)
        return replace(self, tables=MappingProxyType(tables))

    def _faults(self, name: str, value: float) -> list[Fault]:
        expected = self._expected(name.split(":"), value)
        given = f"{value:g}"
        return [Fault("overrides", None, name, given, expected)] if expected else []

    def _expected(self, place: list[str], value: float) -> str:
        """Return what would be right instead of a cell's override; blank when it is."""
        table, frame = place[0], self.tables.get(place[0])
        if table == "sites":
            return "a site list of your own with the value, ranked by its file"
        keyed = [name for name in self.tables if len(TABLES[name].key) == 1]
        if len(place) != 3 or frame is None or table not in keyed:
            hint = nearest_name(table, keyed)
            return f"table:id:column of a table with one key{hint}"
        for word, known, what in (
            (place[1], map(str, frame.index), "row"),
            (place[2], _numbers(frame), "column of numbers"),
        ):
            names = list(known)
            if word not in names:
                return f"a {what} of {table}{nearest_name(word, names)}"
        term = glossary()[place[2]]
        low = -np.inf if term.low is None else term.low
        high = np.inf if term.high is None else term.high
        if low <= value <= high:
            return self._unlikely(place, value)
        return f"a possible {term.unit} value, {low:g} to {high:g}".replace("  ", " ")

    def _unlikely(self, place: list[str], value: float) -> str:
        """Return what would be right instead of a value in another unit."""
        table, key, column = place
        if table != "fibre_links" or column not in CAPACITIES:
            return ""
        running = self.tables[table].loc[key, "status"] == "in_service"
        return IN_GBPS if running and value > MOST_IN_SERVICE_TBPS else ""


def _numbers(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold numbers by the glossary."""
    known = glossary()
    kinds = ("float", "int")
    return [c for c in map(str, frame) if c in known and known[c].dtype in kinds]


def load_world() -> World:
    """Return the shipped world, validated.

    Raises
    ------
    InputError
        Listing every fault of every table.
    """
    tables = read_tables()
    return World(tables=MappingProxyType(tables), book=Book(tables["parameters"]))
