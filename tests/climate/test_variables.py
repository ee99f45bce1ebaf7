import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate import months, variables
from climate.psychrometrics import dew_point
from climate.synthetic import default_statistics

STATISTICS = {
    name: column.to_numpy()[None] for name, column in default_statistics().items()
}
NORMALS = {
    "temp_air": 14.0 - 11.0 * np.cos((np.arange(12) - 0.5) * np.pi / 6.0)[None],
    "daily_range": np.linspace(8.0, 13.0, 12)[None],
    "relative_humidity": np.array([[79.0, 79, 76, 75, 71, 62, 59, 62, 70, 79, 82, 83]]),
    "wind_speed": np.linspace(2.0, 5.0, 12)[None],
}
MONTHLY = STATISTICS | NORMALS
LONGITUDE = np.array([[48.0]])


def test_the_shape_of_the_day_is_that_of_erbs():
    hour = np.arange(0.0, 24.0, 0.01)
    shape = variables.diurnal_shape(hour)
    # Warmest mid-afternoon, coolest about sunrise, one range apart.
    assert hour[shape.argmax()] == pytest.approx(15.5, abs=1.0)
    assert hour[shape.argmin()] == pytest.approx(5.0, abs=1.0)
    assert np.ptp(shape) == pytest.approx(1.0, abs=0.03)
    # At t = 1 h every harmonic stands at its phase: sum of a cos(phase).
    assert variables.diurnal_shape(np.array(1.0)) == pytest.approx(
        -0.365046 + 0.092088 + 0.011434 - 0.012857, abs=1e-4
    )


@given(st.floats(0.0, 24.0))
def test_the_shape_sums_to_nothing_over_a_day(start):
    assert variables.diurnal_shape(start + np.arange(24.0)).sum() == pytest.approx(
        0.0, abs=1e-12
    )


@pytest.mark.parametrize("years", [1, 4])
def test_temperature_keeps_means_and_ranges(years):
    temp = variables.temperature(MONTHLY, LONGITUDE, years, 2)
    means = months.monthly_mean(temp, years)
    assert means == pytest.approx(MONTHLY["temp_air"], abs=1e-9)
    # The range of generated days is the normal one, the drift of days included.
    assert variables.mean_daily_range(temp, years) == pytest.approx(
        MONTHLY["daily_range"], abs=0.02
    )


def test_a_still_climate_is_the_mean_day():
    still = {
        n: np.zeros((1, 12)) if n.startswith("temp_") else v for n, v in MONTHLY.items()
    }
    still |= {n: np.full((1, 12), 10.0) for n in ("temp_air", "daily_range")}
    temp = variables.temperature(still, LONGITUDE, 1, 0)[0].reshape(365, 24)
    assert temp.mean(axis=1) == pytest.approx(np.full(365, 10.0), abs=1e-9)
    local = (temp.argmax(axis=1) + 48.0 / 15.0) % 24
    assert np.all(np.abs(local - 15.0) < 1.5)


@pytest.mark.parametrize("seed", [0, 1])
def test_spread_within_and_between_years_is_as_tabled(seed):
    years = 30
    temp = variables.temperature(MONTHLY, LONGITUDE, years, seed)
    daily = temp.reshape(years, 365, 24).mean(axis=-1)
    anomaly = daily - months.smooth(MONTHLY["temp_air"])
    own = np.array([anomaly[:, m == months.MONTH_OF_DAY].std() for m in range(12)])
    # Thirty draws of a month know its spread to about 10 %.
    assert own == pytest.approx(STATISTICS["temp_sd"][0], rel=0.3)
    assert own.mean() == pytest.approx(STATISTICS["temp_sd"][0].mean(), rel=0.05)
    by_year = months.sums_by_month(temp, years)[0] / (24 * months.DAYS_IN_MONTH)
    between = by_year.std(axis=0, ddof=1)
    tabled = STATISTICS["temp_interannual_sd"][0]
    assert between.mean() == pytest.approx(tabled.mean(), rel=0.12)


@given(st.integers(0, 50))
def test_humidity_keeps_its_monthly_means(seed):
    temp = variables.temperature(MONTHLY, LONGITUDE, 1, seed)
    humidity = variables.relative_humidity(MONTHLY, temp, 1, seed)
    assert months.monthly_mean(humidity, 1) == pytest.approx(
        MONTHLY["relative_humidity"], abs=0.1
    )
    assert humidity.min() > 0
    assert humidity.max() <= 100


def test_dew_point_varies_with_temperature_as_tabled():
    """Where saturation does not cut it: a drier place, over 30 years."""
    dry = MONTHLY | {"relative_humidity": np.full((1, 12), 45.0)}
    dry["dew_corr"] = np.full((1, 12), 0.6)
    dry["dew_sd"] = np.full((1, 12), 2.6)
    years = 30
    temp = variables.temperature(dry, LONGITUDE, years, 1)
    dew = dew_point(temp, variables.relative_humidity(dry, temp, years, 1))
    day = np.stack([temp, dew]).reshape(2, years, 365, 24).mean(axis=-1)
    anomaly = (day - day.mean(axis=1, keepdims=True)).reshape(2, -1)
    assert anomaly[1].std() == pytest.approx(2.6, rel=0.05)
    assert np.corrcoef(anomaly)[0, 1] == pytest.approx(0.6, abs=0.06)


def test_humidity_falls_as_the_day_warms():
    temp = variables.temperature(MONTHLY, LONGITUDE, 1, 0)
    humidity = variables.relative_humidity(MONTHLY, temp, 1, 0)
    by_day = np.stack([temp, humidity]).reshape(2, 365, 24)
    departures = by_day - by_day.mean(axis=-1, keepdims=True)
    assert np.corrcoef(departures[0].ravel(), departures[1].ravel())[0, 1] < -0.8


def test_wind_is_weibull_with_memory():
    steady = MONTHLY | {"wind_speed": np.full((1, 12), 6.0)}
    speed = variables.wind_speed(steady, 5, 3)[0]
    assert months.monthly_mean(speed, 5) == pytest.approx(np.full(12, 6.0), abs=1e-9)
    # Weibull of shape 1.9: median over mean is ln2^(1/k) / Γ(1 + 1/k) = 0.9292.
    assert np.median(speed) / speed.mean() == pytest.approx(0.9292, abs=0.02)
    assert speed.std() / speed.mean() == pytest.approx(0.5475, abs=0.03)
    assert np.corrcoef(speed[1:], speed[:-1])[0, 1] == pytest.approx(0.955, abs=0.01)
