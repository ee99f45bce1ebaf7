"""Bad tables are named with table and row."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from data.faults import InputError
from grid.electricity.network.checks import check_connections, check_tables
from grid.electricity.network.elements import build


def spoiled(world, table, row, column, value):
    frame = world.tables[table].copy()
    frame[column] = frame[column].astype(object if isinstance(value, str) else float)
    frame.loc[row, column] = value
    return replace(world, tables=MappingProxyType({**world.tables, table: frame}))


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "says"),
    [
        ("lines", "ABS-KHI-220-1", "to_id", "XYZ", "ABS-KHI-220-1:to_id: XYZ"),
        ("lines", "ABS-KHI-220-1", "to_id", "ABS", "another end"),
        ("lines", "AZT-GAN-330-1", "length_km", 0.0, "AZT-GAN-330-1:length_km: 0"),
        ("line_types", "330-2xac300", "x_ohm_per_km", 0.0, "330-2xac300:x_ohm_per_km"),
        ("line_types", "330-2xac300", "thermal_mva", -5.0, "330-2xac300:thermal_mva"),
        ("interconnectors", "IC01", "capacity_mw", -1.0, "IC01:capacity_mw: -1"),
        ("plants", "PP_JAN", "substation_id", "XYZ", "PP_JAN:substation_id: XYZ"),
    ],
)
def test_a_fault_names_table_and_row(world, table, row, column, value, says):
    with pytest.raises(InputError) as raised:
        check_tables(spoiled(world, table, row, column, value))
    assert f"{table}.csv" in str(raised.value)
    assert says in str(raised.value)


def test_shipped_tables_pass(world, network, book):
    check_tables(world)
    check_connections(network, world, book)


def test_a_plant_larger_than_its_connection(world, book):
    wild = spoiled(world, "plants", "PP_SHI1", "capacity_mw", 9000.0)
    with pytest.raises(InputError, match="PP_SHI1:capacity_mw: 9000"):
        check_connections(build(wild, 2026), wild, book)
