"""Laterals: which trunk nodes a site joins, how far and for how much."""

from dataclasses import replace

import numpy as np
import pytest

from data.choices import FibreChoices
from data.sphere import great_circle_km
from grid.fibre.laterals import capex_usd, home_region, joinable, laterals


def test_a_lateral_is_the_great_circle_times_the_route_factor(net_of, book):
    net = net_of("committed", FibreChoices(), 2029)
    lateral = laterals(net, [39.967], [49.4], book)  # Alat
    at = net.nodes.iloc[lateral.node[0]]
    straight = great_circle_km(39.967, 49.4, at["lat"].to_numpy(), at["lon"].to_numpy())
    np.testing.assert_allclose(lateral.km[0], straight * book.lateral_route_factor)
    assert lateral.km[0, 0] <= lateral.km[0, 1]


def test_the_two_trunk_nodes_differ(net_of, book, world):
    sites = world.tables["sites"]
    net = net_of("committed", FibreChoices(), 2029)
    node = laterals(net, sites["lat"], sites["lon"], book).node
    assert (node >= 0).all()
    assert (node[:, 0] != node[:, 1]).all()


def test_no_lateral_crosses_into_or_out_of_the_exclave(net_of, book, world):
    sites = world.tables["sites"]
    net = net_of("committed", FibreChoices(), 2029)
    region = net.nodes["network_region"].to_numpy()
    lateral = laterals(net, sites["lat"], sites["lon"], book)
    ours = region[home_region(net, sites["lat"], sites["lon"])]
    assert (region[lateral.node] == ours[:, None]).all()
    assert (ours == sites["network_region"]).all()


def test_nodes_without_a_live_link_cannot_be_joined(net_of):
    net = net_of("committed", FibreChoices(), 2029)
    open_to_sites = dict(zip(net.nodes.index, joinable(net), strict=True))
    assert not open_to_sites["buzovna"]  # landing of a design that was not built
    assert not open_to_sites["samur"]  # a border point
    assert not open_to_sites["tbilisi"]  # abroad
    assert open_to_sites["sumgait"]


def test_a_site_on_a_node_still_crosses_the_town(net_of, book):
    net = net_of("committed", FibreChoices(), 2029)
    baku = net.nodes.loc["baku"]
    lateral = laterals(net, [baku["lat"]], [baku["lon"]], book)
    assert lateral.km[0, 0] == book.lateral_min_km


def test_a_missing_second_node_is_absent_and_costs_nothing(net_of, book):
    net = net_of("in_service", FibreChoices(), 2023)  # Ordubad is joined in 2024
    lateral = laterals(net, [39.2089], [45.4122], book)
    assert lateral.node[0, 1] == -1
    assert np.isnan(lateral.km[0, 1])
    assert capex_usd(lateral, book)[0] == pytest.approx(
        lateral.km[0, 0] * book.lateral_capex_usd_per_km
    )


def test_cost_is_linear_in_the_price_of_a_kilometre(net_of, book):
    net = net_of("committed", FibreChoices(), 2029)
    lateral = laterals(net, [40.6, 39.0], [46.4, 48.7], book)
    dear = replace(book, lateral_capex_usd_per_km=2 * book.lateral_capex_usd_per_km)
    np.testing.assert_allclose(capex_usd(lateral, dear), 2 * capex_usd(lateral, book))
