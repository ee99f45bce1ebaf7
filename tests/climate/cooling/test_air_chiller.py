"""System (c): limits, balance and continuity."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import air_chiller
from climate.cooling.electrical import hall_heat
from climate.cooling.plant import FREE, MECHANICAL, PARTIAL, SHORTFALL, operate
from data.choices import CoolingChoices

CHOICES = CoolingChoices()


def test_loop_water_of_the_mid_design(book):
    # Hall at 27 degC supply and 16.65 K rise: water 22.8 / 30.3 degC (model §2).
    supply, back = air_chiller.loop_water(book)
    assert supply == pytest.approx(22.84, abs=0.01)
    assert back == pytest.approx(30.34, abs=0.01)


def test_modes_follow_the_free_cooling_coil(book, make_air):
    supply, back = air_chiller.loop_water(book)
    approach = book.free_cooling_approach_k
    temps = [supply - approach - 0.1, supply, back - approach + 0.1, 51.0]
    plant = air_chiller.plant(make_air(temps), 1.0, CHOICES, book)
    assert plant.mode.tolist() == [[FREE, PARTIAL, MECHANICAL, SHORTFALL]]
    assert (plant.compressors[0] > 0).tolist() == [False, True, True, False]


@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
def test_heat_in_equals_heat_out(book, make_air, utilisation):
    plant = air_chiller.plant(
        make_air(np.linspace(-20, 55, 200)), utilisation, CHOICES, book
    )
    into_air = hall_heat(1.0, utilisation, book) + plant.air_fans
    out = plant.heat_economised + plant.heat_chilled + plant.heat_unmet
    assert np.abs(into_air - out).max() < 1e-12


def test_pue_is_continuous_and_never_falls_with_heat(book, make_air):
    air = make_air(np.arange(-25.0, book.chiller_lockout_c, 0.01))
    for utilisation in (0.3, 0.7, 1.0):
        plant = air_chiller.plant(air, utilisation, CHOICES, book)
        steps = np.diff(operate(plant, utilisation, book).pue)
        assert np.abs(steps).max() < 0.01
        assert steps.min() > -1e-12


def test_uses_no_water_and_heeds_no_water_choice(book, make_air):
    air = make_air([0.0, 25.0, 45.0])
    wet = air_chiller.plant(air, 1.0, CHOICES, book)
    dry = air_chiller.plant(air, 1.0, replace(CHOICES, water_available=False), book)
    assert (wet.water == 0).all()
    assert (wet.compressors == dry.compressors).all()


def test_thin_air_costs_fan_power(book, make_air):
    sea = air_chiller.plant(make_air(20.0, pressure=101e3), 1.0, CHOICES, book)
    hill = air_chiller.plant(make_air(20.0, pressure=85e3), 1.0, CHOICES, book)
    assert hill.air_fans.item() > 1.15 * sea.air_fans.item()


def test_fans_follow_the_square_of_speed_to_their_floor(book):
    pressure = np.array([101325.0])
    full, half, idle, floor = (
        air_chiller.air_fan_ratio(pressure, u, book).item()
        for u in (1.0, 0.5, 0.1, book.speed_floor)
    )
    assert half == pytest.approx(full / 4)
    assert idle == floor


def test_fan_ratio_of_the_published_midpoints(book):
    # 500 Pa / (0.775 · 1.1758 kg/m³ · 1.01 kJ/kgK · 16.65 K · 1000), dry air 27 degC.
    ratio = air_chiller.air_fan_ratio(np.array([101325.0]), 1.0, book).item()
    assert ratio == pytest.approx(0.03263, rel=1e-3)


def test_free_cooling_fans_slow_down_in_the_cold(book):
    temps = np.array([-20.0, 0.0, 15.0, 25.0])
    ratio = air_chiller.free_cooling_fan_ratio(temps, 30.34, book)
    assert (np.diff(ratio) >= 0).all()
    assert ratio[-1] == book.free_cooling_fan_power


def test_shortfall_when_machines_are_too_small(book, make_air):
    small = replace(book, redundancy=0.8)
    plant = air_chiller.plant(make_air([10.0, 40.0]), 1.0, CHOICES, small)
    assert plant.capacity_share[0, 0] == 1.0
    expected = 0.8 * (1 - 5 * book.chiller_capacity_derate_per_k)
    assert plant.capacity_share[0, 1] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("workload", "refused"),
    [("training", True), ("inference", False), ("colocation", False)],
)
def test_air_is_refused_for_dense_racks_only(book, workload, refused):
    reason = air_chiller.inadmissible_because(CoolingChoices(workload=workload), book)
    assert bool(reason) is refused
    assert not refused or "132 kW" in reason
