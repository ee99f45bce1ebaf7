import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate import months, synthetic, variables
from climate.normals import normals_at

PLACE = (40.0, 48.0, 100.0)
FULL = {"temp_air", "relative_humidity", "pressure", "wind_speed", "ghi", "dni", "dhi"}


def course(mean, swing):
    return mean - swing * np.cos((np.arange(12) - 0.5) * np.pi / 6.0)


def normals(**columns):
    given_columns = {
        "temp_air": course(14.0, 12.0),
        "daily_range": course(10.5, 2.0),
        "relative_humidity": course(70.0, -9.0),
        "wind_speed": course(3.0, 0.5),
        "clearness": course(0.75, 0.1),
        "linke_turbidity": course(3.2, 1.0),
    } | columns
    return pd.DataFrame(given_columns, index=pd.RangeIndex(1, 13, name="month"))


def monthly_mean(weather, name, years=1):
    return months.monthly_mean(weather[name].to_numpy(), years)


def test_the_year_is_complete():
    weather = synthetic.hourly(normals(), *PLACE, years=2)
    assert set(weather) == FULL
    assert dict(weather.sizes) == {"time": 2 * 8760}
    assert set(weather.coords) == {"time"}
    assert all(np.isfinite(weather[name]).all() for name in weather)
    assert {name: weather[name].attrs["units"] for name in weather} == synthetic.UNITS


@given(
    st.integers(0, 10**6),
    st.floats(-5.0, 25.0),
    st.floats(0.0, 15.0),
    st.floats(0.0, 20.0),
)
def test_the_typical_year_reproduces_its_normals(seed, mean, swing, day):
    asked = normals(temp_air=course(mean, swing), daily_range=np.full(12, day))
    weather = synthetic.hourly(asked, *PLACE, seed=seed)
    for name in ("temp_air", "wind_speed"):
        assert monthly_mean(weather, name) == pytest.approx(asked[name], abs=1e-9)
    assert monthly_mean(weather, "relative_humidity") == pytest.approx(
        asked["relative_humidity"], abs=0.5
    )
    humidity = weather["relative_humidity"]
    assert (humidity > 0).all()
    assert (humidity <= 100).all()


@pytest.mark.parametrize("years", [2, 7])
def test_normals_hold_over_all_years_and_differ_between(years):
    asked = normals()
    weather = synthetic.hourly(asked, *PLACE, years=years, seed=4)
    for name in ("temp_air", "wind_speed"):
        assert monthly_mean(weather, name, years) == pytest.approx(
            asked[name], abs=1e-9
        )
    assert monthly_mean(weather, "relative_humidity", years) == pytest.approx(
        asked["relative_humidity"], abs=0.1
    )
    january = weather["temp_air"].to_numpy().reshape(years, 8760)[:, : 31 * 24]
    assert january.mean(axis=1).std() > 0.3


def test_same_seed_same_weather():
    first, again, other = (
        synthetic.hourly(normals(), *PLACE, seed=seed) for seed in (7, 7, 8)
    )
    assert first.identical(again)
    assert not np.array_equal(first["temp_air"], other["temp_air"])


def test_one_national_weather():
    """Two climates under one seed have the same days, scaled."""
    warm = synthetic.hourly(normals(), *PLACE, seed=1)
    cold = synthetic.hourly(
        normals(temp_air=course(6.0, 9.0)), 41.0, 46.0, 1500, seed=1
    )
    anomaly = [
        w["temp_air"].to_numpy().reshape(365, 24).mean(axis=1)
        - months.smooth(course(*c))
        for w, c in ((warm, (14.0, 12.0)), (cold, (6.0, 9.0)))
    ]
    assert np.corrcoef(*anomaly)[0, 1] > 0.999


@pytest.mark.parametrize(
    ("column", "gone"),
    [
        ("relative_humidity", {"relative_humidity"}),
        ("wind_speed", {"wind_speed"}),
        ("clearness", {"ghi", "dni", "dhi"}),
        ("linke_turbidity", {"ghi", "dni", "dhi"}),
    ],
)
def test_a_missing_column_leaves_its_variable_out(column, gone):
    whole = synthetic.hourly(normals(), *PLACE)
    without = synthetic.hourly(normals().drop(columns=column), *PLACE)
    blank = synthetic.hourly(normals(**{column: np.nan}), *PLACE)
    assert set(without) == set(blank) == FULL - gone
    for name in without:
        assert np.array_equal(without[name], whole[name])


def test_statistics_may_be_given():
    calm = dict.fromkeys(("temp_sd", "temp_interannual_sd"), 0.0)
    weather = synthetic.hourly(normals(**calm), *PLACE)
    daily = weather["temp_air"].to_numpy().reshape(365, 24).mean(axis=1)
    assert daily == pytest.approx(months.smooth(course(14.0, 12.0)), abs=1e-6)


def test_the_order_of_months_does_not_matter():
    turned = normals().iloc[::-1]
    assert synthetic.hourly(turned, *PLACE).identical(
        synthetic.hourly(normals(), *PLACE)
    )


@pytest.mark.parametrize(
    ("asked", "years", "told"),
    [
        (normals().drop(columns="temp_air"), 1, "temp_air is absent"),
        (normals().drop(index=3), 1, "months 1 to 12"),
        (normals(relative_humidity=[120.0] + [70.0] * 11), 1, "relative_humidity"),
        (normals(wind_speed=[np.nan] + [3.0] * 11), 1, "wind_speed has a blank"),
        (normals(daily_range=-1.0), 1, "outside 0 to 40"),
        (normals(temp_sd=[np.inf] * 12), 1, "temp_sd"),
        (normals(), 0, "at least 1"),
    ],
)
def test_unusable_normals_are_refused(asked, years, told):
    with pytest.raises(ValueError, match=told):
        synthetic.hourly(asked, *PLACE, years=years)


def test_pressure_is_that_of_the_standard_atmosphere():
    """ISO 2533: 101325 Pa at sea level, 84556 Pa at 1500 m."""
    for elevation, pressure in ((0.0, 101325.0), (1500.0, 84556.0)):
        weather = synthetic.hourly(normals(), 40.0, 48.0, elevation)
        assert float(weather["pressure"][0]) == pytest.approx(pressure, rel=1e-4)


def test_the_daily_range_of_generated_days_is_the_normal_one():
    asked = normals()
    weather = synthetic.hourly(asked, *PLACE, seed=3)
    made = variables.mean_daily_range(weather["temp_air"].to_numpy(), 1)
    assert made == pytest.approx(asked["daily_range"].to_numpy(), abs=0.05)


def test_a_site_more_or_less_changes_no_bit(world, sites, book):
    """Over several years, every variable: innovations come from the seed alone."""
    whole = normals_at(world, sites.iloc[:6], book)
    every = synthetic.generate(whole, 2, 9)
    for chosen in ([3], [5, 1], [0, 1, 2, 4, 5]):
        some = synthetic.generate(whole.isel(site=chosen), 2, 9)
        assert some.identical(every.isel(site=chosen))
