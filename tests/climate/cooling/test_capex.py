"""What the plant costs."""

from dataclasses import replace

import pytest

from climate.cooling import cool, plant_capex
from climate.cooling.capex import capex_usd_per_kw_it, dry_cooler_usd_per_kw
from data.choices import CoolingChoices


def test_dry_cooler_price_goes_with_area(book):
    assert dry_cooler_usd_per_kw(20.0, book) == book.capex_dry_cooler_usd_per_kw
    assert dry_cooler_usd_per_kw(10.0, book) == 2 * book.capex_dry_cooler_usd_per_kw


def test_wholly_air_cooled_hall_costs_its_row(book, make_weather):
    weather = make_weather(pressure=101325.0).isel(time=slice(0, 48))
    cost = plant_capex(
        cool(weather, CoolingChoices(), book, 0.7), CoolingChoices(), book
    )
    air = cost.sel(system="air_chiller").item()
    assert air == pytest.approx(book.capex_air_loop_usd_per_kw_it)
    assert cost.attrs["units"] == "USD/kW"


def test_parts_add_up(book):
    liquid = capex_usd_per_kw_it(1.0, 0.0, 0.0, 14.0, book)
    assert liquid == pytest.approx(350 * 20 / 14 + book.capex_cdu_usd_per_kw)
    both = capex_usd_per_kw_it(1.0, 0.2, 0.3, 14.0, book)
    air = capex_usd_per_kw_it(0.0, 0.2, 0.0, 14.0, book)
    trim = capex_usd_per_kw_it(0.0, 0.0, 0.3, 14.0, book)
    assert both == pytest.approx(liquid + air + trim)


def test_trim_chiller_is_paid_for_only_where_fitted(book, make_weather):
    weather = make_weather(mean=25.0).isel(time=slice(4000, 4400))
    fitted = CoolingChoices(systems=("liquid_dry",))
    bare = replace(fitted, trim_chiller=False)
    costs = [
        plant_capex(cool(weather, c, book, 0.7), c, book).item() for c in (fitted, bare)
    ]
    assert costs[0] > costs[1]
