"""Reading: every shipped table is clean, and every kind of fault is found and placed."""

import pandas as pd
import pytest

from data.load import (
    read_raw,
    read_tables,
    table_faults,
    typed,
    world_faults,
)
from data.schema import GRADES, TABLES, glossary

KEYS = {
    "sources": frozenset({"adb"}),
    "substations": frozenset({"ABS", "NAV"}),
    "tax_regimes": frozenset({"standard"}),
    "water_basins": frozenset(),
}


def raw(**columns: list[str]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    base = {
        "grade": ["published"] * count,
        "source": ["adb"] * count,
        "as_of": ["2025"] * count,
        "note": [""] * count,
    }
    frame = pd.DataFrame({**base, **columns}, dtype=str)
    frame.index = pd.RangeIndex(2, 2 + count)
    return frame


def said(name: str, frame: pd.DataFrame) -> list[str]:
    return [str(fault) for fault in table_faults(name, frame, KEYS)]


def lines(**columns: list[str]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    base = {
        "line_id": [f"L{i}" for i in range(count)],
        "from_id": ["ABS"] * count,
        "to_id": ["NAV"] * count,
        "status": ["in_service"] * count,
        "year": ["2013"] * count,
    }
    return raw(**{**base, **columns})


def test_no_shipped_table_has_a_fault() -> None:
    assert [str(fault) for fault in world_faults()] == []


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"sources"}))
def test_every_row_is_graded_sourced_and_dated(name: str) -> None:
    table = read_tables()[name]
    assert len(table) > 0
    assert table["grade"].isin(GRADES).all()
    assert (table["source"] != "").all()
    assert (table["as_of"] != "").all()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_keys_are_unique_and_columns_are_in_the_glossary(name: str) -> None:
    table = read_tables()[name]
    assert table.index.is_unique
    assert set(read_raw(name)) <= set(glossary())


def test_a_clean_table_has_no_fault() -> None:
    assert said("lines", lines(line_id=["a", "b"])) == []


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (
            {"line_id": ["a", "a"]},
            "lines.csv:3:line_id: a — expected a line_id not seen",
        ),
        ({"line_id": [""]}, "a value in every key column"),
        (
            {"from_id": ["XXX"]},
            "lines.csv:2:from_id: XXX — expected a key of substations",
        ),
        ({"status": ["running"]}, "in_service | under_construction"),
        ({"year": ["2031"]}, "a year up to 2026 for something in service"),
        ({"year": ["soon"]}, "lines.csv:2:year: soon — expected a number, or blank"),
        ({"grade": ["good"]}, "measured | published"),
        ({"source": [""]}, "a source_id"),
        ({"source": ["adb nowhere"]}, "source_id of sources.csv"),
        ({"length_km": ["-3"]}, "lines.csv:2:length_km: -3 — expected"),
        (
            {"colour": ["red"]},
            "lines.csv:1:colour: colour — expected a name in the glossary",
        ),
        (
            {"length_km": ["9"], "length_km_low": ["10"], "length_km_high": ["12"]},
            "length_km_low ≤ length_km ≤ length_km_high",
        ),
    ],
)
def test_each_fault_is_placed_and_says_what_is_expected(
    columns: dict[str, list[str]], says: str
) -> None:
    assert any(says in fault for fault in said("lines", lines(**columns)))


def test_all_faults_come_at_once() -> None:
    frame = lines(line_id=["a", "a"], from_id=["ABS", "ZZZ"], grade=["good", "derived"])
    assert len(said("lines", frame)) == 3


def test_blank_stays_absent_and_is_never_zero() -> None:
    table = typed(lines(length_km=["", "0"], line_id=["a", "b"]))
    assert table["length_km"].isna().tolist() == [True, False]
    assert table["length_km"].iloc[1] == 0
