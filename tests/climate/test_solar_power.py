"""Solar output: against pvlib's own chain, in the limits, and at missing hours."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from pvlib import irradiance, solarposition, tracking

import climate
from climate import months
from climate.solar_power import facing
from climate.sun import position, sun_of
from data.choices import ClimateChoices

BENCH = Path(__file__).parents[2] / "benchmarks" / "bench_pv.py"
rival = runpy.run_path(str(BENCH))["rival"]
"""pvlib's chain for one site, written out."""


@pytest.fixture(scope="module")
def a(world):
    return world.book.resolve({}).resource


@pytest.fixture(scope="module")
def weather(world, sites, book):
    some = sites.loc[["AZ01", "AZ21", "AZ33"]]
    choices = ClimateChoices(pathway="none", seed=0)
    return climate.at_sites(world, some, choices, book, solar=True)


def still(ghi, dni, dhi, temp=25.0, wind=2.0, hours=24):
    """One summer day at Alat of the same light every hour."""
    time = pd.date_range("2001-06-21", periods=hours, freq="h")
    values = {"ghi": ghi, "dni": dni, "dhi": dhi, "temp_air": temp, "wind_speed": wind}
    full = {n: (("site", "time"), np.full((1, hours), v)) for n, v in values.items()}
    place = {"lat": ("site", [39.967]), "lon": ("site", [49.4])}
    return xr.Dataset(full, coords={"site": ["A"], "time": time, **place})


@pytest.mark.parametrize("tracks", [0.0, 1.0])
def test_it_is_pvlibs_chain(weather, a, tracks):
    """Hour within 1e-4 of rating, year within 0.01 %, of pvlib's functions in turn."""
    own = replace(a, pv_tracking=tracks)
    power = climate.pv_output(weather, own)
    for site in weather["site"].to_numpy():
        theirs = rival(weather.sel(site=site), own)
        ours = power.sel(site=site).to_numpy()
        assert np.abs(ours - theirs).max() < 1e-4
        assert ours.sum() == pytest.approx(theirs.sum(), rel=1e-4)


def test_the_global_alone_is_split_as_erbs_does(weather, a):
    alone = weather.drop_vars(["dni", "dhi"])
    power = climate.pv_output(alone, a).sel(site="AZ21").to_numpy()
    theirs = rival(alone.sel(site="AZ21"), a)
    assert np.abs(power - theirs).max() < 1e-3
    assert power.sum() == pytest.approx(theirs.sum(), rel=5e-4)


def test_the_tracker_turns_as_pvlibs(a):
    time = months.hours(1)[3000:3400]
    spa = solarposition.get_solarposition(time, 40.0, 49.4)
    theirs = tracking.singleaxis(
        spa["apparent_zenith"].to_numpy(),
        spa["azimuth"].to_numpy(),
        axis_azimuth=180.0,
        max_angle=a.pv_tracker_limit_deg,
        gcr=a.pv_ground_cover_ratio,
    )
    own = position(sun_of(time), np.array(40.0), np.array(49.4))
    tilt, cosine = facing(own, replace(a, pv_tracking=1.0))
    day = np.isfinite(theirs["surface_tilt"]) & (spa["zenith"].to_numpy() < 89.0)
    assert np.abs(tilt - theirs["surface_tilt"])[day].max() < 0.01
    assert np.abs(cosine - np.cos(np.radians(theirs["aoi"])))[day].max() < 1e-4


def test_a_fixed_plane_faces_as_pvlibs(a):
    time = months.hours(1)[:500]
    spa = solarposition.get_solarposition(time, 40.0, 49.4)
    theirs = irradiance.aoi_projection(
        a.pv_tilt_deg, a.pv_azimuth_deg, spa["apparent_zenith"], spa["azimuth"]
    )
    own = position(sun_of(time), np.array(40.0), np.array(49.4))
    day = spa["zenith"].to_numpy() < 89.0
    cosine = facing(own, replace(a, pv_tracking=0.0))[1]
    assert np.abs(cosine - theirs.to_numpy())[day].max() < 1e-5


def test_no_light_no_power(a):
    assert climate.pv_output(still(0.0, 0.0, 0.0), a).to_numpy().max() == 0.0


def test_never_above_the_rating_less_losses_to_the_meter(a):
    most = (1 - a.pv_ac_loss_pct / 100) * a.pv_availability_pct / 100
    power = climate.pv_output(still(1100.0, 1000.0, 150.0, temp=-20.0), a)
    assert power.to_numpy().max() == pytest.approx(most)


def test_heat_costs_the_coefficient(a):
    dim = [still(300.0, 0.0, 300.0, temp=t) for t in (20.0, 30.0)]
    cool, hot = (climate.pv_output(w, a).to_numpy() for w in dim)
    loss = 100.0 * (1.0 - hot.sum() / cool.sum())
    assert loss == pytest.approx(-10.0 * a.pv_temp_coefficient_pct_per_k, rel=0.05)


def test_a_tracker_gives_more_and_more_modules_too(weather, a):
    sums = [
        climate.pv_output(weather, changed).sum("time").to_numpy()
        for changed in (
            replace(a, pv_tracking=0.0),
            a,
            replace(a, pv_dc_ac_ratio=1.2 * a.pv_dc_ac_ratio),
        )
    ]
    assert (sums[0] < sums[1]).all()
    assert (sums[1] < sums[2]).all()
    assert (sums[2] < 1.2 * sums[1]).all()


def test_a_missing_hour_is_absent_and_said(weather, a):
    broken = weather.copy(deep=True)
    noon = 4088  # 08:00 UTC on 20 June
    broken["ghi"][0, noon] = np.nan
    broken["temp_air"][1, noon] = np.nan
    power = climate.pv_output(broken, a)
    assert np.isnan(power[0, noon])
    assert np.isnan(power[1, noon])
    assert np.isnan(power).sum() == 2
    assert power.attrs["missing"] == "ghi at AZ01; temp_air at AZ21"
    dark = climate.pv_output(weather.drop_vars("ghi"), a)
    assert np.isnan(dark).all()
    assert "ghi at every site" in dark.attrs["missing"]


def test_a_site_does_not_depend_on_the_list(weather, a):
    whole = climate.pv_output(weather, a)
    for sites in (["AZ33"], ["AZ33", "AZ01"]):
        some = climate.pv_output(weather.sel(site=sites), a)
        assert np.array_equal(some.to_numpy(), whole.sel(site=sites).to_numpy())


def test_years_follow_one_another(world, sites, book, a):
    choices = ClimateChoices(pathway="none", years=3)
    long = climate.at_sites(world, sites.loc[["AZ01"]], choices, book, solar=True)
    power = climate.pv_output(long, a)
    assert power.sizes["time"] == 3 * 8760
    last = climate.pv_output(long.isel(time=slice(2 * 8760, None)), a)
    assert np.abs(last.to_numpy() - power[:, 2 * 8760 :].to_numpy()).max() < 1e-9
