"""The shipped book and tax regimes, against the figures they are derived from."""

from dataclasses import replace
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
def run(world, a):
    """Return what appraises a hundred megawatts under each tax regime, all else equal."""
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

    def run(book=a, **terms):
        deal = CashTerms(decision=DECISION, **terms)
        got = appraise_cash(inputs, book, deal).measures
        return {n: dict(zip(names, value, strict=True)) for n, value in got.items()}

    return run


@pytest.fixture(scope="module")
def campus(run):
    """What that campus costs and earns as a landlord of power and cooling."""
    return run()


@pytest.fixture(scope="module")
def cloud(run):
    """The same as a GPU cloud."""
    return run(role="gpu_cloud")


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


def test_free_zone_price_is_the_levelised_cost_and_what_waiting_for_it_costs(
    run, campus, a
):
    paid_at_once = run(replace(a, working_capital_days=0.0))
    assert paid_at_once["required_all_in_usd_per_kw_month"][
        "alat_fez"
    ] == pytest.approx(paid_at_once["lcoc_usd_per_kw_month"]["alat_fez"], rel=1e-12)
    assert paid_at_once["lcoc_usd_per_kw_month"] == campus["lcoc_usd_per_kw_month"]
    # Thirty days of a year's rent, carried at 10 % until it is set free: 30/365 of a
    # tenth or so, 0.8 % of the price.
    rise = (
        campus["required_all_in_usd_per_kw_month"]["alat_fez"]
        / (campus["lcoc_usd_per_kw_month"]["alat_fez"])
    )
    assert rise == pytest.approx(1 + 30 / 365 * (1 - 1 / 1.1), abs=0.001)


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


def test_the_return_asked_for_holds_the_country_risk_once(a):
    assert a.discount_pct == 10.0
    assert a.wacc_pct - a.country_risk_in_wacc_pct == pytest.approx(7.14)
    assert replace(a, country_risk_pct=4.0).discount_pct == pytest.approx(11.14)


def test_country_risk_is_derived_from_georgia(world, a):
    risks = world.tables["finance_references"]["value"]
    told = risks["azerbaijan_country_risk_premium_derived"]
    assert a.country_risk_pct == told == a.country_risk_in_wacc_pct


def test_it_and_its_gpus_are_those_of_the_surveys(world, a):
    costs = world.tables["cost_references"]["value"]
    all_in = costs["all_in_ai_data_centre_capex_incl_gpus"]
    assert a.it_capex_usd_per_kw == pytest.approx(1000 * (all_in - 12.4))
    rack = costs["gb200_nvl72_rack_compute_hardware"]
    power = costs["gb200_nvl72_rack_power"]
    assert a.it_capex_usd_per_kw == pytest.approx(1e6 * rack / power, rel=0.02)
    assert a.kw_per_gpu == pytest.approx(power / 72, abs=0.005)
    hour = costs["gb200_superchip_2_gpu_rental"] / 2
    reserved = 1 - costs["reserved_capacity_discount_vs_on_demand"] / 100
    assert a.reference_gpu_usd_per_hour == pytest.approx(hour * reserved, abs=0.005)
    assert a.it_life_years == costs["it_equipment_life"]


def test_a_megawatt_of_gpus_earns_what_coreweave_does(cloud, a):
    per_mw_year = cloud["rent_usd_per_kw_month"]["standard"] * 12 * 1000
    sold = per_mw_year * a.gpu_occupancy_pct / 100
    assert 10e6 < sold < 12e6


def test_a_gpu_hour_costs_what_its_parts_do(cloud):
    """Four sets of IT make three quarters of the cost; relief shows in the price."""
    cost, price = cloud["cost_usd_per_gpu_hour"], cloud["required_usd_per_gpu_hour"]
    assert 1.5 < cost["standard"] < 4.0
    assert price["alat_fez"] < price["industrial_park"] < price["standard"]
    share = (
        cloud["lcoc_it_usd_per_kw_month"]["standard"]
        / cloud["lcoc_usd_per_kw_month"]["standard"]
    )
    assert 0.6 < share < 0.8  # 60 % of Epoch AI's total is servers, at 6.75 %


def test_the_loan_of_a_leased_campus_is_within_its_limits(campus, a):
    gearing = np.array(list(campus["gearing_pct"].values()))
    least = np.array(list(campus["min_dscr"].values()))
    assert (gearing <= a.gearing_cap_pct + 1e-9).all()
    assert (least >= a.dscr_leased - 1e-9).all()
    flags = np.array(list(campus["debt_flag"].values()))
    assert (np.isclose(gearing, a.gearing_cap_pct) == (flags == 1)).all()
    assert (np.isclose(least, a.dscr_leased) == (flags == 0)).all()


def test_debt_leaves_the_unlevered_figures_alone(run, campus):
    without = run(debt=False)
    for name in ("npv_usd", "irr_pct", "required_rent_usd_per_kw_month"):
        assert without[name] == campus[name]
    assert set(without["debt_usd"].values()) == {0.0}
    assert set(without["debt_flag"].values()) == {3.0}
