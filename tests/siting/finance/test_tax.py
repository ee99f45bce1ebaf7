"""Depreciation, property tax and loss carry-forward, worked by hand."""

import numpy as np
import pytest

from siting.finance.regimes import TaxCalendar
from siting.finance.tax import profit_tax, property_tax, straight_line

SERVICE = np.array([0.0, 6.0, 18.0, 24.0])
"""Two years in service from 1 July of the first year."""


def calendar(shares):
    shares = np.asarray(shares, dtype=float)
    return TaxCalendar(
        profit_pct=np.array([20.0]),
        taxed_share=shares,
        property_pct=shares,
        vat_pct=0.0 * shares,
        it_vat_pct=0.0 * shares,
        customs_pct=0.0 * shares,
        dividend_pct=0.0 * shares,
    )


def tax_on(income, keep, shares=None):
    income = np.asarray(income, dtype=float)
    given = np.ones_like(income) if shares is None else shares
    return profit_tax(income, calendar(given), keep).tolist()


def test_losses_are_used_before_tax_is_paid():
    assert tax_on([-100, 50, 30, 40], 5) == pytest.approx([0, 0, 0, 4])


def test_a_loss_runs_out():
    # after one year only the first 50 can be set against it
    assert tax_on([-100, 50, 30, 40], 1) == pytest.approx([0, 0, 6, 8])
    assert tax_on([-100, 50, 30, 40], 0) == pytest.approx([0, 10, 6, 8])


def test_oldest_loss_goes_first():
    # 60 uses the loss of year 0; what is left of it lapses, year 1's 50 may live on
    assert tax_on([-100, -50, 60, 0, 0, 100], 3)[-1] == pytest.approx(20)
    assert tax_on([-100, -50, 60, 0, 0, 100], 4)[-1] == pytest.approx(10)
    assert tax_on([-100, -50, 60, 0, 0, 100], 5)[-1] == pytest.approx(2)


def test_exempt_years_neither_use_nor_add_losses():
    assert tax_on([-100, 80, 100], 5, [1, 0, 1]) == pytest.approx([0, 0, 0])
    assert tax_on([-100, 80, 100], 5, [0, 0, 1]) == pytest.approx([0, 0, 20])
    assert tax_on([100, 100], 5, [0.25, 1]) == pytest.approx([5, 20])


def test_cases_are_apart():
    income = np.array([[-100.0, 50.0, 100.0], [10.0, 20.0, 30.0], [np.nan, 1.0, 1.0]])
    got = profit_tax(income, calendar(np.ones((3, 3))), 5)
    assert np.allclose(got[:2], [[0, 0, 10], [2, 4, 6]])
    assert np.isnan(got[2]).any()


def test_income_is_left_as_it_was():
    income = np.array([-100.0, 50.0])
    profit_tax(income, calendar([1.0, 1.0]), 5)
    assert income.tolist() == [-100.0, 50.0]


def test_straight_line_by_months():
    assert straight_line(SERVICE, 1.0).tolist() == [0.0, 0.5, 1.0, 1.0]
    assert straight_line(SERVICE, 4.0).tolist() == [0.0, 0.125, 0.375, 0.5]


def test_property_tax_on_mean_book_value():
    # 800 over 4 years: book 0, 700, 500 at year ends and nothing once the life is over
    got = property_tax(
        np.array(800.0), straight_line(SERVICE, 4.0), SERVICE, np.array([1.0, 1.0, 0.0])
    )
    assert np.allclose(got, [3.5, 6.0, 0.0])
