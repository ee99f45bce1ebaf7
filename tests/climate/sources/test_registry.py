import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import climate
from climate.sources.registry import SOURCES, inputs, read
from climate.warming import monthly_warming
from data.choices import ClimateChoices
from data.faults import InputError

PLAIN = ClimateChoices(pathway="none", first_year=2015, last_year=2016)
HOURLY = {"temp_air", "relative_humidity", "pressure", "wind_speed"}


def answers(made):
    """Answer every service for the year it is asked for."""

    def reply(path, query):
        if path == "/pvgis":
            return 200, made.pvgis()
        if path == "/nasa_power":
            return 200, made.nasa_power(int(query["start"][:4]))
        return 200, made.open_meteo(int(query["start_date"][:4]))

    return reply


@pytest.fixture
def choices(made, service, tmp_path):
    """The choices of every source, its files written or its service ready."""
    service.reply = answers(made)
    folder = tmp_path / "epw"
    folder.mkdir()
    (folder / "S1.epw").write_text(made.epw(), encoding="utf-8")
    stamps = pd.date_range("2015-01-01", "2017-01-01", freq="h")
    made.era5(stamps).to_netcdf(tmp_path / "cube.nc", engine="h5netcdf")
    files = {"epw": str(folder), "era5": str(tmp_path / "cube.nc")}
    return {
        name: replace(PLAIN, source=name, files=files.get(name, "")) for name in SOURCES
    }


@pytest.mark.parametrize("name", SOURCES)
def test_the_known_weather_comes_back(name, choices, world, site, book, close):
    weather = climate.at_sites(world, site, choices[name], book, solar=True)
    years = 2 if SOURCES[name].yearly else 1
    assert dict(weather.sizes) == {"site": 1, "time": 8760 * years}
    assert set(weather) == {*HOURLY, "ghi", "dni", "dhi"}
    time = pd.DatetimeIndex(weather["time"].to_numpy())
    assert time.tz is None
    assert not ((time.month == 2) & (time.day == 29)).any()
    assert weather.attrs["source"] == name
    assert weather.attrs["grade"] == SOURCES[name].grade
    assert "29 February left out" in weather.attrs["method"]
    assert weather.attrs["gaps"] == "none"
    for variable in weather.values():
        assert np.isfinite(variable).all()
        assert set(variable.attrs) == {"units", "grade"}
    close(weather)


@pytest.mark.parametrize("name", SOURCES)
def test_the_sun_stands_where_it_did(name, choices, world, site, book, made):
    """The day's radiation and its centre, to which an hour's shift would add 1 h."""
    weather = climate.at_sites(world, site, choices[name], book, solar=True)
    stamps = pd.DatetimeIndex(weather["time"].to_numpy())
    wanted = made.expected(stamps)["ghi"].to_numpy().reshape(-1, 24)[1:-1]
    got = weather["ghi"].to_numpy().reshape(-1, 24)[1:-1]
    assert got.sum(axis=1) == pytest.approx(wanted.sum(axis=1), rel=0.01)
    hours = np.arange(24)
    centre = (got * hours).sum(axis=1) / got.sum(axis=1)
    assert centre == pytest.approx(
        (wanted * hours).sum(axis=1) / wanted.sum(axis=1), abs=0.05
    )


@pytest.mark.parametrize("name", SOURCES)
def test_it_is_enough_for_solar_and_wind_plants(name, choices, world, site, book):
    weather = climate.at_sites(world, site, choices[name], book, solar=True)
    a = world.book.resolve({}).resource
    for power in (climate.pv_output(weather, a), climate.wind_output(weather, a)):
        assert power.attrs["missing"] == ""
        assert power.min() >= 0.0
        assert 0.0 < power.mean() < power.max() <= 1.0


@pytest.mark.parametrize("name", SOURCES)
def test_without_sun_the_rest_is_the_same(name, choices, world, site, book):
    bright = climate.at_sites(world, site, choices[name], book, solar=True)
    dark = climate.at_sites(world, site, choices[name], book)
    assert set(dark) == HOURLY
    assert all(np.array_equal(dark[n], bright[n]) for n in HOURLY)


@pytest.mark.parametrize("name", SOURCES)
def test_warming_counts_from_the_middle_of_the_weather(
    name, choices, world, site, book
):
    base = {"epw": 2013.0, "pvgis_tmy": 2014.0}.get(name, 2015.5)
    plain = climate.at_sites(world, site, choices[name], book)
    warm = replace(choices[name], pathway="ssp585", target_year=2050)
    moved = climate.at_sites(world, site, warm, book)["temp_air"] - plain["temp_air"]
    july = moved.sel(time=moved["time.month"] == 7).mean()
    wanted = monthly_warming(2050, "ssp585", book, base)[6]
    assert float(july) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("name", ["nasa_power", "pvgis_tmy", "era5"])
def test_another_height_moves_temperature_and_pressure(
    name, choices, world, site, book
):
    low = climate.at_sites(world, site, choices[name], book)
    high = climate.at_sites(world, site.assign(elevation_m=1540.0), choices[name], book)
    drop = (low["temp_air"] - high["temp_air"]).to_numpy()
    assert drop == pytest.approx(book.lapse_k_per_km)
    ratio = float((high["pressure"] / low["pressure"]).mean())
    assert ratio == pytest.approx(0.886, abs=0.003)  # ISO 2533: 84.1 of 95.0 kPa
    assert np.array_equal(low["relative_humidity"], high["relative_humidity"])


@pytest.mark.parametrize("name", ["nasa_power", "pvgis_tmy", "open_meteo"])
def test_a_site_does_not_depend_on_the_others(name, choices, world, site, book):
    second = site.assign(lat=[39.9], elevation_m=[100.0]).rename({"S1": "S2"})
    alone = climate.at_sites(world, site, choices[name], book)
    both = climate.at_sites(world, pd.concat([second, site]), choices[name], book)
    assert both.sel(site=["S1"]).equals(alone)


def test_what_was_fetched_is_not_asked_for_again(choices, world, site, book, service):
    climate.at_sites(world, site, choices["nasa_power"], book)
    assert len(service.asked) == 2
    climate.at_sites(world, site, choices["nasa_power"], book)
    assert len(service.asked) == 2
    digests = inputs(world, site, choices["nasa_power"])
    assert len(digests) == 2
    assert all(len(value) == 64 for value in digests.values())


def test_a_stop_keeps_what_was_fetched(choices, world, site, book, service, made):
    whole = service.reply

    def failing(path, query):
        return whole(path, query) if query["start"] < "2016" else (503, b"busy")

    service.reply = failing
    with pytest.raises(InputError, match="NASA POWER: answers 503"):
        climate.at_sites(world, site, choices["nasa_power"], book)
    service.reply = whole
    service.asked.clear()
    climate.at_sites(world, site, choices["nasa_power"], book)
    assert [query["start"] for query in service.asked] == ["20160101"]


def test_faults_of_all_sites_come_together(choices, world, site, book, tmp_path, made):
    text = made.epw().splitlines()
    hole = "\n".join(text[:1000] + text[1200:])
    for name in ("S1", "S2"):
        (tmp_path / "epw" / f"{name}.epw").write_text(hole, encoding="utf-8")
    both = pd.concat([site, site.rename({"S1": "S2"})])
    with pytest.raises(InputError) as caught:
        read(world, both, choices["epw"], book)
    told = str(caught.value)
    assert "weather of S1::temp_air: 2.3 % of the hours of the typical year" in told
    assert "weather of S2::dew_point" in told


def test_sources_on_disk_are_known_by_their_sha256(choices, world, site):
    for name in ("epw", "era5"):
        (digest,) = inputs(world, site, choices[name]).values()
        assert len(digest) == 64
    assert inputs(world, site, ClimateChoices()) == {}


def test_a_year_that_is_not_over_is_not_kept(choices, world, site, book, service):
    whole = service.reply

    def short(path, query):
        told = json.loads(whole(path, query)[1])
        for name, values in told["hourly"].items():
            told["hourly"][name] = values[:7000]
        return 200, json.dumps(told).encode()

    service.reply = short
    with pytest.raises(InputError, match="the year ends early"):
        climate.at_sites(world, site, choices["open_meteo"], book)
    service.reply = whole
    climate.at_sites(world, site, choices["open_meteo"], book)
