"""Build cost by medium, and prices that were found or not."""

import numpy as np
import pytest

from grid.fibre.price import build_cost_usd, transit_prices


def test_published_cables_cost_what_the_book_says_of_them(net_of, book):
    """Caucasus Cable System: 76 million USD (2008)."""
    net = net_of("in_service")
    cost = build_cost_usd(net, 30_000.0, book.sea_capex_usd_per_km)
    row = net.links.index.get_loc("ccs")
    assert cost[row] == pytest.approx(76e6, rel=0.01)
    land = net.links.index.get_loc("tae_gazakh_ganja")
    assert cost[land] == 107 * 30_000


def test_the_book_reaches_to_the_cost_of_the_caspian_cable(world):
    high = world.book.table.loc["fibre.sea_capex_usd_per_km", "high"]
    assert high * 370 == pytest.approx(50.8e6, rel=0.01)


def test_transit_is_listed_with_what_was_not_found_last(world):
    table = transit_prices(world.tables["transit_prices"])
    assert table["value"].dropna().is_monotonic_increasing
    assert table["value"].dropna().agg(["min", "max"]).tolist() == [1.0, 103.03]
    assert np.isnan(table["value"].iloc[-1])
    assert "Baku" in "".join(table.loc[table["value"].isna(), "place"])
    assert (table["as_of"] != "").all()
