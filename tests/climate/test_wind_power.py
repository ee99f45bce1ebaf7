"""Wind output: shear, curve, density, losses, and the sourced mean."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import climate
from climate.wind_power import shear_exponent, shipped_curve
from data import load_world


@pytest.fixture(scope="module")
def a(world):
    return world.book.resolve({}).resource


def air(speeds, temp=15.0, pressure=101325.0):
    shape = (len(speeds), len(speeds[0]))
    time = pd.date_range("2001-01-01", periods=shape[1], freq="h")
    names = [f"S{i}" for i in range(shape[0])]
    values = {
        "wind_speed": np.array(speeds, dtype=float),
        "temp_air": np.full(shape, temp),
        "pressure": np.full(shape, pressure),
    }
    return xr.Dataset(
        {n: (("site", "time"), v) for n, v in values.items()},
        coords={"site": names, "time": time},
    )


def at_hub(a):
    """No shear and no losses: what is asked is what the turbine sees."""
    return replace(
        a,
        wind_measurement_height_m=a.wind_hub_height_m,
        wind_wake_loss_pct=0.0,
        wind_other_loss_pct=0.0,
        wind_availability_pct=100.0,
    )


def test_shear_agrees_with_the_logarithmic_profile():
    for roughness in (0.0005, 0.03, 0.1):
        power_law = 11.0 ** shear_exponent(roughness, 10.0, 110.0)
        assert power_law == pytest.approx(
            np.log(110 / roughness) / np.log(10 / roughness)
        )
    assert shear_exponent(0.03, 10.0, 110.0) == pytest.approx(1 / 7, abs=0.002)
    assert shear_exponent(0.03, 50.0, 50.0) == 0.0


def test_wind_is_stronger_at_the_hub_by_the_logarithmic_profile(a):
    known = replace(
        a,
        wind_measurement_height_m=10.0,
        wind_hub_height_m=110.0,
        wind_roughness_m=0.03,
    )
    hub = climate.hub_wind(air([[4.0, 8.0]]), known).to_numpy()[0]
    assert hub == pytest.approx(
        np.array([4.0, 8.0]) * np.log(110 / 0.03) / np.log(10 / 0.03)
    )


def test_the_curve_starts_rises_and_stops(a):
    sea_level = air([[2.9, 3.1, 6.0, 9.0, 13.5, 24.9, 25.1, 40.0]])
    power = climate.wind_output(sea_level, at_hub(a)).to_numpy()[0]
    assert power[0] == 0.0
    assert (np.diff(power[1:5]) > 0).all()
    assert power[4] == pytest.approx(1.0, abs=1e-3)
    assert power[5] == 1.0
    assert list(power[6:]) == [0.0, 0.0]
    curve = shipped_curve()["power_share"]
    assert curve.is_monotonic_increasing
    assert curve.max() == 1.0


def test_the_curve_never_takes_more_than_betz_allows():
    curve = shipped_curve()["power_share"]
    swept = np.pi / 4 * 170.0**2
    flow = 0.5 * 1.225 * swept * curve.index.to_numpy() ** 3
    assert (curve.to_numpy() * 6.0e6 / flow).max() < 16 / 27
    assert (curve.to_numpy() * 6.0e6 / flow).max() == pytest.approx(0.474, abs=0.01)


def test_thin_air_gives_as_much_less(a):
    """Below rating, power goes with density: 10 % less air, about 10 % less power."""
    winds = [[6.0, 7.0, 8.0]]
    dense, thin = (
        climate.wind_output(air(winds, pressure=p), at_hub(a)).to_numpy()
        for p in (101325.0, 0.9 * 101325.0)
    )
    assert thin / dense == pytest.approx(np.full((1, 3), 0.9), abs=0.015)


def test_losses_multiply(a):
    bare = at_hub(a)
    kept = replace(bare, wind_wake_loss_pct=10.0, wind_availability_pct=95.0)
    wind = air([[8.0, 15.0]])
    ratio = climate.wind_output(wind, kept) / climate.wind_output(wind, bare)
    assert ratio.to_numpy() == pytest.approx(np.full((1, 2), 0.9 * 0.95))


def test_the_mean_is_met_and_the_course_stays(a):
    wind = air([[2.0, 4.0, 6.0, 8.0], [1.0, 1.0, 2.0, 4.0]])
    mean = xr.DataArray([9.0, np.nan], dims="site", coords={"site": ["S0", "S1"]})
    scaled = climate.hub_wind(wind, a, mean)
    plain = climate.hub_wind(wind, a)
    assert scaled[0].mean().item() == pytest.approx(9.0)
    ratio = scaled[0].to_numpy() / plain[0].to_numpy()
    assert ratio == pytest.approx(np.full(4, ratio[0]))
    assert np.array_equal(scaled[1].to_numpy(), plain[1].to_numpy())


def test_a_missing_hour_is_absent_and_said(a):
    wind = air([[5.0, np.nan, 7.0]])
    power = climate.wind_output(wind, a)
    assert np.isnan(power.to_numpy()).tolist() == [[False, True, False]]
    assert power.attrs["missing"] == "wind_speed at S0"
    assert np.isnan(climate.wind_output(wind.drop_vars("pressure"), a)).all()


def test_a_site_does_not_depend_on_the_list(a):
    chance = np.random.default_rng(1)
    wind = air(8.0 * chance.weibull(2.0, (4, 999)))
    mean = xr.DataArray(
        [8.0, 9.0, np.nan, 7.0], dims="site", coords={"site": wind["site"]}
    )
    whole = climate.wind_output(wind, a, mean)
    alone = climate.wind_output(wind.isel(site=[1]), a, mean)
    assert np.array_equal(whole[1].to_numpy(), alone[0].to_numpy())


def test_sourced_means_reach_as_far_as_the_table_says(a):
    world = load_world()
    sites = world.tables["sites"]
    mean = climate.mean_hub_wind(world, sites, a)
    assert mean.sel(site="AZ10").item() == pytest.approx(9.63)
    assert mean["wind_place_id"].sel(site="AZ10").item() == "khizi_farm"
    assert np.isnan(mean.sel(site="AZ26"))
    assert mean["wind_place_id"].sel(site="AZ26").item() == ""
    masts = 8.0 * np.log(a.wind_hub_height_m / 0.03) / np.log(35 / 0.03)
    assert mean.sel(site="AZ07").item() == pytest.approx(masts)
    alone = climate.mean_hub_wind(world, sites.loc[["AZ07"]], a)
    assert alone.item() == mean.sel(site="AZ07").item()
