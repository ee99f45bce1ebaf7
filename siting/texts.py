"""Text tables of the command line, and the sites a command speaks of."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data import World
from data.sites import read_sites

NAME_WIDTH = 34
"""Longest text in a column."""


def sites_of(path: str | None, world: World) -> pd.DataFrame:
    """Return the shipped sites, or those of a user's file."""
    return read_sites(Path(path)) if path else world.tables["sites"]


def cell(value: object, digits: int | None = None) -> str:
    """Return a value fit for a column: absent as a dash, long text cut."""
    if isinstance(value, str):
        return value if len(value) <= NAME_WIDTH else f"{value[: NAME_WIDTH - 1]}…"
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "–"
    number = float(value)  # type: ignore[arg-type]
    return f"{number:.6g}" if digits is None else f"{number:.{digits}f}"


def aligned(rows: list[list[str]], texts: tuple[int, ...]) -> Iterator[str]:
    """Yield rows as lines of aligned columns, texts to the left."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) if i in texts else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
