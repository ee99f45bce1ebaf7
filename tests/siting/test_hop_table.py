"""Hops of the way the ranking has: they add up to its length and time."""

import pytest
import xarray as xr

from data import World, load_world
from siting.hop_table import COLUMNS, hop_table
from siting.loading import load_scenario
from siting.trunk import evaluate

SITES = ("AZ01", "AZ25")
HUBS = ("frankfurt", "almaty", "moscow")
BASE = load_scenario("base", ["power.network=off"])


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def told(world: World) -> xr.Dataset:
    return evaluate(world.tables["sites"].loc[list(SITES)], BASE, world)


@pytest.mark.parametrize("site", SITES)
def test_hops_add_up_to_the_time_of_the_ranking(
    site: str, told: xr.Dataset, world: World
) -> None:
    table = hop_table(told, site, HUBS, BASE, world)
    assert tuple(table) == COLUMNS
    times = table.groupby("hub")["ms"].sum()
    for hub in ("frankfurt", "almaty"):
        lower = told["rtt_lower_ms"].sel(site=site, hub=hub).item()
        assert times[hub] == pytest.approx(lower)
    assert "moscow" not in times  # no way without Russia


def test_a_way_starts_at_the_site_and_hangs_together(
    told: xr.Dataset, world: World
) -> None:
    way = hop_table(told, "AZ01", ("frankfurt",), BASE, world)
    assert way["from"].iloc[0] == told["name"].sel(site="AZ01").item()
    assert way["to"].iloc[-1] == "Frankfurt"
    assert way["to"].iloc[:-1].tolist() == way["from"].iloc[1:].tolist()
    assert way["status"].iloc[0] == "to_build"
