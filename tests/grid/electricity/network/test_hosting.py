"""The table of hosting capacity: order of quantiles, names, inheritance, the story."""

from dataclasses import replace

import numpy as np
import pytest

from grid.electricity.network.case import case, rows_of, sensitivity_of
from grid.electricity.network.hosting import deterministic_mw, secure_rooms
from grid.electricity.network.years import hosting_table

FIGURES = ("grid_firm_mw", "network_firm_mw", "network_flexible_mw", "national_mw")


@pytest.fixture(scope="module")
def found(world, known):
    return hosting_table(world, (2026, 2035), known)


def test_quantiles_are_in_order_and_firm_is_within_flexible(found):
    known_rows = found.table.dropna(subset=["network_firm_mw_p50"])
    for name in FIGURES:
        low, mid, high = (known_rows[f"{name}_p{p}"] for p in (10, 50, 90))
        assert (low <= mid).all()
        assert (mid <= high).all()
        assert (low >= 0).all()
    for p in (10, 50, 90):
        firm = known_rows[f"network_firm_mw_p{p}"]
        assert (firm <= known_rows[f"network_flexible_mw_p{p}"] + 1e-9).all()


def test_not_every_bus_is_full(found):
    now = found.table[found.table["year"] == 2026]
    assert (now["network_firm_mw_p50"] > 50).sum() > 10


def test_mingachevir_has_room_and_a_radial_pocket_of_baku_has_none(found):
    """§1: output is at Mingachevir, the load behind Absheron's few lines."""
    now = found.table[found.table["year"] == 2026].set_index("bus")
    firm = now["network_firm_mw_p50"].groupby(level=0).max()
    assert firm["AZT 500"] > firm["ABS 220"]
    assert firm["BOY 220"] < 50


def test_what_binds_is_named_from_the_tables(found, world):
    known = {*world.tables["lines"].index}
    rows = found.table.dropna(subset=["network_firm_mw_p50"])
    named = {*rows["binding"], *rows["contingency"]} - {
        "none",
        "generation in the whole country",
    }
    lines = {name for name in named if not name.endswith("transformers")}
    assert lines <= known


def test_110_kv_hangs_on_a_bus_and_nakhchivan_on_none(found):
    low = found.table[found.table["level_kv"] == 110].set_index("substation_id")
    low = low[low["year"] == 2026]
    assert low.loc["KHI", "bus"] == "KHI 220"
    assert low.loc["BIN", "bus"] == "KHI 220"
    assert low.loc["NAX", ["network_firm_mw_p50"]].isna().all()
    assert "island" in low.loc["NAX", "binding"]
    assert low["station_firm_mw"].notna().all()


def test_what_generation_allows_bounds_what_the_network_bears(found):
    rows = found.table.dropna(subset=["network_firm_mw_p50"])
    for p in (10, 50, 90):
        grid = rows[f"grid_firm_mw_p{p}"]
        assert (grid <= rows[f"national_mw_p{p}"] + 1e-9).all()
        assert (grid <= rows[f"network_firm_mw_p{p}"] + 1e-9).all()
    held = rows["binding"] == "generation in the whole country"
    assert held.any()
    assert rows.loc[held, "shadow_price"].isna().all()
    assert (rows.loc[~held, "shadow_price"] >= 0).all()


def test_a_bus_that_one_loss_cuts_off_has_no_firm_room(year_2026, kept):
    """Boyukshor hangs on Hovsan; drawn with one circuit it has flexible room alone."""
    buses = year_2026.network.buses.index.get_indexer(["BOY 220", "AZT 500"])
    rooms = secure_rooms(year_2026, kept, buses)
    cut = [
        rows_of(year_2026, "summer", i, kept, sensitivity_of(year_2026, i))[2][
            :, buses[0]
        ].any()
        for i in range(kept.count)
    ]
    assert any(cut)
    assert (rooms.firm_mw[cut, 0] == 0).all()
    assert (rooms.element[cut, 0] == rooms.outage[cut, 0]).all()
    assert (rooms.flexible_mw[cut, 0] > 0).any()
    assert (rooms.firm_mw[:, 1] > 0).all()


def test_overloads_of_the_base_case_are_reported(found):
    assert ((found.overloads >= 0) & (found.overloads <= 1)).all(axis=None)
    assert (found.overloads[2035] > 0).any()


def test_the_network_of_medians_is_one_and_needs_no_relief(world, kept):
    """It stands for networks that served the peak, and serves it itself."""
    middle = replace(kept, central=True)
    found = case(world, 2025, middle, np.full(1, kept.a.network_peak_mw))
    rooms = secure_rooms(found, middle, np.arange(3))
    assert rooms.firm_mw.shape == (1, 3)
    assert rooms.relieved_mw.max() == 0.0


def test_the_room_at_the_medians_stands_beside_the_quantiles(found, world, kept):
    now = found.table[found.table["year"] == 2026].set_index("bus")
    held = now["grid_firm_mw_central"].dropna()
    assert (held >= 0).all()
    bus = case(world, 2026, kept).network.buses.index.get_indexer(["IMI 220"])
    again = deterministic_mw(world, 2026, kept, bus)
    assert held["IMI 220"] == pytest.approx(again[0])
