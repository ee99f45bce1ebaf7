import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pvlib import solarposition

from climate import months, solar, synthetic
from climate.days import national

DAY = months.DAY_OF_YEAR
BAKU = (40.4, 49.9)


def sun(latitude, longitude, day=DAY[:, None], hour_utc=months.HOUR_OF_DAY + 0.5):
    return solar.zenith(day, solar.solar_hour(day, hour_utc, longitude), latitude)


def test_the_sun_stands_where_the_almanac_says():
    """Against pvlib's NREL SPA, the reference algorithm (Reda and Andreas 2004)."""
    stamps = months.hours(1) + pd.Timedelta(minutes=30)
    spa = solarposition.get_solarposition(stamps, *BAKU, method="nrel_numpy")
    ours = sun(*BAKU).ravel()
    assert np.abs(ours - spa["zenith"].to_numpy()).max() < 0.8
    assert np.abs(ours - spa["zenith"].to_numpy()).mean() < 0.3


@pytest.mark.parametrize(("day", "declination"), [(172.0, 23.45), (355.0, -23.45)])
def test_noon_height_at_the_solstices(day, declination):
    height = solar.zenith(np.array(day), np.array(12.0), np.array(40.0))
    assert height == pytest.approx(40.0 - declination, abs=0.1)


def test_solar_noon_moves_with_longitude_and_season():
    hour = solar.solar_hour(np.array([45.0, 307.0]), 12.0, np.array(0.0))
    # Equation of time: -14 min in mid-February, +16 min in early November.
    assert (hour - 12.0) * 60 == pytest.approx([-14.2, 16.4], abs=0.6)
    east = solar.solar_hour(np.array(100.0), 0.0, np.array(45.0))
    assert east == pytest.approx(3.0, abs=0.05)
    assert solar.hours_of_year(np.array([[45.0]]))[0, 99, 0] == pytest.approx(
        3.5, abs=0.05
    )


def clear_day(linke=3.0, elevation=0.0, day=172.0):
    height = sun(*BAKU, day=np.array(day))
    return solar.clear_sky_ghi(
        height, np.array(day), np.array(linke), np.array(elevation)
    )


def test_clear_sky_by_hand():
    """Sea level: 0.868 I0 cos z exp(-0.0387 AM TL), with 17 degrees of zenith."""
    expected = 0.868 * 1321.7 * 0.9563 * np.exp(-0.0387 * 1.0456 * 3.0)
    assert clear_day().max() == pytest.approx(expected, rel=0.003)


def test_clear_sky_orders():
    assert (clear_day() >= 0).all()
    assert clear_day(linke=5.0).sum() < clear_day().sum()
    assert clear_day(elevation=1500.0).sum() > clear_day().sum()
    assert clear_day(day=355.0).sum() < 0.4 * clear_day().sum()
    assert clear_day()[sun(*BAKU, day=np.array(172.0)) > 90].sum() == 0


@given(st.floats(0.0, 1000.0), st.floats(0.0, 86.0), st.floats(1.0, 365.0))
def test_the_parts_close_on_the_whole(ghi, height, day):
    dni, dhi = solar.split(np.array(ghi), np.array(height), np.array(day))
    assert dni * np.cos(np.radians(height)) + dhi == pytest.approx(ghi, abs=1e-6)
    assert 0 <= dhi <= ghi + 1e-9
    assert dni >= 0


def test_an_overcast_hour_is_diffuse_and_a_clear_one_is_beam():
    """Erbs' ends: 1 - 0.09 kt below 0.22, and 0.165 above 0.8."""
    dni, dhi = solar.split(np.array([100.0, 850.0]), np.array([30.0, 40.0]), DAY[171])
    assert dhi[0] / 100.0 == pytest.approx(1 - 0.09 * 100 / (1321 * 0.866), abs=1e-3)
    assert dhi[1] / 850.0 == pytest.approx(0.165)
    assert dni[1] == pytest.approx(850 * 0.835 / np.cos(np.radians(40.0)))


def monthly(**columns):
    table = {n: c.to_numpy()[None] for n, c in synthetic.default_statistics().items()}
    return table | {name: np.full((1, 12), value) for name, value in columns.items()}


@given(st.floats(0.3, 0.97), st.integers(0, 40), st.integers(1, 3))
def test_clearness_keeps_its_mean_and_bounds(clearness, seed, years):
    clear = 5.0 + 3.0 * np.sin(DAY / 58.0)[None]
    held = monthly(clearness=clearness)
    share = solar.daily_clearness(held, clear, national(held, years, seed))
    weight = months.repeat_years(clear, years)
    mean = months.monthly_mean(share * weight, years)
    mean /= months.monthly_mean(weight, years)
    assert mean == pytest.approx(np.full((1, 12), clearness), abs=0.01)
    assert share.min() >= 0.05
    assert share.max() <= 1.0


def test_an_unbroken_clear_sky_is_the_clear_sky():
    place = tuple(np.array([[value]]) for value in (40.4, 49.9, 0.0))
    held = monthly(clearness=1.0, clearness_sd=0.0, linke_turbidity=3.0)
    ghi = solar.sunlight(held, place, national(held, 1, 0))["ghi"][0].reshape(365, 24)
    assert ghi[171] == pytest.approx(clear_day(day=172.0))
    half = solar.sunlight(
        held | monthly(clearness=0.5, clearness_sd=0.0, linke_turbidity=3.0),
        place,
        national(held, 1, 0),
    )
    assert half["ghi"][0].sum() == pytest.approx(ghi.sum() / 2)
