from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from climate.cooling import cool
from climate.normals import bilinear, climate_regions, nearest, normals_at
from climate.psychrometrics import dew_point, wet_bulb
from climate.weather import at_sites
from data.choices import ClimateChoices, CoolingChoices


def place(lat, lon, elevation=np.nan, **more):
    columns = {"lat": [lat], "lon": [lon], "elevation_m": [elevation]} | more
    return pd.DataFrame(columns, index=["X"])


def plane(lat, lon):
    return 3.0 * lat - 2.0 * lon + 7.0


GRID = xr.DataArray(
    plane(np.arange(5.0)[:, None], np.arange(10.0, 16.0)),
    coords={"lat": np.arange(5.0), "lon": np.arange(10.0, 16.0)},
    dims=("lat", "lon"),
)


@given(st.floats(0, 4), st.floats(10, 15))
def test_bilinear_is_exact_on_a_plane(lat, lon):
    found = bilinear(np.array([lat]), np.array([lon]), GRID)
    assert found == pytest.approx([plane(lat, lon)])


def test_outside_the_grid_is_absent():
    lat, lon = np.array([4.1, -0.1, 2.0]), np.array([12.0, 12.0, 15.5])
    assert np.isnan(bilinear(lat, lon, GRID)).all()


def test_nearest_goes_by_distance_on_the_ground():
    # At 60 degrees north a degree of longitude is half a degree of latitude.
    places = pd.DataFrame({"lat": [60.8, 60.0], "lon": [10.0, 11.2]})
    assert nearest(np.array([60.0]), np.array([10.0]), places)[0] == 1


def test_a_grid_corner_at_the_height_of_its_cell_is_the_cell(world, book):
    cell = world.tables["climate_era5_grid"].loc[(40.5, 47.0)]
    height = float(cell["elevation_m"].iloc[0])
    found = normals_at(world, place(40.5, 47.0, height), book)
    assert found["temp_air"].to_numpy()[0] == pytest.approx(cell["temp_air"].to_numpy())


@given(st.floats(-30, 2500), st.floats(-1000, 1000))
def test_height_cools_by_the_lapse_rate(world, book, height, step):
    low, high = (
        normals_at(world, place(40.3, 47.3, h), book)["temp_air"].to_numpy()
        for h in (height, height + step)
    )
    assert low - high == pytest.approx(np.full((1, 12), 6.5 * step / 1000.0), abs=1e-9)


def test_the_rule_stands_near_the_tabled_normals(world, book):
    """45 points whose normals were made with a fitted, not a fixed, lapse rate."""
    points = world.tables["climate_points"]
    points = points[points["kind"] == "grid_normal"]
    ours = normals_at(world, points, book)["temp_air"].to_numpy()
    tabled = world.tables["climate_normals"]["temp_air"].to_xarray()
    tabled = tabled.sel(point_id=points.index)
    error = ours - tabled.to_numpy()
    assert len(points) == 45
    assert np.sqrt(np.mean(error**2)) < 0.6
    assert abs(np.median(error.mean(axis=1))) < 0.1


def test_a_missing_elevation_is_lent_by_the_nearest_point(world, book):
    found = normals_at(world, place(40.72, 46.42), book)
    assert float(found["elevation_m"][0]) == 311.0  # Ganja, 37735
    without = place(40.72, 46.42).drop(columns="elevation_m")
    assert normals_at(world, without, book).identical(found)


@pytest.mark.parametrize(
    ("lat", "lon", "region"),
    [
        (40.38, 49.89, "absheron"),
        (40.6, 49.65, "absheron_windy"),
        (39.9, 48.0, "kura_araz_lowland"),
        (38.76, 48.85, "lankaran_coast"),
        (39.2, 45.42, "nakhchivan"),
        (40.7, 46.4, "ganja_gazakh"),
        (41.2, 47.17, "north_foothills"),
        (39.76, 46.75, "uplands"),
    ],
)
def test_a_place_takes_the_region_of_the_nearest(world, lat, lon, region):
    assert climate_regions(world, place(lat, lon)) == [region]


def test_a_stated_region_is_taken(world):
    stated = place(40.38, 49.89, climate_region=["uplands"])
    blank = place(40.38, 49.89, climate_region=[""])
    assert climate_regions(world, stated) == ["uplands"]
    assert climate_regions(world, blank) == ["absheron"]


def test_every_shipped_site_is_complete(world, sites, book):
    found = normals_at(world, sites, book)
    assert list(found["site"].to_numpy()) == list(sites.index)
    assert all(
        np.isfinite(found[n]).all() for n in found if found[n].dims[-1] == "month"
    )
    assert set(found["climate_grade"].to_numpy()) <= {"derived", "assumed"}
    own = world.tables["climate_site_regions"].loc[sites.index, "climate_region"]
    assert list(found["climate_region"].to_numpy()) == list(own)


def test_a_site_does_not_depend_on_the_others(world, sites, book):
    whole = normals_at(world, sites, book)
    turned = normals_at(world, sites.iloc[::-1], book).isel(site=slice(None, None, -1))
    assert turned.identical(whole)
    for site in ("AZ02", "AZ32"):
        alone = normals_at(world, sites.loc[[site]], book)
        assert alone.identical(whole.sel(site=[site]))


def test_the_doubt_about_means_moves_them(world, sites, book):
    base = normals_at(world, sites, book)
    warm = normals_at(world, sites, replace(book, temp_bias_k=0.7))
    assert (warm["temp_air"] - base["temp_air"]).to_numpy() == pytest.approx(0.7)
    moist = normals_at(world, sites, replace(book, dew_point_bias_k=-1.2))
    dew = [
        dew_point(n["temp_air"].to_numpy(), n["relative_humidity"].to_numpy())
        for n in (base, moist)
    ]
    assert dew[1] - dew[0] == pytest.approx(-1.2, abs=1e-6)
    assert moist["temp_air"].identical(base["temp_air"])


def test_the_doubt_about_range_and_wind_scales_them(world, sites, book):
    base = normals_at(world, sites, book)
    other = normals_at(
        world, sites, replace(book, daily_range_factor=0.9, wind_factor=1.2)
    )
    for name, factor in (("daily_range", 0.9), ("wind_speed", 1.2)):
        ratio = (other[name] / base[name]).to_numpy()
        assert ratio == pytest.approx(np.full(ratio.shape, factor))


def test_the_range_of_hours_is_below_that_of_thermometers(world, sites, book):
    """0.94 of Parsabad's; Baku's range was taken from hours and stays."""
    found = normals_at(world, sites, book)
    tabled = world.tables["climate_regions"]["daily_range"]
    for site, region in zip(sites.index, found["climate_region"].values, strict=True):
        ratio = found["daily_range"].sel(site=site).to_numpy() / tabled.loc[region]
        own = 1.0 if region.startswith("absheron") else 0.94
        assert ratio.to_numpy() == pytest.approx(np.full(12, own)), site


def test_the_doubt_of_a_site_reaches_its_hours_and_its_pue(world, sites, book):
    """Every doubt of scope `site` moves the hours, and heat and moisture the PUE."""
    scopes = world.book.table["scope"]
    own = {n for n in scopes.index[scopes == "site"] if n.startswith("climate.")}
    assert own == {
        "climate.temp_bias_k",
        "climate.dew_point_bias_k",
        "climate.daily_range_factor",
        "climate.wind_factor",
    }
    cooling = world.book.resolve({}).cooling
    two = sites.loc[["AZ02", "AZ14"]]

    def run(**doubt):
        weather = at_sites(world, two, ClimateChoices(), replace(book, **doubt))
        values = [
            weather[n].to_numpy()
            for n in ("temp_air", "relative_humidity", "pressure", "wind_speed")
        ]
        cooled = cool(weather, CoolingChoices(), cooling, 0.8)["pue_annual"]
        return (*values, wet_bulb(*values[:3]), cooled.to_numpy())

    base, warm = run(), run(temp_bias_k=1.0)
    moist, wide = run(dew_point_bias_k=1.0), run(daily_range_factor=1.15)
    assert warm[0] - base[0] == pytest.approx(np.ones(base[0].shape))
    assert np.nanmin(warm[-1] - base[-1]) > 0
    assert np.array_equal(moist[0], base[0])
    assert (moist[4] - base[4]).mean() > 0.2
    assert np.nanmax(np.abs(moist[-1] - base[-1])) > 0
    assert wide[0].max() > base[0].max() + 0.3
    assert wide[0].mean() == pytest.approx(base[0].mean(), abs=1e-9)
    windy = run(wind_factor=1.35)
    assert windy[3] == pytest.approx(1.35 * base[3])
    assert np.array_equal(windy[-1], base[-1], equal_nan=True)
