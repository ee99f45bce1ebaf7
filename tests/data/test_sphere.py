"""Distances against published geodesics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sphere import EARTH_RADIUS_KM, great_circle_km

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
