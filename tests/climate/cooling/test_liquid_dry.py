"""System (d): limits against system (c) and against dry running, orderings."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS
from climate.cooling.chillers import cop_air_cooled
from climate.cooling.electrical import hall_heat
from climate.cooling.liquid import cold_plates, immersion_tanks, pumps, rear_doors
from climate.cooling.liquid_dry import circuit_plant
from climate.cooling.plant import (
    ADIABATIC,
    FREE,
    PARTIAL,
    SHORTFALL,
    TRIM,
    operate,
)
from data.choices import CoolingChoices

CHOICES = CoolingChoices()
LIQUID = SYSTEMS["liquid_dry"]
OUTAGE = replace(CHOICES, water_available=False)
SWEEP = np.arange(-25.0, 49.9, 0.01)


def pue(air, choices, book, utilisation=1.0):
    plant = LIQUID.plant(air, utilisation, choices, book)
    return operate(plant, utilisation, book).pue


def test_without_liquid_heat_it_is_the_air_cooled_hall(book, make_air):
    no_liquid = replace(book, liquid_heat_fraction=0.0)
    air = make_air(np.linspace(-20, 49, 300))
    for utilisation in (0.3, 1.0):
        hall = SYSTEMS["air_chiller"].plant(air, utilisation, CHOICES, no_liquid)
        expected = operate(hall, utilisation, no_liquid).pue
        found = pue(air, CHOICES, no_liquid, utilisation)
        assert np.abs(found - expected).max() < 1e-12


@pytest.mark.parametrize("choices", [CHOICES, OUTAGE, replace(OUTAGE, trim_chiller=0)])
@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
def test_heat_in_equals_heat_out(book, make_air, choices, utilisation):
    plant = LIQUID.plant(
        make_air(np.linspace(-20, 55, 300)), utilisation, choices, book
    )
    f = book.liquid_heat_fraction
    pumped = pumps(cold_plates(CHOICES, book), utilisation, book)
    into_air = hall_heat(1 - f, utilisation, book) + plant.air_fans
    heat_in = into_air + f * utilisation + pumped
    heat_out = (
        plant.heat_economised + plant.heat_chilled + plant.heat_trim + plant.heat_unmet
    )
    assert np.abs(heat_in - heat_out).max() < 1e-9


@pytest.mark.parametrize("water", [32.0, 40.0, 45.0])
@pytest.mark.parametrize("itd", [8.0, 14.0, 20.0])
@pytest.mark.parametrize("available", [True, False])
def test_pue_is_continuous_across_modes(book, make_air, water, itd, available):
    choices = replace(
        CHOICES, facility_water_c=water, itd_k=itd, water_available=available
    )
    steps = np.diff(pue(make_air(SWEEP), choices, book))
    assert np.abs(steps).max() < 0.01


def test_modes_in_rising_heat(book, make_air):
    air = make_air([10.0, 30.0, 45.0])
    assert LIQUID.plant(air, 1.0, CHOICES, book).mode.tolist() == [
        [FREE, PARTIAL, ADIABATIC]
    ]
    assert LIQUID.plant(air, 1.0, OUTAGE, book).mode[0, 2] == TRIM
    bare = replace(OUTAGE, trim_chiller=False)
    assert LIQUID.plant(air, 1.0, bare, book).mode[0, 2] == SHORTFALL


def test_wetted_hours_leave_no_rounding_on_the_trim_chiller(book, make_air):
    plant = LIQUID.plant(make_air(SWEEP, 8.0), 1.0, CHOICES, book)
    assert (plant.water > 0).any()
    assert (plant.heat_trim == 0).all()


@pytest.mark.parametrize("water", [12.0, 16.0])
def test_trim_chillers_make_the_water_supplied(book, make_air, water):
    # Not the water that comes back: the evaporator is as cold as what it makes.
    air = make_air([38.0, 44.0])
    choices = replace(OUTAGE, facility_water_c=water)
    circuit = cold_plates(choices, book)
    plant = circuit_plant(circuit, air, 1.0, choices, book)
    assert (plant.heat_trim > 0).all()
    cop = cop_air_cooled(air.temp_air, book.chiller_trim_part_load, water, book)
    assert plant.heat_trim / plant.compressors == pytest.approx(cop)


@pytest.mark.parametrize("temp", [42.0, 45.0])
def test_warmer_facility_water_lowers_the_dry_peak(book, make_air, temp):
    air = make_air([temp], temp_dew=14.0)
    w32, w40, w45 = (
        pue(air, replace(OUTAGE, facility_water_c=w), book).item() for w in (32, 40, 45)
    )
    assert w45 < w40 < w32


@pytest.mark.parametrize("temp", [42.0, 45.0])
def test_warmer_facility_water_drinks_less(book, make_air, temp):
    air = make_air([temp], temp_dew=14.0)
    water = [
        LIQUID.plant(air, 1.0, replace(CHOICES, facility_water_c=w), book).water.item()
        for w in (32, 40, 45)
    ]
    assert water[0] > water[1] > water[2]


def test_dry_peak_exceeds_wet_peak(book, make_air):
    air = make_air([44.0], temp_dew=12.0)
    gap = pue(air, OUTAGE, book) - pue(air, CHOICES, book)
    assert gap.item() > 0.05


def test_no_water_and_no_trim_when_the_loop_is_hot(book, make_air):
    hot = replace(CHOICES, facility_water_c=80.0)
    plant = LIQUID.plant(make_air(np.linspace(-20, 49, 100)), 1.0, hot, book)
    assert plant.water.max() == 0.0
    assert plant.heat_trim.max() == 0.0


def test_no_pad_effect_equals_water_outage(book, make_air):
    air = make_air(np.linspace(-20, 49, 300))
    no_pads = replace(book, adiabatic_effectiveness=1e-13)
    wet, dry = (pue(air, c, no_pads) for c in (CHOICES, OUTAGE))
    assert np.abs(wet - dry).max() < 1e-9


def test_pue_is_bounded_by_its_losses_and_rises_with_heat(book, make_air):
    air = make_air(SWEEP)
    values = pue(air, OUTAGE, book)
    assert values.min() > 1.0 + 0.0303 + 0.01 + 0.005
    # Colder air is denser and the fans stand at their least speed: a hair more power.
    assert np.diff(values).min() > -1e-7


def test_thin_air_costs_fans_and_capacity(book, make_air):
    bare = replace(OUTAGE, trim_chiller=False)
    sea, hill = (
        LIQUID.plant(make_air([40.0], pressure=p), 1.0, bare, book)
        for p in (101e3, 85e3)
    )
    assert hill.heat_unmet.item() > sea.heat_unmet.item() > 0.0
    assert hill.capacity_share.item() < sea.capacity_share.item() < 1.0
    assert hill.air_fans.item() > sea.air_fans.item()


def test_a_tower_can_carry_the_residual_heat(book, make_air):
    air = make_air([35.0], temp_dew=12.0)
    towers = replace(CHOICES, residual_loop="tower")
    wet, dry = (LIQUID.plant(air, 1.0, c, book) for c in (towers, CHOICES))
    assert wet.drift.item() > 0.0 == dry.drift.item()
    assert wet.compressors.item() < dry.compressors.item()


def test_residual_tower_needs_water(book, make_air):
    choices = replace(OUTAGE, residual_loop="tower")
    assert "water" in LIQUID.refused(make_air([20.0]), choices, book)[0]


@pytest.mark.parametrize("system", ["rear_door", "immersion"])
def test_other_circuits_keep_the_balance(book, make_air, system):
    air = make_air(np.linspace(-20, 49, 300))
    plant = SYSTEMS[system].plant(air, 1.0, CHOICES, book)
    make = {"rear_door": rear_doors, "immersion": immersion_tanks}[system]
    circuit = make(CHOICES, book)
    hall = hall_heat(1 - circuit.heat_fraction, 1.0, book) + plant.air_fans
    out = plant.heat_economised + plant.heat_chilled + plant.heat_trim
    assert np.abs(hall + circuit.full_heat - out - plant.heat_unmet).max() < 1e-9


def test_cooler_doors_want_more_chillers_than_tanks(book, make_air):
    air = make_air([30.0], temp_dew=12.0)
    doors, tanks = (
        SYSTEMS[name].plant(air, 1.0, OUTAGE, book)
        for name in ("rear_door", "immersion")
    )
    assert doors.heat_trim.item() > 0.5
    assert tanks.heat_trim.item() == 0.0
