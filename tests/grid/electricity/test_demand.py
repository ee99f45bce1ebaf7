"""Hourly demand meets every published figure it is made between."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity.demand import (
    DAYS_IN_MONTH,
    MONTH_OF_DAY,
    day_factors,
    hour_factors,
    monthly_factors,
    national_demand_mw,
    to_utc,
)


@pytest.fixture(scope="module")
def hours(world, book):
    return national_demand_mw(world, 2025, book)


def test_peak_is_that_of_6_august_at_15_in_baku(hours):
    """4,871 MW, 6 August 2025 15:00 (today.az 261241); 15:00 in Baku is 11:00 UTC."""
    assert hours.max() == pytest.approx(4871)
    assert divmod(int(hours.argmax()), 24) == (31 + 28 + 31 + 30 + 31 + 30 + 31 + 5, 11)


def test_energy_is_that_of_the_year(hours):
    """27.17 TWh with losses in 2025 (OWID); the load factor is given to 3 digits."""
    assert hours.sum() / 1e6 == pytest.approx(27.17, abs=0.03)


def test_record_day_holds_100_gwh(hours):
    local = np.roll(hours, 4).reshape(365, 24)
    assert local.sum(axis=1).max() / 1e3 == pytest.approx(100, abs=0.1)
    assert local.sum(axis=1).argmax() == 217


def test_months_are_those_of_the_table(world, hours):
    local = np.roll(hours, 4).reshape(365, 24).mean(axis=1)
    mean = np.bincount(MONTH_OF_DAY, local) / DAYS_IN_MONTH / local.mean()
    table = world.tables["load_profile"]
    tabled = table[table["quantity"] == "monthly_shape_factor"].sort_values("period")
    assert mean == pytest.approx(tabled["value"].to_numpy(), abs=0.002)


def test_winter_evening_is_that_of_the_reference_states(hours, book):
    local = np.roll(hours, 4).reshape(365, 24)
    cold = local[np.isin(MONTH_OF_DAY, (0, 1, 11))]
    assert cold.max() / hours.max() == pytest.approx(
        book.network_winter_load, abs=0.001
    )
    assert set(cold.argmax(axis=1)) == {19}


def test_load_grows_as_the_peak_does(world, book, hours):
    later = national_demand_mw(world, 2030, book)
    assert later / hours == pytest.approx(1.03**5)


@given(
    peak=st.integers(0, 23).filter(lambda hour: hour != 4),
    share=st.floats(0.5, 1.0),
)
def test_a_day_keeps_its_mean_and_its_load_factor(peak, share):
    a = SimpleNamespace(demand_trough_hour=4.0, demand_day_load_factor=share)
    day = hour_factors(float(peak), a)
    assert day.mean() == pytest.approx(1.0)
    assert day[peak] == day.max()
    assert day.max() == pytest.approx(1.0 / share)
    assert day[4] == pytest.approx(day.min())


def test_days_leave_the_months_alone(book):
    month = np.linspace(0.9, 1.1, 12)
    days = day_factors(month, book)
    assert np.bincount(MONTH_OF_DAY, days) / DAYS_IN_MONTH == pytest.approx(month)


def test_factors_have_a_mean_of_one_over_the_year(world):
    for quantity in ("monthly_shape_factor", "hydro_monthly_factor"):
        factor = monthly_factors(world, quantity)
        assert (factor * DAYS_IN_MONTH).sum() == pytest.approx(365)


def test_hydro_months_are_those_of_2021_and_2022(world):
    """April to May, 204.4 + 218.7 and 239.3 + 276.1 GWh of 1.28 and 1.60 TWh."""
    factor = monthly_factors(world, "hydro_monthly_factor")
    share = (factor * DAYS_IN_MONTH)[3:5].sum() / 365
    assert share == pytest.approx((204.4 + 218.7 + 239.3 + 276.1) / 2880, abs=0.001)


def test_midnight_in_baku_is_20_utc_of_the_day_before():
    local = np.arange(8760.0)
    assert to_utc(local)[0] == 4
    assert to_utc(local)[8759] == 3
