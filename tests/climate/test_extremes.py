import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gumbel_r

from climate.extremes import annual_maxima, return_level
from climate.normals import normals_at
from climate.synthetic import generate

BAKU = [40.2, 40.5, 38.5, 37.7, 40.0, 39.2, 38.8, 37.1, 38.8]
"""Annual maxima 2017-2025, Open-Meteo archive at 40.4093N 49.8671E (model)."""
RECORD_HEAT = {"nakhchivan": 46.0, "nakhchivan_julfa": 46.0}
OTHER_HEAT, RECORD_COLD = 44.0, -32.0
"""Recorded extremes [degC], as printed (climate_design): Baku 43-44, plains 43, Ganja
42, Balakan-Sheki 40-42; Nakhchivan plain +46 and -32."""


def as_hours(maxima):
    """A made-up run whose hottest hour of each year is as given."""
    hours = np.tile(np.linspace(-5.0, 20.0, 24), (1, len(maxima)))
    hours[0, 7::24] = maxima
    return hours


def test_baku_has_the_tabled_20_and_50_year_heat():
    """41.1 and 41.9 degC from nine years, the tabled figures."""
    temp = as_hours(BAKU)
    assert return_level(temp, 9, 20.0)[0] == pytest.approx(41.1, abs=0.05)
    assert return_level(temp, 9, 50.0)[0] == pytest.approx(41.9, abs=0.05)


def test_the_frequency_factor_is_that_of_gumbel():
    """K(20) = 1.866, K(50) = 2.592, K(100) = 3.137: Gumbel's table, endless record."""
    temp = as_hours([36.0, 40.0])
    mean, spread = 38.0, 8.0**0.5
    for period, factor in ((20.0, 1.866), (50.0, 2.592), (100.0, 3.137)):
        level = return_level(temp, 2, period)[0]
        assert (level - mean) / spread == pytest.approx(factor, abs=5e-4)


def test_a_long_record_finds_the_law_it_came_from():
    drawn = gumbel_r.rvs(loc=37.0, scale=1.2, size=4000, random_state=1)
    found = return_level(drawn[None], 4000, 20.0)[0]
    assert found == pytest.approx(gumbel_r.ppf(0.95, loc=37.0, scale=1.2), abs=0.1)


def test_one_year_tells_no_extremes():
    assert np.isnan(return_level(as_hours([40.0]), 1, 20.0)).all()


@pytest.mark.parametrize("period", [1.0, 0.0, -5.0])
def test_a_period_is_above_one_year(period):
    with pytest.raises(ValueError, match="above 1"):
        return_level(as_hours(BAKU), 9, period)


@given(st.floats(1.5, 500.0), st.floats(1.01, 3.0), st.floats(-20.0, 20.0))
def test_levels_rise_with_the_period_and_move_with_the_record(period, more, shift):
    temp = as_hours(BAKU)
    level = return_level(temp, 9, period)
    assert return_level(temp, 9, period * more)[0] > level[0]
    assert return_level(temp + shift, 9, period) == pytest.approx(level + shift)


def test_a_site_stands_alone_and_gaps_are_absent():
    pair = np.concatenate([as_hours(BAKU), as_hours([30.0] * 9)])
    both = return_level(pair, 9, 20.0)
    assert both[0] == return_level(pair[:1], 9, 20.0)[0]
    assert both[1] == 30.0
    pair[1, 3] = np.nan
    assert np.isnan(return_level(pair, 9, 20.0)).tolist() == [False, True]


@pytest.fixture(scope="module")
def thirty_years(world, sites, book):
    """Thirty years of every shipped site, temperature alone."""
    normals = normals_at(world, sites, book)
    columns = ["relative_humidity", "wind_speed", "clearness", "linke_turbidity"]
    return normals, generate(normals.drop_vars(columns), 30, 0)["temp_air"].to_numpy()


def test_thirty_years_of_every_site_stay_near_what_was_recorded(thirty_years):
    normals, temp = thirty_years
    assert temp.max() < 48.0
    assert temp.min() > -40.0
    for site, region in enumerate(normals["climate_region"].to_numpy()):
        assert temp[site].max() < RECORD_HEAT.get(region, OTHER_HEAT) + 0.5
        assert temp[site].min() > RECORD_COLD


def test_the_hottest_year_of_thirty_is_near_the_30_year_level(thirty_years):
    _, temp = thirty_years
    highest = annual_maxima(temp, 30)
    level = return_level(temp, 30, 30.0)
    assert np.abs(highest.max(axis=-1) - level).mean() < 1.0
    assert highest.std(axis=-1).min() > 0.5
