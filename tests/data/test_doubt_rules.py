"""Bad tables of doubt: each fault named with its row, its column and what was expected."""

import pytest

from data import load
from data.doubt_rules import doubt_faults
from data.faults import InputError
from data.load import read_raw, table_faults, world_faults
from data.schema import TABLES
from siting.cli import main
from siting.loading import load_scenario

NAMES = tuple(TABLES)
RAW = {name: read_raw(name) for name in NAMES}
KEYS = {
    name: frozenset(RAW[name][TABLES[name].key[0]])
    for name in ("sources", "parameters")
}


def broken(name: str, row: int, /, **cells: str) -> list[str]:
    """What is said when cells of one shipped row are changed."""
    table = RAW[name].copy()
    for column, value in cells.items():
        table.loc[table.index[row], column] = value
    faults = [
        *table_faults(name, table, KEYS),
        *doubt_faults({**RAW, name: table}),
    ]
    return [str(fault) for fault in faults]


def row_of(name: str, key: str) -> int:
    return int(RAW[name].iloc[:, 0].tolist().index(key))


def test_the_shipped_tables_have_no_fault() -> None:
    assert broken("doubt_laws", 0) == []
    assert broken("doubt_events", 0) == []


@pytest.mark.parametrize("chance", ["-0.1", "1.5", "30"])
@pytest.mark.parametrize("name", ["doubt_events", "doubt_laws"])
def test_a_probability_lies_from_nought_to_one(name: str, chance: str) -> None:
    (said, *_) = broken(name, 0, probability=chance, low="", high="")
    assert f"{name}.csv:2:probability: {chance} — expected between 0 and 1" in said


@pytest.mark.parametrize(
    "cells",
    [
        {"probability": "0.9"},
        {"probability": "0.1"},
        {"low": "0.9", "high": "0.3"},
    ],
)
def test_a_probability_lies_within_its_doubt(cells: dict[str, str]) -> None:
    (said,) = broken("doubt_events", 0, **cells)
    assert said.startswith("doubt_events.csv:2:probability:")
    assert "low ≤ probability ≤ high" in said


@pytest.mark.parametrize(
    "settings",
    [
        "fibre.gorgia=false",
        "fibre.georgia=closed",
        "fibre.georgia",
        "build_out.off=tcfoo",
        "build_out.on=tcfo",
        "campus.licence_month=36",
        "campus.licence_months=late",
        "campus.licence_months=nan",
        "campus.mw=50",
        "power.data_centre_tariff=false",
        "fibre.georgia=false build_out.off=nothing",
    ],
)
def test_settings_that_mean_nothing_are_named(settings: str) -> None:
    (said,) = broken("doubt_events", 0, settings=settings)
    assert said.startswith(f"doubt_events.csv:2:settings: {settings} — expected")


@pytest.mark.parametrize(
    "settings",
    [
        "fibre.iran=true fibre.georgia=false",
        "campus.licence_months=30.5 power.data_centre_tariff=true",
        "build_out.off=tcfo",
    ],
)
def test_settings_that_mean_something_pass(settings: str) -> None:
    assert broken("doubt_events", 0, settings=settings) == []


def test_a_blank_setting_is_named() -> None:
    table = RAW["doubt_events"].copy()
    table.loc[2, "settings"] = ""
    patched = {**RAW, "doubt_events": table}
    said = [str(fault) for fault in load._faults(patched)]
    assert any("doubt_events.csv:2:settings" in text for text in said)


def test_years_that_overlap_or_end_before_they_begin_are_named() -> None:
    first = row_of("doubt_events", "trans_caspian_late")
    (said,) = broken("doubt_events", first, until_year="2028")
    assert said.startswith("doubt_events.csv:3:from_year: 2028")
    assert "one chance a year" in said
    (said,) = broken("doubt_events", first, until_year="2060")[:1]
    assert "one chance a year" in said
    last = row_of("doubt_events", "licence_late")
    (said,) = broken("doubt_events", last, until_year="2020")
    assert "until_year: 2020 — expected from_year or later" in said


def test_a_long_row_overlaps_every_later_one() -> None:
    first = row_of("doubt_events", "trans_caspian_late")
    said = broken("doubt_events", first, until_year="2060")
    assert len([text for text in said if "one chance a year" in text]) == 2


def test_one_or_the_other_needs_a_number_at_a_bound() -> None:
    row = row_of("doubt_laws", "power.line.usd_per_km_110")
    (said,) = broken("doubt_laws", row, probability="0.5")
    assert f"doubt_laws.csv:{row + 2}:probability: 0.5" in said
    assert "its low or its high" in said


def test_numbers_of_a_group_share_their_scope() -> None:
    row = row_of("doubt_laws", "power.tariff.vat_included")
    scope = RAW["parameters"].set_index("name")["scope"]
    region = next(name for name in RAW["doubt_laws"]["name"] if scope[name] == "region")
    other = row_of("doubt_laws", region)
    table = RAW["doubt_laws"].copy()
    table.loc[table.index[[row, other]], "group"] = "one_group"
    said = [str(f) for f in doubt_faults({**RAW, "doubt_laws": table})]
    assert len(said) == 2
    assert all("a group of one scope" in text for text in said)


def test_a_law_of_no_number_is_named() -> None:
    (said,) = broken("doubt_laws", 0, name="power.tariff.vat")
    assert "doubt_laws.csv:2:name: power.tariff.vat — expected a key of" in said


def test_a_number_whose_low_is_above_its_high_is_named() -> None:
    row = row_of("parameters", "finance.wacc_pct")
    table = RAW["parameters"].copy()
    table.loc[table.index[row], ["low", "high"]] = ["13", "8"]
    said = [str(f) for f in table_faults("parameters", table, KEYS)]
    assert any("low ≤ value ≤ high" in text for text in said)


def test_the_command_names_every_fault_of_the_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    events = RAW["doubt_events"].copy()
    events.loc[2, ["probability", "settings"]] = ["1.5", "fibre.gorgia=false"]
    tables = {**RAW, "doubt_events": events}
    monkeypatch.setattr(load, "read_raw", tables.__getitem__)
    assert len(world_faults()) >= 2
    assert main(["data", "check"]) == 2
    said = capsys.readouterr().err
    assert "doubt_events.csv:2:probability: 1.5" in said
    assert "doubt_events.csv:2:settings: fibre.gorgia=false" in said


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("preferences.groups.cooling=-1", "a weight from 0"),
        ("uncertainty.seed=-1", "uncertainty.seed"),
    ],
)
def test_bad_choices_of_doubt_and_weight_are_named(setting: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        load_scenario("base", [setting])


def test_weights_that_sum_to_nothing_are_named() -> None:
    groups = ("cooling", "power", "connectivity")
    none = [f"preferences.groups.{group}=0" for group in groups]
    with pytest.raises(InputError) as told:
        load_scenario("base", none)
    assert "preferences.groups" in str(told.value)
