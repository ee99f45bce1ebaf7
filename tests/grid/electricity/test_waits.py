"""Time to power as a distribution: no doubt gives the plain formula, limits, shares."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from grid.electricity import offer
from grid.electricity.waits import (
    COUNT,
    TERMS,
    Works,
    connection_works,
    hypercube,
    quantiles,
    together,
    waits,
)

DECISION = datetime.date(2026, 12, 1)


def works(km=20.0, mva=200.0, kv=220.0, since=-np.inf):
    return Works(*(np.array([x]) for x in (km, mva, kv, since)))


@pytest.fixture(scope="module")
def certain(shipped):
    """The book without doubt: low and high are the value."""
    table = shipped.book.table
    return replace(
        shipped.book, table=table.assign(low=table["value"], high=table["value"])
    )


def test_every_stratum_is_drawn_once():
    found = hypercube(3, 50, seed=1)
    assert (np.sort((found * 50).astype(int), axis=1) == np.arange(50)).all()
    assert (hypercube(3, 50, seed=1) == found).all()
    assert (hypercube(3, 50, seed=2) != found).any()


def test_without_doubt_it_is_the_formula_of_every_connection(
    world, sites, book, certain, joined
):
    access = joined(sites)
    load = xr.DataArray(80.0)
    built = connection_works(access, load, world.tables["substations"], book)
    found = waits(built, DECISION, book, certain)
    expected = offer(access, load, book)["months_to_power"].to_numpy()
    for row in quantiles(found.months):
        assert np.allclose(row, expected, equal_nan=True, atol=1e-6)


def test_a_yard_of_2030_is_waited_for_until_its_month(book, certain):
    """1 December 2026 is 334 days into its year; service in month 6 of 2030."""
    found = waits(works(since=2030.0), DECISION, book, certain)
    months = 12 * (2030 - 2026) + 6 - 334 * 12 / 365 + 2
    assert quantiles(found.months)[1] == pytest.approx(months)


def test_the_distribution_of_one_by_hand(shipped, book):
    """A large unit (24–48, mode 30) always outlasts switchgear (18–24) and 20 km.

    The mean of a maximum with study and permits (6–18) is that of the unit, 34, and
    commissioning adds 7/3.
    """
    found = waits(works(), DECISION, book, shipped.book)
    assert found.months.mean() == pytest.approx(34 + 7 / 3, abs=0.02)
    assert found.longest_pct[0].tolist() == [0.0, 100.0, 0.0, 0.0]
    low, mid, high = quantiles(found.months)[:, 0]
    assert 25 < low < mid < high < 52


def test_the_largest_of_two_triangles_against_quadrature(shipped, book):
    """A medium unit (12, 16, 20) against switchgear (18, 21, 24), by their product."""
    found = waits(works(mva=40.0, kv=110.0), DECISION, book, shipped.book)
    at = np.linspace(0, 30, 30_001)

    def below(low, mode, high):
        rising = np.clip((at - low) ** 2 / ((high - low) * (mode - low)), 0, 1)
        falling = 1 - (high - at) ** 2 / ((high - low) * (high - mode))
        return np.where(at <= low, 0, np.where(at <= mode, rising, falling)) + (
            at >= high
        ) * (1 - falling)

    both = below(12, 16, 20) * below(18, 21, 24)
    mean = np.trapezoid(1 - both, at)
    assert found.term_months[0, 1].mean() == pytest.approx(mean, abs=0.01)


def test_longer_lines_and_later_stations_take_longer(shipped, book):
    near, far = (waits(works(km=km), DECISION, book, shipped.book) for km in (5, 900))
    assert (far.months >= near.months).all()
    assert far.longest_pct[0, TERMS.index("line_works")] > 90
    late = waits(works(since=2034.0), DECISION, book, shipped.book)
    assert late.longest_pct[0, TERMS.index("upstream")] == pytest.approx(100)
    assert late.longest_pct.sum() == pytest.approx(100)
    assert late.months.shape == (1, COUNT)


def test_works_begun_together_end_with_the_last(shipped, book):
    one, two = (
        waits(works(km=km, since=year), DECISION, book, shipped.book)
        for km, year in ((5.0, 2031.0), (500.0, -np.inf))
    )
    both = together(one, two)
    assert both.months == pytest.approx(np.maximum(one.months, two.months))


def test_no_connection_has_no_date(shipped, book):
    found = waits(works(km=np.nan), DECISION, book, shipped.book)
    assert np.isnan(found.months).all()
    assert np.isnan(found.longest_pct).all()
