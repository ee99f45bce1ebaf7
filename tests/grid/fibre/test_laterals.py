"""Laterals: which trunk nodes a site joins, how far and for how much."""

from dataclasses import replace

import numpy as np
import pytest

from data.choices import FibreChoices
from data.sphere import great_circle_km
from grid.fibre.diversity import flow_graph, routes_from_site
from grid.fibre.laterals import (
    capex_usd,
    diverse_pairs,
    exits,
    home_region,
    joinable,
    laterals,
)
from grid.fibre.network import network


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


@pytest.mark.parametrize(
    ("policy", "choices", "year"),
    [
        ("in_service", FibreChoices(), 2026),
        ("committed", FibreChoices(), 2029),
        ("committed", FibreChoices(russia=True, iran=True), 2029),
    ],
)
def test_pairs_are_diverse_where_flow_finds_two_ways_out(net_of, policy, choices, year):
    """Menger: no single node cuts both off, or two ways to the exits share none."""
    net = net_of(policy, choices, year)
    apart, home = diverse_pairs(net), net.nodes["country"].to_numpy() == "AZ"
    domestic = network(net.nodes, net.links[home[net.tail] & home[net.head]])
    graph = flow_graph(domestic, np.flatnonzero(exits(net)), "node")
    trunk = np.flatnonzero(joinable(net))
    for i, one in enumerate(trunk):
        assert not apart[one, one]
        for other in trunk[i + 1 :]:
            two = routes_from_site(graph, (int(one), int(other))) == 2
            assert apart[one, other] == apart[other, one] == two


def test_the_second_node_is_the_nearest_diverse(net_of, book, world):
    sites = world.tables["sites"]
    net = net_of("committed", FibreChoices(), 2029)
    lateral = laterals(net, sites["lat"], sites["lon"], book)
    apart, trunk = diverse_pairs(net), np.flatnonzero(joinable(net))
    at = net.nodes.iloc[trunk]
    for k in range(len(sites)):
        place = sites["lat"].iloc[k], sites["lon"].iloc[k]
        far = dict(
            zip(trunk, great_circle_km(*place, at["lat"], at["lon"]), strict=True)
        )
        first, second = (int(node) for node in lateral.node[k])
        here = [
            n
            for n in trunk
            if net.nodes["network_region"].iloc[n] == sites["network_region"].iloc[k]
        ]
        assert first == min(here, key=far.__getitem__)
        fit = [n for n in here if apart[first, n]] or [n for n in here if n != first]
        assert second == min(fit, key=far.__getitem__)


def test_the_north_east_goes_inland_for_its_second_node(net_of, book, world):
    """Quba's, Khachmaz's and Siyazan's cables share the coast down to Sumgait."""
    guba = world.tables["sites"].loc[["AZ12"]]
    net = net_of("committed", FibreChoices(), 2029)
    lateral = laterals(net, guba["lat"], guba["lon"], book)
    assert net.nodes.index[lateral.node[0]].tolist() == ["quba", "shamakhi"]
    names = ["quba", "khachmaz"]
    at = net.nodes.index.get_indexer(names)
    assert not diverse_pairs(net)[at[0], at[1]]


def test_no_switch_moves_a_lateral(net_of, book, world):
    sites = world.tables["sites"]
    closed, opened = (
        laterals(
            net_of("committed", choices, 2029), sites["lat"], sites["lon"], book
        ).node
        for choices in (FibreChoices(), FibreChoices(russia=True, iran=True))
    )
    assert (closed == opened).all()


def test_where_nothing_is_diverse_the_second_nearest_serves(net_of, book, world):
    nakhchivan = world.tables["sites"].loc[["AZ33"]]
    net = net_of("in_service", FibreChoices(), 2026)
    lateral = laterals(net, nakhchivan["lat"], nakhchivan["lon"], book)
    one, other = lateral.node[0]
    assert net.nodes.index[one] == "nakhchivan"
    assert other >= 0
    assert not diverse_pairs(net)[one, other]


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
