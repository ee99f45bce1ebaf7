"""System (b): the economiser's limits, the balance of heat and water, continuity."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS, tower
from climate.cooling.chillers import cop_water_cooled
from climate.cooling.electrical import hall_heat
from climate.cooling.hall import HEAT_CAPACITY_WATER, loop_water
from climate.cooling.pads import latent_heat
from climate.cooling.plant import FREE, MECHANICAL, PARTIAL, operate
from data.choices import CoolingChoices

CHOICES = CoolingChoices(workload="inference")
STEADY = replace(CHOICES, tower_variable_fans=False)
TOWER = SYSTEMS["tower"]


@pytest.fixture
def saturated(make_air):
    """Air whose wet bulb is its dry bulb."""
    return lambda temps: make_air(temps, temp_dew=np.asarray(temps, dtype=float))


def test_modes_follow_the_wet_bulb(book, saturated):
    plant = TOWER.plant(saturated([5.0, 20.0, 30.0]), 1.0, CHOICES, book)
    assert plant.mode.tolist() == [[FREE, PARTIAL, MECHANICAL]]


def test_economiser_ends_where_tower_water_equals_the_return(book, saturated):
    # Return 30.34 degC less approaches 4.75 and 2.25 K: wet bulb 23.34 degC.
    _, back = loop_water(book)
    end = back - book.tower_approach_k - book.tower_exchanger_approach_k
    share = tower.free_share(saturated([end - 0.01, end + 0.01]), CHOICES, book)[0]
    assert 0.0 < share[0] < 0.01
    assert share[1] == 0.0


@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
@pytest.mark.parametrize("choices", [CHOICES, STEADY])
def test_heat_in_equals_heat_out(book, make_air, utilisation, choices):
    plant = TOWER.plant(make_air(np.linspace(-20, 50, 200)), utilisation, choices, book)
    into_air = hall_heat(1.0, utilisation, book) + plant.air_fans
    assert np.abs(into_air - plant.heat_economised - plant.heat_chilled).max() < 1e-12


def test_vapour_carries_its_share_of_all_the_heat(book, make_air):
    air = make_air(np.linspace(0, 45, 100))
    plant = TOWER.plant(air, 1.0, STEADY, book)
    hall = hall_heat(1.0, 1.0, book) + plant.air_fans
    rejected = hall + plant.compressors + plant.pumps
    water = tower.basin(air.wet_bulb, STEADY, book).temp_water
    latent = plant.evaporation / 3600 * latent_heat(water + 0.5 * book.tower_range_k)
    assert np.abs(latent / rejected - book.tower_latent_fraction).max() < 1e-9


def test_salts_leave_as_fast_as_they_come(book, make_air):
    plant = TOWER.plant(make_air([0.0, 25.0, 40.0]), 1.0, CHOICES, book)
    drained = plant.drift + plant.blowdown
    assert np.abs(plant.water / drained / book.tower_cycles - 1.0).max() < 1e-9


def test_drift_alone_can_hold_the_salts_down(book, make_air):
    leaky = replace(book, tower_drift=0.01)
    plant = TOWER.plant(make_air([25.0]), 1.0, CHOICES, leaky)
    assert plant.blowdown.item() == 0.0


@pytest.mark.parametrize("choices", [CHOICES, STEADY])
def test_pue_is_continuous_and_rises_with_the_wet_bulb(book, saturated, choices):
    pue = operate(
        TOWER.plant(saturated(np.arange(-5.0, 40.0, 0.01)), 1.0, choices, book),
        1.0,
        book,
    ).pue
    steps = np.diff(pue)
    assert np.abs(steps).max() < 0.01
    assert steps.min() > -2e-6  # colder air is denser: a hair less fan power


def test_slower_fans_save_power_and_keep_the_economiser(book, saturated):
    air = saturated([2.0, 8.0, 25.0])
    slow, fast = (TOWER.plant(air, 1.0, c, book) for c in (CHOICES, STEADY))
    assert (slow.heat_economised == fast.heat_economised).all()
    saved = fast.rejection_fans - slow.rejection_fans
    assert (saved[0, :2] > 0).all()
    assert saved[0, 2] == 0.0


def test_fan_power_goes_with_the_cube_of_the_speed(book, saturated):
    # All heat free at both speeds, so that both towers carry the same.
    air = saturated([2.0, 6.0, 8.0])
    slow, fast = (TOWER.plant(air, 1.0, c, book) for c in (CHOICES, STEADY))
    assert (slow.heat_chilled == 0.0).all()
    speed = tower.basin(air.wet_bulb, CHOICES, book).speed
    assert (speed < 0.9).all()
    share = slow.rejection_fans / fast.rejection_fans
    assert share == pytest.approx(speed**3, rel=1e-12)


def test_spares_run_too_and_share_the_load(book, saturated):
    # Wet bulb 26 degC: water at 30.75 degC, no free cooling, all machines running.
    plant = TOWER.plant(saturated([26.0]), 1.0, CHOICES, book)
    assert plant.mode.item() == MECHANICAL
    supply, _ = loop_water(book)
    water = np.array(26.0 + book.tower_approach_k)
    cop = cop_water_cooled(water, 1.0 / book.redundancy, supply, book)
    assert (plant.heat_chilled / plant.compressors).item() == pytest.approx(cop)


def test_slowed_fans_keep_the_water_just_cold_enough(book):
    wet_bulb = np.array([[4.0, 8.0, 10.0]])
    basin = tower.basin(wet_bulb, CHOICES, book)
    supply, _ = loop_water(book)
    need = supply - book.tower_exchanger_approach_k
    slowed = basin.speed > book.tower_min_speed
    assert slowed.any()
    assert np.abs(basin.temp_water[slowed] - need).max() < 1e-9
    assert (basin.temp_water <= need + 1e-9).all()


def test_frost_guard_and_wider_approach_in_the_cold(book):
    basin = tower.basin(np.array([[-20.0]]), STEADY, book)
    assert basin.temp_water.item() == book.tower_min_water_c
    cold, warm = tower.approach(np.array([0.0, 25.0]), book)
    assert warm == book.tower_approach_k
    assert cold == pytest.approx(warm * 1.6)


def test_fan_power_of_the_published_midpoints(book):
    # 1 kW of heat, 5 K range: 0.0478 kg/s of water, /1.25 of air at 1.2 kg/m³,
    # 250 Pa at 0.775: 10.3 W.
    flow = np.array(1.0 / (HEAT_CAPACITY_WATER * 5.0))
    power = tower.fan_power(flow, np.array(1.2), book)
    assert power == pytest.approx(0.01028, rel=1e-3)


def test_thin_air_costs_fan_power(book, make_air):
    sea, hill = (
        TOWER.plant(make_air([20.0], pressure=p), 1.0, STEADY, book).rejection_fans
        for p in (101e3, 85e3)
    )
    assert hill.item() > 1.15 * sea.item()


def test_drinks_about_two_litres(book, make_air):
    # Published cooling towers: 1.7 to 2.6 L/kWh a year over climates.
    done = operate(TOWER.plant(make_air([15.0]), 1.0, CHOICES, book), 1.0, book)
    assert 1.7 < done.wue_l_per_kwh.item() < 2.6
