"""Distances against published geodesics, nearest nodes against brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grid.geo import (
    EARTH_RADIUS_KM,
    great_circle_km,
    nearest,
    pairwise_km,
    route_factor,
)

LATS = st.floats(38.0, 42.0)
LONS = st.floats(44.0, 51.0)


@pytest.mark.parametrize(
    ("start", "end", "geodesic_km"),
    [
        # GeographicLib documentation, GeodSolve examples on WGS 84
        ((40.6, -73.8), (51.6, -0.5), 5551.759400),  # New York – London
        ((-41.32, 174.81), (40.96, -5.50), 19959.679267),  # Wellington – Salamanca
    ],
)
def test_sphere_agrees_with_the_ellipsoid(start, end, geodesic_km):
    assert great_circle_km(*start, *end) == pytest.approx(geodesic_km, rel=0.0056)


def test_exact_arcs():
    quarter = np.pi / 2 * EARTH_RADIUS_KM
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(quarter)
    assert great_circle_km(90, 0, 0, 123) == pytest.approx(quarter)
    assert great_circle_km(0, 0, 0, 180) == pytest.approx(2 * quarter)
    assert great_circle_km(40, 49, 40, 49) == 0.0
    # one degree of a parallel at 60° north is half a degree of the equator, nearly
    assert great_circle_km(60, 0, 60, 1) == pytest.approx(
        great_circle_km(0, 0, 0, 0.5), rel=1e-4
    )


def test_missing_coordinates_stay_missing():
    assert np.isnan(great_circle_km(np.nan, 49, 40, 49))


@given(LATS, LONS, LATS, LONS, LATS, LONS)
def test_a_metric(lat1, lon1, lat2, lon2, lat3, lon3):
    there = great_circle_km(lat1, lon1, lat2, lon2)
    assert there == pytest.approx(float(great_circle_km(lat2, lon2, lat1, lon1)))
    detour = great_circle_km(lat1, lon1, lat3, lon3) + great_circle_km(
        lat3, lon3, lat2, lon2
    )
    assert there <= detour + 1e-9


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
