"""The sun's place against pvlib's SPA, the reference algorithm."""

import numpy as np
import pandas as pd
import pytest
from pvlib import solarposition

from climate.sun import position, sun_of, taken

TIME = pd.date_range("2019-12-30", "2021-01-03", freq="37min")
PLACES = [(39.97, 49.4, "Alat"), (41.2, 45.0, "west"), (-33.0, 151.0, "south")]


@pytest.mark.parametrize(("lat", "lon", "_"), PLACES)
def test_it_stands_where_the_algorithm_says(lat, lon, _):
    spa = solarposition.get_solarposition(TIME, lat, lon, method="nrel_numpy")
    own = position(sun_of(TIME), np.array(lat), np.array(lon))
    assert np.abs(own.zenith - spa["zenith"].to_numpy()).max() < 3e-4
    high = spa["zenith"].to_numpy() < 89.0
    apparent = spa["apparent_zenith"].to_numpy()
    assert np.abs(own.apparent - apparent)[high].max() < 3e-4
    azimuth = np.degrees(np.arctan2(own.east, own.north)) % 360.0
    apart = (azimuth - spa["azimuth"].to_numpy() + 180.0) % 360.0 - 180.0
    away_from_zenith = high & (spa["zenith"].to_numpy() > 5.0)
    assert np.abs(apart[away_from_zenith]).max() < 0.03


def test_the_vector_has_length_one():
    own = position(sun_of(TIME), np.array(40.0), np.array(49.0))
    length = own.east**2 + own.north**2 + own.up**2
    assert np.abs(length - 1.0).max() < 1e-6


def test_a_moment_depends_on_no_other():
    """Alone, in a short run or taken from a long one, the same to the last digits."""
    long = position(
        taken(sun_of(TIME), np.array([5000])), np.array(40.0), np.array(49.0)
    )
    alone = position(sun_of(TIME[5000:5001]), np.array(40.0), np.array(49.0))
    assert alone.zenith == pytest.approx(long.zenith, abs=1e-6)
