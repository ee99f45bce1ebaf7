import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from climate import months

MONTHLY = arrays(float, (3, 12), elements=st.floats(-30, 45))


def test_the_calendar_is_that_of_a_common_year():
    stamps = months.hours(4)  # 2004 has a 29 February
    assert len(stamps) == 4 * 8760
    assert stamps.is_monotonic_increasing
    assert not ((stamps.month == 2) & (stamps.day == 29)).any()
    assert np.array_equal(stamps[::24][:365].month - 1, months.MONTH_OF_DAY)
    assert stamps[0].hour == 0


@given(MONTHLY)
def test_a_smooth_course_keeps_the_monthly_means(monthly):
    assert months.monthly_mean(months.smooth(monthly), 1) == pytest.approx(
        monthly, abs=1e-10
    )


def test_a_constant_course_is_constant():
    assert months.smooth(np.full((2, 12), 7.0)) == pytest.approx(np.full((2, 365), 7.0))


def test_a_smooth_course_has_no_steps():
    course = months.smooth(15.0 - 12.0 * np.cos(np.arange(12) * np.pi / 6.0))
    assert np.abs(np.diff(course)).max() < 0.3
    assert abs(course[0] - course[-1]) < 0.3


@given(arrays(float, (2, 9), elements=st.floats(-40, 40)))
def test_hours_keep_the_daily_means(daily):
    hourly = months.to_hours(daily).reshape(2, 9, 24)
    assert hourly.mean(axis=-1) == pytest.approx(daily, abs=1e-10)


def test_hours_have_no_steps_at_midnight():
    hourly = months.to_hours(np.array([0.0, 0.0, 10.0, 0.0, 0.0]))
    assert np.abs(np.diff(hourly)).max() < 1.6
    assert hourly[47:49].mean() == pytest.approx(5.0, abs=0.2)
    # A steady rise stays a straight line.
    inner = months.to_hours(np.arange(10.0))[48:192]
    assert np.diff(inner) == pytest.approx(np.full(143, 1 / 24), abs=1e-3)


@given(MONTHLY, st.integers(1, 3))
def test_a_row_does_not_depend_on_its_neighbours(monthly, years):
    together = months.to_hours(months.repeat_years(months.smooth(monthly), years))
    alone = months.to_hours(months.repeat_years(months.smooth(monthly[1:2]), years))
    assert np.array_equal(together[1], alone[0])


def test_means_are_over_all_years():
    values = np.repeat([1.0, 3.0], 8760)
    assert months.monthly_mean(values, 2) == pytest.approx(np.full(12, 2.0))
    assert months.sums_by_month(values, 2)[1] == pytest.approx(
        3.0 * 24 * months.DAYS_IN_MONTH
    )
