"""The calendar of tariffs: every day priced once, and a year's price by its days."""

import pandas as pd
import pytest

from data import load_world
from data.faults import InputError
from data.load import read_raw
from data.tariff_calendar import Tariff, calendar_faults, in_force

INDUSTRY = Tariff("industrial", "AZN/kWh")


@pytest.fixture(scope="module")
def tariffs():
    return load_world().tables["tariffs"]


def told(changes):
    """Return the faults of the shipped table with some cells changed."""
    raw = read_raw("tariffs")
    for row, column, text in changes:
        raw.loc[raw["tariff_id"] == row, column] = text
    return [str(fault) for fault in calendar_faults(raw)]


def test_the_shipped_calendar_is_whole():
    assert told([]) == []


def test_a_gap_names_table_and_row():
    (fault,) = told([("T11", "valid_from", "2025-02-01")])
    assert fault.startswith("tariffs.csv:12:valid_from: 2025-02-01")
    assert "2025-01-02: the calendar of this class has a gap" in fault


def test_an_overlap_names_table_and_row():
    (fault,) = told([("T10", "valid_to", "2025-01-02")])
    assert fault.startswith("tariffs.csv:12:valid_from: 2025-01-02")
    assert "after 2025-01-02" in fault
    (open_end,) = told([("T10", "valid_to", "")])
    assert open_end.startswith("tariffs.csv:12")


def test_months_and_years_stand_for_their_days():
    assert told([("T10", "valid_to", "2024"), ("T11", "valid_from", "2025")]) == []
    assert (
        told([("T10", "valid_to", "2025-02"), ("T11", "valid_from", "2025-03")]) == []
    )
    assert (
        len(told([("T10", "valid_to", "2024-12"), ("T11", "valid_from", "2026")])) == 1
    )


def test_a_year_of_two_tariffs_is_weighed_by_days(tariffs):
    """2025: one day at 0.100, 364 at 0.106 AZN/kWh."""
    found = in_force(tariffs, INDUSTRY, 2025)
    assert found.value == pytest.approx((0.100 + 364 * 0.106) / 365, rel=1e-12)
    assert found.rows == ("T10", "T11")
    assert in_force(tariffs, INDUSTRY, 2029).value == 0.106
    assert in_force(tariffs, INDUSTRY, 2024).value == 0.1


def test_a_year_without_a_row_is_a_fault(tariffs):
    day = Tariff("data_centre", "AZN/kWh", "day")
    with pytest.raises(InputError, match="in force from 2021-01-01 to 2021-12-31"):
        in_force(tariffs, day, 2021)
    ended = tariffs.copy()
    ended.loc["T01", "valid_to"] = "2028-06-30"
    with pytest.raises(InputError) as caught:
        in_force(ended, day, 2028)
    assert "tariffs.csv:T01" in str(caught.value)
    assert "from 2028-07-01 to 2028-12-31" in str(caught.value)
    with pytest.raises(InputError, match="a row of nobody AZN/kWh in force"):
        in_force(tariffs, Tariff("nobody", "AZN/kWh"), 2029)


def test_a_row_that_does_not_say_its_vat_is_a_fault(tariffs):
    silent = tariffs.copy()
    silent.loc["T11", "vat_included"] = pd.NA
    with pytest.raises(InputError, match=r"tariffs\.csv:T11::vat_included"):
        in_force(silent, INDUSTRY, 2029)


def test_observed_averages_stand_until_the_next(tariffs):
    export = Tariff("export_customs", "USD/kWh")
    seen = {year: in_force(tariffs, export, year).value for year in (2020, 2024, 2030)}
    assert seen == {2020: 0.0434, 2024: 0.058, 2030: 0.0554}
    with pytest.raises(InputError, match="export_customs"):
        in_force(tariffs, export, 2018)
