"""System (e): published single values, balances, limits."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS, sea_water
from climate.cooling.chillers import cop_water_cooled
from climate.cooling.electrical import hall_heat
from climate.cooling.hall import loop_water, pump_ratio
from climate.cooling.plant import FREE, MECHANICAL, PARTIAL, SHORTFALL, UNKNOWN, operate
from data.choices import CoolingChoices

INFERENCE = CoolingChoices(workload="inference")
TRAINING = CoolingChoices()
SEA = SYSTEMS["sea_water"]


@pytest.fixture
def shore(make_air):
    """Air at 25 degC beside a sea of the given temperatures."""

    def make(temp_sea, lift=0.0):
        sea = np.atleast_2d(np.asarray(temp_sea, dtype=float))
        air = make_air(np.full(sea.shape[-1], 25.0), temp_dew=15.0)
        place = {"sea_distance_km": 1.0, "sea_lift_m": lift}
        return replace(
            air, temp_sea=sea, **{n: np.array([[v]]) for n, v in place.items()}
        )

    return make


@pytest.mark.parametrize(("head", "published"), [(30.0, 0.0137), (90.0, 0.041)])
def test_pump_power_of_the_published_heads(book, shore, head, published):
    # Model §4e: 7.5 K rise, efficiency 0.7.
    deep = replace(book, sea_friction_head_m=head)
    power, _ = sea_water.lifted(np.array([[1.0]]), shore(10.0), deep)
    assert power.item() == pytest.approx(published, rel=5e-3)


def test_abstraction_of_the_published_rise(book, shore):
    _, flow = sea_water.lifted(np.array([[1.0]]), shore(10.0), book)
    assert flow.item() == pytest.approx(117.4, abs=0.1)


def test_lift_costs_pumping_unless_it_is_recovered(book, shore):
    heat = np.array([[1.0]])
    low, high = (sea_water.lifted(heat, shore(10.0, m), book)[0] for m in (0.0, 30.0))
    assert (high / low).item() == pytest.approx(2.0)
    sealed = replace(book, sea_static_lift_share=0.0)
    assert sea_water.lifted(heat, shore(10.0, 30.0), sealed)[0] == low


def test_hall_modes_follow_the_sea(book, shore):
    plant = SEA.plant(shore([10.0, 24.0, 29.0, np.nan]), 1.0, INFERENCE, book)
    assert plant.mode.tolist() == [[FREE, PARTIAL, MECHANICAL, UNKNOWN]]


def test_condensers_stand_behind_the_exchanger(book, shore):
    # Condenser water = sea + approach + half the rise: 30 + 2.25 + 3.75 = 36 degC.
    plant = SEA.plant(shore([30.0]), 1.0, INFERENCE, book)
    assert plant.mode.item() == MECHANICAL
    supply, _ = loop_water(book)
    loading = 1.0 / book.redundancy
    cop = cop_water_cooled(np.array(36.0), loading, supply, book)
    assert (plant.heat_chilled / plant.compressors).item() == pytest.approx(cop)


def test_a_wider_exchanger_acts_as_a_warmer_sea(book, shore):
    wide = replace(book, sea_exchanger_approach_k=book.sea_exchanger_approach_k + 2.0)
    for choices, sea in ((INFERENCE, [12.0, 24.0, 30.0]), (TRAINING, [20.0, 30.0])):
        warm = SEA.plant(shore(np.add(sea, 2.0)), 1.0, choices, book)
        behind = SEA.plant(shore(sea), 1.0, choices, wide)
        assert behind.compressors == pytest.approx(warm.compressors, rel=1e-12)
        assert behind.heat_unmet == pytest.approx(warm.heat_unmet, rel=1e-12)


def test_warm_liquid_is_free_in_any_caspian_summer(book, shore):
    plant = SEA.plant(shore([6.0, 20.0, 30.0]), 1.0, TRAINING, book)
    assert (plant.heat_unmet == 0).all()
    pue = operate(plant, 1.0, book).pue
    # Model §4e: 1.075 to 1.10 all year with W40.
    assert pue.min() > 1.07
    assert pue.max() < 1.12


def test_sea_too_warm_for_the_loop_is_a_shortfall(book, shore):
    cold_loop = replace(TRAINING, facility_water_c=20.0)
    plant = SEA.plant(shore([25.0]), 1.0, cold_loop, book)
    assert plant.mode.item() == SHORTFALL
    share = (25.0 + 2.25 - 20.0) / 10.0
    assert plant.capacity_share.item() == pytest.approx(1.0 - share)


@pytest.mark.parametrize("choices", [INFERENCE, TRAINING])
@pytest.mark.parametrize("utilisation", [0.3, 1.0])
def test_heat_in_equals_heat_out(book, shore, choices, utilisation):
    plant = SEA.plant(shore(np.linspace(0, 35, 200)), utilisation, choices, book)
    circuit = sea_water.loop_circuit(choices, book)
    hall = hall_heat(1 - circuit.heat_fraction, utilisation, book) + plant.air_fans
    liquid = circuit.heat_fraction * utilisation
    if circuit.heat_fraction:
        liquid += sea_water.pumps(circuit, utilisation, book)
    out = plant.heat_economised + plant.heat_chilled + plant.heat_unmet
    assert np.abs(hall + liquid - out).max() < 1e-9


def test_the_sea_carries_heat_compressors_and_loop_pumps(book, shore):
    plant = SEA.plant(shore([12.0, 24.0, 30.0]), 1.0, INFERENCE, book)
    per_second = plant.seawater / 3.6e6
    carried = per_second * book.sea_heat_capacity_kj_per_m3_k * book.sea_rise_k
    hall = hall_heat(1.0, 1.0, book) + plant.air_fans
    ratio = pump_ratio(book.air_water_rise_k, book.pump_pressure_pa, book)
    assert carried == pytest.approx(hall * (1.0 + ratio) + plant.compressors, rel=1e-12)


def test_no_fresh_water_is_used(book, shore):
    plant = SEA.plant(shore([5.0, 30.0]), 1.0, TRAINING, book)
    assert (plant.water == 0).all()
    assert (plant.seawater > 0).all()


@pytest.mark.parametrize("choices", [INFERENCE, TRAINING])
def test_pue_is_continuous_and_rises_with_the_sea(book, shore, choices):
    plant = SEA.plant(shore(np.arange(0.0, 35.0, 0.01)), 1.0, choices, book)
    steps = np.diff(operate(plant, 1.0, book).pue)
    assert np.abs(steps).max() < 0.01
    assert steps.min() > -1e-12
