from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import climate
from climate import months
from climate.normals import normals_at
from climate.warming import monthly_warming
from data.choices import ClimateChoices

PLAIN = ClimateChoices(pathway="none", seed=0)
HOURLY = ("temp_air", "relative_humidity", "pressure", "wind_speed")
ANNUAL_GHI = {"AZ06": 1577, "AZ21": 1433, "AZ33": 1723}
"""kWh/m2 a year at Pirallahi, Mingachevir and Nakhchivan: Wikipedia, Solar power in
Azerbaijan, copy of August 2020 (unit inferred)."""


@pytest.fixture(scope="module")
def weather(world, sites, book):
    return climate.at_sites(world, sites, PLAIN, book, solar=True)


def test_one_dataset_for_all_sites(weather, sites):
    assert dict(weather.sizes) == {"site": len(sites), "time": 8760}
    assert set(weather.coords) == {"site", "time", "lat", "lon"}
    assert list(weather["site"].to_numpy()) == list(sites.index)
    assert set(weather) == {*HOURLY, "ghi", "dni", "dhi"}
    assert weather.attrs["source"] == "synthetic"
    assert weather.attrs["grade"] == "assumed"
    assert "no warming applied" in weather.attrs["method"]
    for name in weather:
        assert np.isfinite(weather[name]).all()
        assert set(weather[name].attrs) == {"units", "grade"}


def test_sunlight_only_when_asked(world, sites, book, weather):
    dark = climate.at_sites(world, sites, PLAIN, book)
    assert set(dark) == set(HOURLY)
    for name in HOURLY:
        assert np.array_equal(dark[name], weather[name])


def test_months_are_the_normals(world, sites, book, weather):
    normals = normals_at(world, sites, book)
    for name, tolerance in (
        ("temp_air", 1e-9),
        ("wind_speed", 1e-9),
        ("relative_humidity", 0.1),
    ):
        made = months.monthly_mean(weather[name].to_numpy(), 1)
        assert made == pytest.approx(normals[name].to_numpy(), abs=tolerance)


def test_a_site_alone_has_the_same_weather_to_the_last_bit(world, sites, book, weather):
    for kept in (["AZ17"], ["AZ36", "AZ01"], sites.index[:-1]):
        some = climate.at_sites(world, sites.loc[kept], PLAIN, book, solar=True)
        assert some.equals(weather.sel(site=list(kept)))


def test_a_new_name_has_the_same_weather(world, sites, book, weather):
    renamed = sites.loc[["AZ05"]].rename(index={"AZ05": "mine"})
    own = climate.at_sites(world, renamed, PLAIN, book)
    for name in HOURLY:
        assert np.array_equal(own[name][0], weather[name].sel(site="AZ05"))


def test_the_seed_is_national(world, sites, book, weather):
    again = climate.at_sites(world, sites, PLAIN, book, solar=True)
    assert again.identical(weather)
    other = climate.at_sites(world, sites, replace(PLAIN, seed=1), book)
    assert not np.array_equal(other["temp_air"], weather["temp_air"])


def test_annual_radiation_is_the_published_one(weather):
    annual = weather["ghi"].sum("time") / 1000.0
    for site, published in ANNUAL_GHI.items():
        assert float(annual.sel(site=site)) == pytest.approx(published, rel=0.01)


def test_warming_moves_every_month_and_keeps_humidity(world, sites, book, weather):
    choices = ClimateChoices(pathway="ssp585", target_year=2050, seed=0)
    warm = climate.at_sites(world, sites, choices, book)
    moved = months.monthly_mean((warm["temp_air"] - weather["temp_air"]).to_numpy(), 1)
    expected = monthly_warming(2050, "ssp585", book)
    assert moved == pytest.approx(np.tile(expected, (len(sites), 1)), abs=1e-9)
    assert np.array_equal(warm["relative_humidity"], weather["relative_humidity"])
    assert "2050 under ssp585" in warm.attrs["method"]


def test_more_years_hold_the_normals_together(world, sites, book):
    three = climate.at_sites(world, sites.iloc[:2], replace(PLAIN, years=3), book)
    normals = normals_at(world, sites.iloc[:2], book)["temp_air"].to_numpy()
    assert three.sizes["time"] == 3 * 8760
    made = months.monthly_mean(three["temp_air"].to_numpy(), 3)
    assert made == pytest.approx(normals, abs=1e-9)


def test_climates_differ_as_the_map_says(weather):
    """Absheron swings least by the day, Nakhchivan most; Shusha is coolest."""
    swing = np.ptp(weather["temp_air"].to_numpy().reshape(-1, 365, 24), axis=-1)
    swing = pd.Series(swing.mean(axis=1), index=weather["site"].to_numpy())
    assert swing["AZ33"] > swing["AZ21"] > swing["AZ09"]
    mean = weather["temp_air"].mean("time").to_series()
    assert mean.idxmin() == "AZ32"
    wind = weather["wind_speed"].mean("time").to_series()
    assert wind["AZ04"] == pytest.approx(1.3 * wind["AZ09"], rel=0.01)
