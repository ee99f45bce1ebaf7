"""System (d): limits against system (c) and against dry running, orderings."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import air_chiller, liquid_dry
from climate.cooling.electrical import hall_heat
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
OUTAGE = replace(CHOICES, water_available=False)
SWEEP = np.arange(-25.0, 49.9, 0.01)


def pue(air, choices, book, utilisation=1.0):
    plant = liquid_dry.plant(air, utilisation, choices, book)
    return operate(plant, utilisation, book).pue


def test_without_liquid_heat_it_is_the_air_cooled_hall(book, make_air):
    no_liquid = replace(book, liquid_heat_fraction=0.0)
    air = make_air(np.linspace(-20, 49, 300))
    for utilisation in (0.3, 1.0):
        hall = air_chiller.plant(air, utilisation, CHOICES, no_liquid)
        expected = operate(hall, utilisation, no_liquid).pue
        found = pue(air, CHOICES, no_liquid, utilisation)
        assert np.abs(found - expected).max() < 1e-12


@pytest.mark.parametrize("choices", [CHOICES, OUTAGE, replace(OUTAGE, trim_chiller=0)])
@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
def test_heat_in_equals_heat_out(book, make_air, choices, utilisation):
    plant = liquid_dry.plant(
        make_air(np.linspace(-20, 55, 300)), utilisation, choices, book
    )
    f = book.liquid_heat_fraction
    pumped = liquid_dry.pump_power(utilisation, book)
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
    assert liquid_dry.plant(air, 1.0, CHOICES, book).mode.tolist() == [
        [FREE, PARTIAL, ADIABATIC]
    ]
    assert liquid_dry.plant(air, 1.0, OUTAGE, book).mode[0, 2] == TRIM
    bare = replace(OUTAGE, trim_chiller=False)
    assert liquid_dry.plant(air, 1.0, bare, book).mode[0, 2] == SHORTFALL


def test_wetted_hours_leave_no_rounding_on_the_trim_chiller(book, make_air):
    plant = liquid_dry.plant(make_air(SWEEP, 8.0), 1.0, CHOICES, book)
    assert (plant.water > 0).any()
    assert (plant.heat_trim == 0).all()


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
        liquid_dry.plant(
            air, 1.0, replace(CHOICES, facility_water_c=w), book
        ).water.item()
        for w in (32, 40, 45)
    ]
    assert water[0] > water[1] > water[2]


def test_dry_peak_exceeds_wet_peak(book, make_air):
    air = make_air([44.0], temp_dew=12.0)
    gap = pue(air, OUTAGE, book) - pue(air, CHOICES, book)
    assert gap.item() > 0.05


def test_no_water_and_no_trim_when_the_loop_is_hot(book, make_air):
    hot = replace(CHOICES, facility_water_c=80.0)
    plant = liquid_dry.plant(make_air(np.linspace(-20, 49, 100)), 1.0, hot, book)
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
        liquid_dry.plant(make_air([40.0], pressure=p), 1.0, bare, book)
        for p in (101e3, 85e3)
    )
    assert hill.heat_unmet.item() > sea.heat_unmet.item() > 0.0
    assert hill.capacity_share.item() < sea.capacity_share.item() < 1.0
    assert hill.air_fans.item() > sea.air_fans.item()


def test_load_share_at_full_and_least_load(book):
    assert liquid_dry.liquid_load(1.0, book) == pytest.approx(1.0)
    assert liquid_dry.liquid_load(0.5, book) < 0.5


def test_pumps_follow_the_square_of_load_to_their_floor(book):
    full, half, idle = (liquid_dry.pump_power(u, book) for u in (1.0, 0.5, 0.01))
    assert full == pytest.approx(0.015 * 0.85)
    assert half == pytest.approx(full / 4)
    assert idle == pytest.approx(full * book.speed_floor**2)


@pytest.mark.parametrize(("water", "refused"), [(32, False), (40, False), (45, True)])
def test_coolant_limit_of_the_racks(book, water, refused):
    choices = CoolingChoices(facility_water_c=water)
    reason = liquid_dry.inadmissible_because(choices, book)
    assert bool(reason) is refused
