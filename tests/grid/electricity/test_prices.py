"""Prices of gas, contracts and exports, worked by hand from the tariff table."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import load_world
from data.choices import PowerChoices
from data.faults import InputError
from grid.electricity.prices import path, supply_prices, tariffs_of_year
from grid.electricity.tariff import prices, tariff_class

VAT = 1.18


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize(
    ("contract", "usd_per_m3"),
    [
        ("power_generation", 0.185 / 1.7 / VAT),
        ("industry", 0.24 / 1.7 / VAT),
        ("negotiated", 0.2),
    ],
)
def test_gas_by_hand(contract, usd_per_m3, world, book):
    """9.8 kWh a cubic metre: 0.24 AZN with VAT is 12.21 USD/MWh of heat without."""
    found = supply_prices(world, PowerChoices(gas=contract), book, 2026)
    assert found.gas_usd_per_mwh_th == pytest.approx(1000 * usd_per_m3 / 9.8)


def test_contract_wheeling_export_and_standing_charge(world, book):
    found = supply_prices(world, PowerChoices(), book, 2026)
    assert found.ppa_usd_per_mwh == pytest.approx(35.4)
    assert found.wheeling_usd_per_mwh == pytest.approx(2 / 1.7 / VAT)
    assert found.export_usd_per_mwh == pytest.approx(55.4)
    assert found.fixed_usd_per_month == pytest.approx(3 / 1.7 / VAT)


def test_paths_are_real_and_start_at_the_base_year(world, book):
    rising = replace(book, tariff_escalation_real_pct=2.0, gas_escalation_real_pct=3.0)
    now, later = (supply_prices(world, PowerChoices(), rising, y) for y in (2026, 2036))
    ratio = {n: getattr(later, n) / getattr(now, n) for n in now.__dataclass_fields__}
    assert ratio["gas_usd_per_mwh_th"] == pytest.approx(1.03**10)
    assert ratio["export_usd_per_mwh"] == pytest.approx(1.02**10)
    assert ratio["fixed_usd_per_month"] == pytest.approx(1.02**10)
    assert ratio["ppa_usd_per_mwh"] == 1.0
    assert path(2.0, 2020, rising) == 1.0


def test_a_year_no_row_covers_is_a_fault(world, book):
    with pytest.raises(InputError, match="non_household AZN/month in force"):
        supply_prices(world, PowerChoices(), book, 2025)


def test_the_tabled_tariffs_are_the_book(world, book):
    assert (
        tariffs_of_year(world, PowerChoices(data_centre_tariff=True), book, 2029)
        == book
    )


def test_override_and_dated_row_both_count(world, book):
    dearer = replace(book, tariff_industrial_azn_per_kwh=0.212)
    found = tariffs_of_year(world, PowerChoices(), dearer, 2029)
    assert found.tariff_industrial_azn_per_kwh == pytest.approx(0.212)
    cell = world.amended({"tariffs:T11:value": 0.12})
    found = tariffs_of_year(cell, PowerChoices(), dearer, 2029)
    assert found.tariff_industrial_azn_per_kwh == pytest.approx(0.24)


def test_only_a_class_in_use_must_cover_the_year(world, book):
    tariffs_of_year(world, PowerChoices(), book, 2020)
    with pytest.raises(InputError, match="data_centre day"):
        tariffs_of_year(world, PowerChoices(data_centre_tariff=True), book, 2020)


def test_a_week_by_hand(book):
    """10 MW from 20 to 24 h in Baku: two day hours, two night hours, seven days."""
    hours = pd.date_range("2029-06-03 20:00", periods=168, freq="h").to_numpy()
    local = pd.DatetimeIndex(hours, tz="UTC").tz_convert("Asia/Baku").hour
    load = xr.DataArray(np.where(local >= 20, 10.0, 0.0), coords={"time": hours})
    bill = (load * prices(hours, book)).sel(tariff_class="data_centre").sum()
    assert float(bill) == pytest.approx(10 * 7 * (2 * 73 + 2 * 35) / 1.7)


def test_one_month_below_five_gwh_loses_the_class(book):
    year = pd.date_range("2029-01-01", periods=8760, freq="h")
    mwh = np.full(8760, 7.0)
    monthly = pd.Series(mwh, year).resample("MS").sum() / 1000
    assert monthly.min() == pytest.approx(4.704)  # February: 672 h
    assert monthly.drop(monthly.index[1]).min() > 5
    assert tariff_class(monthly.min(), 110, stands=True, a=book).item() == "industrial"
    steady = monthly.min() * 7.5 / 7.0
    assert tariff_class(steady, 110, stands=True, a=book).item() == "data_centre"
