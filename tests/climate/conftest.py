"""The climate tables and book as the loader gives them, and observed figures."""

import csv
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest

from data.assumptions.climate import ClimateBook
from data.book import Book
from data.load import read_raw, typed
from data.schema import TABLES
from data.world import World

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def world() -> World:
    """The climate and sea tables alone, so that a fault elsewhere is told elsewhere."""
    names = [
        n for n in TABLES if n.startswith(("climate_", "sea_")) or n == "parameters"
    ]
    tables = {n: typed(read_raw(n)).set_index(list(TABLES[n].key)) for n in names}
    return World(tables=MappingProxyType(tables), book=Book(tables["parameters"]))


@pytest.fixture(scope="session")
def book(world: World) -> ClimateBook:
    return world.book.resolve({}).climate


@pytest.fixture(scope="session")
def sites() -> pd.DataFrame:
    return typed(read_raw("sites")).set_index("site_id")


@pytest.fixture(scope="session")
def observed() -> dict[str, dict[str, float]]:
    """Observed design figures by point; blanks left out."""
    text = (REFERENCE / "climate_design_observed.csv").read_text(encoding="utf-8")
    return {
        row["point_id"]: {
            key: float(value)
            for key, value in row.items()
            if value and key not in ("point_id", "citation")
        }
        for row in csv.DictReader(text.splitlines())
    }
