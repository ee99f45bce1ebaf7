"""Tiers, and what they cost, by hand."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from grid.electricity.backup import TIERS, backup_cost, generators, tier_of


@pytest.fixture
def access():
    """One site 20 km from a second 220 kV station that carries 150 MW, another with none."""
    dims = ("site", "option")
    return xr.Dataset(
        {
            "second_lateral_km": (dims, [[20.0], [np.nan]]),
            "second_feed_mw": (dims, [[150.0], [np.nan]]),
            "connection_kv": ("option", [220]),
            "circuit_mw": ("option", [120.0]),
        }
    )


def facility(*mw):
    return xr.DataArray(np.array(mw)[:, None], dims=("site", "option"))


def test_workload_decides_where_it_is_left_to_it():
    assert tier_of("by_workload", "training") == "one_feed"
    assert tier_of("by_workload", "inference") == "two_feeds"
    assert tier_of("by_workload", "colocation") == "two_feeds"
    assert tier_of("two_circuits", "training") == "two_circuits"


def test_generators_of_ten_megawatts(book):
    """2.5 MW units, four a block: 4 + 1; 10.1 MW: 5 + 2."""
    found = generators(xr.DataArray([10.0, 10.1]), book)
    assert found.values.tolist() == [5, 7]


def test_second_feed_of_one_and_of_two_circuits(access, book):
    """100 MW: 20 · 0.35 + 2 · 2.6 = 12.2 million; 140 MW takes two: 24.4."""
    one = backup_cost(access, facility(100.0, 100.0), TIERS["two_feeds"], 48.0, book)
    assert one["second_feed_capex_usd"].values.ravel().tolist() == [12.2e6, 0.0]
    assert one["tier_met"].values.ravel().tolist() == [True, False]
    two = backup_cost(access, facility(140.0, 140.0), TIERS["two_feeds"], 48.0, book)
    assert two["second_feed_capex_usd"].values[0, 0] == pytest.approx(24.4e6)


def test_generators_and_fuel_by_hand(access, book):
    """10 MW: 5 · 2.5 MW · 650 USD/kW + 10 · 48 · 310 USD/MWh = 8.125 + 0.149 million."""
    found = backup_cost(access, facility(10.0, 10.0), TIERS["two_feeds"], 48.0, book)
    assert found["generators_usd"].values[0, 0] == pytest.approx(8.125e6 + 148_800)
    dry = backup_cost(access, facility(10.0, 10.0), TIERS["two_feeds"], 0.0, book)
    assert dry["generators_usd"].values[0, 0] == pytest.approx(8.125e6)


def test_a_station_too_small_is_no_second_feed(access, book):
    found = backup_cost(access, facility(151.0, 10.0), TIERS["two_feeds"], 48.0, book)
    assert not found["tier_met"].any()
    assert (found["second_feed_capex_usd"] == 0).all()


@pytest.mark.parametrize("tier", ["one_feed", "two_circuits"])
def test_tiers_of_one_substation_cost_nothing_here_and_are_always_had(
    access, book, tier
):
    found = backup_cost(access, facility(500.0, 10.0), TIERS[tier], 48.0, book)
    assert found["tier_met"].all()
    assert (found["second_feed_capex_usd"] == 0).all()
    assert (found["generators_usd"] == 0).all()


def test_larger_blocks_need_fewer_spares(book):
    wide = replace(book, generator_block_units=10.0)
    load = xr.DataArray([100.0])
    assert generators(load, wide).item() == 44
    assert generators(load, book).item() == 50
