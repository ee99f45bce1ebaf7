"""Pads: how far they cool and what that drinks."""

import numpy as np
import pytest

from climate.cooling.pads import latent_heat, pad_cooling, pad_evaporation


def test_latent_heat_of_the_steam_table():
    # 2501 kJ/kg at 0 degC, 2442 at 25, 2406 at 40 (steam tables).
    heat = latent_heat(np.array([0.0, 25.0, 40.0]))
    assert heat == pytest.approx([2501, 2442, 2406], abs=2)


def test_pads_cool_towards_the_wet_bulb(book, make_air):
    air = make_air([40.0], temp_dew=10.0)
    share = pad_cooling(air, True, book) / (air.temp_air - air.wet_bulb)
    assert share.item() == pytest.approx(book.adiabatic_effectiveness)


def test_pads_are_dry_in_frost_and_without_water(book, make_air):
    air = make_air([4.9, 5.1], temp_dew=-5.0)
    assert (pad_cooling(air, True, book)[0] > 0).tolist() == [False, True]
    assert (pad_cooling(air, False, book) == 0).all()


def test_a_kilogram_of_air_by_ten_kelvin():
    # 1.006 kJ/kgK · 10 K / 2442 kJ/kg (25 degC) = 4.12 g/s = 14.8 L/h.
    water = pad_evaporation(np.array(1.0), np.array(10.0), np.array(25.0))
    assert water == pytest.approx(14.83, abs=0.02)
