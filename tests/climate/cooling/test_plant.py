"""The account of a plant: every kilowatt on one line."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS
from climate.cooling.plant import COMPONENTS, operate
from data.choices import CoolingChoices

CHOICES = CoolingChoices()
TEMPS = np.linspace(-20.0, 49.0, 200)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("utilisation", [0.2, 0.7, 1.0])
def test_every_hour_the_ledger_is_the_whole_overhead(
    book, make_air, system, utilisation
):
    plant = SYSTEMS[system].plant(make_air(TEMPS), utilisation, CHOICES, book)
    done = operate(plant, utilisation, book)
    assert tuple(done.ledger) == COMPONENTS
    overhead = sum(done.ledger.values()) / utilisation
    assert np.abs(1.0 + overhead - done.pue).max() < 1e-12
    assert all((line >= 0).all() for line in done.ledger.values())


def test_pue_without_cooling_is_the_electrical_chain(book, make_air):
    plant = SYSTEMS["air_chiller"].plant(make_air(TEMPS), 1.0, CHOICES, book)
    nothing = np.zeros_like(plant.water)
    still = replace(
        plant,
        air_fans=nothing,
        pumps=nothing,
        compressors=nothing,
        rejection_fans=nothing,
    )
    # UPS 0.0303, distribution 0.01, lighting 0.001, auxiliaries 0.005, transformers
    # 1.5 (0.001 + 0.005 (1.0463/1.5)²) = 0.00515.
    assert operate(still, 1.0, book).pue == pytest.approx(1.05145, abs=2e-5)


def test_water_counts_per_energy_of_it(book, make_air):
    plant = SYSTEMS["liquid_dry"].plant(make_air([45.0]), 0.5, CHOICES, book)
    nothing = np.zeros((1, 1))
    thirsty = replace(
        plant,
        evaporation=np.array([[1.0]]),
        drift=np.array([[0.1]]),
        blowdown=np.array([[0.4]]),
        seawater=nothing + 99.0,
    )
    assert operate(thirsty, 0.5, book).wue_l_per_kwh.item() == pytest.approx(3.0)
