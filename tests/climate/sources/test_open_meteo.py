import json

import numpy as np
import pandas as pd
import pytest

import climate
from climate.sources import open_meteo
from climate.sources.place import Site
from data.choices import ClimateChoices


def edited(body, edit):
    told = json.loads(body)
    edit(told)
    return json.dumps(told).encode()


def test_a_site_asks_for_its_own_elevation_and_our_units():
    (asked,) = open_meteo.requests(Site("S1", 40.4, 49.8, 541.6), [2019])
    query = dict(asked.query)
    assert query["elevation"] == "542"
    assert query["wind_speed_unit"] == "ms"
    assert query["temperature_unit"] == "celsius"
    assert (query["start_date"], query["end_date"]) == ("2019-01-01", "2019-12-31")


@pytest.mark.parametrize(
    ("unit", "factor"), [("km/h", 3.6), ("mp/h", 2.2369), ("kn", 1.94384)]
)
def test_wind_in_other_units_is_turned_to_metres_a_second(unit, factor, made):
    def blown(told):
        told["hourly_units"]["wind_speed_10m"] = unit
        wind = told["hourly"]["wind_speed_10m"]
        told["hourly"]["wind_speed_10m"] = [value * factor for value in wind]

    ours, _ = open_meteo.parsed(made.open_meteo(2015))
    other, _ = open_meteo.parsed(edited(made.open_meteo(2015), blown))
    assert other["wind_speed"].to_numpy() == pytest.approx(
        ours["wind_speed"].to_numpy(), rel=1e-4
    )


def test_fahrenheit_is_refused(made):
    body = edited(
        made.open_meteo(2015),
        lambda told: told["hourly_units"].update(temperature_2m="°F"),
    )
    with pytest.raises(KeyError, match="°F"):
        open_meteo.parsed(body)


def test_local_time_is_turned_to_utc(made):
    """An answer for Baku time has the same values under stamps four hours later."""

    def local(told):
        told["utc_offset_seconds"] = 4 * 3600
        stamps = pd.DatetimeIndex(told["hourly"]["time"]) + pd.Timedelta(hours=4)
        told["hourly"]["time"] = [f"{t:%Y-%m-%dT%H:%M}" for t in stamps]

    ours, _ = open_meteo.parsed(made.open_meteo(2015))
    other, _ = open_meteo.parsed(edited(made.open_meteo(2015), local))
    assert other.equals(ours)


def test_a_null_is_a_hole(made):
    def holed(told):
        told["hourly"]["temperature_2m"][100] = None

    hours, _ = open_meteo.parsed(edited(made.open_meteo(2015), holed))
    assert np.flatnonzero(hours["temp_air"].isna()).tolist() == [100]


def test_sea_level_pressure_comes_back_to_the_site(made, service, world, site, book):
    """1013.25 hPa at sea level and 15 degC is near 950 hPa at 540 m (ISO 2533)."""

    def reduced(told):
        del told["hourly"]["surface_pressure"]
        count = len(told["hourly"]["time"])
        told["hourly"]["pressure_msl"] = [1013.25] * count
        told["hourly_units"]["pressure_msl"] = "hPa"

    service.reply = lambda path, query: (200, edited(made.open_meteo(2015), reduced))
    choices = ClimateChoices(
        source="open_meteo", pathway="none", first_year=2015, last_year=2015
    )
    weather = climate.at_sites(world, site, choices, book)
    assert float(weather["pressure"].mean()) == pytest.approx(95_000.0, abs=150.0)
    order = np.argsort(weather["temp_air"].to_numpy()[0])
    pressure = weather["pressure"].to_numpy()[0][order]
    assert (np.diff(pressure) >= 0.0).all()
