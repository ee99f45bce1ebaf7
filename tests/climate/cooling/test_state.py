"""The design day a site is sized on."""

import numpy as np
import pytest

from climate.cooling.state import design_state, from_weather
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
