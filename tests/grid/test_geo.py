"""Nearest nodes and factors of a route against brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from data.sphere import great_circle_km
from grid.geo import nearest, pairwise_km, route_factor

LATS = st.floats(38.0, 42.0)
LONS = st.floats(44.0, 51.0)


def test_pairwise_is_every_pair():
    lat, lon = np.array([40.0, 41.0]), np.array([49.0, 50.0])
    lats, lons = np.array([40.5, 39.0, 42.0]), np.array([49.5, 48.0, 45.0])
    matrix = pairwise_km(lat, lon, lats, lons)
    assert matrix.shape == (2, 3)
    assert matrix[1, 2] == great_circle_km(41.0, 50.0, 42.0, 45.0)


@given(
    hnp.arrays(
        float, st.tuples(st.integers(1, 30), st.just(2)), elements=st.floats(0, 1)
    ),
    hnp.arrays(
        float, st.tuples(st.integers(1, 12), st.just(2)), elements=st.floats(0, 1)
    ),
)
def test_nearest_is_the_nearest(points, nodes):
    lat, lon = 38 + 4 * points[:, 0], 44 + 7 * points[:, 1]
    lats, lons = 38 + 4 * nodes[:, 0], 44 + 7 * nodes[:, 1]
    index, distance = nearest(lat, lon, lats, lons)
    matrix = pairwise_km(lat, lon, lats, lons)
    assert distance == pytest.approx(matrix.min(axis=1), abs=1e-5)
    assert distance == pytest.approx(matrix[np.arange(len(lat)), index])


def test_nearest_ignores_other_points_and_orders_neighbours():
    lats, lons = [40.0, 40.5, 40.0], [49.1, 50.0, 48.9]
    index, distance = nearest([40.0, 41.0], [49.0, 50.0], lats, lons, k=2)
    alone, _ = nearest([40.0], [49.0], lats, lons, k=2)
    assert index[0].tolist() == alone[0].tolist() == [0, 2]  # a tie: list order
    assert (np.diff(distance, axis=1) >= 0).all()


def test_nodes_without_place_and_lists_without_nodes():
    index, distance = nearest([40.0], [49.0], [np.nan, 41.0], [49.0, 49.0])
    assert index.tolist() == [1]
    assert distance[0] == pytest.approx(111.2, abs=0.1)
    index, distance = nearest([40.0], [49.0], [], [])
    assert (index.tolist(), distance.tolist()) == ([-1], [np.inf])
    index, _ = nearest([np.nan], [49.0], [41.0], [49.0])
    assert index.tolist() == [-1]
    index, distance = nearest([40.0], [49.0], [41.0], [49.0], k=3)
    assert index.tolist() == [[0, -1, -1]]
    assert np.isinf(distance[0, 1:]).all()


def test_route_factor_switches_at_the_mountain():
    factor = route_factor([np.nan, -20.0, 599.9, 600.0, 1355.0], 1.2, 1.5, 600.0)
    assert factor.tolist() == [1.2, 1.2, 1.2, 1.5, 1.5]
