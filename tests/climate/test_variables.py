import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate import months, solar, variables
from climate.days import national
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
    temp = variables.temperature(MONTHLY, LONGITUDE, national(MONTHLY, years, 2))
    means = months.monthly_mean(temp, years)
    assert means == pytest.approx(MONTHLY["temp_air"], abs=1e-9)
    # The range of generated days is the normal one, the drift of days included.
    assert variables.mean_daily_range(temp, years) == pytest.approx(
        MONTHLY["daily_range"], abs=0.02
    )


def test_a_still_climate_is_the_mean_day():
    still = {
        n: np.zeros((1, 12)) if n.startswith(("temp_", "max_")) else v
        for n, v in MONTHLY.items()
    }
    still |= {n: np.full((1, 12), 10.0) for n in ("temp_air", "daily_range")}
    temp = variables.temperature(still, LONGITUDE, national(still, 1, 0))[0].reshape(
        365, 24
    )
    assert temp.mean(axis=1) == pytest.approx(np.full(365, 10.0), abs=1e-9)
    local = (temp.argmax(axis=1) + 48.0 / 15.0) % 24
    assert np.all(np.abs(local - 15.0) < 1.5)


@pytest.mark.parametrize("seed", [0, 1])
def test_spread_within_and_between_years_is_as_tabled(seed):
    years = 30
    temp = variables.temperature(MONTHLY, LONGITUDE, national(MONTHLY, years, seed))
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
    temp = variables.temperature(MONTHLY, LONGITUDE, national(MONTHLY, 1, seed))
    humidity = variables.relative_humidity(MONTHLY, temp, national(MONTHLY, 1, seed))
    assert months.monthly_mean(humidity, 1) == pytest.approx(
        MONTHLY["relative_humidity"], abs=0.1
    )
    assert humidity.min() > 0
    assert humidity.max() <= 100


def test_dew_point_varies_with_temperature_as_tabled():
    """Where saturation does not cut it: a drier place, over 30 years."""
    dry = MONTHLY | {"relative_humidity": np.full((1, 12), 45.0)}
    dry["dew_temp_corr"] = np.full((1, 12), 0.6)
    dry["dew_sd"] = np.full((1, 12), 2.6)
    years = 30
    temp = variables.temperature(dry, LONGITUDE, national(dry, years, 1))
    dew = dew_point(
        temp, variables.relative_humidity(dry, temp, national(dry, years, 1))
    )
    day = np.stack([temp, dew]).reshape(2, years, 365, 24).mean(axis=-1)
    anomaly = (day - day.mean(axis=1, keepdims=True)).reshape(2, -1)
    assert anomaly[1].std() == pytest.approx(2.6, rel=0.05)
    assert np.corrcoef(anomaly)[0, 1] == pytest.approx(0.6, abs=0.06)


def test_humidity_falls_as_the_day_warms():
    temp = variables.temperature(MONTHLY, LONGITUDE, national(MONTHLY, 1, 0))
    humidity = variables.relative_humidity(MONTHLY, temp, national(MONTHLY, 1, 0))
    by_day = np.stack([temp, humidity]).reshape(2, 365, 24)
    departures = by_day - by_day.mean(axis=-1, keepdims=True)
    assert np.corrcoef(departures[0].ravel(), departures[1].ravel())[0, 1] < -0.8


def test_spread_and_skew_of_means_and_peaks_are_as_tabled():
    """Uplands: January leans to the cold, and the peak has its own spread."""
    asked = {"temp_skew": -0.6, "max_skew": -0.3, "max_temp_corr": 0.9}
    held = MONTHLY | {name: np.full((1, 12), value) for name, value in asked.items()}
    held |= {"temp_interannual_sd": np.full((1, 12), 1.0)}
    held |= {"temp_sd": np.full((1, 12), 4.0), "max_sd": np.full((1, 12), 4.6)}
    years = 100
    temp = variables.temperature(held, LONGITUDE, national(held, years, 5))
    by_day = temp.reshape(years, 365, 24)
    mean, peak = by_day.mean(axis=-1), by_day.max(axis=-1)
    mean, peak = (x - x.mean(axis=0) for x in (mean, peak))
    assert mean.std() == pytest.approx(4.0, rel=0.05)
    assert peak.std() == pytest.approx(4.6, rel=0.06)
    assert np.mean(mean**3) / mean.std() ** 3 == pytest.approx(-0.6, abs=0.15)
    assert np.corrcoef(mean.ravel(), peak.ravel())[0, 1] == pytest.approx(0.9, abs=0.03)


def test_one_day_keeps_its_mean_whatever_its_range():
    held = MONTHLY | {"temp_sd": np.zeros((1, 12))}
    held |= {"temp_interannual_sd": np.zeros((1, 12))}
    temp = variables.temperature(held, LONGITUDE, national(held, 1, 0))
    by_day = temp.reshape(365, 24)
    normal = months.smooth(held["temp_air"])[0]
    assert by_day.mean(axis=-1) == pytest.approx(normal, abs=1e-6)
    assert np.ptp(by_day, axis=-1).std() > 1.0


def test_no_step_where_the_range_changes():
    amplitude = np.where(np.arange(365) % 2, 2.0, 18.0)[None]
    hours = solar.hours_of_year(LONGITUDE)
    course = variables.day_course(amplitude, variables.diurnal_shape(hours))[0]
    assert np.abs(np.diff(course)).max() < 0.2 * 18.0
    evening = np.arange(8760) % 24 == 24 - variables.CALM_OF_DAY_LEAD
    assert np.abs(course[evening]).max() < 0.1 * 18.0


def steady(**columns):
    """A made-up climate with the wind of Baku: shape 1.9, memory 0.96."""
    given_columns = {
        "wind_speed": 6.0,
        "wind_weibull_k": 1.9,
        "wind_lag1_hour": 0.96,
        "wind_course": 0.0,
        "wind_temp_corr": 0.0,
        "wind_max_corr": 0.0,
    } | columns
    return MONTHLY | {n: np.full((1, 12), value) for n, value in given_columns.items()}


def test_wind_is_weibull_with_memory():
    speed = variables.wind_speed(steady(), LONGITUDE, national(MONTHLY, 5, 3))[0]
    assert months.monthly_mean(speed, 5) == pytest.approx(np.full(12, 6.0), abs=1e-9)
    # Weibull of shape 1.9: median over mean is ln2^(1/k) / Γ(1 + 1/k) = 0.9292.
    assert np.median(speed) / speed.mean() == pytest.approx(0.9292, abs=0.02)
    assert speed.std() / speed.mean() == pytest.approx(0.5475, abs=0.03)
    assert np.corrcoef(speed[1:], speed[:-1])[0, 1] == pytest.approx(0.955, abs=0.01)


def test_wind_has_its_course_of_the_day():
    held = steady(wind_course=0.5)
    speed = variables.wind_speed(held, LONGITUDE, national(held, 10, 1))[0]
    course = speed.reshape(-1, 24).mean(axis=0)
    # Solar noon at 48 degrees east is 08:48 UTC; the peak comes two hours later.
    assert course.argmax() in (10, 11)
    assert (course.max() - course.min()) / 2 / course.mean() == pytest.approx(
        0.5, abs=0.05
    )


def test_hot_days_are_calm_where_wind_and_heat_exclude_each_other():
    held = steady(wind_temp_corr=-0.5, wind_max_corr=-0.6)
    lead = national(held, 10, 1)
    speed = variables.wind_speed(held, LONGITUDE, lead)[0]
    daily = speed.reshape(-1, 24).mean(axis=-1)
    assert np.corrcoef(daily, lead.temp[0])[0, 1] == pytest.approx(-0.5, abs=0.12)
    assert speed.mean() == pytest.approx(6.0)
