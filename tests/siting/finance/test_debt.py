"""Debt: sized by cover and by gearing to the cent, and followed until it is repaid."""

import numpy as np
import pytest

from siting.finance.debt import DEBT_FLAGS, Loan, loan_terms, over_axis, size_debt

CASH = np.array([-1000.0, 500.0, 625.0])
COSTS = np.array([1000.0, 0.0, 0.0])
CARRIED = 400 / 1.1 + 500 / 1.21
"""Loan whose service is 400 and 500: 776.86."""


def loan(**values):
    usual = {
        "rate_pct": 10.0,
        "cover": 1.25,
        "gearing_pct": 90.0,
        "tenor_years": 2.0,
        "fee_pct": 0.0,
        "reserve_months": 0.0,
    }
    return Loan(**{k: np.asarray(v) for k, v in (usual | values).items()})


def sized(cash=CASH, costs=COSTS, first=1.0, *, wanted=True, **values):
    return size_debt(cash, costs, np.asarray(first), loan(**values), wanted=wanted)


def says(debt):
    return DEBT_FLAGS[int(debt.flag)]


def test_below_the_cap_the_cover_ratio_holds():
    got = sized()
    assert got.amount_usd == pytest.approx(776.86, abs=0.005)
    assert says(got) == "cover ratio holds"
    assert np.allclose(got.service_usd, [0, 400, 500])
    # 1,000 drawn at mid-year would grow to 1,050 by its end: 739.87 grow to 776.86
    assert np.allclose(got.drawn_usd, [CARRIED / 1.05, 0, 0])
    assert got.drawn_usd[0] == pytest.approx(739.87, abs=0.005)
    assert got.capitalised_usd == pytest.approx(36.99, abs=0.005)
    assert np.allclose(got.balance_usd, [CARRIED, CARRIED * 1.1 - 400, 0])
    assert np.allclose(got.interest_usd[1:], [77.69, 45.45], atol=0.005)
    assert got.gearing_pct == pytest.approx(100 * 776.86 / 1036.99, abs=0.001)
    assert np.allclose(CASH[1:] / got.service_usd[1:], 1.25)


def test_at_the_cap_every_payment_shrinks_alike():
    got = sized(gearing_pct=50.0)
    # D = 500 + D/2 · (1 − 1000/1050), so D = 512.20 of costs and interest of 1,024.39
    assert got.amount_usd == pytest.approx(512.195, abs=0.0005)
    assert says(got) == "gearing cap holds"
    assert got.capitalised_usd == pytest.approx(24.390, abs=0.0005)
    assert got.gearing_pct == pytest.approx(50.0)
    assert np.allclose(CASH[1:] / got.service_usd[1:], 1.25 * 776.8595 / 512.1951)
    assert got.balance_usd[-1] == pytest.approx(0.0, abs=1e-9)


def test_fee_and_reserve_are_funded_within_the_cap():
    got = sized(gearing_pct=50.0, fee_pct=2.0, reserve_months=6.0)
    # half a year of the first payment is 0.5 · 400/776.86 = 0.25745 of the loan
    assert got.amount_usd == pytest.approx(
        500 / (1 - 0.5 * (0.047619 + 0.02 + 0.25745)), abs=0.01
    )
    first = 400 / 776.8595 * got.amount_usd
    assert np.allclose(got.fee_usd, [0.02 * got.amount_usd, 0, 0])
    assert np.allclose(got.reserve_usd, [first / 2, first / 2 * 500 / 400, 0])
    assert got.gearing_pct == pytest.approx(50.0)


def test_interest_is_deducted_as_paid_and_what_was_capitalised_in_equal_parts():
    got = sized(fee_pct=1.0)
    spread = (got.capitalised_usd + 0.01 * got.amount_usd) / 2
    assert np.allclose(got.deductible_usd, [0, 77.686 + spread, 45.455 + spread])


def test_level_cash_flow_is_repaid_by_an_annuity():
    # 1.3 million a year for twelve years at 8.5 % and 1.30: 7.3446861 million
    cash = np.array([-9e6] + [1.3e6] * 20)
    costs = np.array([9e6] + [0.0] * 20)
    got = sized(cash, costs, rate_pct=8.5, cover=1.3, tenor_years=12.0)
    assert got.amount_usd == pytest.approx(7_344_686.07, abs=0.01)
    assert (got.service_usd > 0).sum() == 12
    assert got.balance_usd[12] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("cash", [0.0, -100.0])
def test_no_debt_without_cash_flow(cash):
    got = sized(np.array([-1000.0, cash, cash]))
    assert got.amount_usd == 0.0
    assert says(got) == "no cash flow to lend on"
    assert not got.service_usd.any()
    assert not got.drawn_usd.any()


def test_a_year_without_cash_flow_is_left_out():
    got = sized(
        np.array([-1000.0, 500.0, -50.0, 500.0]),
        np.array([1e3, 0, 0, 0]),
        tenor_years=3.0,
    )
    assert got.amount_usd == pytest.approx(400 / 1.1 + 400 / 1.331)
    assert np.allclose(got.service_usd, [0, 400, 0, 400])
    assert got.balance_usd[-1] == pytest.approx(0.0, abs=1e-9)


def test_nothing_is_lent_on_nothing():
    assert sized(costs=np.zeros(3)).amount_usd == 0.0
    assert sized(cover=0.0).amount_usd == 0.0
    assert sized(gearing_pct=0.0).amount_usd == 0.0


def test_none_asked_for_and_none_known():
    assert says(sized(wanted=False)) == "no debt asked for"
    assert sized(wanted=False).amount_usd == 0.0
    unknown = sized(CASH * np.nan)
    assert says(unknown) == "cash flow unknown"
    assert np.isnan(unknown.amount_usd)


def test_repayment_ends_with_the_tenor_or_the_life():
    long = np.array([-1000.0] + [500.0] * 5)
    costs = np.array([1000.0] + [0.0] * 5)
    assert (sized(long, costs, tenor_years=3.0).service_usd > 0).sum() == 3
    assert (sized(long, costs, tenor_years=30.0).service_usd > 0).sum() == 5


def test_debt_never_exceeds_the_costs():
    rich = sized(np.array([-1000.0, 9e3, 9e3]), gearing_pct=100.0)
    assert rich.drawn_usd.sum() == pytest.approx(1000.0)


def test_a_cloud_borrows_on_its_first_set_of_it(book):
    a = book(
        dscr_leased=1.3,
        dscr_merchant=1.75,
        debt_tenor_years=12.0,
        debt_tenor_gpu_years=4.0,
        it_life_years=3.0,
    )
    leased, merchant = loan_terms(a, "colocation"), loan_terms(a, "gpu_cloud")
    assert (leased.cover, leased.tenor_years) == (1.3, 12.0)
    assert (merchant.cover, merchant.tenor_years) == (1.75, 3.0)


def test_sites_are_sized_apart():
    cash = np.array([CASH, [-1000.0, 0.0, 625.0], CASH * np.nan])
    both = sized(cash, COSTS, np.ones(3))
    alone = [sized(one, COSTS) for one in cash]
    assert np.allclose(
        both.amount_usd, [one.amount_usd for one in alone], equal_nan=True
    )
    assert both.flag.tolist() == [0.0, 0.0, 4.0]


def test_a_longer_axis_keeps_every_payment():
    got = over_axis(sized(), 5)
    assert got.service_usd.tolist() == pytest.approx([0, 400, 500, 0, 0])
    assert over_axis(sized(), 2).service_usd.tolist() == pytest.approx([0, 400, 500])
    assert got.amount_usd == sized().amount_usd


def test_years_after_the_last_payment_are_none_of_repayment():
    longer = np.array([-1000.0, 500.0, 625.0, 0.0, 0.0])
    short = sized(tenor_years=4.0)
    long = sized(longer, np.array([1e3, 0, 0, 0, 0]), tenor_years=4.0)
    assert long.deductible_usd.tolist()[:3] == pytest.approx(
        short.deductible_usd.tolist()
    )
    assert not long.worth[3:].any()
    assert not sized(CASH * np.nan).worth.any()
