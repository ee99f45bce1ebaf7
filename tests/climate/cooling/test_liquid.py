"""Liquid circuits: load, pumps and what the racks refuse."""

from dataclasses import replace

import pytest

from climate.cooling.liquid import (
    circuit_load,
    cold_plates,
    immersion_tanks,
    pumps,
    rear_doors,
)
from data.choices import CoolingChoices

CHOICES = CoolingChoices()


def test_load_share_at_full_and_part_load(book):
    circuit = cold_plates(CHOICES, book)
    assert circuit_load(circuit, 1.0, book) == pytest.approx(1.0)
    assert circuit_load(circuit, 0.5, book) < 0.5


def test_pumps_follow_the_square_of_load_to_their_floor(book):
    circuit = cold_plates(CHOICES, book)
    full, half, idle = (pumps(circuit, u, book) for u in (1.0, 0.5, 0.01))
    assert full == pytest.approx(0.015 * 0.85)
    assert half == pytest.approx(full / 4)
    assert idle == pytest.approx(full * book.speed_floor**2)


@pytest.mark.parametrize(("water", "refused"), [(32, False), (40, False), (45, True)])
def test_coolant_limit_of_the_racks(book, water, refused):
    circuit = cold_plates(CoolingChoices(facility_water_c=water), book)
    assert bool(circuit.refusal) is refused


@pytest.mark.parametrize(
    ("workload", "refused"), [("training", True), ("colocation", False)]
)
def test_rear_doors_refuse_dense_racks(book, workload, refused):
    circuit = rear_doors(replace(CHOICES, workload=workload), book)
    assert bool(circuit.refusal) is refused


def test_tanks_take_all_heat_warm(book):
    tanks, plates = immersion_tanks(CHOICES, book), cold_plates(CHOICES, book)
    assert tanks.heat_fraction == 1.0
    assert tanks.refusal == ""
    assert plates.return_c == plates.supply_c + book.liquid_water_rise_k
