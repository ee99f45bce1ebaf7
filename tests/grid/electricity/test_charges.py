"""Charges of joining and standing, from the rows of the tariff table."""

import numpy as np
import pytest
import xarray as xr

from data.faults import InputError
from grid.electricity.charges import connection_charge_usd, standing_usd_per_year


def charge(world, kv, regime="standard", year=2029, mw=5.0):
    found = connection_charge_usd(
        xr.DataArray([mw]),
        xr.DataArray([kv]),
        xr.DataArray(np.array([regime], dtype=object)),
        world,
        year,
    )
    return found.item()


def test_medium_voltage_pays_100_usd_per_kw_with_vat(world):
    """170 AZN/kW at 1.70 (today.az 248527); VAT of 18 % is the finance room's."""
    assert charge(world, 35) * 1.18 == pytest.approx(5000 * 100.0)
    assert charge(world, 10, mw=2.0) * 1.18 == pytest.approx(2000 * 100.0)


@pytest.mark.parametrize("kv", [110, 220, 330, 500])
def test_no_charge_was_found_from_110_kv(world, kv):
    assert charge(world, kv) == 0.0


@pytest.mark.parametrize("regime", ["deoccupied", "park_in_deoccupied"])
def test_the_de_occupied_territories_pay_nothing(world, regime):
    """From 1 January 2026, above 200 kW (azernews)."""
    assert charge(world, 35, regime) == 0.0


def test_a_year_before_the_charge_is_a_fault(world):
    with pytest.raises(InputError):
        charge(world, 35, year=2019)


def test_nothing_is_charged_where_nothing_is_connected(world):
    assert np.isnan(charge(world, 110, mw=np.nan))


def test_three_manat_a_month(world, book):
    assert standing_usd_per_year(world, book, 2029) == pytest.approx(12 * 3 / 1.7)
