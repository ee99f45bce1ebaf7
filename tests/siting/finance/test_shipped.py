"""The shipped book and tax regimes, against the figures they are derived from."""

from datetime import date

import numpy as np
import pytest

from data import load_world
from data.schema import glossary
from siting.finance import CashInputs, CashTerms, Clocks, appraise_cash, tax_terms

DECISION = date(2026, 12, 1)


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.fixture(scope="module")
def a(world):
    return world.book.resolve({}).finance


@pytest.fixture(scope="module")
def campus(world, a):
    """A hundred megawatts under each tax regime, all else equal."""
    regimes = world.tables["tax_regimes"]
    names = regimes.index.to_numpy(dtype=object)
    inputs = CashInputs(
        it_mw=np.full(names.size, 100.0),
        utilisation=np.array(0.8),
        clocks=Clocks(
            grid_months=np.array(30.0),
            permit_months=np.array(9.0),
            building_months=np.array(24.0),
            licence_months=np.array(0.0),
        ),
        cooling_capex_usd=np.array(90e6),
        connection_capex_usd=np.array(15e6),
        second_feed_capex_usd=np.array(0.0),
        generators_usd=np.array(0.0),
        fibre_capex_usd=np.array(2e6),
        connection_charge_usd=np.array(0.0),
        energy_usd_per_year=np.array(100 * 0.8 * 8760 * 1.2 * 62.4),
        standing_usd_per_year=np.array(18.0),
        water_azn_per_year=np.array(2e5),
        land_ha=np.array(22.0),
        azn_per_usd=np.array(1.7),
        tax=tax_terms(regimes, names, DECISION, a),
    )
    got = appraise_cash(inputs, a, CashTerms(decision=DECISION)).measures
    return {name: dict(zip(names, value, strict=True)) for name, value in got.items()}


def test_facility_cost_follows_from_the_surveys(world, a):
    """Gulf mid-point of 2024, two years of inflation, and the premium for AI."""
    costs = world.tables["cost_references"]["value"]
    gulf = costs["construction_cost_dubai_riyadh"]
    rise = 1 + costs["construction_cost_inflation_data_centres_world"] / 100
    premium = 1 + costs["ai_premium_over_traditional_data_centre_build"] / 100
    assert a.facility_capex_usd_per_kw == pytest.approx(
        1000 * gulf * rise**2 * premium, rel=0.01
    )


def test_facility_and_running_cost_beside_epoch_ai(world, campus, a):
    """12.4 and 0.3 USD million per MW: facility, and opex without energy."""
    assert a.facility_capex_usd_per_kw == pytest.approx(12.4e3, rel=0.1)
    running = campus["opex_usd_per_year"]["standard"]
    energy = campus["opex_energy_usd_per_year"]["standard"]
    assert (running - energy) / 100 == pytest.approx(0.3e6, rel=0.15)


def test_power_escalation_is_the_tariff_history(a):
    years = 8 + 35 / 365  # 28 November 2016 to 2 January 2025
    assert a.power_escalation_pct == pytest.approx(
        100 * ((0.106 / 0.09) ** (1 / years) - 1), abs=0.1
    )


def test_reference_price_of_power(world, a):
    azn = world.book.resolve({}).power
    got = 1000 * azn.tariff_industrial_azn_per_kwh / azn.azn_per_usd
    assert a.reference_power_usd_per_mwh == pytest.approx(got, abs=0.1)


def test_tax_relief_shows_in_the_rent_and_not_in_the_cost(campus):
    rent = campus["required_rent_usd_per_kw_month"]
    assert (
        rent["alat_fez"]
        < rent["industrial_park"]
        < rent["deoccupied"]
        < rent["standard"]
    )
    assert rent["park_unconfirmed"] == rent["standard"]
    assert rent["park_in_deoccupied"] == pytest.approx(rent["industrial_park"])
    assert len(set(campus["lcoc_usd_per_kw_month"].values())) == 1


def test_free_zone_price_is_the_levelised_cost(campus):
    assert campus["required_all_in_usd_per_kw_month"]["alat_fez"] == pytest.approx(
        campus["lcoc_usd_per_kw_month"]["alat_fez"], rel=1e-12
    )


def test_required_rent_is_of_the_order_of_the_market(campus):
    """Between the hosting leases read (120 to 154) and the dearest market (397)."""
    rent = np.array(list(campus["required_rent_usd_per_kw_month"].values()))
    assert ((rent > 154) & (rent < 397)).all()


def test_ready_and_spent(campus):
    assert campus["ready_months"]["standard"] == 33.0
    assert campus["energisation_year"]["standard"] == pytest.approx(2029 + 8 / 12)
    assert campus["capex_usd_per_kw"]["standard"] == pytest.approx(13_643, abs=1)


def test_money_of_the_metrics_is_in_the_glossary(campus):
    assert set(campus) <= set(glossary())
