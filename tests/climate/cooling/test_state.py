"""The design day a site is sized on."""

import numpy as np
import pytest
import xarray as xr

from climate.cooling.state import design_state, from_weather
from climate.extremes import return_level
from climate.psychrometrics import humidity_ratio


def test_design_day_is_the_extreme_with_coincident_moisture(book, make_weather):
    air = from_weather(make_weather())
    day = design_state(air, book)
    hottest = np.sort(air.temp_air[0])[-35:]
    assert day.temp_air.item() == pytest.approx(hottest[-1] + book.design_margin_k)
    moist = air.humidity_ratio[0][air.temp_air[0] >= hottest[0]]
    assert moist.min() <= day.humidity_ratio.item() <= moist.max()


def test_coincident_wet_bulb_rises_with_the_margin(book, make_weather):
    air = from_weather(make_weather())
    day = design_state(air, book)
    assert day.wet_bulb.item() > air.wet_bulb[0][air.temp_air[0].argmax()]
    assert day.wet_bulb.item() < air.wet_bulb.max() + book.design_margin_k


def test_dimension_order_of_the_weather_does_not_matter(make_weather):
    weather = make_weather(sites=("A", "B"), mean=(10.0, 20.0))
    air, swapped = (
        from_weather(weather),
        from_weather(weather.transpose("time", "site")),
    )
    assert (air.wet_bulb == swapped.wet_bulb).all()


def test_states_are_consistent(make_weather):
    weather = make_weather()
    air = from_weather(weather)
    expected = humidity_ratio(
        weather.temp_air.values,
        weather.relative_humidity.values,
        weather.pressure.values,
    )
    assert (air.humidity_ratio == expected).all()
    assert air.site_pressure.shape == (1, 1)


def test_short_weather_still_has_a_design_hour(book, make_weather):
    day = design_state(from_weather(make_weather().isel(time=slice(0, 5))), book)
    assert np.isfinite(day.wet_bulb).all()


@pytest.fixture
def decade(make_weather):
    """Ten years whose heat differs: annual maxima 0 to 4.5 K above the first's."""
    year = make_weather()
    years = [
        year.assign(temp_air=year["temp_air"] + 0.5 * n).assign_coords(
            time=year["time"] + np.timedelta64(365 * n, "D")
        )
        for n in range(10)
    ]
    return xr.concat(years, dim="time", data_vars="minimal")


def test_ten_years_give_the_extreme_themselves(book, decade):
    air = from_weather(decade)
    day = design_state(air, book).temp_air.item()
    expected = return_level(air.temp_air, 10, 20.0).item()
    assert day == pytest.approx(expected)
    assert day > air.temp_air.max()
    assert day != pytest.approx(air.temp_air.max() + book.design_margin_k)


@pytest.mark.parametrize("years", [2, 4, 9])
def test_few_years_need_the_margin_over_a_usual_maximum(book, decade, years):
    """Otherwise more years would count their hottest hour and the margin twice."""
    air = from_weather(decade.isel(time=slice(0, years * 8760)))
    day = design_state(air, book).temp_air.item()
    usual = air.temp_air.reshape(years, 8760).max(axis=1).mean()
    assert day == pytest.approx(max(usual + book.design_margin_k, air.temp_air.max()))
    assert day < air.temp_air.max() + book.design_margin_k


def test_part_years_are_no_years(book, decade):
    air = from_weather(decade.isel(time=slice(0, 12 * 8760 // 5 + 1)))
    day = design_state(air, book).temp_air.item()
    assert day == pytest.approx(air.temp_air.max() + book.design_margin_k)


def test_the_extreme_is_no_cooler_than_the_hottest_hour(book, decade):
    once = decade.copy(deep=True)
    once["temp_air"][0, 4000] = 60.0
    assert design_state(from_weather(once), book).temp_air.item() >= 60.0


def test_the_design_day_meets_the_warmest_sea(book, weather):
    air = from_weather(weather)
    assert (design_state(air, book).temp_sea[:, 0] == air.temp_sea.max(axis=1)).all()
