"""Calendar: partial years, S-curve, lease-up, and the slowest of the clocks."""

from datetime import date

import numpy as np
import pytest

from siting.finance.timeline import (
    Clocks,
    decimal_year,
    leased_months,
    months_into_year,
    ready_months,
    spent_share,
    timeline,
)


def clocks(grid, building=24.0, permit=0.0, licence=0.0):
    given = (grid, permit, building, licence)
    grid, permit, building, licence = (np.asarray(x, dtype=float) for x in given)
    return Clocks(
        grid_months=grid,
        permit_months=permit,
        building_months=building,
        licence_months=licence,
    )


def test_dates():
    assert months_into_year(date(2026, 12, 1)) == 11.0
    assert months_into_year(date(2026, 4, 16)) == 3.5
    assert decimal_year(date(2033, 1, 1)) == 2033.0


@pytest.mark.parametrize(
    ("given", "months"),
    [
        (clocks(40.0), 40.0),
        (clocks(12.0), 24.0),
        (clocks(12.0, permit=9.0), 33.0),
        (clocks(12.0, licence=30.0), 30.0),
    ],
)
def test_ready_when_the_slowest_is(given, months):
    assert ready_months(given) == months


def test_never_ready_without_power_or_date():
    got = ready_months(clocks([30.0, np.inf, np.nan]))
    assert np.array_equal(got, [30.0, np.nan, np.nan], equal_nan=True)


def test_partial_first_and_last_year(book):
    # decided 1 December 2026, ready 33 months later: 1 September 2029, 4 months left
    got = timeline(
        clocks(33.0, building=33.0), date(2026, 12, 1), "at_once", book(life_years=20.0)
    )
    assert got.years[0] == 2026
    assert got.years[-1] == 2049
    running = dict(zip(got.years.tolist(), got.operating.tolist(), strict=True))
    assert running[2028] == 0.0
    assert running[2029] == pytest.approx(4 / 12)
    assert running[2030] == 1.0
    assert running[2049] == pytest.approx(8 / 12)
    assert got.operating.sum() == pytest.approx(20.0)
    assert got.held.sum() == pytest.approx(20.0 + 33 / 12)


def test_s_curve_passes_its_knots():
    elapsed = np.array([0.0, 1 / 3, 0.5, 2 / 3, 1.0])
    got = spent_share(elapsed, np.array(0.2), np.array(0.7))
    assert np.allclose(got, [0.0, 0.2, 0.45, 0.7, 1.0])


def test_capex_is_spent_on_its_own_schedule(book):
    # 36 months from 1 January: 25, 50 and 25 % by calendar year, whatever the grid does
    for grid in (12.0, 36.0, 72.0):
        got = timeline(clocks(grid, building=36.0), date(2027, 1, 1), "at_once", book())
        assert np.allclose(got.built[:3], [0.25, 0.5, 0.25])
        assert got.built.sum() == pytest.approx(1.0)
        assert got.connected.sum() == pytest.approx(1.0)


def test_building_that_waits_for_the_grid_ends_with_it(book):
    got = timeline(clocks(72.0, building=36.0), date(2027, 1, 1), "with_grid", book())
    assert np.allclose(got.built[:6], [0, 0, 0, 0.25, 0.5, 0.25])


def test_an_existing_connection_is_paid_at_once(book):
    got = timeline(clocks(0.0), date(2027, 1, 1), "at_once", book())
    assert got.connected[0] == 1.0


def test_lease_up_ramp(book):
    # half let on day one, full after 12 months: 0.75 of the first year, of 90 %
    a = book(prelet_pct=50.0, lease_up_months=12.0, occupancy_pct=90.0)
    got = leased_months(np.array([0.0, 12.0, 24.0]), a)
    assert np.allclose(got, [0.0, 0.9 * 9.0, 0.9 * 21.0])


def test_axis_reaches_the_latest_case(book):
    got = timeline(clocks([12.0, 60.0, np.inf]), date(2027, 1, 1), "at_once", book())
    assert got.years[-1] == 2033
    assert got.operating[:2].sum(axis=-1).tolist() == [2.0, 2.0]
    assert np.isnan(got.operating[2]).all()


def test_axis_when_nothing_is_ever_ready(book):
    got = timeline(clocks([np.nan]), date(2027, 1, 1), "at_once", book())
    assert got.years.tolist() == [2027, 2028]
