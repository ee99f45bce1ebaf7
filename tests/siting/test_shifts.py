"""Projects moved: their years, and the ends they stand on, move together."""

import pytest

from data.faults import InputError
from siting.loading import load_scenario
from siting.shifts import shifted, shifts_of


def test_a_line_brings_its_yard_and_both_move(world):
    moved = shifted(load_scenario("base"), "NAV500-AZT-500-1", -1, world)
    assert {"NAV500-AZT-500-1", "NAV500"} <= set(moved.build_out.on)
    built = world.amended(dict(moved.overrides)).built(moved.build_out)
    for table, row in (("lines", "NAV500-AZT-500-1"), ("substations", "NAV500")):
        assert world.tables[table].loc[row, "year"] == 2028
        assert built.tables[table].loc[row, "exists_from"] == 2027


def test_what_states_no_year_cannot_be_moved(world):
    with pytest.raises(InputError, match="a row with a year"):
        shifted(load_scenario("base"), "ALT", 1, world)


def test_texts_are_read_and_faults_listed_together():
    assert shifts_of(["NAV500=-1", "A=B=2"]) == [("NAV500", -1), ("A=B", 2)]
    with pytest.raises(InputError) as raised:
        shifts_of(["NAV500", "NAV500=soon"])
    assert len(raised.value.faults) == 2
