"""The shipped world under the corridor masks and build-outs the tests speak of."""

from collections.abc import Callable

import pytest

from data import World, load_world
from data.assumptions.fibre import FibreBook
from data.choices import BuildOut, FibreChoices
from grid.fibre import permitted_network
from grid.fibre.network import Network

OPEN = FibreChoices(russia=True, iran=True, armenia=True)
RAIL = (
    "rail_baku_hajigabul",
    "rail_hajigabul_yevlakh",
    "rail_yevlakh_ganja",
    "rail_ganja_boyuk_kesik",
)
BUILDS = {
    "in_service": BuildOut(policy="in_service"),
    "committed": BuildOut(policy="committed"),
    "under_construction": BuildOut(policy="committed", on=RAIL),
    "all_planned": BuildOut(policy="all_planned"),
}


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def book(world: World) -> FibreBook:
    return world.book.resolve({}).fibre


@pytest.fixture(scope="session")
def net_of(world: World) -> Callable[..., Network]:
    def build(build: str, choices: FibreChoices = OPEN, year: int = 2026) -> Network:
        return permitted_network(world.built(BUILDS[build]), choices, year)

    return build
