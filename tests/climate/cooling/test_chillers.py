"""Chiller curves against published points and catalogue limits."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from climate.cooling.chillers import available_capacity, cop_air_cooled

POINTS = Path(__file__).parents[2] / "reference" / "chiller_air_cooled_points.csv"


def test_carnot_form_meets_the_published_points(book):
    points = pd.read_csv(POINTS, comment="#")
    cop = cop_air_cooled(
        points.temp_air.to_numpy(), points.part_load.to_numpy(), 6.7, book
    )
    error = cop - points.cop
    assert np.sqrt((error**2).mean()) < 0.155
    assert np.abs(error.mean()) < 0.05


def test_extreme_heat_stays_with_the_catalogue_curves(book):
    # EnergyPlus air-cooled chiller curves give 2.0 to 2.3 at 46 degC and full load.
    cop = cop_air_cooled(np.array([46.0]), 1.0, 6.7, book)
    assert 1.95 <= cop.item() <= 2.35


def test_warmer_water_helps_up_to_the_top(book):
    hot = np.array([38.0])
    cold, warm, warmer = (
        cop_air_cooled(hot, 0.7, water, book).item() for water in (6.7, 20.0, 40.0)
    )
    gain = 1.0 + book.chiller_water_gain_per_k * (20.0 - 6.7)
    assert warm / cold == pytest.approx(gain)
    assert warmer == warm


def test_cold_air_meets_cap_and_floor(book):
    cop = cop_air_cooled(np.linspace(-30.0, 45.0, 151), 0.7, 22.0, book)
    assert cop.max() == book.chiller_cop_cap
    assert (np.diff(cop) <= 0).all()
    uncapped = replace(book, chiller_cop_cap=99.0)
    cold = cop_air_cooled(np.array([-20.0, 5.0]), 0.7, 22.0, uncapped)
    assert cold[0] == cold[1]


def test_capacity_derates_above_rating_and_stops_at_lock_out(book):
    temps = np.array([10.0, 35.0, 45.0, book.chiller_lockout_c + 0.1])
    mild, rated, hot, out = available_capacity(temps, np.ones(4), book)
    assert mild == rated == book.redundancy
    assert hot == pytest.approx(rated * (1 - 10 * book.chiller_capacity_derate_per_k))
    assert out == 0.0
