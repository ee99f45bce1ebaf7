import numpy as np
import pandas as pd
import pytest

from climate.psychrometrics import saturation_pressure, saturation_pressure_over_water
from climate.sources.record import (
    dew_point_from_humidity,
    dew_point_from_water,
    without_fills,
)

TEMP = np.array([-20.0, -5.0, 5.0, 35.0])


def test_humidity_and_dew_point_over_water_mean_the_same_air():
    dew = TEMP - 4.0
    moist = (
        100.0
        * saturation_pressure_over_water(dew)
        / (saturation_pressure_over_water(TEMP))
    )
    one, two = dew_point_from_humidity(TEMP, moist), dew_point_from_water(TEMP, dew)
    assert one == pytest.approx(two, abs=0.02)


def test_in_frost_the_vapour_is_that_of_the_service_not_of_ice():
    """At -20 degC air of 80 % over water has 97 % over ice: Goff, WMO tables."""
    dew = dew_point_from_humidity(np.array([-20.0]), np.array([80.0]))
    over_ice = 100.0 * saturation_pressure(dew) / saturation_pressure(-20.0)
    assert over_ice == pytest.approx(97.3, abs=0.5)


def test_above_frost_nothing_changes():
    warm = TEMP[2:]
    assert dew_point_from_water(warm, warm - 3.0) == pytest.approx(warm - 3.0, abs=0.02)


def test_dew_point_stays_at_or_below_temperature():
    dew = dew_point_from_water(TEMP, TEMP + 2.0)
    assert (dew <= TEMP + 1e-6).all()
    assert np.isfinite(dew_point_from_humidity(TEMP, np.zeros(4))).all()


def test_missing_stays_missing():
    gone = np.array([np.nan, 10.0])
    assert np.isnan(dew_point_from_water(gone, np.array([1.0, np.nan]))).all()


def test_fill_codes_and_all_beyond_are_absent():
    values = pd.DataFrame({"t": [99.9, 20.0, 120.0], "g": [-999.0, -1.0, 5.0]})
    clean = without_fills(values, {"t": 99.9, "g": -999.0})
    assert clean["t"].isna().tolist() == [True, False, True]
    assert clean["g"].isna().tolist() == [True, False, False]
