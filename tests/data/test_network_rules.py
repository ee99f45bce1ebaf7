"""A copy of the network's tables broken in one way at a time: the fault names it."""

import pandas as pd
import pytest

from data import load_world
from data.faults import InputError
from data.load import read_raw, table_faults
from data.network_rules import NETWORK, network_faults
from data.schema import TABLES
from data.table_links import rule_faults
from siting.cli import main


@pytest.fixture(scope="module")
def shipped():
    return {name: read_raw(name) for name in TABLES}


def line_of(table, key):
    return int(table.index[table.iloc[:, 0] == key][0])


def broken(shipped, name, key, column, value):
    table = shipped[name].copy()
    line = line_of(table, key)
    table.loc[line, column] = value
    return {**shipped, name: table}, f"{name}.csv:{line}:{column}: "


def without(shipped, name, *keys):
    table = shipped[name]
    return {**shipped, name: table[~table.iloc[:, 0].isin(keys)]}


def said(tables):
    return [str(fault) for fault in network_faults(tables)]


def test_shipped_tables_have_one_network_a_region(shipped):
    assert said(shipped) == []
    assert rule_faults(shipped) == []


@pytest.mark.parametrize(
    ("name", "key", "column"),
    [
        ("line_types", "330-2xac300", "x_ohm_per_km"),
        ("line_types", "330-2xac300", "thermal_mva"),
        ("lines", "AZT-GAN-330-1", "length_km"),
        ("substations", "GOB", "transformer_mva"),
    ],
)
def test_a_zero_no_flow_can_hold(shipped, name, key, column):
    tables, place = broken(shipped, name, key, column, "0")
    assert said(tables)[0] == f"{place}0 — expected more than zero ({key})"


@pytest.mark.parametrize(
    ("name", "key", "column", "value", "says"),
    [
        (
            "lines",
            "ABS-KHI-220-1",
            "to_id",
            "XYZ",
            "a key of substations.csv, or blank",
        ),
        ("line_types", "330-2xac300", "x_ohm_per_km", "-1", "between 0 and 10 ohm/km"),
        ("line_types", "330-2xac300", "thermal_mva", "-5", "between 0 and 10000 MVA"),
        ("substations", "GOB", "transformer_mva", "-5", "between 0 and 10000 MVA"),
        ("interconnectors", "IC01", "capacity_mw", "-1", "between 0 and 20000 MW"),
        ("plants", "PP_JAN", "substation_id", "XYZ", "a key of substations.csv"),
    ],
)
def test_unknown_ends_and_negative_numbers(shipped, name, key, column, value, says):
    tables, place = broken(shipped, name, key, column, value)
    targets = {t for table in TABLES.values() for t in table.foreign.values()}
    keys = {n: frozenset(shipped[n].iloc[:, 0]) for n in targets | {"sources"}}
    (fault,) = (
        f for f in table_faults(name, tables[name], keys) if "low ≤" not in str(f)
    )
    assert str(fault).startswith(f"{place}{value} — expected {says}")


def test_load_without_supply(shipped):
    lines = shipped["lines"]
    own = lines.loc[(lines["from_id"] == "YGA") | (lines["to_id"] == "YGA"), "line_id"]
    tables = without(shipped, "lines", *own)
    line = line_of(shipped["substations"], "YGA")
    assert said(tables) == [
        f"substations.csv:{line}:substation_id: YGA — expected a line in service to the "
        "mainland network: load without supply (YGA)"
    ]


def test_a_second_slack_area(shipped):
    lines = shipped["lines"]
    own = lines.loc[(lines["from_id"] == "SHI") | (lines["to_id"] == "SHI"), "line_id"]
    (fault,) = said(without(shipped, "lines", *own))
    line = line_of(shipped["substations"], "SHI")
    assert fault.startswith(f"substations.csv:{line}:substation_id: SHI — expected")
    assert "with PP_SHI1 PP_SHI2 a second slack area" in fault


def test_a_line_not_yet_standing_joins_nothing(shipped):
    lines = shipped["lines"]
    own = lines[(lines["from_id"] == "YGA") | (lines["to_id"] == "YGA")].index
    later = lines.copy()
    later.loc[own, "status"] = "planned"
    (fault,) = said({**shipped, "lines": later})
    assert "load without supply (YGA)" in fault


def test_a_plant_larger_than_its_connection(shipped):
    tables, place = broken(shipped, "plants", "PP_SHI1", "capacity_mw", "19000")
    (fault,) = said(tables)
    assert fault.startswith(f"{place}19000 — expected at most ")
    assert fault.endswith("MW, all the lines of SHI together (PP_SHI1)")


def test_every_fault_comes_at_once(shipped):
    tables, _ = broken(shipped, "plants", "PP_SHI1", "capacity_mw", "19000")
    tables, _ = broken(tables, "line_types", "220-490", "x_ohm_per_km", "0")
    lines = shipped["lines"]
    own = lines.loc[(lines["from_id"] == "YGA") | (lines["to_id"] == "YGA"), "line_id"]
    found = said(without(tables, "lines", *own))
    assert [text.split(":")[0] for text in found] == [
        "line_types.csv",
        "substations.csv",
        "plants.csv",
    ]
    assert [str(f) for f in rule_faults(without(tables, "lines", *own))] == found


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        (
            "line_types:330-2xac300:x_ohm_per_km",
            0.0,
            "line_types.csv::330-2xac300:x_ohm_per_km: 0 — expected more than zero",
        ),
        (
            "plants:PP_SHI1:capacity_mw",
            19000.0,
            "plants.csv::PP_SHI1:capacity_mw: 19000 — expected at most ",
        ),
    ],
)
def test_an_override_is_refused_the_same_way(cell, value, says):
    with pytest.raises(InputError) as raised:
        load_world().amended({cell: value})
    assert str(raised.value).startswith(says)


def test_commands_exit_2(capsys):
    words = ["--set", "line_types:330-2xac300:x_ohm_per_km=0"]
    assert main(["rank", *words]) == 2
    assert "330-2xac300:x_ohm_per_km: 0" in capsys.readouterr().err
    assert main(["grid", "hosting", *words]) == 2


def test_data_check_reads_the_rules(shipped, monkeypatch, capsys):
    tables, place = broken(shipped, "line_types", "330-2xac300", "x_ohm_per_km", "0")
    monkeypatch.setattr("data.load.read_raw", lambda name: tables[name])
    assert main(["data", "check"]) == 2
    assert f"{place}0 — expected more than zero" in capsys.readouterr().err


def test_the_rules_read_no_other_table():
    frames = {n: pd.DataFrame(read_raw(n)) for n in (*NETWORK, "parameters")}
    assert network_faults(frames) == []
