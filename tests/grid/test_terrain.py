"""The ground along a path: a made-up ridge exactly, the Caucasus as it stands."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import load_world
from grid.terrain import ground, height_m, profile


@pytest.fixture(scope="module")
def country():
    return ground(load_world().tables["climate_era5_grid"])


def roof():
    """A ridge along the meridian 1° E, 1,000 m high, sloping to the sea both ways."""
    lat, lon = np.meshgrid([0.0, 1.0], [0.0, 1.0, 2.0], indexing="ij")
    height = 1000.0 * (1.0 - np.abs(lon - 1.0))
    index = pd.MultiIndex.from_arrays([lat.ravel(), lon.ravel()], names=["lat", "lon"])
    return ground(pd.DataFrame({"elevation_m": height.ravel()}, index=index))


def test_heights_are_linear_between_points():
    lon = np.array([0.0, 0.25, 1.0, 1.5, 2.0])
    heights = height_m(roof(), np.full(5, 0.3), lon)
    assert heights == pytest.approx([0, 250, 1000, 500, 0])


def test_outside_the_edge_stands_in():
    assert height_m(roof(), np.array([-5.0]), np.array([1.0])) == pytest.approx(1000)


def test_a_path_over_the_roof_climbs_and_one_along_it_does_not():
    over = roof()
    highest, climb = profile(
        over,
        np.array([0.5, 0.1]),
        np.array([0.5, 1.0]),
        np.array([0.5, 0.9]),
        np.array([1.5, 1.0]),
    )
    assert highest == pytest.approx([1000, 1000])
    assert climb == pytest.approx([500, 0])


def test_the_caucasus_stands_between_guba_and_gabala(country):
    guba, gabala, yashma = (41.36, 48.51), (40.86, 47.74), (40.65, 49.515)
    ends = np.array([gabala, yashma])
    start = np.tile(guba, (2, 1))
    highest, climb = profile(country, *start.T, *ends.T)
    assert highest[0] > 2000
    assert climb[0] > 1000
    assert climb[1] < 200


def test_the_plain_is_flat(country):
    assert height_m(country, np.array([40.0]), np.array([48.0]))[0] < 20


@given(
    st.tuples(*[st.floats(38.5, 41.8), st.floats(44.9, 50.3)] * 2),
)
def test_a_path_is_as_high_both_ways(country, ends):
    there = profile(country, *(np.array([x]) for x in ends))
    back = profile(country, *(np.array([x]) for x in (*ends[2:], *ends[:2])))
    assert there[0] == pytest.approx(back[0])
    assert there[1] == pytest.approx(back[1], abs=1e-6)
    assert there[1] >= 0
