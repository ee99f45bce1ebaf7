"""What is common to every source: refusal, filling, the half hour, the site's height."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from climate.sources.observed import finished, joined
from climate.sources.place import Site
from climate.sources.record import HOUR_TO_COME, RADIATION, STATE, Record
from data.choices import ClimateChoices
from data.faults import InputError

SITE = Site("S1", 40.4, 49.8, 540.0)
CHOICES = ClimateChoices(source="nasa_power", pathway="none")


@pytest.fixture
def record(made):
    """Two years of hourly means, one of them leap."""
    stamps = pd.date_range("2015-01-01", "2017-01-01", freq="h", inclusive="left")
    hours = made.truth(stamps + pd.Timedelta(minutes=30)).set_axis(stamps, axis=0)
    hours = hours.rename(columns={"dew_water": "dew_point"})
    standing = dict.fromkeys((*STATE, *RADIATION), HOUR_TO_COME)
    return Record(hours, standing, 540.0, 2015.5)


def holed(record, name, start, length):
    hours = record.hours.copy()
    hours.iloc[start : start + length, hours.columns.get_loc(name)] = np.nan
    return replace(record, hours=hours)


def test_all_that_is_missing_is_named_at_once(record, book):
    short = holed(holed(record, "temp_air", 100, 90), "pressure", 9000, 200)
    with pytest.raises(InputError) as caught:
        finished(
            short, SITE, replace(CHOICES, first_year=2015, last_year=2016), book, False
        )
    assert [str(f).split(" — ")[0] for f in caught.value.faults] == [
        "weather of S1::temp_air: 1.0 % of the hours of 2015 are missing",
        "weather of S1::pressure: 2.3 % of the hours of 2016 are missing",
    ]


def test_the_limit_is_a_number_of_the_book(record, book):
    short = holed(record, "temp_air", 100, 90)
    wide = replace(book, gap_refuse_pct=2.0)
    done = finished(short, SITE, CHOICES, wide, False)
    (gap,) = done.gaps
    assert (gap.variable, gap.hours, gap.longest) == ("temp_air", 90, 90)


def test_radiation_that_is_not_asked_for_is_not_missed(record, book):
    short = holed(record, "ghi", 0, 5000)
    assert set(finished(short, SITE, CHOICES, book, False).values) == {
        "temp_air",
        "relative_humidity",
        "pressure",
        "wind_speed",
    }
    with pytest.raises(InputError, match="ghi"):
        finished(short, SITE, CHOICES, book, True)


def test_a_hole_on_29_february_leaves_no_trace(record, book):
    leap = 8760 + 24 * 59
    filled = finished(holed(record, "temp_air", leap, 24), SITE, CHOICES, book, False)
    whole = finished(record, SITE, CHOICES, book, False)
    assert np.array_equal(filled.values["temp_air"], whole.values["temp_air"])


def test_a_gap_over_noon_keeps_its_peak(record, book, made):
    start = 8760 + 24 * 200 + 7
    filled = finished(holed(record, "temp_air", start, 8), SITE, CHOICES, book, False)
    whole = finished(record, SITE, CHOICES, book, False)
    error = np.abs(filled.values["temp_air"] - whole.values["temp_air"])
    assert error.max() < 0.1


def test_beam_and_diffuse_follow_from_the_global(record, book):
    alone = replace(record, hours=record.hours.drop(columns=["dni", "dhi"]))
    done = finished(alone, SITE, CHOICES, book, True).values
    assert (done["dhi"] <= done["ghi"] + 1e-6).all()
    assert (done["dni"] >= 0.0).all()


def test_hours_given_twice_are_refused(record, book):
    twice = pd.concat([record.hours, record.hours.iloc[:1]])
    with pytest.raises(InputError, match="an hour given twice"):
        finished(replace(record, hours=twice), SITE, CHOICES, book, False)


def test_three_hourly_records_are_refused(record, book):
    thin = replace(record, hours=record.hours.iloc[::3])
    with pytest.raises(InputError, match=r"no complete calendar year .* hourly"):
        finished(thin, SITE, CHOICES, book, False)


def test_an_absent_variable_of_one_site_is_nan_there(record, book):
    calm = replace(record, hours=record.hours.drop(columns="wind_speed"))
    parts = [finished(r, SITE, CHOICES, book, False) for r in (record, calm)]
    told = joined(parts, [SITE, SITE._replace(site_id="S2")])
    absent = np.isnan(told["wind_speed"])
    assert absent.sel(site="S2").all()
    assert not absent.sel(site="S1").any()
