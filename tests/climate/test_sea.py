from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import climate
from climate import months
from climate.sea import Intake, monthly_temperature, sea_at, sea_level, shore_distance
from climate.warming import monthly_warming
from data.choices import ClimateChoices

PLAIN = ClimateChoices(pathway="none", target_year=2025, seed=0)
HOURS = months.hours(1)
SURFACE = Intake(depth_m=0.0, reach_km=8.0)
DEFAULT = Intake(depth_m=8.0, reach_km=8.0)
SUMMER = slice(5, 9)
WINTER = [11, 0, 1, 2]
STRAIGHT = np.array([[41.0, 49.0], [40.0, 49.0]])
"""A shore that runs south along a meridian, the sea on its east."""
NEAR = ["AZ01", "AZ02", "AZ03", "AZ04", "AZ05", "AZ06", "AZ09", "AZ10", "AZ11"]
NEAR += ["AZ16", "AZ19", "AZ36"]
"""Sites within 8 km of the shore."""
BEACHES = {
    "Nabran": (41.78, 48.70),
    "Novkhani": (40.56, 49.79),
    "Buzovna": (40.53, 50.12),
    "Turkan": (40.36, 50.21),
    "Shikh": (40.31, 49.80),
    "Port of Alat": (39.92, 49.42),
    "Lankaran": (38.76, 48.87),
    "Astara": (38.45, 48.88),
}
"""Places at the water, to about 1 km: general geographic knowledge."""


@pytest.fixture(scope="module")
def shore(world):
    return world.tables["sea_shore"][["lat", "lon"]].to_numpy()


@pytest.fixture(scope="module")
def sea(world, sites, book):
    return sea_at(world, sites, PLAIN, book, SURFACE, HOURS)


def monthly(dataset, site):
    return months.monthly_mean(dataset["temp_sea"].sel(site=site).to_numpy(), 1)


def test_shapes_and_units(sea, sites):
    assert sea["temp_sea"].dims == ("site", "time")
    assert dict(sea.sizes) == {"site": len(sites), "time": 8760}
    for name in ("sea_distance_km", "sea_lift_m", "sea_coast"):
        assert sea[name].dims == ("site",)
    assert sea["sea_level_m"].dims == ()
    assert sea["temp_sea"].attrs == {"units": "degC", "grade": "assumed"}
    assert sea["sea_lift_m"].attrs["units"] == "m"


def test_months_at_the_surface_are_the_tabled_ones(world, sea):
    table = world.tables["sea_temperature"]["temp_sea"]
    for site in NEAR:
        tabled = table.loc[str(sea["sea_coast"].sel(site=site).item())]
        assert monthly(sea, site) == pytest.approx(tabled.to_numpy(), abs=1e-9)


def test_the_surface_is_warmest_in_august_and_smooth(sea):
    water = sea["temp_sea"].sel(site=NEAR)
    assert (water.idxmax("time").dt.month == 8).all()
    assert (water.idxmin("time").dt.month == 2).all()
    assert float(np.abs(water.diff("time")).max()) < 0.03
    assert float(np.abs(water[:, 0] - water[:, -1]).max()) < 0.03


def test_deep_water_is_colder_in_summer_and_the_same_in_winter(world, sites, book, sea):
    some = sites.loc[["AZ09"]]
    by_depth = [
        monthly(
            sea_at(
                world, some, PLAIN, book, Intake(depth_m=depth, reach_km=8.0), HOURS
            ),
            "AZ09",
        )
        for depth in (0.0, 8.0, 20.0, 35.0, 50.0)
    ]
    assert (np.diff(by_depth, axis=0)[:, SUMMER] < 0).all()
    assert (by_depth[0] - by_depth[-1])[[6, 7]] == pytest.approx(16)
    doubt = world.tables["sea_profile"]["sea_cooling_k_high"].loc[50].to_numpy()
    assert (np.abs(by_depth[0] - by_depth[-1])[WINTER] <= doubt[WINTER]).all()
    # Between the tabled depths in proportion: 8 m has 0.8 of what 10 m has.
    assert (by_depth[0] - by_depth[1])[7] == pytest.approx(0.8)


def test_deeper_than_the_table_is_as_its_deepest(world, book):
    names, deep = monthly_temperature(world, 50.0, PLAIN, book)
    assert names == monthly_temperature(world, 80.0, PLAIN, book)[0]
    assert np.array_equal(deep, monthly_temperature(world, 80.0, PLAIN, book)[1])


def test_no_water_far_inland(sea):
    near = sea["sea_distance_km"] <= SURFACE.reach_km
    assert sorted(sea["site"].to_numpy()[near]) == sorted(NEAR)
    absent = np.isnan(sea["temp_sea"])
    assert (absent.any("time") == ~near).all()
    assert (absent.all("time") == ~near).all()
    assert np.isfinite(sea["sea_distance_km"]).all()
    assert np.isfinite(sea["sea_lift_m"]).all()


def test_each_coast_has_its_sites(sea):
    coast = sea["sea_coast"].to_series()
    assert coast["AZ04"] == coast["AZ36"] == coast["AZ06"] == "absheron_north"
    assert coast["AZ09"] == coast["AZ02"] == "absheron_south"
    assert coast["AZ01"] == coast["AZ16"] == "alat"
    assert coast["AZ11"] == "khachmaz"
    assert coast["AZ19"] == "lankaran"


def test_lift_is_height_above_the_sea_of_the_year(world, sites, book):
    lift = [
        sea_at(
            world, sites, replace(PLAIN, target_year=year), book, DEFAULT, HOURS[:1]
        )["sea_lift_m"]
        for year in (2026, 2036, 2046)
    ]
    assert np.diff(lift, axis=0) == pytest.approx(10 * book.sea_fall_m_per_year)
    # By hand: Alat stands at -16 m; the sea at -29.31 - 0.25 x 10.3 in 2036.
    assert float(lift[1].sel(site="AZ01")) == pytest.approx(-16 + 29.31 + 2.575)


def test_the_sea_falls_by_the_year(book):
    assert sea_level(2025.7, book) == -29.31
    assert sea_level(2035.7, book) == pytest.approx(-31.81)
    still = replace(book, sea_fall_m_per_year=0.0)
    assert sea_level(2060, still) == -29.31


def test_a_fast_fall_leaves_the_band_of_the_projections(world, book):
    """North Caspian Operating Company for 2050: half the cases within -28...-31 m."""
    band = world.tables["sea_level"].loc["level_2050_half_band"]
    full = world.tables["sea_level"].loc["level_2050_full_band"]
    assert band["low"] > sea_level(2050, book) > full["low"]
    slow = replace(book, sea_fall_m_per_year=0.09)
    assert band["high"] > sea_level(2040, slow) > band["low"]


def test_no_site_lies_below_the_sea(world, book):
    drowned = pd.DataFrame(
        {"lat": [40.2], "lon": [49.5], "elevation_m": [-40.0]}, index=["x"]
    )
    made = sea_at(world, drowned, PLAIN, book, DEFAULT, HOURS[:1])
    assert made["sea_lift_m"].item() == 0.0


def test_the_sea_warms_as_the_book_says(world, sites, book, sea):
    choices = ClimateChoices(pathway="ssp585", target_year=2050, seed=0)
    half = replace(book, sea_warming_share=0.5)
    warm = sea_at(world, sites, choices, half, SURFACE, HOURS)
    expected = 0.5 * monthly_warming(2050, "ssp585", book)
    assert monthly(warm, "AZ09") - monthly(sea, "AZ09") == pytest.approx(expected)


def test_doubt_of_the_book_reaches_the_water(world, book):
    _, base = monthly_temperature(world, 50.0, PLAIN, book)
    _, biased = monthly_temperature(
        world, 50.0, PLAIN, replace(book, sea_temp_bias_k=1.5)
    )
    _, mixed = monthly_temperature(
        world, 50.0, PLAIN, replace(book, sea_stratification=0.0)
    )
    _, surface = monthly_temperature(world, 0.0, PLAIN, book)
    assert biased - base == pytest.approx(np.full_like(base, 1.5))
    assert np.array_equal(mixed, surface)


def test_a_site_alone_has_the_same_sea_to_the_last_bit(world, sites, book, sea):
    for kept in (["AZ17"], ["AZ36", "AZ01"], list(sites.index[:-1])):
        some = sea_at(world, sites.loc[kept], PLAIN, book, SURFACE, HOURS)
        assert some.equals(sea.sel(site=kept))


def test_any_calendar_is_served(world, sites, book, sea):
    """Stamps of real years find the same hour; 29 February is the 28th again."""
    real = pd.date_range("2024-01-01", "2025-01-01", freq="h", inclusive="left")
    made = sea_at(world, sites.loc[["AZ09"]], PLAIN, book, SURFACE, real)["temp_sea"][0]
    own = sea["temp_sea"].sel(site="AZ09")
    leap = (made["time"].dt.month == 2) & (made["time"].dt.day == 29)
    assert np.array_equal(made[~leap], own)
    assert np.array_equal(made[leap], own[58 * 24 : 59 * 24])
    three = sea_at(world, sites.loc[["AZ09"]], PLAIN, book, SURFACE, months.hours(3))
    assert np.array_equal(three["temp_sea"][0, -8760:], own)


def test_beaches_stand_at_the_shore(shore):
    lat, lon = np.array(list(BEACHES.values())).T
    distance, _ = shore_distance(lat, lon, shore)
    assert (distance <= 2.5).all()


def test_islands_stand_at_the_shore(shore):
    """Pirallahi and Chilov are left out of the line and lie beyond it."""
    lat, lon = np.array([[40.47, 50.32], [40.33, 50.61]]).T
    assert (shore_distance(lat, lon, shore)[0] == 0).all()


def test_a_bay_behind_a_cape_is_sea_and_the_cape_is_land():
    """A cape that hooks south: eastward of the bay lie both of its coasts."""
    hooked = [[41.0, 49.0], [40.8, 49.5], [40.2, 49.6], [40.6, 49.2], [40.0, 49.0]]
    lon = np.array([49.0, 49.25, 49.5, 49.8])  # inland, bay, cape, open sea
    distance, _ = shore_distance(np.full(4, 40.4), lon, np.array(hooked))
    assert (distance > 0).tolist() == [True, False, True, False]


@given(st.floats(40.05, 40.95), st.floats(0.01, 2.0))
def test_distance_to_a_meridian_is_the_arc_to_it(lat, west):
    """``sin d = cos φ sin Δλ``: the shortest way meets the meridian squarely."""
    distance, edge = shore_distance(np.array([lat]), np.array([49.0 - west]), STRAIGHT)
    arc = np.arcsin(np.cos(np.radians(lat)) * np.sin(np.radians(west)))
    assert distance[0] == pytest.approx(6371.0088 * arc, rel=2e-3)
    assert edge[0] == 0
    beyond, _ = shore_distance(np.array([lat]), np.array([49.0 + west]), STRAIGHT)
    assert beyond[0] == 0.0


def test_beyond_the_ends_of_the_shore_distance_is_to_the_end():
    for lat, end in ((41.5, 41.0), (39.0, 40.0)):
        distance, _ = shore_distance(np.array([lat]), np.array([49.0]), STRAIGHT)
        assert distance[0] == pytest.approx(111.195 * abs(lat - end), rel=1e-4)


def test_weather_carries_the_sea_when_asked(world, sites, book, sea):
    some = sites.loc[["AZ09", "AZ17"]]
    dry = climate.at_sites(world, some, PLAIN, book)
    wet = climate.at_sites(world, some, PLAIN, book, intake=SURFACE)
    added = {"temp_sea", "sea_distance_km", "sea_lift_m", "sea_coast", "sea_level_m"}
    assert set(wet) == {*dry, *added}
    assert wet.drop_vars(list(added)).identical(dry)
    assert wet["temp_sea"].equals(sea["temp_sea"].sel(site=["AZ09", "AZ17"]))
