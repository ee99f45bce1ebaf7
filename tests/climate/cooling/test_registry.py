"""The systems on offer."""

from dataclasses import replace

import pytest

from climate.cooling import SYSTEMS, cool
from data.choices import CoolingChoices

CHOICES = CoolingChoices()


@pytest.mark.parametrize("names", [("towre",), ()])
def test_unknown_system_is_refused_with_the_known_ones(weather, book, names):
    with pytest.raises(ValueError, match="air_chiller, liquid_dry"):
        cool(weather, replace(CHOICES, systems=names), book, 0.7)


def test_systems_come_in_the_order_asked(weather, book):
    names = ("liquid_dry", "air_chiller")
    found = cool(weather, replace(CHOICES, systems=names), book, 0.7)
    assert tuple(found["system"].values) == names
    assert set(names) == set(SYSTEMS)
