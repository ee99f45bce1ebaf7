import numpy as np
import pandas as pd
import pytest

from climate.sources import gaps
from climate.sources.gaps import Gap

DAY = np.arange(240.0)
COURSE = 10.0 + 5.0 * np.cos(2 * np.pi * DAY / 24.0)


def holed(start: int, length: int, values=COURSE):
    out = values.copy()
    out[start : start + length] = np.nan
    return out


def test_runs_are_counted():
    missing = np.array([True, True, False, True, False, False, True])
    assert gaps.run_lengths(missing).tolist() == [2, 2, 0, 1, 0, 0, 1]
    assert gaps.run_lengths(np.zeros(5, bool)).tolist() == [0] * 5
    assert gaps.run_lengths(np.ones(5, bool)).tolist() == [5] * 5


def test_a_short_gap_is_a_straight_line():
    out = gaps.filled(holed(50, 6), 6.0)
    assert out[50:56] == pytest.approx(
        np.interp(range(50, 56), [49, 56], COURSE[[49, 56]])
    )
    assert np.array_equal(
        np.delete(out, range(50, 56)), np.delete(COURSE, range(50, 56))
    )


def test_a_long_gap_has_the_course_of_the_days_around():
    """Seven hours missing over noon: the line would cut the peak, the rule does not."""
    out = gaps.filled(holed(92, 7), 6.0)
    assert out == pytest.approx(COURSE)
    line = gaps.filled(holed(92, 7), 7.0)
    assert line.max() == pytest.approx(COURSE.max())
    assert line[96] < COURSE[96] - 2.0


def test_a_long_gap_is_the_mean_of_the_nearest_days():
    slope = COURSE + DAY // 24
    out = gaps.filled(holed(100, 30, slope), 6.0)
    assert out[100:120] == pytest.approx(slope[100:120], abs=1.0)
    assert out[110] == pytest.approx((slope[110 - 24] + slope[110 + 48]) / 2, abs=0.6)


def test_ends_are_held():
    assert gaps.filled(holed(0, 3), 6.0)[:3] == pytest.approx(COURSE[3])
    assert gaps.filled(holed(210, 30), 6.0)[210:] == pytest.approx(COURSE[186:216])


def test_nothing_missing_nothing_touched():
    assert gaps.filled(COURSE, 6.0) is COURSE


def test_radiation_is_filled_as_a_share_of_the_sun_and_zero_at_night():
    outside = 1361.0 * np.maximum(np.cos(2 * np.pi * (DAY - 12.0) / 24.0), 0.0)
    ghi = 0.6 * outside
    for start, length in ((105, 4), (105, 12), (100, 40)):
        out = gaps.filled_radiation(holed(start, length, ghi), outside, 6.0)
        assert out == pytest.approx(ghi)
    night = gaps.filled_radiation(holed(94, 8, ghi), outside, 6.0)
    assert (night[outside == 0.0] == 0.0).all()
    dark = gaps.filled_radiation(np.full(24, np.nan), outside[:24], 6.0)
    assert (dark == 0.0).all()


def test_shares_are_by_calendar_year():
    time = pd.date_range("2015-01-01", "2017-01-01", freq="h", inclusive="left")
    missing = np.zeros(time.size, bool)
    missing[8760 : 8760 + 878] = True
    shares = gaps.share_by_year(missing, time)
    assert shares[2015] == 0.0
    assert shares[2016] == pytest.approx(0.1, abs=1e-3)


def test_gaps_are_told_largest_first():
    found = [Gap("A", "pressure", 3, 2), Gap("B", "temp_air", 40, 31)]
    said = "B temp_air 40 h (longest 31 h); A pressure 3 h (longest 2 h)"
    assert gaps.told(found) == said
    assert gaps.told([]) == "none"
