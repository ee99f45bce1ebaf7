"""One world and one base evaluation, shared by the tests of the trunk."""

import pytest
import xarray as xr

from data import World, load_world
from siting.loading import load_scenario
from siting.trunk import evaluate


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def base(world: World) -> xr.Dataset:
    return evaluate(world.tables["sites"], load_scenario("base"), world)
