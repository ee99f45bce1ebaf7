"""What the plant costs."""

from dataclasses import replace

import pytest

from climate.cooling import cool, plant_capex
from data.choices import CoolingChoices

CHOICES = CoolingChoices(workload="inference")
SEA_LEVEL = 101325.0


@pytest.fixture
def cost(book, make_weather, by_the_sea):
    def priced(choices):
        weather = by_the_sea(make_weather(pressure=SEA_LEVEL)).isel(
            time=slice(4000, 4400)
        )
        return plant_capex(cool(weather, choices, book, 0.7), choices, book).isel(
            site=0
        )

    return priced


@pytest.mark.parametrize(
    ("system", "row"),
    [("air_chiller", "air_loop"), ("tower", "tower"), ("airside", "airside")],
)
def test_wholly_air_cooled_halls_cost_their_row(book, cost, system, row):
    found = cost(CHOICES).sel(system=system).item()
    expected = getattr(book, f"capex_{row}_usd_per_kw_it")
    # Outdoor-air handlers move air against more pressure, so they carry more heat.
    assert found == pytest.approx(expected, rel=0.02 if system == "airside" else 1e-9)
    assert cost(CHOICES).attrs["units"] == "USD/kW"


def test_sea_water_pays_for_its_intake_by_the_heat(book, make_weather, by_the_sea):
    weather = by_the_sea(make_weather()).isel(time=slice(0, 48))
    dear = replace(book, capex_sea_usd_per_kw=book.capex_sea_usd_per_kw + 100.0)
    choices = CoolingChoices(systems=("sea_water",))
    cooled = cool(weather, choices, book, 0.7)
    heat = cooled["liquid_heat_kw_per_kw_it"] + cooled["air_heat_kw_per_kw_it"]
    more = plant_capex(cooled, choices, dear) - plant_capex(cooled, choices, book)
    assert more.item() == pytest.approx(100.0 * heat.item())


def test_trim_chiller_is_paid_for_only_where_fitted(book, make_weather):
    weather = make_weather(mean=25.0).isel(time=slice(4000, 4400))
    fitted = CoolingChoices(systems=("liquid_dry",))
    bare = replace(fitted, trim_chiller=False)
    costs = [
        plant_capex(cool(weather, c, book, 0.7), c, book).item() for c in (fitted, bare)
    ]
    assert costs[0] > costs[1]


def test_parts_of_a_liquid_hall_add_up(book, make_weather):
    weather = make_weather(pressure=SEA_LEVEL).isel(time=slice(4000, 4400))
    choices = CoolingChoices(systems=("liquid_dry",))
    cooled = cool(weather, choices, book, 0.7)
    circuit = 350 * 20 / 14 + book.capex_cdu_usd_per_kw
    liquid, air, trim = (
        cooled[f"{part}_heat_kw_per_kw_it"].item() for part in ("liquid", "air", "trim")
    )
    full = (1.0 + 0.0303 + 0.01 + 0.001) / (1.0 - 0.03263)
    expected = (
        liquid * circuit
        + air / full * book.capex_air_loop_usd_per_kw_it
        + trim * book.capex_trim_chiller_usd_per_kw
    )
    assert plant_capex(cooled, choices, book).item() == pytest.approx(
        expected, rel=1e-4
    )
