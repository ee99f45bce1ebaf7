"""System (c): limits, balance and continuity."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS, air_chiller
from climate.cooling.electrical import hall_heat
from climate.cooling.hall import loop_water
from climate.cooling.pads import latent_heat
from climate.cooling.plant import FREE, MECHANICAL, PARTIAL, SHORTFALL, operate
from data.choices import CoolingChoices

CHOICES = CoolingChoices()
PADS = replace(CHOICES, chiller_pads=True)
SYSTEM = SYSTEMS["air_chiller"]


def test_modes_follow_the_free_cooling_coil(book, make_air):
    supply, back = loop_water(book)
    approach = book.free_cooling_approach_k
    temps = [supply - approach - 0.1, supply, back - approach + 0.1, 51.0]
    plant = SYSTEM.plant(make_air(temps), 1.0, CHOICES, book)
    assert plant.mode.tolist() == [[FREE, PARTIAL, MECHANICAL, SHORTFALL]]
    assert (plant.compressors[0] > 0).tolist() == [False, True, True, False]


@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
def test_heat_in_equals_heat_out(book, make_air, utilisation):
    plant = SYSTEM.plant(
        make_air(np.linspace(-20, 55, 200)), utilisation, CHOICES, book
    )
    into_air = hall_heat(1.0, utilisation, book) + plant.air_fans
    out = plant.heat_economised + plant.heat_chilled + plant.heat_unmet
    assert np.abs(into_air - out).max() < 1e-12


def test_pue_is_continuous_and_never_falls_with_heat(book, make_air):
    air = make_air(np.arange(-25.0, book.chiller_lockout_c, 0.01))
    for utilisation in (0.3, 0.7, 1.0):
        plant = SYSTEM.plant(air, utilisation, CHOICES, book)
        steps = np.diff(operate(plant, utilisation, book).pue)
        assert np.abs(steps).max() < 0.01
        assert steps.min() > -1e-12


def test_uses_no_water_and_heeds_no_water_choice(book, make_air):
    air = make_air([0.0, 25.0, 45.0])
    wet = SYSTEM.plant(air, 1.0, CHOICES, book)
    dry = SYSTEM.plant(air, 1.0, replace(CHOICES, water_available=False), book)
    assert (wet.water == 0).all()
    assert (wet.compressors == dry.compressors).all()


def test_thin_air_costs_fan_power(book, make_air):
    sea = SYSTEM.plant(make_air(20.0, pressure=101e3), 1.0, CHOICES, book)
    hill = SYSTEM.plant(make_air(20.0, pressure=85e3), 1.0, CHOICES, book)
    assert hill.air_fans.item() > 1.15 * sea.air_fans.item()


def test_free_cooling_fans_slow_down_in_the_cold(book):
    temps = np.array([-20.0, 0.0, 15.0, 25.0])
    ratio = air_chiller.free_cooling_fan_ratio(temps, 30.34, book)
    assert (np.diff(ratio) >= 0).all()
    assert ratio[-1] == book.free_cooling_fan_power


def test_free_cooling_fans_obey_the_cube_of_their_speed(book):
    # 1.2 times the design spread: air flow 1.2^(-1/n), power its cube.
    spread = book.air_water_rise_k + book.free_cooling_approach_k
    ratio = air_chiller.free_cooling_fan_ratio(
        np.array(30.0 - 1.2 * spread), 30.0, book
    )
    power = 1.2 ** (-3.0 / book.dry_cooler_air_exponent)
    assert power > book.dry_cooler_min_speed**3
    assert ratio == pytest.approx(book.free_cooling_fan_power * power)


def test_shortfall_when_machines_are_too_small(book, make_air):
    small = replace(book, redundancy=0.8)
    plant = SYSTEM.plant(make_air([10.0, 40.0]), 1.0, CHOICES, small)
    assert plant.capacity_share[0, 0] == 1.0
    expected = 0.8 * (1 - 5 * book.chiller_capacity_derate_per_k)
    assert plant.capacity_share[0, 1] == pytest.approx(expected)


def test_pads_help_the_condenser_and_drink(book, make_air):
    air = make_air([25.0, 40.0], temp_dew=12.0)
    dry, wet = (SYSTEM.plant(air, 1.0, c, book) for c in (CHOICES, PADS))
    assert wet.compressors[0, 0] == dry.compressors[0, 0]
    assert wet.compressors[0, 1] < 0.85 * dry.compressors[0, 1]
    assert wet.water[0, 0] == 0.0 < wet.water[0, 1]


def test_pads_come_on_without_a_jump(book, make_air):
    air = make_air(np.arange(25.0, 45.0, 0.01), temp_dew=12.0)
    pue = operate(SYSTEM.plant(air, 1.0, PADS, book), 1.0, book).pue
    assert np.abs(np.diff(pue)).max() < 0.01


def test_pads_without_water_are_no_pads(book, make_air):
    air = make_air([40.0], temp_dew=12.0)
    outage = SYSTEM.plant(air, 1.0, replace(PADS, water_available=False), book)
    assert outage.water.item() == 0.0
    dry = SYSTEM.plant(air, 1.0, CHOICES, book)
    assert outage.compressors.item() == dry.compressors.item()


def test_pads_evaporate_what_cools_the_condensers_air(book, make_air):
    air = make_air([45.0], temp_dew=12.0)
    plant = SYSTEM.plant(air, 1.0, PADS, book)
    rejected = plant.heat_chilled + plant.compressors
    flow = rejected / (1.006 * book.dry_cooler_air_rise_k)
    drop = book.adiabatic_effectiveness * (air.temp_air - air.wet_bulb)
    heat = plant.evaporation / 3600 * latent_heat(air.wet_bulb)
    assert heat.item() == pytest.approx((1.006 * flow * drop).item(), rel=1e-12)


def test_pads_cost_more(book):
    plain, padded = (air_chiller.usd_per_kw_it(c, book) for c in (CHOICES, PADS))
    assert padded - plain == book.capex_pads_usd_per_kw_it
