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
