"""Levelised cost: its lines sum to it and discount back to what is paid."""

from dataclasses import replace

import numpy as np
import pytest

from siting.finance import (
    CAPEX_LINES,
    COST_LINES,
    appraise_cash,
    draw_up,
    lines_by_year,
    npv,
)


def split(measures):
    return [measures[f"lcoc_{name}_usd_per_kw_month"] for name in COST_LINES]


def test_lines_sum_to_the_total(project, book, terms):
    a = book(contingency_pct=7.0, development_pct=3.0, usd_inflation_pct=2.0)
    given = project(grid_months=29.0, land_ha=np.array(1.0))
    a = replace(a, land_lease_usd_per_m2_year=2.0, capex_escalation_pct=5.0)
    got = appraise_cash(given, a, terms())
    total = sum(split(got.measures))
    assert total == got.measures["lcoc_usd_per_kw_month"]
    costs = got.yearly["capex_nominal_usd"] + got.yearly["opex_usd"]
    paid = (
        got.measures["lcoc_usd_per_kw_month"] * got.measures["contracted_kw_months_pv"]
    )
    assert paid == pytest.approx(npv(10.0, costs), abs=0.005)
    lines = lines_by_year(draw_up(given, a, terms()))
    assert np.allclose(sum(lines.values()), costs)
    capex = sum(lines[name] for name in CAPEX_LINES)
    assert np.allclose(capex, got.yearly["capex_nominal_usd"])


def test_the_real_cost_rises_with_inflation_to_pay_the_same(project, book, terms):
    # 2.8 million USD in 2027, rent of 12,000 kW-months in 2028 and 2029 at 10 %; with
    # 2 % inflation from 2027 the months count 12,240 and 12,484.8: 12000/1.1 + 12000/1.21
    # = 20,826.45 and 12240/1.1 + 12484.8/1.21 = 21,445.29.
    calm = appraise_cash(project(), book(maintenance_pct=0.0), terms()).measures
    assert calm["lcoc_real_usd_per_kw_month"] == calm["lcoc_usd_per_kw_month"]
    risen = appraise_cash(
        project(), book(maintenance_pct=0.0, usd_inflation_pct=2.0), terms()
    ).measures
    share = risen["lcoc_real_usd_per_kw_month"] / risen["lcoc_usd_per_kw_month"]
    assert share == pytest.approx(20826.4463 / 21445.2893, abs=1e-8)


def test_the_real_return_is_what_is_left_of_it(project, book, terms):
    got = appraise_cash(project(), book(usd_inflation_pct=2.0), terms()).measures
    kept = 1.02 * (1.0 + got["irr_real_pct"] / 100.0)
    assert kept == pytest.approx(1.0 + got["irr_pct"] / 100.0, rel=1e-12)
    assert got["irr_real_pct"] < got["irr_pct"]
