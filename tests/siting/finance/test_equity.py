"""Equity: the small project with a loan, to the cent, and a loan held through delays."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from siting.finance import IRR_FLAGS, appraise_cash, npv
from siting.finance.equity import first_repayment, longer

LENT = {
    "debt_rate_pct": 10.0,
    "dscr_leased": 1.25,
    "gearing_cap_pct": 50.0,
    "debt_tenor_years": 2.0,
}


def test_small_project_with_debt_to_the_cent(project, book, terms, standard):
    taxed = project(tax=standard(dividend_pct=10.0))
    got = appraise_cash(taxed, book(**LENT), terms())
    # 2.8 million spent in 2027 at mid-year; D = 1.4 million / (1 - 0.5 (1 - 1/1.05))
    m, y = got.measures, got.yearly
    assert m["debt_usd"] == pytest.approx(1_434_146.34, abs=0.005)
    assert m["interest_capitalised_usd"] == pytest.approx(68_292.68, abs=0.005)
    assert np.allclose(y["debt_drawn_usd"], [1_365_853.66, 0, 0], atol=0.005)
    # level cash flow, so an annuity of two years at 10 %: 0.576190 of the loan
    assert np.allclose(y["debt_service_usd"], [0, 826_341.46, 826_341.46], atol=0.005)
    assert np.allclose(y["debt_balance_usd"], [1_434_146.34, 751_219.51, 0], atol=0.005)
    assert m["min_dscr"] == pytest.approx(1_549_200 / 826_341.463, abs=1e-6)
    assert m["avg_dscr"] == pytest.approx(float(m["min_dscr"]))
    assert m["llcr"] == pytest.approx(float(m["min_dscr"]))
    assert m["gearing_pct"] == pytest.approx(50.0)
    # interest 143,414.63 and 75,121.95, and half the capitalised each year, at 20 %
    saved = [0, 0.2 * (143_414.63 + 34_146.34), 0.2 * (75_121.95 + 34_146.34)]
    assert np.allclose(y["interest_tax_saved_usd"], saved, atol=0.005)
    left = np.array([758_370.73, 744_712.20])
    assert np.allclose(y["dividend_tax_usd"], [0, *0.1 * left], atol=0.005)
    assert np.allclose(y["equity_flow_usd"], [-1_434_146.34, *0.9 * left], atol=0.01)
    assert m["equity_usd"] == pytest.approx(1_434_146.34, abs=0.005)
    # -1,434,146.34 + 682,533.66 v + 670,240.98 v² = 0
    v = (np.sqrt(682_533.66**2 + 4 * 670_240.98 * 1_434_146.34) - 682_533.66) / (
        2 * 670_240.98
    )
    assert m["equity_irr_pct"] == pytest.approx(100 * (1 / v - 1), abs=1e-5)


def test_unlevered_figures_do_not_know_the_debt(project, book, terms):
    one, other = (
        appraise_cash(project(), book(**LENT), terms(debt=d)) for d in (True, False)
    )
    for name in ("npv_usd", "irr_pct", "lcoc_usd_per_kw_month", "payback_years"):
        assert one.measures[name] == other.measures[name]
    assert other.measures["debt_usd"] == 0.0
    assert np.isnan(other.measures["min_dscr"])
    assert np.isnan(other.measures["llcr"])
    # free of dividend tax, equity that pays for all earns what the project does
    assert other.measures["equity_irr_pct"] == other.measures["irr_pct"]


def test_cheap_debt_raises_the_return_and_dear_debt_lowers_it(project, book, terms):
    returns = [
        appraise_cash(
            project(), book(**LENT | {"debt_rate_pct": rate}), terms()
        ).measures["equity_irr_pct"]
        for rate in (2.0, 9.0)
    ]
    own = appraise_cash(project(), book(), terms()).measures["irr_pct"]
    assert returns[0] > own > returns[1]


def test_equity_of_a_project_that_earns_nothing_says_why(project, book, terms):
    got = appraise_cash(project(), book(**LENT), terms(rent_usd_per_kw_month=0.0))
    assert got.measures["debt_usd"] == 0.0
    assert np.isnan(got.measures["equity_irr_pct"])
    assert IRR_FLAGS[int(got.measures["equity_irr_flag"])] == "no inflow"


def test_debt_held_through_a_delay(project, book, terms):
    a = book(**LENT)
    loan = appraise_cash(project(), a, terms()).debt
    late = appraise_cash(
        project(grid_months=np.array([12.0, 18.0, 24.0])), a, terms(), loan
    )
    assert (late.measures["debt_usd"] == loan.amount_usd).all()
    assert np.allclose(late.yearly["debt_service_usd"], [0, 826_341.46, 826_341.46, 0])
    # half a year's rent does not cover a year's service; a year late nothing does
    cash = late.yearly["free_cash_flow_usd"]
    assert np.allclose(late.yearly["dscr"][:, 1], cash[:, 1] / 826_341.463)
    assert late.measures["min_dscr"][0] > 1.0 > late.measures["min_dscr"][1]
    assert late.measures["min_dscr"][2] < 0.0
    assert ((late.measures["min_dscr"] < 1.0).mean()) == pytest.approx(2 / 3)
    # the equity pays the shortfall
    assert late.yearly["equity_flow_usd"][2, 1] < -826_341
    assert (np.diff(late.measures["equity_irr_pct"]) < 0).all()
    assert (np.diff(late.measures["llcr"]) < 0).all()


def test_debt_of_sites_against_draws_of_sites(project, book, terms):
    a = book(**LENT)
    cooling = np.array([3e5, 5e5])
    base = appraise_cash(project(cooling_capex_usd=cooling), a, terms())
    rents = np.array([100.0, 150.0, 200.0])[:, None]
    drawn = replace(a, reference_rent_usd_per_kw_month=rents)
    got = appraise_cash(project(cooling_capex_usd=cooling), drawn, terms(), base.debt)
    assert got.measures["min_dscr"].shape == (3, 2)
    for name in ("equity_irr_pct", "min_dscr", "llcr", "equity_usd", "gearing_pct"):
        assert np.allclose(got.measures[name][1], base.measures[name], rtol=1e-12), name
    assert (np.diff(got.measures["min_dscr"], axis=0) > 0).all()
    assert (got.measures["debt_usd"] == base.measures["debt_usd"]).all()


def test_debt_outlives_a_campus_that_closes_early(project, book, terms):
    a = book(**LENT)
    loan = appraise_cash(project(), a, terms()).debt
    short = appraise_cash(project(), replace(a, life_years=1.0), terms(), loan)
    assert short.years.tolist() == [2027, 2028, 2029]
    assert short.yearly["free_cash_flow_usd"][2] == 0.0
    assert short.yearly["equity_flow_usd"][2] == pytest.approx(-826_341.46, abs=0.005)
    assert short.measures["min_dscr"] == 0.0


def test_repayment_starts_with_the_first_full_year():
    begun = date(2026, 12, 1)
    got = first_repayment(np.array([0.0, 1.0, 13.0, 33.0, np.nan]), begun)
    # ready in December 2026, and on 1 January 2027, 2028; in September 2029; never
    assert np.array_equal(got, [1, 1, 2, 4, np.nan], equal_nan=True)


def test_reserve_is_held_and_given_back(project, book, terms):
    a = book(**LENT, dsra_months=6.0, debt_fee_pct=1.0)
    y = appraise_cash(project(), a, terms()).yearly
    held = y["debt_reserve_usd"]
    assert np.allclose(held, [y["debt_service_usd"][1] / 2] * 2 + [0])
    flow = y["free_cash_flow_usd"] + y["interest_tax_saved_usd"]
    rest = flow + y["debt_drawn_usd"] - y["debt_service_usd"] - y["debt_fee_usd"]
    assert np.allclose(y["equity_flow_usd"], rest - np.diff(held, prepend=0.0))


def test_worth_of_the_equity_at_its_return_is_nothing(project, book, terms):
    got = appraise_cash(project(), book(**LENT), terms())
    rate = float(got.measures["equity_irr_pct"])
    assert npv(rate, got.yearly["equity_flow_usd"]) == pytest.approx(0.0, abs=0.005)


def test_one_value_stands_for_every_year():
    assert longer(np.zeros(1), 4).shape == (1,)
    assert longer(np.ones((2, 3)), 5)[:, 3:].tolist() == [[0, 0], [0, 0]]
