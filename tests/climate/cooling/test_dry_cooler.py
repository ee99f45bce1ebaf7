"""Dry coolers: the design rule, the water they drink, the air they need."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling.dry_cooler import (
    air_rise,
    dry_cooler_usd_per_kw,
    fan_rating,
    reject,
)
from climate.cooling.pads import latent_heat
from data.choices import CoolingChoices

DRY = CoolingChoices(adiabatic=False)
WET = CoolingChoices()


@pytest.fixture
def rated_air(book, make_air):
    """Air of catalogue density at any temperature."""

    def make(temps):
        air = make_air(temps)
        return replace(
            air, density=np.full_like(air.density, book.dry_cooler_design_density)
        )

    return make


@pytest.mark.parametrize(("water", "limit"), [(32, 25.3), (40, 33.3), (45, 38.3)])
def test_warmest_air_a_20_k_design_runs_dry_in(book, rated_air, water, limit):
    # Published with the design rule (model, governing rules): 25 / 33 / 38 degC.
    air = rated_air([limit - 0.1, limit + 0.1])
    choices = replace(DRY, itd_k=20.0)
    unmet = reject(air, 1.0, water + 10.0, choices, book).unmet[0]
    assert unmet[0] == 0.0
    assert unmet[1] > 0.0


def test_full_fans_draw_with_the_density_of_the_air(book, make_air):
    # Too hot to carry the load: full speed at both heights, power ∝ ρ.
    low, high = (make_air([60.0], pressure=p) for p in (101e3, 85e3))
    at_low, at_high = (reject(air, 1.0, 50.0, DRY, book) for air in (low, high))
    assert at_high.unmet.item() > 0.0
    share = high.density / low.density
    assert at_high.fans / at_low.fans == pytest.approx(share, rel=1e-12)
    rated = fan_rating(DRY.itd_k, book) * low.density / book.dry_cooler_design_density
    assert at_low.fans == pytest.approx(rated, rel=1e-12)


@pytest.mark.parametrize(("water", "itd"), [(40, 8.4), (45, 14.4)])
def test_tightest_design_that_stays_dry_at_43_degrees(book, rated_air, water, itd):
    air = rated_air([43.0])
    short = [
        reject(air, 1.0, water + 10.0, replace(DRY, itd_k=itd + d), book).unmet.item()
        for d in (-0.05, 0.05)
    ]
    assert short[0] == 0.0
    assert short[1] > 0.0


def test_fan_rating_grows_with_the_air_a_tight_design_moves(book):
    assert air_rise(20.0, book) == 12.0
    assert air_rise(14.0, book) == pytest.approx(8.4)
    ratio = fan_rating(14.0, book) / fan_rating(20.0, book)
    assert ratio == pytest.approx(12.0 / 8.4)


def test_water_evaporated_equals_the_cooling_of_the_air(book, make_air):
    air = make_air([45.0], temp_dew=12.0)
    done = reject(air, 1.0, 50.0, replace(WET, itd_k=20.0), book)
    flow = book.dry_cooler_area_ratio * air.density / book.dry_cooler_design_density
    flow = flow / (1.006 * 12.0)
    evaporated = done.evaporation / 3600.0
    cooled = evaporated * latent_heat(air.wet_bulb) / (1.006 * flow)
    least = 45.0 - (50.0 - 20.0 / (1.25 * 0.96 * (air.density / 1.2) ** 0.7))
    assert done.unmet.item() == 0.0
    assert cooled.item() == pytest.approx(least.item(), rel=1e-9)


def test_no_pad_effect_equals_dry(book, make_air):
    air = make_air(np.linspace(-10, 48, 100))
    no_pads = replace(book, adiabatic_effectiveness=1e-12)
    wet, dry = (reject(air, 1.0, 50.0, c, no_pads) for c in (WET, DRY))
    assert wet.unmet == pytest.approx(dry.unmet, abs=1e-9)
    assert wet.evaporation.max() < 1e-9


def test_water_flows_only_when_needed_and_allowed(book, make_air):
    air = make_air([20.0, 45.0])
    assert (reject(air, 1.0, 50.0, WET, book).evaporation > 0).tolist() == [
        [False, True]
    ]
    outage = replace(WET, water_available=False)
    assert (reject(air, 1.0, 50.0, outage, book).evaporation == 0).all()


def test_pads_are_drained_in_frost(book, make_air):
    cold = reject(make_air([4.0], temp_dew=-5.0), 1.0, 10.0, WET, book)
    assert cold.evaporation.item() == 0.0
    assert cold.unmet.item() > 0.0


def test_warm_enough_water_needs_nothing(book, make_air):
    done = reject(make_air(np.linspace(-10, 48, 100)), 1.0, 90.0, WET, book)
    assert done.evaporation.max() == 0.0
    assert done.unmet.max() == 0.0


def test_thin_air_carries_less(book, make_air):
    sea, hill = (
        reject(make_air([42.0], pressure=p), 1.0, 50.0, DRY, book).unmet.item()
        for p in (101e3, 85e3)
    )
    assert hill > sea > 0.0


def test_light_load_slows_the_fans(book, make_air):
    air = make_air([35.0])
    full, half = (reject(air, q, 50.0, DRY, book).fans.item() for q in (1.0, 0.5))
    assert half < full / 8


def test_water_cooler_than_the_air_rejects_nothing(book, make_air):
    done = reject(make_air([45.0]), 0.8, 42.0, DRY, book)
    assert done.unmet.item() == pytest.approx(0.8)


def test_price_goes_with_coil_area(book):
    assert dry_cooler_usd_per_kw(20.0, book) == book.capex_dry_cooler_usd_per_kw
    assert dry_cooler_usd_per_kw(10.0, book) == 2 * book.capex_dry_cooler_usd_per_kw
