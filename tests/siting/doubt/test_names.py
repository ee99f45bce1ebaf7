"""Names of what is in doubt: each stands in the book, and is computed with once."""

from dataclasses import replace

import pytest

from data import World
from siting.doubt.names import (
    AIR,
    COMPUTED,
    FIBRE,
    LINE,
    MOST_OF_AIR,
    OTHERS,
    STATION,
    computed,
    of_rooms,
)
from siting.doubt.responses import ROOMS
from siting.loading import load_scenario
from siting.scenario import Scenario


def test_every_number_moved_stands_in_the_book(world: World) -> None:
    known = set(world.tables["parameters"].index)
    of_air = {name for names in AIR.values() for name in names}
    assert {*of_air, *OTHERS, *STATION, *LINE, *FIBRE} <= known


def test_no_prefix_names_nothing(world: World) -> None:
    names = [str(name) for name in world.tables["parameters"].index]
    idle = [p for p in COMPUTED if not any(name.startswith(p) for name in names)]
    assert idle == []


@pytest.mark.parametrize("workload", ["training", "inference"])
def test_the_load_is_that_of_the_workload(workload: str, world: World) -> None:
    scenario = load_scenario("base", [f"campus.workload={workload}"])
    names = computed(world.tables["parameters"], scenario)
    loads = [name for name in names if name.startswith("campus.utilisation")]
    assert loads == [f"campus.utilisation_{workload}"]
    assert of_rooms(scenario, {"liquid_dry"})["air"][0] == loads[0]


def test_weather_and_cooling_are_run_few_times(scenario: Scenario) -> None:
    for systems in ({"liquid_dry"}, {"airside", "tower"}, {"sea_water"}, set(AIR)):
        rooms = of_rooms(scenario, systems)
        assert set(rooms) == set(ROOMS)
        assert len(rooms["air"]) == len(set(rooms["air"])) <= MOST_OF_AIR


def test_of_several_systems_each_gives_its_first_in_turn(scenario: Scenario) -> None:
    told = of_rooms(scenario, {"tower", "airside"})["air"]
    assert told[1:5] == [
        AIR["airside"][0],
        AIR["tower"][0],
        AIR["airside"][1],
        AIR["tower"][1],
    ]
    assert of_rooms(scenario, {"sea_water"})["air"][1:] == list(OTHERS)


def test_doubt_does_not_depend_on_taste(scenario: Scenario, world: World) -> None:
    other = replace(scenario.preferences, order_by="lcoc")
    table = world.tables["parameters"]
    assert computed(table, replace(scenario, preferences=other)) == computed(
        table, scenario
    )
