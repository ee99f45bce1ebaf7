"""System (a): what outdoor air can do, its humidity window, its balances."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS, airside
from climate.cooling.electrical import hall_heat
from climate.cooling.plant import (
    ADIABATIC,
    FREE,
    MECHANICAL,
    PARTIAL,
    SHORTFALL,
    TRIM,
    operate,
)
from climate.psychrometrics import enthalpy, humidity_ratio
from data.choices import CoolingChoices

CHOICES = CoolingChoices(workload="inference")
OUTAGE = replace(CHOICES, water_available=False)
AIRSIDE = SYSTEMS["airside"]


@pytest.fixture
def clean(book):
    """The book without dust: every hour may open its dampers."""
    return replace(book, airside_lockout_share=0.0)


def run(air, book, choices=CHOICES, utilisation=1.0):
    return AIRSIDE.plant(air, utilisation, choices, book)


def test_modes_in_rising_heat(clean, make_air):
    air = make_air([10.0, 35.0, 41.0, 48.0], temp_dew=[10.0, 8.0, 15.0, 12.0])
    assert run(air, clean).mode.tolist() == [[FREE, ADIABATIC, TRIM, TRIM]]
    without = run(air, clean, OUTAGE).mode.tolist()
    assert without == [[FREE, PARTIAL, PARTIAL, MECHANICAL]]


def test_humid_air_is_shut_out(clean, make_air):
    # A dew point above the limit of 21 degC: warm but cooler than the supply.
    plant = run(make_air([25.0], temp_dew=24.0), clean)
    assert plant.mode.item() == MECHANICAL
    assert plant.heat_economised.item() == 0.0


def test_dust_shuts_the_stated_share_of_hours(book, make_air):
    dusty = replace(book, airside_lockout_share=0.05)
    plant = run(make_air(np.full(8760, 10.0)), dusty)
    share = (plant.mode == MECHANICAL).mean()
    assert share == pytest.approx(0.05, abs=0.002)
    by_hour = (plant.mode == MECHANICAL).reshape(-1, 24).sum(axis=0)
    assert by_hour.min() > 10  # spread over the day, not always at night


@pytest.mark.parametrize("utilisation", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("choices", [CHOICES, OUTAGE])
def test_heat_in_equals_heat_out(book, make_air, utilisation, choices):
    plant = run(make_air(np.linspace(-25, 55, 400)), book, choices, utilisation)
    into_air = hall_heat(1.0, utilisation, book) + plant.air_fans
    out = plant.heat_economised + plant.heat_chilled + plant.heat_unmet
    assert np.abs(into_air - out).max() < 1e-9


def test_mixed_air_enters_at_the_set_point(clean, make_air):
    air = make_air(np.linspace(-25, 27, 50), temp_dew=-8.0)
    intake = airside.treat(air, CHOICES, clean)
    back = clean.air_supply_c + clean.air_temperature_rise_k
    mixed = intake.outdoor * air.temp_air + (1.0 - intake.outdoor) * back
    assert np.abs(mixed - clean.air_supply_c).max() < 1e-9


def test_pads_keep_the_enthalpy(clean, make_air):
    air = make_air([38.0], temp_dew=10.0)
    drop, gain = airside.full_pads(air, CHOICES, clean)
    before = enthalpy(air.temp_air, air.humidity_ratio)
    after = enthalpy(air.temp_air - drop, air.humidity_ratio + gain)
    assert after.item() == pytest.approx(before.item(), rel=1e-3)
    assert drop.item() == pytest.approx(0.8 * (38.0 - air.wet_bulb.item()))


def test_supply_stays_inside_the_humidity_window(clean, make_air):
    temps = np.linspace(-25, 48, 400)
    air = make_air(temps, temp_dew=temps - 12.0)
    intake = airside.treat(air, CHOICES, clean)
    driest, wettest = airside.humidity_window(air.pressure, clean)
    supply = air.humidity_ratio + intake.wet_gain + intake.dry_gain
    used = intake.open
    assert (supply[used] <= wettest[used] * (1 + 1e-9)).all()
    assert (supply[used] >= driest[used] * (1 - 1e-9)).all()


def test_window_is_the_narrower_of_dew_point_and_humidity(book):
    pressure = np.array(101325.0)
    _, wettest = airside.humidity_window(pressure, book)
    assert wettest == humidity_ratio(21.0, 100.0, pressure)
    narrow = replace(book, airside_humidity_high_pct=50.0)
    _, capped = airside.humidity_window(pressure, narrow)
    assert capped == humidity_ratio(book.air_supply_c, 50.0, pressure)


def test_dry_cold_air_is_humidified(clean, make_air):
    plant = run(make_air([-15.0, -15.0], temp_dew=[-16.0, -30.0]), clean)
    assert plant.evaporation[0, 1] > plant.evaporation[0, 0] > 0.0
    assert run(make_air([-15.0], temp_dew=-30.0), clean, OUTAGE).water.item() == 0.0


def test_water_is_what_the_air_gains(clean, make_air):
    air = make_air([35.0], temp_dew=8.0)
    plant = run(air, clean)
    intake = airside.treat(air, CHOICES, clean)
    heat = hall_heat(1.0, 1.0, clean) + plant.air_fans
    flow = heat / (1.01 * clean.air_temperature_rise_k)
    gained = flow * intake.wet_gain * 3600
    assert plant.evaporation.item() == pytest.approx(gained.item(), rel=1e-12)
    assert plant.blowdown.item() == pytest.approx(0.3 * gained.item(), rel=1e-12)


def test_mist_pumps_lift_all_they_spray(clean, make_air):
    # Water flow [m³/s] times pressure over efficiency; no chiller pump runs beside.
    plant = run(make_air([35.0], temp_dew=8.0), clean)
    assert plant.mode.item() == ADIABATIC
    flow = plant.water / 3.6e6
    power = flow * clean.airside_mist_pressure_pa / clean.pump_efficiency / 1000.0
    assert plant.pumps == pytest.approx(power, rel=1e-12)


def test_shut_dampers_let_no_air_in_and_wet_none(book, make_air):
    # Dust in every hour: air that would need pads, or humidifying, stays outside.
    dusty = replace(book, airside_lockout_share=1.0)
    air = make_air([35.0, -15.0], temp_dew=[8.0, -30.0])
    assert (airside.treat(air, CHOICES, dusty).outdoor == 0.0).all()
    assert (run(air, dusty).water == 0.0).all()


def test_no_pad_effect_equals_no_pads(clean, make_air):
    air = make_air(np.linspace(28, 48, 100), temp_dew=10.0)
    still = replace(clean, airside_pad_effectiveness=1e-13)
    wet = operate(run(air, still), 1.0, still).pue
    dry = operate(run(air, still, replace(CHOICES, adiabatic=False)), 1.0, still).pue
    assert np.abs(wet - dry).max() < 1e-9


def test_pads_save_chillers(clean, make_air):
    air = make_air([33.0, 38.0], temp_dew=10.0)
    wet, dry = (run(air, clean, c).compressors for c in (CHOICES, OUTAGE))
    assert (wet < dry).all()


def test_temperature_alone_never_lowers_the_pue(clean, make_air):
    air = make_air(np.arange(-10.0, 49.9, 0.01), temp_dew=5.0)
    for choices in (CHOICES, OUTAGE):
        pue = operate(run(air, clean, choices), 1.0, clean).pue
        assert np.diff(pue).min() > -1e-7
        assert np.abs(np.diff(pue)).max() < 0.01


def test_a_tower_may_trim(clean, make_air):
    air = make_air([25.0], temp_dew=24.0)
    towers = replace(CHOICES, residual_loop="tower")
    plant = run(air, clean, towers)
    assert plant.drift.item() > 0.0
    assert plant.compressors.item() < run(air, clean).compressors.item()


def test_shortfall_beyond_the_lock_out(clean, make_air):
    plant = run(make_air([54.0], temp_dew=25.0), clean)
    assert plant.mode.item() == SHORTFALL
    assert plant.capacity_share.item() < 1.0
