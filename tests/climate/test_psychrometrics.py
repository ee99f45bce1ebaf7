"""Moist air against published figures, limits and invariants."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate.psychrometrics import (
    density,
    dew_point,
    enthalpy,
    humidity_ratio,
    relative_humidity_from_dew_point,
    relative_humidity_from_ratio,
    saturation_pressure,
    wet_bulb,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "psychrometrics_coolprop.csv"
TEMPS = st.floats(-25.0, 50.0)
HUMIDITIES = st.floats(5.0, 100.0)
PRESSURES = st.floats(75e3, 103e3)


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return pd.read_csv(REFERENCE, comment="#")


@pytest.fixture(scope="module")
def state(reference: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = ("t_db_c", "rh_pct", "pressure_pa")
    return tuple(reference[c].to_numpy() for c in columns)


def roots_overlap(temp, ratio, pressure):
    """Between the water and the ice relation at 0 degC both phases have a root."""
    saturated = 0.621945 * 611.2 / (pressure - 611.2)
    over_ice = (2830 * saturated - 1.006 * temp) / (2830 + 1.86 * temp)
    over_water = (2501 * saturated - 1.006 * temp) / (2501 + 1.86 * temp)
    return (ratio < over_ice + 1e-6) & (ratio > over_water - 1e-6)


def test_wet_bulb_stands_within_bar_of_real_gas(reference, state):
    assert np.abs(wet_bulb(*state) - reference.cp_twb_c).max() <= 0.03


def test_wet_bulb_equals_psychrolib_outside_the_double_root_band(reference, state):
    temp, _, pressure = state
    single = ~roots_overlap(temp, humidity_ratio(*state), pressure)
    error = np.abs(wet_bulb(*state) - reference.pl_twb_c)
    assert single.mean() > 0.98
    assert error[single].max() <= 0.002


def test_humidity_ratio_stands_within_bar_of_real_gas(reference, state):
    error = np.abs(humidity_ratio(*state) / reference.cp_w_kg_kg - 1.0)
    assert error.max() <= 0.007


def test_enthalpy_stands_within_bar_of_real_gas(reference, state):
    h = enthalpy(state[0], humidity_ratio(*state))
    bar = np.maximum(1300.0, 0.004 * np.abs(reference.cp_h_j_kg_da))
    assert (np.abs(h - reference.cp_h_j_kg_da) <= bar).all()


def test_dew_point_stands_within_bar_of_real_gas(reference, state):
    error = np.abs(dew_point(state[0], state[1]) - reference.cp_tdp_c)
    assert error.max() <= 0.025


def test_density_matches_specific_volume(reference, state):
    ratio = humidity_ratio(*state)
    volume = (1 + ratio) / density(state[0], ratio, state[2])
    assert np.abs(volume - reference.pl_v_m3_kg_da).max() < 1e-6
    assert np.abs(volume - reference.cp_v_m3_kg_da).max() <= 1e-3


@pytest.mark.parametrize(
    ("temp", "pascal"),
    # ASHRAE Handbook Fundamentals 2017, chapter 1, table 3 (kPa to four figures)
    [(-20.0, 103.24), (0.0, 611.2), (25.0, 3169.3), (50.0, 12351.3)],
)
def test_saturation_pressure_of_the_steam_table(temp, pascal):
    assert float(saturation_pressure(temp)) == pytest.approx(pascal, rel=5e-4)


def test_ice_branch_joins_water_branch():
    below, above = saturation_pressure(np.array([0.01 - 1e-9, 0.01]))
    assert below == pytest.approx(above, rel=1e-4)


def test_saturation_over_ice_is_below_supercooled_water():
    # At -20 degC supercooled water holds 125.4 Pa (Smithsonian tables), ice 103.2.
    assert float(saturation_pressure(-20.0)) < 105.0


def test_rule_near_zero_picks_ice_where_both_phases_have_a_root():
    temp, pressure = 4.0, 101325.0
    saturated = 0.621945 * 611.15 / (pressure - 611.15)
    over_ice = (2830 * saturated - 1.006 * temp) / (2830 + 1.86 * temp)
    rh = relative_humidity_from_ratio(
        temp, over_ice + np.array([-1e-6, 1e-6]), pressure
    )
    frozen, wet = wet_bulb(temp, rh, pressure)
    assert frozen < 0.0 < wet


def test_saturated_air_is_its_own_wet_bulb_and_dew_point():
    temp = np.linspace(-30.0, 50.0, 321)
    assert np.abs(wet_bulb(temp, 100.0, 95e3) - temp).max() < 0.003
    assert np.abs(dew_point(temp, 100.0) - temp).max() < 1e-6


@given(TEMPS, HUMIDITIES, PRESSURES)
def test_dew_point_below_wet_bulb_below_dry_bulb(temp, rh, pressure):
    wet, dew = wet_bulb(temp, rh, pressure), dew_point(temp, rh)
    assert dew <= wet + 2e-3
    assert wet <= temp


@given(TEMPS, st.floats(5.0, 99.0), st.floats(0.1, 1.0), PRESSURES)
def test_wet_bulb_rises_with_humidity(temp, rh, step, pressure):
    assert wet_bulb(temp, rh + step, pressure) > wet_bulb(temp, rh, pressure)


@given(TEMPS, HUMIDITIES, PRESSURES)
def test_humidity_ratio_is_reversible(temp, rh, pressure):
    ratio = humidity_ratio(temp, rh, pressure)
    assert relative_humidity_from_ratio(temp, ratio, pressure) == pytest.approx(rh)


@given(TEMPS, HUMIDITIES)
def test_dew_point_is_reversible(temp, rh):
    back = relative_humidity_from_dew_point(temp, dew_point(temp, rh))
    assert back == pytest.approx(rh, rel=1e-9)


@given(st.floats(-25.0, 49.0), HUMIDITIES, PRESSURES)
def test_warmer_air_of_the_same_moisture_has_a_higher_wet_bulb(temp, rh, pressure):
    ratio = humidity_ratio(temp, rh, pressure)
    warmer = relative_humidity_from_ratio(temp + 1.0, ratio, pressure)
    assert wet_bulb(temp + 1.0, warmer, pressure) > wet_bulb(temp, rh, pressure)


@given(st.floats(0.0, 50.0), st.floats(5.0, 95.0))
def test_thin_air_holds_more_and_weighs_less(temp, rh):
    thin, thick = humidity_ratio(temp, rh, np.array([80e3, 101e3]))
    assert thin > thick
    assert density(temp, thin, 80e3) < density(temp, thick, 101e3)


def test_wet_bulb_holds_beyond_the_box_it_is_promised_for():
    temp, rh = np.meshgrid(np.linspace(-60.0, 60.0, 121), np.linspace(0.5, 100.0, 50))
    wet = wet_bulb(temp, rh, 70e3)
    ratio, saturated = humidity_ratio(temp, rh, 70e3), humidity_ratio(wet, 100.0, 70e3)
    ice = (2830 - 0.24 * wet) * saturated - 1.006 * (temp - wet)
    water = (2501 - 2.326 * wet) * saturated - 1.006 * (temp - wet)
    over_ice = ice / (2830 + 1.86 * temp - 2.1 * wet) - ratio
    over_water = water / (2501 + 1.86 * temp - 4.186 * wet) - ratio
    assert np.abs(np.where(wet < 0.0, over_ice, over_water)).max() < 3e-6


def test_arrays_equal_scalars_and_broadcast():
    temp = np.array([[-5.0], [30.0]])
    rh = np.array([20.0, 60.0, 95.0])
    grid = wet_bulb(temp, rh, 98e3)
    assert grid.shape == (2, 3)
    assert grid[1, 0] == wet_bulb(30.0, 20.0, 98e3)
    assert np.ndim(wet_bulb(30.0, 20.0, 98e3)) == 0


def test_missing_in_is_missing_out():
    temp = np.array([20.0, np.nan])
    for values in (
        wet_bulb(temp, 50.0, 1e5),
        dew_point(temp, 50.0),
        humidity_ratio(temp, 50.0, 1e5),
        saturation_pressure(temp),
        wet_bulb(20.0, np.array([50.0, np.nan]), 1e5),
    ):
        assert np.isnan(values).tolist() == [False, True]


def test_air_without_vapour_has_no_dew_point_but_a_wet_bulb():
    assert np.isnan(dew_point(20.0, 0.0))
    assert wet_bulb(20.0, 0.0, 101325.0) < 7.0
