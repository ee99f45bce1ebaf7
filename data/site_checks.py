"""What a user's list of sites must satisfy, whatever file it came in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import pandas as pd

from data.faults import Fault
from data.schema import REGION_LAT, REGION_LON, Term, glossary

REQUIRED: Final = ("site_id", "name", "lat", "lon")
ABSENT: Final = ("", "nan", "na", "n/a", "null", "none")
"""Texts that mean: nothing is known (in any case of letters)."""
HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can spell it, UTF-8 cannot."""
FOREIGN: Final = {"tax_regime": "tax_regimes", "water_basin_id": "water_basins"}
"""Column → shipped table whose first column lists the values it may take."""
NETWORK_REGIONS: Final = ("mainland", "nakhchivan")
CELL_CHARACTERS: Final = 10_000
DECIMAL_COMMA: Final = r"[+-]?\d+,\d+"
CODE: Final = r"[+-]?0\d+"
"""A number no one writes: a code whose leading zero must stay."""
REGION: Final = (
    f"a place in Azerbaijan or within about 50 km: latitude {REGION_LAT[0]:g} to "
    f"{REGION_LAT[1]:g}, longitude {REGION_LON[0]:g} to {REGION_LON[1]:g}"
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of text cells, column by column, with the row number of each record."""

    file: str
    header: tuple[str, ...]
    columns: list[list[str]]
    rows: list[int]

    def frame(self) -> pd.DataFrame:
        """Return the cells stripped of blanks around them, indexed by row number."""
        cells = dict(zip(self.header, self.columns, strict=True))
        index = pd.Index(self.rows, name="row")
        frame = pd.DataFrame(cells, index=index, dtype="str")
        return pd.DataFrame({name: frame[name].str.strip() for name in frame})


def site_faults(grid: Grid) -> list[Fault]:
    """Return every fault of a list of sites, header first, then column by column.

    Parameters
    ----------
    grid : Grid
        Cells as read.
    """
    faults = list(_header_faults(grid))
    if not grid.rows:
        faults.append(Fault(grid.file, None, "", "no rows", "at least one site"))
    faults += _unwritable(grid)
    if faults:
        return faults
    cells = grid.frame()
    faults += _size_faults(grid.file, cells)
    faults += _identity_faults(grid.file, cells)
    lat, lon = _numbers(cells["lat"]), _numbers(cells["lon"])
    swapped = _inside(lat, REGION_LON) & _inside(lon, REGION_LAT)
    faults += _place_faults(grid.file, cells, swapped)
    for column in cells.columns.difference(["lat", "lon"], sort=False):
        term = glossary().get(str(column))
        if term is not None:
            faults += _value_faults(grid.file, cells[column], term)
        faults += _choice_faults(grid.file, cells[column])
    return faults


def site_frame(grid: Grid) -> pd.DataFrame:
    """Return faultless cells as a typed table, index site_id.

    Parameters
    ----------
    grid : Grid
        Cells that `site_faults` found nothing wrong with.
    """
    cells = grid.frame()
    return pd.DataFrame(
        {name: _typed(cells[name]) for name in cells}, index=cells.index
    ).set_index("site_id")


def _unwritable(grid: Grid) -> Iterator[Fault]:
    """Yield cells with half a character, which no file can hold."""
    for name, column in zip(grid.header, grid.columns, strict=True):
        for row, cell in zip(grid.rows, column, strict=True):
            if not cell.isascii() and HALF.search(cell):
                yield Fault(grid.file, row, name, cell, "whole Unicode characters")


def _header_faults(grid: Grid) -> Iterator[Fault]:
    for column in REQUIRED:
        if column not in grid.header:
            small = {name.lower(): name for name in grid.header}
            near = get_close_matches(column, small, n=1, cutoff=0.5)
            hint = f" (is it “{small[near[0]]}”?)" if near else ""
            yield Fault(grid.file, 1, column, "missing", f"a column {column}{hint}")
    seen: set[str] = set()
    for position, column in enumerate(grid.header, start=1):
        if not column:
            value = f"column {position} has no name"
            yield Fault(grid.file, 1, "", value, "a name for every column")
        elif column in seen:
            yield Fault(grid.file, 1, column, column, "each column once")
        seen.add(column)


def _each(file: str, cells: pd.Series, bad: pd.Series, expected: str) -> list[Fault]:
    """Return one fault per marked cell."""
    marked = cells[bad]
    return [
        Fault(file, row, str(cells.name), value, expected)
        for row, value in zip(marked.index.tolist(), marked.tolist(), strict=True)
    ]


def _size_faults(file: str, cells: pd.DataFrame) -> list[Fault]:
    """Return oversized cells: a missing quote, as a rule, and never a name."""
    expected = f"at most {CELL_CHARACTERS} characters"
    return [
        fault
        for column in cells
        for fault in _each(
            file,
            cells[column],
            cells[column].str.len() > CELL_CHARACTERS,
            expected,
        )
    ]


def _absent(cells: pd.Series) -> pd.Series:
    return cells.str.lower().isin(ABSENT)


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.mask(_absent(cells)), errors="coerce").astype(float)


def _inside(value: pd.Series, bounds: tuple[float, float]) -> pd.Series:
    return value.between(*bounds)


def _identity_faults(file: str, cells: pd.DataFrame) -> list[Fault]:
    """Return faults of site_id and name: blank, repeated, unprintable."""
    identity = cells["site_id"]
    faults = _each(file, identity, _absent(identity), "an id for every site")
    given = identity[~_absent(identity)]
    once = given.drop_duplicates()
    first = dict(zip(once.tolist(), once.index.tolist(), strict=True))
    again = given[given.duplicated()]
    for row, site in zip(again.index.tolist(), again.tolist(), strict=True):
        expected = f"an id of its own (first used in row {first[site]})"
        faults.append(Fault(file, row, "site_id", site, expected))
    faults += _each(file, cells["name"], cells["name"] == "", "a name for every site")
    for column in ("site_id", "name"):
        odd = ~cells[column].map(str.isprintable).astype(bool)
        faults += _each(file, cells[column], odd, "text without control characters")
    return faults


def _place_faults(file: str, cells: pd.DataFrame, swapped: pd.Series) -> list[Fault]:
    """Return faults of the coordinates: not numbers, swapped, out of range or region."""
    faults: list[Fault] = []
    both = cells["lat"] + ", " + cells["lon"]
    faults += _each(
        file, both.rename("lat"), swapped, "latitude first: lat and lon look swapped"
    )
    for column, limit, bounds in (
        ("lat", 90.0, REGION_LAT),
        ("lon", 180.0, REGION_LON),
    ):
        text, value = cells[column], _numbers(cells[column])
        comma = text.str.fullmatch(DECIMAL_COMMA)
        finite = np.isfinite(value)
        faults += _each(file, text, comma, "a decimal point, not a comma")
        faults += _each(file, text, ~finite & ~comma, "a number of degrees")
        beyond = finite & (value.abs() > limit)
        faults += _each(file, text, beyond, f"degrees from {-limit:g} to {limit:g}")
        away = finite & ~beyond & ~swapped & ~_inside(value, bounds)
        faults += _each(file, text, away, REGION)
    return faults


def _value_faults(file: str, cells: pd.Series, term: Term) -> list[Fault]:
    """Return faults of type and bounds of a column the glossary knows."""
    if term.dtype not in ("float", "int"):
        return []
    value, absent = _numbers(cells), _absent(cells)
    comma = cells.str.fullmatch(DECIMAL_COMMA)
    unread = ~absent & ~np.isfinite(value)
    faults = _each(file, cells, comma, "a decimal point, not a comma")
    faults += _each(file, cells, unread & ~comma, "a number, or blank")
    low = -np.inf if term.low is None else term.low
    high = np.inf if term.high is None else term.high
    outside = np.isfinite(value) & ((value < low) | (value > high))
    expected = f"{term.unit} from {low:g} to {high:g}".strip()
    return faults + _each(file, cells, outside, expected)


def _choice_faults(file: str, cells: pd.Series) -> list[Fault]:
    """Return values outside the short list a column chooses from."""
    column = str(cells.name)
    if column == "network_region":
        allowed: tuple[str, ...] = NETWORK_REGIONS
    elif column in FOREIGN:
        allowed = _keys(FOREIGN[column])
    else:
        return []
    unknown = (cells != "") & ~cells.isin(allowed)
    return _each(file, cells, unknown, f"one of {', '.join(allowed)}, or blank")


@cache
def _keys(table: str) -> tuple[str, ...]:
    """Return the first column of a shipped table."""
    text = files("data").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    frame = [line.split(",", 1)[0] for line in text.splitlines()]
    return tuple(frame[1:])


def _typed(cells: pd.Series) -> pd.Series:
    """Return a column as numbers if the glossary says so or all its cells are."""
    term = glossary().get(str(cells.name))
    if term is not None:
        return _numbers(cells) if term.dtype in ("float", "int") else cells
    value, given = _numbers(cells), ~_absent(cells)
    numeric = given.any() and value.notna().equals(given)
    return value if numeric and not cells.str.fullmatch(CODE).any() else cells
