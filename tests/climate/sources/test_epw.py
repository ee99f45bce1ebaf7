"""The traps of EPW files, one test each."""

import numpy as np
import pandas as pd
import pytest

import climate
from climate.sources import epw
from data.choices import ClimateChoices
from data.faults import InputError


@pytest.fixture
def weather(world, site, book, tmp_path):
    """The weather of an EPW text, as the model sees it."""

    def seen(text):
        (tmp_path / "S1.epw").write_text(text, encoding="utf-8")
        choices = ClimateChoices(source="epw", files=str(tmp_path), pathway="none")
        return climate.at_sites(world, site, choices, book, solar=True)

    return seen


def changed(text, column, value, rows):
    """Return the text with one field of some data rows replaced."""
    lines = text.splitlines()
    for row in rows:
        fields = lines[8 + row].split(",")
        fields[column] = value
        lines[8 + row] = ",".join(fields)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("ahead", [4.0, 0.0, -5.0, 3.5, 5.75])
def test_the_time_zone_of_the_header_is_taken_out(ahead, weather, made, close):
    made_there = weather(made.epw(ahead=ahead))
    close(made_there)
    assert float(made_there["ghi"].max()) == pytest.approx(800.0, rel=0.02)


def test_the_hours_of_another_zone_are_other_hours(weather, made):
    text = made.epw(ahead=4.0)
    wrong = weather(text.replace(",4.0,540.0", ",0.0,540.0"))
    assert np.abs(wrong["temp_air"] - weather(text)["temp_air"]).max() > 5.0


def test_values_are_those_of_the_end_of_their_hour(made):
    """Hour 1 holds the temperature of 1:00, so that half past needs the one before."""
    record = epw.record(made.epw(ahead=0.0), "a.epw")
    assert record.standing["temp_air"] == 1.0
    assert record.standing["ghi"] == 0.5
    one = made.truth(pd.DatetimeIndex(["2013-01-01 01:00"]))["temp_air"].iloc[0]
    assert record.hours["temp_air"].iloc[0] == pytest.approx(one, abs=1e-3)


@pytest.mark.parametrize(
    ("column", "code", "name"),
    [
        (6, "99.9", "temp_air"),
        (9, "999999", "pressure"),
        (21, "999", "wind_speed"),
        (13, "9999", "ghi"),
    ],
)
def test_codes_are_holes_not_weather(column, code, name, weather, made, close):
    text = changed(made.epw(), column, code, range(3000, 3004))
    told = weather(text)
    assert f"{name} 4 h (longest 4 h)" in told.attrs["gaps"]
    whole = weather(made.epw())
    assert np.abs(told[name] - whole[name]).max() < {"pressure": 5, "ghi": 130}.get(
        name, 1.5
    )


def test_humidity_comes_from_the_dew_point_and_else_from_humidity(weather, made, close):
    dry = changed(made.epw(), 8, "999", range(8760))
    close(weather(dry))
    close(weather(changed(made.epw(), 7, "99.9", range(8760))))


def test_pressure_left_out_is_the_standard_atmosphere(weather, made):
    told = weather(changed(made.epw(), 9, "999999", range(8760)))
    assert told["pressure"].to_numpy() == pytest.approx(95007.0, abs=60.0)  # ISO 2533


def test_sea_level_pressure_is_refused(weather, made):
    high = changed(made.epw(altitude=1500.0), 9, "101400", range(8760))
    with pytest.raises(InputError) as caught:
        weather(high)
    told = str(caught.value)
    assert "101400 Pa on average" in told
    assert "near 84556 Pa at 1500 m, not reduced to sea level" in told


def test_a_leap_year_loses_its_29_february(weather, made, close):
    told = weather(made.epw(number=2016))
    assert told.sizes["time"] == 8760
    march = told["temp_air"].sel(time="2001-03-01")
    assert march.size == 24
    want = made.expected(pd.date_range("2016-03-01", periods=24, freq="h"))
    assert march.to_numpy()[0] == pytest.approx(want["temp_air"], abs=0.1)


def test_two_records_an_hour_are_refused(weather, made):
    lines = made.epw().splitlines()
    with pytest.raises(InputError, match="an hour comes twice"):
        weather("\n".join([*lines, lines[500]]) + "\n")


@pytest.mark.parametrize("text", ["", "LOCATION,x\n", "a,b\n1,2\n"])
def test_what_is_no_epw_file_is_refused(text, weather):
    with pytest.raises(InputError, match=r"S1.epw: .* an EPW file, one record an hour"):
        weather(text)


def test_hours_from_0_to_23_are_refused(weather, made):
    with pytest.raises(InputError, match="an EPW file, one record an hour"):
        weather(changed(made.epw(), 3, "0", [0]))


def test_missing_rows_are_gaps(weather, made):
    lines = made.epw().splitlines()
    told = weather("\n".join(lines[:3000] + lines[3010:]) + "\n")
    assert "temp_air 10 h (longest 10 h)" in told.attrs["gaps"]
    with pytest.raises(InputError, match=r"1\.1 % of the hours of the typical year"):
        weather("\n".join(lines[:3000] + lines[3100:]) + "\n")


@pytest.mark.parametrize("fields", [22, 32, 34, 36])
def test_rows_may_stop_after_the_wind_or_end_in_a_comma(fields, weather, made):
    whole = made.epw()
    lines = whole.splitlines()
    rows = [(line + "," * 35).split(",")[:fields] for line in lines[8:]]
    text = "\r\n".join([*lines[:8], *(",".join(row) for row in rows)])
    assert weather(text).equals(weather(whole))


def test_what_has_no_location_is_told_so(weather):
    with pytest.raises(InputError, match=r"S1\.epw: no LOCATION in the first line"):
        weather("")


def test_the_header_says_where_it_is(made):
    assert epw.header(made.epw(), "a.epw") == (40.4, 49.8, 540.0)
