"""The whole cash flow: hand-worked to the cent, and the identities that hold it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from siting.finance import IRR_FLAGS, appraise_cash

ANNUITY = 1 / 1.1 + 1 / 1.21
"""Worth of 1 in each of the two years of operation."""


def test_small_project_to_the_cent(project, book, terms):
    got = appraise_cash(project(), book(), terms())
    # rent 150 x 12,000; energy earned back; maintenance 28,000; property tax 1 % of the
    # mean of 0 and 2.1 million; 20 % of 1,800,000 - 28,000 - 10,500 - 700,000
    assert got.years.tolist() == [2027, 2028, 2029]
    assert np.allclose(got.yearly["capex_nominal_usd"], [2.8e6, 0, 0])
    assert np.allclose(got.yearly["revenue_usd"], [0, 1.9e6, 1.9e6])
    assert np.allclose(got.yearly["opex_usd"], [0, 128e3, 128e3])
    assert np.allclose(got.yearly["property_tax_usd"], [0, 10_500, 10_500])
    assert np.allclose(got.yearly["profit_tax_usd"], [0, 212_300, 212_300])
    flow = [-2.8e6, 1_549_200, 1_549_200]
    assert np.allclose(got.yearly["free_cash_flow_usd"], flow)
    m = got.measures
    assert m["npv_usd"] == pytest.approx(-111_305.79, abs=0.005)
    assert m["lcoc_usd_per_kw_month"] == pytest.approx(
        (2.8e6 + 128e3 * ANNUITY) / (12e3 * ANNUITY), abs=1e-9
    )
    assert m["lcoc_usd_per_kw_month"] == pytest.approx(145.11, abs=0.005)
    assert m["lcoc_usd_per_mwh_it"] == pytest.approx(145.1111 / 0.584, abs=0.005)
    assert m["required_rent_usd_per_kw_month"] == pytest.approx(
        (2.8e6 + ANNUITY * 0.8 * 38_500 - ANNUITY * 140e3) / (12e3 * ANNUITY * 0.8),
        abs=1e-6,
    )
    assert m["payback_years"] == pytest.approx(2 + 1_250_800 / 1_549_200)
    assert m["energisation_year"] == 2028.0


def test_holiday_that_ends_in_mid_life(project, book, terms, standard):
    # exempt to 1 July 2029: half of 2029's property tax (5,250) and half of its income
    free = project(tax=standard(holiday_until=2029.5))
    got = appraise_cash(free, book(), terms()).yearly
    assert np.allclose(got["property_tax_usd"], [0, 0, 5_250])
    assert np.allclose(got["profit_tax_usd"], [0, 0, 0.2 * 0.5 * 1_066_750])


def test_partial_first_year(project, book, terms):
    late = appraise_cash(project(grid_months=18.0), book(), terms()).yearly
    assert np.allclose(late["revenue_usd"], [0, 0.95e6, 1.9e6, 0.95e6])


def test_vat_recovered_or_not(project, book, terms, standard):
    taxed = project(tax=standard(vat_pct=18.0))
    base = appraise_cash(project(), book(), terms()).measures["npv_usd"]
    for pct, paid in ((100.0, 0.0), (80.0, 100_800.0), (0.0, 504_000.0)):
        got = appraise_cash(taxed, book(vat_recoverable_pct=pct), terms())
        assert np.allclose(got.yearly["vat_usd"], [paid, 0, 0])
        # what is not recovered is depreciated like the asset it was paid on
        relief = 0.2 * paid / 4 * ANNUITY
        levy = 0.8 * 0.01 * (0.75 * paid / 2) * ANNUITY
        assert got.measures["npv_usd"] == pytest.approx(base - paid + relief - levy)


def test_losses_of_a_short_lease_up_are_carried(project, book, terms):
    a = book(prelet_pct=0.0, lease_up_months=24.0, plant_tax_life_years=2.0)
    got = appraise_cash(project(), a, terms()).yearly
    assert got["profit_tax_usd"][1] == 0.0
    alone = appraise_cash(project(), replace(a, loss_carry_forward_years=0.0), terms())
    assert alone.yearly["profit_tax_usd"][2] > got["profit_tax_usd"][2]


def test_zero_and_negative_cash_flow(project, book, terms):
    nothing = appraise_cash(project(), book(), terms(rent_usd_per_kw_month=0.0))
    assert IRR_FLAGS[int(nothing.measures["irr_flag"])] == "no inflow"
    assert np.isnan(nothing.measures["irr_pct"])
    assert np.isnan(nothing.measures["payback_years"])
    assert nothing.measures["npv_usd"] < -2.8e6
    empty = appraise_cash(project(it_mw=np.array(0.0)), book(), terms()).measures
    assert np.isnan(empty["lcoc_usd_per_kw_month"])
    assert np.isnan(empty["required_rent_usd_per_kw_month"])


def test_a_month_of_delay_is_a_month_of_rent(project, book, terms):
    # 100 MW at 175 USD/kW-month: 17.5 million a month
    a = book(maintenance_pct=0.0)
    stated = terms(rent_usd_per_kw_month=175.0)
    months = np.array([12.0, 13.0, 18.0])
    big = project(it_mw=np.array(100.0), grid_months=months)
    got = appraise_cash(big, a, stated)
    assert (got.measures["delay_usd_per_month"] == 17.5e6).all()
    earned = (got.yearly["revenue_usd"] - got.yearly["opex_usd"])[:, 1]
    assert np.allclose(earned[0] - earned, [0.0, 17.5e6, 6 * 17.5e6])


def test_a_month_of_delay_loses_the_rent_of_what_is_let(project, book, terms):
    stated = terms(rent_usd_per_kw_month=175.0)
    got = appraise_cash(project(), book(occupancy_pct=80.0), stated).measures
    assert got["delay_usd_per_month"] == pytest.approx(175.0 * 1000.0 * 0.8)


def test_payback_is_counted_from_the_decision(project, book, terms, standard):
    # Decided in mid-2027, in service from mid-2028, free of tax and of upkeep: 900,000
    # in 2028 and 1,800,000 in 2029 against 2.7 million: repaid at the end of 2029.
    a = book(maintenance_pct=0.0, life_years=4.0, facility_capex_usd_per_kw=2300.0)
    free = project(tax=standard(holiday_until=np.inf))
    got = appraise_cash(free, a, terms(decision=date(2027, 7, 1)))
    assert got.yearly["capex_nominal_usd"].sum() == pytest.approx(2.7e6)
    assert got.measures["payback_years"] == pytest.approx(2.5)


def test_delay_costs_and_the_building_is_paid_all_the_same(project, book, terms):
    months = np.array([12.0, 24.0, 36.0])
    got = appraise_cash(project(grid_months=months), book(), terms())
    assert (np.diff(got.measures["npv_usd"]) < 0).all()
    assert (np.diff(got.measures["lcoc_usd_per_kw_month"]) > 0).all()
    spent = got.yearly["capex_nominal_usd"].sum(axis=-1)
    assert np.allclose(spent, 2.8e6)


def test_waiting_with_the_building_softens_the_delay(project, book, terms):
    late = project(grid_months=36.0)
    at_once = appraise_cash(late, book(), terms()).measures["npv_usd"]
    waiting = appraise_cash(late, book(), terms(building="with_grid")).measures
    assert waiting["npv_usd"] > at_once


def test_a_shell_has_no_published_rent(project, book, terms):
    m = appraise_cash(project(), book(), terms(role="shell")).measures
    assert np.isnan(m["npv_usd"])
    assert IRR_FLAGS[int(m["irr_flag"])] == "cash flow unknown"
    assert m["required_rent_usd_per_kw_month"] > 0
    assert m["lcoc_energy_usd_per_kw_month"] == 0
    stated = terms(role="shell", rent_usd_per_kw_month=60.0)
    assert np.isfinite(appraise_cash(project(), book(), stated).measures["npv_usd"])


def test_missing_inputs_stay_missing(project, book, terms):
    bills = np.array([100e3, np.nan, 100e3])
    months = np.array([12.0, 12.0, np.inf])
    got = appraise_cash(
        project(energy_usd_per_year=bills, grid_months=months), book(), terms()
    ).measures
    known = appraise_cash(project(), book(), terms()).measures
    for name in ("lcoc_usd_per_kw_month", "npv_usd", "required_rent_usd_per_kw_month"):
        assert got[name][0] == pytest.approx(float(known[name]), rel=1e-12)
    assert np.isnan(got["lcoc_usd_per_kw_month"][1:]).all()
    assert np.isnan(got["npv_usd"][2])


def test_any_leading_dimensions_agree_with_one_case(project, book, terms, standard):
    wacc = np.array([8.0, 12.0])[:, None, None]
    grid = np.array([12.0, 30.0, 41.0])[None, :, None]
    cooling = np.array([3e5, 5e5])
    until = np.array([2028.0, np.inf, 2029.25])[None, :, None]
    wide = project(
        grid_months=grid, cooling_capex_usd=cooling, tax=standard(holiday_until=until)
    )
    got = appraise_cash(wide, book(wacc_pct=wacc), terms()).measures
    assert {value.shape for value in got.values()} == {(2, 3, 2)}
    for draw, site, system in np.ndindex(2, 3, 2):
        one = project(
            grid_months=grid[0, site, 0],
            cooling_capex_usd=cooling[system],
            tax=standard(holiday_until=until[0, site, 0]),
        )
        alone = appraise_cash(one, book(wacc_pct=float(wacc[draw, 0, 0])), terms())
        for name, value in got.items():
            assert value[draw, site, system] == pytest.approx(
                float(alone.measures[name]), rel=1e-9, abs=1e-6, nan_ok=True
            ), name
