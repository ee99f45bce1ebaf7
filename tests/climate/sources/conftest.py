"""One site at the height of the known weather, and the choices to read it with."""

import numpy as np
import pandas as pd
import pytest

TOLERANCE = {
    "temp_air": 0.06,
    "relative_humidity": 0.35,
    "pressure": 1.0,
    "wind_speed": 0.03,
}
"""What a straight line between two hours leaves of the known weather; an hour's shift
would leave 1.6 K and 0.5 m/s."""


@pytest.fixture
def site() -> pd.DataFrame:
    place = {"lat": [40.4], "lon": [49.8], "elevation_m": [540.0]}
    return pd.DataFrame(place, index=pd.Index(["S1"], name="site_id"))


@pytest.fixture
def close(made):
    """Compare a weather Dataset with the known one, away from the ends of the record."""

    def compare(weather, names=tuple(TOLERANCE), inner=slice(12, -12), at="S1"):
        stamps = pd.DatetimeIndex(weather["time"].to_numpy())
        wanted = made.expected(stamps)
        for name in names:
            got = weather[name].sel(site=at).to_numpy()
            error = np.abs(got - wanted[name].to_numpy())[inner]
            assert error.max() <= TOLERANCE[name], (name, error.max(), error.argmax())

    return compare
