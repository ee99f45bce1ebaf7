import numpy as np
import pandas as pd
import pytest

from climate.sources import calendar
from data.choices import ClimateChoices


def sine(moment):
    return np.sin(2 * np.pi * moment / 24.0)


@pytest.mark.parametrize("standing", [-0.5, 0.0, 0.1761, 0.5, 1.0, 0.75])
@pytest.mark.parametrize("typical", [True, False])
def test_whatever_a_stamp_means_the_value_moves_to_half_past(standing, typical):
    hours = np.arange(240.0)
    out = calendar.at_half_past(sine(hours + standing), standing, typical)
    inner = slice(None) if typical else slice(1, -1)
    assert out[inner] == pytest.approx(sine(hours + 0.5)[inner], abs=0.01)
    assert np.abs(out - sine(hours + 1.5))[inner].max() > 0.2  # an hour would show


def test_what_is_at_half_past_already_is_untouched():
    hours = np.arange(48.0)
    assert np.array_equal(calendar.at_half_past(hours, 0.5, False), hours)


def test_the_end_of_a_record_is_held_and_a_typical_year_closes():
    hours = np.array([0.0, 1.0, 2.0, 3.0])
    assert calendar.at_half_past(hours, -0.5, False).tolist() == [1, 2, 3, 3]
    assert calendar.at_half_past(hours, -0.5, True).tolist() == [1, 2, 3, 0]


def test_a_typical_year_has_its_rows_in_place_and_no_29_february():
    stamps = pd.date_range("2016-01-01", "2017-01-01", freq="h", inclusive="left")
    mixed = stamps[::-1]
    values = pd.DataFrame({"x": np.where(mixed.month == 3, 1.0, 0.0)}, index=mixed)
    place = calendar.typical_positions(mixed.month, mixed.day, mixed.hour)
    year = calendar.typical_year(values, place)
    assert len(year) == 8760
    assert (year["x"] == (pd.DatetimeIndex(year.index).month == 3)).all()
    holed = calendar.typical_year(values.iloc[5:], place[5:])
    assert holed["x"].isna().to_numpy().nonzero()[0].tolist() == [*range(8755, 8760)]


def test_an_hour_given_twice_is_refused():
    values = pd.DataFrame({"x": [1.0, 2.0]})
    with pytest.raises(ValueError, match="an hour comes twice"):
        calendar.typical_year(values, np.array([7, 7]))


def test_calendar_years_hold_the_leap_day_until_it_is_left_out():
    time = calendar.calendar_years(2015, 2016)
    assert time.size == 8760 + 8784 + 1
    kept = time[calendar.without_leap_day(time)][:-1]
    assert kept.size == 2 * 8760
    assert pd.Timestamp("2016-02-29 12:00") not in kept


def test_services_are_asked_for_the_chosen_years_or_ten():
    assert list(calendar.online_years(ClimateChoices())) == [*range(2015, 2025)]
    chosen = ClimateChoices(first_year=2019, last_year=2020)
    assert list(calendar.online_years(chosen)) == [2019, 2020]


def test_a_year_that_is_not_over_is_seen():
    time = pd.date_range("2026-01-01", "2026-12-31 23:00", freq="h")
    values = pd.Series(np.where(time < "2026-11-20", 1.0, np.nan), time)
    with pytest.raises(ValueError, match="ends early, with 2026-11-19 23:00"):
        calendar.checked_whole(values)
    with pytest.raises(ValueError, match="ends early"):
        calendar.checked_whole(values.dropna())
    calendar.checked_whole(values.fillna(1.0))
