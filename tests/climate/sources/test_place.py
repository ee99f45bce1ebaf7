import numpy as np
import pytest
from pvlib.atmosphere import alt2pres

from climate.sources.place import places, pressure_at, wind_at_10_m


def test_pressure_follows_the_standard_atmosphere():
    """ISO 2533: 15 degC at sea level, 6.5 K/km, to 2,000 m within 0.05 %."""
    for height in (-28.0, 500.0, 1500.0, 2000.0):
        there = 15.0 - 0.0065 * height
        carried = pressure_at(
            np.array(101325.0), np.array(15.0), np.array(there), height
        )
        assert carried == pytest.approx(float(alt2pres(height)), rel=5e-4)


def test_up_and_down_again_is_where_one_was():
    up = pressure_at(np.array(101325.0), np.array(30.0), np.array(23.5), 1000.0)
    assert pressure_at(up, np.array(23.5), np.array(30.0), -1000.0) == pytest.approx(
        101325.0
    )


def test_wind_falls_towards_the_ground():
    assert wind_at_10_m(np.array(10.0), 10.0, 0.143) == 10.0
    assert wind_at_10_m(np.array(10.0), 100.0, 1 / 7) == pytest.approx(7.2, abs=0.01)


def test_a_site_without_elevation_takes_that_of_the_nearest_point(world, sites):
    found = places(world, sites)
    assert [site.site_id for site in found] == list(sites.index)
    assert all(np.isfinite(site.elevation_m) for site in found)
