"""The systems on offer."""

from dataclasses import fields, replace
from typing import get_args

import pytest

from climate.cooling import SYSTEMS, cool
from data.choices import CoolingChoices, CoolingSystem

CHOICES = CoolingChoices()


@pytest.mark.parametrize("names", [("towre",), ()])
def test_unknown_system_is_refused_with_the_known_ones(weather, book, names):
    with pytest.raises(ValueError, match="airside, tower, air_chiller, liquid_dry"):
        cool(weather, replace(CHOICES, systems=names), book, 0.7)


def test_systems_come_in_the_order_asked(weather, book):
    names = ("liquid_dry", "air_chiller")
    found = cool(weather, replace(CHOICES, systems=names), book, 0.7)
    assert tuple(found["system"].values) == names


def test_every_system_can_be_named_in_a_scenario():
    assert set(get_args(CoolingSystem)) == set(SYSTEMS)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_number_a_system_names_is_in_the_book(name, book):
    rows = [field.name for field in fields(book)]
    for start in SYSTEMS[name].numbers:
        stem = start.removeprefix("cooling.").replace(".", "_")
        assert any(row.startswith(stem) for row in rows), start


@pytest.mark.parametrize(
    ("name", "workload", "refused"),
    [
        ("airside", "training", True),
        ("tower", "training", True),
        ("air_chiller", "training", True),
        ("rear_door", "training", True),
        ("liquid_dry", "training", False),
        ("immersion", "training", False),
        ("airside", "inference", False),
        ("tower", "colocation", False),
        ("rear_door", "inference", False),
    ],
)
def test_dense_racks_refuse_air(book, make_air, name, workload, refused):
    choices = replace(CHOICES, workload=workload)
    reasons = SYSTEMS[name].refused(make_air([20.0]), choices, book)
    assert [bool(reason) for reason in reasons] == [refused]


@pytest.mark.parametrize("name", ["tower", "airside", "liquid_dry"])
def test_towers_are_refused_without_water(book, make_air, name):
    choices = replace(
        CHOICES, workload="inference", residual_loop="tower", water_available=False
    )
    assert "water" in SYSTEMS[name].refused(make_air([20.0]), choices, book)[0]


def test_the_sea_serves_the_shore_alone(book, weather, by_the_sea):
    near = by_the_sea(weather, distance=(1.0, 80.0, float("nan")))
    found = cool(near, replace(CHOICES, systems=("sea_water",)), book, 0.7)
    assert found["admissible"].values[:, 0].tolist() == [True, False, False]
    assert "8 km" in found["inadmissible_because"].values[1, 0]


def test_a_cold_loop_is_not_for_the_summer_sea(book, weather, by_the_sea):
    cold = replace(CHOICES, systems=("sea_water",), facility_water_c=25.0)
    found = cool(by_the_sea(weather), cold, book, 0.7)
    assert "too warm" in found["inadmissible_because"].values[0, 0]
    air_racks = replace(cold, workload="inference")
    assert cool(by_the_sea(weather), air_racks, book, 0.7)["admissible"].all()
