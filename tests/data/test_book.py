"""The book: every name reaches a room, and every override is checked."""

from dataclasses import asdict, fields

import numpy as np
import pytest

from data import World, load_world
from data.assumptions.rooms import ROOMS
from data.book import GREATEST, LIMITS, NEVER_ZERO
from data.faults import InputError
from data.load import read_tables


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_every_row_is_a_field_and_every_field_a_row() -> None:
    rows = {str(name).replace(".", "_") for name in read_tables()["parameters"].index}
    named = {f"{room}_{f.name}" for room, t in ROOMS.items() for f in fields(t)}
    assert rows == named


def test_values_lie_within_their_doubt() -> None:
    book = read_tables()["parameters"]
    assert (book["low"] <= book["value"]).all()
    assert (book["value"] <= book["high"]).all()
    assert book["scope"].isin(["common", "region", "site"]).all()


def test_resolve_gives_the_tabled_numbers(world: World) -> None:
    a = asdict(world.book.resolve({}))
    for name, value in world.book.table["value"].items():
        room, _, rest = str(name).partition(".")
        assert a[room][rest.replace(".", "_")] == value


def test_an_override_changes_that_number_alone(world: World) -> None:
    before, after = (
        asdict(world.book.resolve(o)) for o in ({}, {"finance.wacc_pct": 9.0})
    )
    assert after["finance"]["wacc_pct"] == 9
    after["finance"]["wacc_pct"] = before["finance"]["wacc_pct"]
    assert before == after


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("finance.wac_pct", 9, "did you mean finance.wacc_pct?"),
        ("finance.wacc_pct", -1, "a possible % value"),
        ("finance.wacc_pct", 101, "a possible % value"),
        ("finance.wacc_pct", np.nan, "a possible % value"),
        ("finance.wacc_pct", np.inf, "a possible % value"),
        ("power.azn_per_usd", -1, "a possible AZN/USD value"),
        ("power.azn_per_usd", 0, "above 0 to inf"),
        ("campus.utilisation_training", 0, "above 0 to 1"),
        ("campus.utilisation_training", 1.1, "above 0 to 1"),
        ("cooling.pump.efficiency", 0, "above 0 to 1"),
        ("cooling.ups_installed_ratio", 0, "above 0 to 100"),
        ("climate.normals_year", 0, "1900 to 2200"),
        ("climate.warming.summer_factor", 100, "0 to 10"),
        ("climate.daily_range_factor", 100, "0 to 5"),
        ("cooling.tower.fan_efficiency", 0, "above 0 to 1"),
        ("cooling.tower.range_k", 0, "above 0 to 50"),
        ("cooling.sea.rise_k", 0, "above 0 to 50"),
        ("cooling.chiller.water_cooled_multiplier", 0, "above 0 to 100"),
        ("cooling.dry_cooler.air_exponent", 0, "above 0 to 100"),
        ("climate.warming.ssp245_2050_k", 1e9, "to 50"),
        ("power.lateral.route_factor_lowland", 1e9, "above 0 to 100"),
    ],
)
def test_an_impossible_override_is_named(
    world: World, name: str, value: float, says: str
) -> None:
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        world.book.resolve({name: value})


def test_every_number_of_the_book_is_a_possible_one(world: World) -> None:
    table = world.book.table
    for column in ("value", "low", "high"):
        world.book.resolve(table[column].dropna().to_dict())


def test_limits_and_names_are_those_of_the_book(world: World) -> None:
    assert {*GREATEST, *NEVER_ZERO} <= set(world.book.table.index)
    assert set(LIMITS) <= set(world.book.table["unit"])


def test_all_faults_come_at_once(world: World) -> None:
    with pytest.raises(InputError) as caught:
        world.book.resolve({"a.b": 1, "finance.wacc_pct": -1})
    assert len(caught.value.faults) == 2
