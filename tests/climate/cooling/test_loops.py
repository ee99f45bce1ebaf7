"""Which loop carries what the main system leaves in the air."""

from climate.cooling import air_chiller, tower
from climate.cooling.loops import residual, water_refusal
from data.choices import CoolingChoices


def test_the_choice_names_the_loop():
    assert residual(CoolingChoices()) is air_chiller.LOOP
    assert residual(CoolingChoices(residual_loop="tower")) is tower.LOOP


def test_towers_alone_need_water():
    dry = CoolingChoices(water_available=False)
    assert water_refusal("tower", dry)
    assert not water_refusal("air_chiller", dry)
    assert not water_refusal("tower", CoolingChoices())
