"""Spread over the years: prices in their year, the manat's path, sums by shape."""

import numpy as np

from siting.finance.costs import capex_lines
from siting.finance.spread import by_year, index, manat_path, shapes
from siting.finance.timeline import timeline


def test_index_is_one_in_the_price_year(book):
    got = index(10.0, np.array([2026.0, 2027.0, 2029.0]), book())
    assert np.allclose(got, [1 / 1.1, 1.0, 1.21])


def test_manat_costs_follow_the_exchange_rate(project, book, terms):
    a = book(azn_inflation_pct=4.0, azn_depreciation_pct=4.0, power_escalation_pct=2.0)
    clock = timeline(project().clocks, terms().decision, "at_once", a)
    got = shapes(clock, a)
    assert np.allclose(got["staff"], clock.operating)
    assert np.allclose(
        got["power"][1:], clock.leased[1:] * (1.02 / 1.04) ** np.arange(1, 3)
    )


def test_lines_of_one_shape_are_added_first(project, book, terms):
    a = book()
    clock = timeline(project().clocks, terms().decision, "at_once", a)
    lines = capex_lines(project(), a, "colocation")
    each = sum(by_year((line,), shapes(clock, a)) for line in lines)
    assert np.allclose(by_year(lines, shapes(clock, a)), each)
    assert by_year(lines, shapes(clock, a)).tolist() == [2.8e6, 0.0, 0.0]


def test_a_devaluation_cheapens_what_is_paid_in_manat(project, book, terms):
    # half of the manat's value gone on 1 January 2029: wages and tariffs in dollars halve
    a = book(devaluation_pct=50.0, devaluation_year=2029.0)
    assert np.allclose(manat_path(np.array([2027, 2028, 2029.0]), a), [1, 1, 2])
    clock = timeline(project().clocks, terms().decision, "at_once", a)
    got = shapes(clock, a)
    for name in ("staff", "power", "water"):
        assert np.allclose(got[name], [0, 1, 0.5]), name
    assert np.allclose(got["running"], [0, 1, 1])
    slow = book(devaluation_pct=20.0, devaluation_year=2028.0, azn_depreciation_pct=10)
    assert np.allclose(manat_path(np.array([2027, 2028.0]), slow), [1.0, 1.1 / 0.8])


def test_a_devaluation_before_the_price_year_is_in_its_exchange_rate(book):
    for year in (2016.0, 2027.0):
        a = book(devaluation_pct=50.0, devaluation_year=year)
        assert np.allclose(manat_path(np.array([2026.0, 2027, 2028]), a), 1.0)
