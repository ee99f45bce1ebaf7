"""Chiller curves against published points and catalogue limits."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from climate.cooling.chillers import (
    available_capacity,
    cop_air_cooled,
    cop_water_cooled,
    part_load,
    water_cooled_fit,
)

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


# Condenser water [degC], part load, COP: training points of Lei and Masanet (2022).
WATER_COOLED = [
    (29.4, 0.25, 4.95),
    (29.4, 0.5, 6.17),
    (29.4, 0.75, 6.39),
    (29.4, 1.0, 6.17),
    (23.9, 0.5, 6.76),
    (23.9, 1.0, 7.03),
    (18.3, 0.5, 7.48),
    (18.3, 1.0, 7.99),
    (15.6, 0.25, 6.28),
    (15.6, 0.5, 7.82),
    (15.6, 0.75, 8.37),
    (15.6, 1.0, 8.37),
]


def test_water_cooled_fit_stands_on_its_points():
    temp, load, cop = (np.array(column) for column in zip(*WATER_COOLED, strict=True))
    error = water_cooled_fit(temp, load) - cop
    assert np.sqrt((error**2).mean()) == pytest.approx(0.085, abs=0.01)


def test_water_cooled_machines_like_cold_condensers(book):
    temps = np.arange(-10.0, 45.0, 0.5)
    cop = cop_water_cooled(temps, 0.7, 6.7, book)
    assert (np.diff(cop) <= 0).all()
    assert cop.max() <= book.chiller_water_cooled_cop_cap
    assert cop.min() > 3.0


def test_part_load_is_staged_above_a_floor(book):
    load = part_load(np.array([0.0, 0.5, 2.0]), np.ones(3), book)
    assert load.tolist() == [book.chiller_min_part_load, 0.5, 1.0]
    assert part_load(np.array([0.0]), np.zeros(1), book) == book.chiller_min_part_load
