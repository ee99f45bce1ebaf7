"""Disjoint routes themselves: as many as counted, none shared, none shorter."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.choices import FibreChoices
from grid.fibre.diversity import flow_graph, routes_from_node
from grid.fibre.laterals import Laterals
from grid.fibre.network import network, ways_to
from grid.fibre.routes import hops, shortest_disjoint, with_site, without

CLOSED = FibreChoices()
EDGE = st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9))
EDGES = st.lists(EDGE.filter(lambda e: e[0] != e[1]), min_size=1, max_size=24)


def random_network(edges):
    nodes = pd.DataFrame(index=[f"n{i}" for i in range(8)])
    links = pd.DataFrame(
        [(f"n{a}", f"n{b}", float(km)) for a, b, km in edges],
        columns=["from_node_id", "to_node_id", "route_km"],
    )
    return network(nodes, links)


@given(edges=EDGES)
@settings(max_examples=60, deadline=None)
def test_as_many_routes_as_the_flow_counts_and_nothing_shared(edges):
    net = random_network(edges)
    for sharing in ("edge", "node"):
        found = shortest_disjoint(net, 0, 1, sharing)
        assert len(found) == routes_from_node(
            flow_graph(net, np.array([1]), sharing), 0
        )
        links = [link for route in found for link in route.links]
        assert len(links) == len(set(links))
        assert all(r.nodes[0] == 0 and r.nodes[-1] == 1 for r in found)
        if sharing == "node":
            between = [node for route in found for node in route.nodes[1:-1]]
            assert len(between) == len(set(between))


@given(edges=EDGES)
@settings(max_examples=60, deadline=None)
def test_total_length_is_the_least_cost_flow_of_networkx(edges):
    """networkx.max_flow_min_cost on the same links, one unit each."""
    net = random_network(edges)
    flow = nx.DiGraph()
    for row, (a, b, km) in enumerate(edges):  # a vertex in each link keeps it single
        for u, v in ((a, b), (b, a)):
            mid = ("link", row, u)
            flow.add_edge(u, mid, capacity=1, weight=int(km))
            flow.add_edge(mid, v, capacity=1, weight=0)
    flow.add_nodes_from(range(8))
    best = nx.max_flow_min_cost(flow, 0, 1)
    expected = nx.cost_of_flow(flow, best)
    got = sum(route.km for route in shortest_disjoint(net, 0, 1, "edge"))
    assert got == pytest.approx(expected)


def test_a_single_route_is_the_shortest_way(net_of):
    net = net_of("in_service", CLOSED)
    start, end = net.nodes.index.get_indexer(["baku", "frankfurt"])
    (route,) = shortest_disjoint(net, start, end, "node")
    assert route.km == pytest.approx(ways_to(net, np.array([end])).km[0, start])
    told = hops(net, route)
    assert told[0][0] == "Baku"
    assert told[-1][1] == "Frankfurt"
    assert sum(km for *_, km in told) == pytest.approx(route.km)


def test_a_site_stands_on_its_laterals(net_of):
    net = net_of("in_service", CLOSED)
    ends = net.nodes.index.get_indexer(["baku", "hajigabul"])
    lateral = Laterals(node=ends.reshape(1, 2), km=np.array([[5.0, 90.0]]))
    joined = with_site(net, lateral, 0, "here")
    assert len(joined.nodes) == len(net.nodes) + 1
    assert list(joined.links.index[-2:]) == ["lateral_1", "lateral_2"]
    assert list(joined.km[-2:]) == [5.0, 90.0]


def test_a_site_without_a_second_lateral_has_one(net_of):
    net = net_of("in_service", CLOSED)
    lateral = Laterals(node=np.array([[3, -1]]), km=np.array([[5.0, np.nan]]))
    assert len(with_site(net, lateral, 0, "here").links) == len(net.links) + 1


def test_what_is_lost_is_lost_and_the_rest_keeps_its_place():
    net = random_network([(0, 2, 1), (2, 1, 1), (0, 1, 9)])
    left = without(net, np.array([0]))
    assert list(left.km) == [1.0, 9.0]
    (route,) = shortest_disjoint(left, 0, 1, "edge")
    assert route.km == 9.0
