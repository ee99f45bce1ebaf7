"""The book as it stands under a scenario, and words found in it."""

import pytest

from data import World, load_world
from siting.assumptions_told import book_table, found
from siting.loading import load_scenario

NAME = "power.azn_per_usd"


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_overrides_take_the_place_of_tabled_numbers(world: World) -> None:
    table = book_table(world, load_scenario("base", [f"{NAME}=1.9"]))
    assert table.index.tolist() == world.tables["parameters"].index.tolist()
    assert (table.loc[NAME, "in_force"], table.loc[NAME, "value"]) == (1.9, 1.7)
    assert table.index[table["changed"]].tolist() == [NAME]
    assert table.loc[NAME, "room"] == "power"
    plain = book_table(world, load_scenario("base"))
    assert not plain["changed"].any()
    assert (plain["in_force"] == plain["value"]).all()


def test_every_word_must_be_found_and_none_is_a_pattern(world: World) -> None:
    table = book_table(world, load_scenario("base"))
    assert NAME in found(table, "AZN_per azn/usd").index
    assert found(table, "azn_per pump").empty
    assert found(table, ".*").empty
    assert len(found(table, " ")) == len(table)
