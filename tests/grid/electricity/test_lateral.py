"""The line to the substation: its factor, its length, and ridges it will not cross."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity.lateral import (
    lateral_factor,
    lateral_km,
    laterals,
    preferred,
)
from grid.electricity.options import VOLTAGES
from grid.electricity.substations import network_region

KV = {kv: i for i, kv in enumerate(VOLTAGES)}


@pytest.fixture(scope="module")
def chosen(world, sites, book):
    table = world.tables["substations"]
    region = network_region(sites, table)
    near = laterals(sites, world, region, 2029, book)
    asks_nothing = np.full(near[0].shape[:2], np.nan)
    best = preferred(near[2], np.zeros(near[0].shape), asks_nothing)[..., None]
    index, km, line = (np.take_along_axis(part, best, -1)[..., 0] for part in near)
    names = np.where(index < 0, "", table.index.to_numpy(dtype=object)[index])
    rows = zip(sites.index, names, km, line, strict=True)
    return {site: (name, far, long) for site, name, far, long in rows}


def test_factor_by_ground(book):
    highest = np.array([-20.0, 599.0, 600.0, 2400.0, 2400.0])
    climb = np.array([0.0, 10.0, 10.0, 800.0, 801.0])
    assert lateral_factor(highest, climb, book).tolist() == [1.2, 1.2, 1.5, 1.5, 3.0]


@pytest.mark.parametrize("site", ["AZ12", "AZ13"])  # Guba, Khachmaz
def test_north_of_the_caucasus_is_fed_along_the_coast(chosen, site):
    """Gabala's 220 kV yard is 47 km nearer to Guba, behind a ridge of 2,300 m."""
    names, km, line = chosen[site]
    assert names[KV[220]] == "YAS"
    assert 1.19 * km[KV[220]] < line[KV[220]] < 1.6 * km[KV[220]]


def test_every_line_is_longer_than_its_great_circle(chosen):
    for _, km, line in chosen.values():
        there = np.isfinite(km)
        assert (line[there] >= 1.2 * km[there]).all()
        assert (np.isfinite(line) == there).all()


def test_a_yard_known_only_roughly_is_never_next_door(chosen):
    """Ganja's industrial park and Yeni Ganja share a town point, good to 4 km."""
    names, km, line = chosen["AZ23"]
    assert names[KV[110]] == "YGA"
    assert km[KV[110]] < 0.02
    assert line[KV[110]] == pytest.approx(1.2 * 4.0, abs=0.01)


@given(
    km=st.floats(0, 400),
    more=st.floats(0, 100),
    error=st.floats(0, 10),
    factor=st.sampled_from([1.2, 1.5, 3.0]),
)
def test_length_grows_with_distance(km, more, error, factor):
    near, far = lateral_km(np.array([km, km + more]), np.array(error), np.array(factor))
    assert factor * max(km, error) <= near * (1 + 1e-12)
    assert near <= far


def test_a_missing_error_counts_as_exact():
    assert lateral_km(np.array(10.0), np.array(np.nan), np.array(1.2)) == 12.0


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (np.nan, 0),  # nothing asked for: the nearest
        (30.0, 0),
        (40.0, 0),  # just enough
        (40.1, 1),  # the nearest is short of it, the next is not
        (250.0, 3),  # the 200 MW yard is too small, one farther is not
        (900.0, 3),  # none is enough: the one with most room
    ],
)
def test_the_nearest_yard_with_room_is_preferred(wanted, chosen):
    line = np.array([[10.0, 20.0, np.inf, 60.0, 90.0]])
    firm = np.array([[40.0, 200.0, 9999.0, 300.0, 300.0]])
    assert preferred(line, firm, np.array([wanted])).tolist() == [chosen]


def test_no_yard_at_all_is_still_a_position():
    none = np.full((1, 3), np.inf)
    assert preferred(none, np.full((1, 3), np.nan), np.array([5.0])).tolist() == [0]
