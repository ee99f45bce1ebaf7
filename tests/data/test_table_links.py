"""Rows taken away and keys spoilt: the rules between tables find each."""

import pandas as pd
import pytest

from data.load import read_raw
from data.schema import TABLES
from data.table_links import book_faults, list_faults, row_faults, rule_faults
from data.vocabulary import FACILITIES, HAZARDS, MONTHLY

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def shipped() -> Tables:
    return {name: read_raw(name) for name in TABLES}


def spoilt(shipped: Tables, name: str, column: str, value: str) -> Tables:
    raw = shipped[name].copy()
    raw.loc[2, column] = value
    return {**shipped, name: raw}


@pytest.mark.parametrize(
    ("name", "column", "value", "says"),
    [
        ("policy_events", "site_ids", "AZ01 AZ99", "keys of sites.csv"),
        ("climate_region_list", "statistics_points", "x", "climate_points.csv"),
        ("climate_site_regions", "place_id", "x", "keys of sites.csv or keys of"),
        ("climate_variability", "climate_region", "x", "or default"),
        ("logistics", "place", "XXXX", "a key of facilities.csv"),
    ],
)
def test_a_key_that_leads_nowhere_is_found(
    shipped: Tables, name: str, column: str, value: str, says: str
) -> None:
    (fault,) = list_faults(spoilt(shipped, name, column, value))
    assert str(fault).startswith(f"{name}.csv:2:{column}: {value} — expected")
    assert says in str(fault)


@pytest.mark.parametrize("name", ["hazards", "logistics", *MONTHLY])
def test_a_missing_row_is_named(shipped: Tables, name: str) -> None:
    key = TABLES[name].key
    gone = " ".join(shipped[name].loc[2, list(key)])
    found = row_faults({**shipped, name: shipped[name].drop(index=2)})
    assert [str(f) for f in found] == [
        f"{name}.csv::{'+'.join(key)}: {gone} — expected a row"
    ]


def test_a_site_needs_a_row_for_every_hazard_and_way_and_a_region(
    shipped: Tables,
) -> None:
    new = shipped["sites"].loc[[2]].assign(site_id="AZ37")
    tables = {**shipped, "sites": pd.concat([shipped["sites"], new])}
    found = [str(fault) for fault in row_faults(tables)]
    assert len(found) == len(HAZARDS) + len(FACILITIES) + 1
    assert all("AZ37" in fault for fault in found)


def test_a_hazard_of_another_name_is_found(shipped: Tables) -> None:
    found = list(row_faults(spoilt(shipped, "hazards", "hazard", "meteor")))
    assert [fault.value for fault in found] == ["AZ01 seismic_msk", "meteor"]


def test_the_book_has_the_numbers_the_rooms_read_and_no_other(shipped: Tables) -> None:
    names = frozenset(shipped["parameters"]["name"])
    assert list(book_faults(names)) == []
    found = [str(f) for f in book_faults(names - {"finance.wacc_pct"} | {"finance.x"})]
    assert found == [
        "parameters.csv::name: finance_wacc_pct — expected a row, dotted by room",
        "parameters.csv::name: finance.x — expected a field of its room in "
        "data/assumptions",
    ]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("sources", "strength"),
        ("hazards", "hazard"),
        ("sites", "lat"),
        ("policy_events", "site_ids"),
        ("logistics", "distance_km"),
    ],
)
def test_a_missing_column_is_no_crash(shipped: Tables, name: str, column: str) -> None:
    rule_faults({**shipped, name: shipped[name].drop(columns=column)})
