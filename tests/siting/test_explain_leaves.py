"""The ends of a tree: what a whole table, a choice and the weather say of themselves."""

from types import SimpleNamespace

import pytest
import xarray as xr

from data import World
from data.schema import GRADES
from siting.explain_leaves import CHOICE, LEAVES, Ground, filled, plant_nodes, shown
from siting.loading import load_scenario


def ground(world: World, *sets: str) -> Ground:
    return Ground(
        site="AZ01",
        values={"cooling_system": "tower"},
        about={"weather_grade": "assumed", "weather_source": "synthetic"},
        world=world,
        scenario=load_scenario("base", sets),
        row=dict(world.tables["sites"].loc["AZ01"]),
        own=False,
        known=True,
        drawn={},
    )


def test_a_whole_table_has_its_weakest_grade_and_its_dates(world: World) -> None:
    node = LEAVES["table"]("lines", ground(world))
    rows = world.tables["lines"]
    assert node.value == f"{len(rows)} rows"
    assert node.grade == max(rows["grade"], key=GRADES.index)
    assert node.as_of.split(" to ")[-1] == rows["as_of"].max()
    for grade, count in rows["grade"].value_counts().items():
        assert f"{count} {grade}" in node.source


def test_a_table_of_one_date_states_it_once(world: World) -> None:
    node = LEAVES["table"]("line_types", ground(world))
    dates = world.tables["line_types"]["as_of"].unique()
    assert node.as_of == (dates[0] if len(dates) == 1 else " to ".join(sorted(dates)))


def test_choices_are_told_in_words(world: World) -> None:
    here = ground(world, 'build_out.on=["tcfo"]', "campus.mw=50")
    scenario = LEAVES["scenario"]
    assert scenario("preferences.groups", here).value == (
        "cooling 30, power 40, connectivity 30"
    )
    assert scenario("build_out.on", here).value == "tcfo"
    assert scenario("fibre.russia", here).value == "no"
    node = scenario("campus.mw", here)
    assert (node.value, node.grade, node.source) == ("50", CHOICE, "scenario base")


def test_weather_is_dated_by_the_climate_it_stands_for(world: World) -> None:
    weather = LEAVES["weather"]
    assert weather("temp_air", ground(world)).as_of == "climate of 2035"
    own = ground(world, "climate.pathway=none")
    assert weather("temp_air", own).as_of == "climate of its own years"


def test_names_in_braces_are_filled_from_the_site(world: World) -> None:
    here = ground(world)
    assert filled("plant:{cooling_system}", here) == "plant:tower"
    assert filled("{tax_regime}/{site_id}/{none}", here) == "alat_fez/AZ01/"


def test_a_cooling_system_names_the_numbers_it_computes_with(world: World) -> None:
    labels = {node.label for node in plant_nodes("tower", ground(world))}
    assert "book cooling.tower.approach_k" in labels
    assert not any("cooling.sea." in label for label in labels)
    assert not list(plant_nodes("", ground(world)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "absent"),
        (float("nan"), "absent"),
        (True, "yes"),
        (0.1234567, "0.123457"),
    ],
)
def test_values_are_shown_short_and_absent_as_such(value: object, text: str) -> None:
    assert shown(value) == text


def test_an_override_stands_in_place_of_the_books_number(
    world: World, base: xr.Dataset
) -> None:
    node = LEAVES["book"]("finance.wacc_pct", ground(world, "finance.wacc_pct=12"))
    told = SimpleNamespace(value=node.value, grade=node.grade)
    assert (told.value, told.grade) == ("12", CHOICE)
    assert "the book says 10" in node.source
