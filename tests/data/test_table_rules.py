"""One cell of a shipped table spoilt at a time: each rule finds it and says where."""

import pandas as pd
import pytest

from data.load import read_raw
from data.schema import TABLES, glossary, unit_words
from data.table_rules import is_unit, table_rule_faults
from data.vocabulary import CHOICES, REQUIRED

WEAK = frozenset({"general-knowledge-8a363"})


def spoilt(name: str, **cells: str) -> pd.DataFrame:
    """Return a shipped table with cells of its first row replaced."""
    raw = read_raw(name)
    for column, value in cells.items():
        raw.loc[2, column] = value
    return raw


def said(name: str, raw: pd.DataFrame) -> list[str]:
    return [str(fault) for fault in table_rule_faults(name, raw, WEAK)]


@pytest.mark.parametrize(
    ("name", "cells", "says"),
    [
        ("lines", {"from_id": ""}, "from_id: (blank) — expected a value"),
        ("fibre_links", {"corridor": ""}, "corridor: (blank) — expected a value"),
        ("sites", {"lat": ""}, "lat: (blank) — expected a value"),
        ("sites", {"tax_regime": ""}, "tax_regime: (blank) — expected a value"),
        ("parameters", {"value": ""}, "value: (blank) — expected a value"),
        ("parameters", {"low": ""}, "low: (blank) — expected a value"),
        ("parameters", {"high": ""}, "high: (blank) — expected a value"),
        ("parameters", {"unit": ""}, "unit: (blank) — expected a value"),
        ("sources", {"citation": ""}, "citation: (blank) — expected a value"),
        ("water", {"unit": ""}, "unit: (blank) — expected the unit of the value"),
        ("water", {"unit": "bananas"}, "unit: bananas — expected words of units.csv"),
        ("parameters", {"unit": "kWhh"}, "unit: kWhh — expected words of units.csv"),
        ("parameters", {"scope": "world"}, "expected common | region | site"),
        ("sources", {"strength": "medium"}, "expected strong | weak"),
        ("sites", {"area_grade": "good"}, "expected measured | published | derived"),
        ("substations", {"position_grade": "good"}, "expected measured | published"),
        ("fibre_links", {"medium": "pigeon"}, "expected terrestrial | submarine"),
        ("lines", {"evidence": "hearsay"}, "expected documented | partly_inferred"),
        ("lines", {"line_id": " A"}, "expected no blanks around it"),
        ("lines", {"to_id": "AZT", "from_id": "AZT"}, "another place than from_id"),
        ("water", {"as_of": "last year"}, "a real date: YYYY, YYYY-MM or YYYY-MM-DD"),
        ("water", {"as_of": "2025-13"}, "as_of: 2025-13 — expected a real date"),
        ("tariffs", {"valid_from": "2025-02-30"}, "expected a real date"),
        (
            "tariffs",
            {"valid_from": "2025-01-02", "valid_to": "2025-01-01"},
            "valid_to: 2025-01-01 — expected a day on or after valid_from",
        ),
        ("climate_normals", {"temp_air_max": "-30"}, "expected at least temp_air"),
        ("climate_normals", {"temp_air_min": "-3"}, "expected at least temp_air_min"),
    ],
)
def test_a_spoilt_cell_is_found(name: str, cells: dict[str, str], says: str) -> None:
    found = said(name, spoilt(name, **cells))
    assert any(says in fault for fault in found), found
    assert all(fault.startswith(f"{name}.csv:2:") for fault in found)


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_a_column_the_model_reads_is_missed(name: str) -> None:
    column = REQUIRED[name][0]
    found = said(name, read_raw(name).drop(columns=column))
    assert (
        f"{name}.csv:1:{column}: (blank) — expected a column the model reads" in found
    )


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("sites", "41.9", "12.5"),
        ("plants", "55", "49"),
        ("facilities", "40.4", "60"),
        ("substations", "49.4", "39.9"),
        ("fibre_nodes", "12", "49.9"),
    ],
)
def test_a_place_of_azerbaijan_outside_the_region_is_a_fault(
    name: str, lat: str, lon: str
) -> None:
    found = said(name, spoilt(name, lat=lat, lon=lon))
    assert any("a place in the region" in fault for fault in found)


def test_a_place_abroad_may_lie_outside_the_region() -> None:
    raw = spoilt("fibre_nodes", country="DE", lat="50.1", lon="8.7")
    assert said("fibre_nodes", raw) == []


@pytest.mark.parametrize("grade", ["measured", "published", "derived"])
def test_no_grade_stands_on_weak_sources_alone(grade: str) -> None:
    weak = next(iter(WEAK))
    note = {"note": "computed"}
    found = said("water", spoilt("water", source=weak, grade=grade, **note))
    assert found == [
        f"water.csv:2:grade: {grade} — expected assumed: "
        "no source is strong enough for a lender"
    ]
    both = f"{weak} {read_raw('water').loc[2, 'source']}"
    assert said("water", spoilt("water", source=both, grade=grade, **note)) == []
    assert said("water", spoilt("water", source=weak, grade="assumed")) == []


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"sources"}))
def test_a_derived_row_says_how(name: str) -> None:
    mute = {"grade": "derived", "note": ""}
    if "route_km_method" in read_raw(name):
        mute["route_km_method"] = ""
    found = said(name, spoilt(name, **mute))
    assert any("how it was derived" in fault for fault in found)


@pytest.mark.parametrize("unit", ["1", "%", "1/K", "USD/kW-month", "MSK-64 degree"])
def test_a_unit_is_made_of_known_words_and_numbers(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize("unit", ["kwh", "USD/kWhh", "C", "yr", "MUSD"])
def test_a_misspelt_or_second_spelling_of_a_unit_is_none(unit: str) -> None:
    assert not is_unit(unit)


def test_units_of_the_glossary_are_made_of_the_same_words() -> None:
    assert all(is_unit(term.unit) for term in glossary().values())
    assert "kWh" in unit_words()


def test_short_lists_are_of_columns_in_the_glossary() -> None:
    columns = set(CHOICES) | {c for table in REQUIRED.values() for c in table}
    assert columns - {"strength"} <= set(glossary())
