"""Yearly costs by hand."""

from dataclasses import replace

import pytest

from siting.supply.costs import (
    annuity,
    contract_usd_per_mw,
    plant_usd_per_mw,
    real_rate,
    works_usd_per_year,
)


def test_an_annuity_pays_its_capex_back():
    paid = annuity(0.08, 25.0)
    assert sum(paid / 1.08**year for year in range(1, 26)) == pytest.approx(1.0)
    assert annuity(0.0, 20.0) == pytest.approx(0.05)
    assert annuity(1e-9, 20.0) == pytest.approx(0.05)


def test_plants_by_hand(world):
    a = world.book.resolve({})
    assert real_rate(a.finance) == pytest.approx(1.10 / 1.025 - 1.0)
    rate = 1.10 / 1.025 - 1.0
    usd = plant_usd_per_mw(a)
    solar = 861_000.0 * (rate / (1.0 - (1.0 + rate) ** -30) + 0.0204)
    assert usd["solar"] == pytest.approx(solar)
    assert usd["gas"] == pytest.approx(2_000_000.0 * annuity(rate, 20.0))
    cells = 69_000.0 * (annuity(rate, 20.0) + 0.015)
    assert usd["battery energy"] == pytest.approx(cells)
    inverters = 224_000.0 * (annuity(rate, 10.0) + 0.015)
    assert usd["battery power"] == pytest.approx(inverters)
    wind = 1_333_000.0 * (annuity(rate, 30.0) + 0.0123)
    assert usd["wind"] == pytest.approx(wind)


def test_works_and_transformers_by_hand(world):
    a = world.book.resolve({})
    yearly = annuity(real_rate(a.finance), 20.0) + 0.02
    assert works_usd_per_year(1e6, a.finance) == pytest.approx(1e6 * yearly)
    mva = 1.5 / a.power.substation_power_factor
    assert contract_usd_per_mw(a) == pytest.approx(mva * 20_000.0 * yearly)


def test_a_longer_life_is_cheaper(world):
    a = world.book.resolve({})
    longer = replace(a, supply=replace(a.supply, wind_life_years=40.0))
    assert plant_usd_per_mw(longer)["wind"] < plant_usd_per_mw(a)["wind"]
