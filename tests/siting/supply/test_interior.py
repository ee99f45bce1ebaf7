"""The interior point against HiGHS, on real days and on random programmes."""

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from siting.supply.build import programme
from siting.supply.interior import interior
from siting.supply.programme import FREE, Limit, Programme, violation
from siting.supply.referee import referee

ASKED = [
    {},
    {"carbon_free_pct": 60.0},
    {"carbon_free_pct": 95.0},
    {"carbon_free_pct": 100.0},
    {"carbon_free_pct": 60.0, "carbon_free_hourly": True},
    {"carbon_free_pct": 80.0, "flexible_pct": 20.0},
    {"technologies": ("gas",)},
    {"technologies": ()},
    {"grid": False},
    {"technologies": ("solar", "battery"), "grid": False},
    {"carbon_t_per_year": 40_000.0, "carbon_usd_per_t": 50.0},
    {"unserved_pct": 0.0, "solar_mw": 30.0, "carbon_free_pct": 40.0},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_it_finds_the_optimum_that_highs_finds(days, asked):
    p = programme(days(14, **asked))
    ours, theirs = interior(p, 1e-8, 60.0), referee(p, 60.0)
    assert (ours.status, theirs.status) == ("optimal", "optimal")
    assert ours.objective == pytest.approx(theirs.objective, rel=1e-6)
    assert violation(p, ours.flow, ours.capacity) < 1e-3
    assert ours.gap < 1e-7


def test_capacities_and_worths_are_those_of_highs(days):
    p = programme(days(14, carbon_free_pct=85.0))
    ours, theirs = interior(p, 1e-9, 60.0), referee(p, 60.0)
    assert ours.capacity == pytest.approx(theirs.capacity, abs=0.05)
    assert ours.duals.limit == pytest.approx(theirs.duals.limit, rel=1e-3, abs=0.1)


def test_months_that_must_import_are_kept(days):
    from dataclasses import replace  # noqa: PLC0415

    case = replace(days(14, solar_mw=500.0), month_mwh=12_000.0)
    p = programme(case)
    ours, theirs = interior(p, 1e-8, 60.0), referee(p, 60.0)
    assert ours.objective == pytest.approx(theirs.objective, rel=1e-6)
    grid = ours.flow[p.flows.index("grid")]
    for month in (0, 1):
        assert grid[case.month == month].sum() >= 12_000.0 - 1.0


def test_out_of_time_it_says_so_and_keeps_a_point(days):
    p = programme(days(14))
    found = interior(p, 1e-8, 0.0)
    assert found.status == "time limit"
    assert np.isfinite(found.flow).all()
    assert found.gap > 1e-8


def test_a_wide_gap_stops_sooner(days):
    p = programme(days(14, carbon_free_pct=80.0))
    rough, fine = interior(p, 1e-2, 60.0), interior(p, 1e-8, 60.0)
    assert rough.steps < fine.steps
    assert rough.gap <= 1e-2
    assert rough.objective == pytest.approx(fine.objective, rel=2e-2)


@settings(max_examples=25, deadline=None)
@drawn(seed=st.integers(0, 10_000))
def test_random_programmes(seed):
    """A dear and a cheap source, a store, and one that is never open at night."""
    rng = np.random.default_rng(seed)
    hours = 36
    sun = np.clip(rng.normal(0.3, 0.5, hours), 0.0, 1.0)
    cost = np.zeros((6, hours))
    cost[0] = rng.uniform(20.0, 90.0, hours)
    cost[5] = 1000.0
    moves = np.array([[0.0, 0.0, -0.9, 1.0 / 0.9, 0.0, 0.0]])
    need = rng.uniform(5.0, 20.0, (1, hours))
    on = np.array([0.0, 0.0, 0.0, 0.0])
    p = Programme(
        flows=("bought", "sun", "in", "out", "level", "unserved"),
        cost=cost,
        rows=np.array([[1.0, 1.0, -1.0, 1.0, 0.0, 1.0]]),
        need=need,
        levels=(4,),
        moves=moves,
        owner=np.array([0, 1, 2, 2, 3, FREE]),
        share=np.array([np.ones(hours), sun, *np.ones((4, hours))]),
        capacities=("line", "panels", "power", "energy"),
        price=rng.uniform(10.0, 800.0, 4),
        most=np.array([rng.uniform(5.0, 25.0), np.inf, np.inf, np.inf]),
        limits=(Limit("bought", ((0, np.ones(hours)),), on, 0.8 * need.sum()),),
    )
    ours, theirs = interior(p, 1e-8, 60.0), referee(p, 60.0)
    assert ours.objective == pytest.approx(theirs.objective, rel=1e-5)
