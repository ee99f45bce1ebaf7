"""Disjoint routes: the published counts, and networkx as referee."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.choices import FibreChoices
from grid.fibre.diversity import (
    disjoint_routes,
    flow_graph,
    routes_from_node,
    routes_from_site,
)
from grid.fibre.laterals import Laterals
from grid.fibre.network import network

OPEN = FibreChoices(russia=True, iran=True, armenia=True)
CLOSED = FibreChoices()
EDGE = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] != e[1])
EDGES = st.lists(EDGE, min_size=1, max_size=24)


def counts(net, start, *ends):
    targets = net.nodes.index.get_indexer(list(ends))
    source = net.nodes.index.get_loc(start)
    return tuple(
        routes_from_node(flow_graph(net, targets, sharing), source)
        for sharing in ("edge", "node")
    )


@pytest.mark.parametrize(
    ("build", "choices", "expected"),
    [
        ("in_service", OPEN, (3, 3)),  # Georgia, Russia, Iran
        ("under_construction", OPEN, (4, 3)),
        ("in_service", CLOSED, (1, 1)),
        ("under_construction", CLOSED, (2, 1)),  # Ganja and Tbilisi are cuts
    ],
)
def test_baku_to_frankfurt(build, choices, expected, net_of):
    assert counts(net_of(build, choices), "baku", "frankfurt") == expected


@pytest.mark.parametrize(
    ("build", "expected"), [("under_construction", (0, 0)), ("all_planned", (1, 1))]
)
def test_without_georgia_nothing_is_left_until_armenia_opens(build, expected, net_of):
    net = net_of(build, CLOSED)
    ends = net.links[["from_node_id", "to_node_id"]]
    georgian = ends.isin(net.nodes.index[net.nodes["country"] == "GE"]).any(axis=1)
    left = network(net.nodes, net.links[~georgian])
    assert counts(left, "baku", "frankfurt") == expected


def test_zangilan_is_a_dead_end(net_of):
    assert counts(net_of("in_service"), "zangilan", "frankfurt") == (1, 1)


def test_one_cable_is_one_route_across_the_caspian(net_of):
    hubs = ("almaty", "tashkent", "astana")
    assert counts(net_of("in_service", CLOSED), "baku", *hubs) == (0, 0)
    assert counts(net_of("committed", CLOSED), "baku", *hubs) == (1, 1)


def random_network(edges):
    nodes = pd.DataFrame(index=[f"n{i}" for i in range(8)])
    links = pd.DataFrame(
        [(f"n{a}", f"n{b}", 1.0) for a, b in edges],
        columns=["from_node_id", "to_node_id", "route_km"],
    )
    return network(nodes, links)


def referee(edges):
    graph = nx.Graph()
    graph.add_nodes_from(range(8), capacity=0)
    for a, b in edges:
        held = graph[a][b]["capacity"] if graph.has_edge(a, b) else 0
        graph.add_edge(a, b, capacity=held + 1)
    return graph


@given(edges=EDGES)
@settings(max_examples=80, deadline=None)
def test_edge_disjoint_routes_equal_networkx(edges):
    graph = flow_graph(random_network(edges), np.array([1]), "edge")
    expected = nx.maximum_flow_value(referee(edges), 0, 1)
    assert routes_from_node(graph, 0) == expected


@given(edges=EDGES)
@settings(max_examples=80, deadline=None)
def test_node_disjoint_routes_equal_networkx(edges):
    single = sorted({(min(e), max(e)) for e in edges})
    graph = flow_graph(random_network(single), np.array([1]), "node")
    expected = nx.connectivity.local_node_connectivity(referee(single), 0, 1)
    assert routes_from_node(graph, 0) == expected


@given(edges=EDGES, lost=st.integers(0, 23))
@settings(max_examples=60, deadline=None)
def test_losing_a_link_never_adds_a_route(edges, lost):
    left = edges[: lost % len(edges)] + edges[lost % len(edges) + 1 :]
    targets = np.array([1, 2])
    for sharing in ("edge", "node"):
        before = flow_graph(random_network(edges), targets, sharing)
        after = flow_graph(random_network(left), targets, sharing)
        assert routes_from_site(after, (0, 3)) <= routes_from_site(before, (0, 3))


@given(edges=EDGES)
@settings(max_examples=60, deadline=None)
def test_sharing_no_node_is_the_harder_demand(edges):
    net = random_network(edges)
    edge, node = (flow_graph(net, np.array([1]), s) for s in ("edge", "node"))
    for entry in ((0,), (0, 3), (4, 5)):
        few, many = routes_from_site(node, entry), routes_from_site(edge, entry)
        assert few <= many <= len(entry)


def test_two_laterals_into_one_thread_are_one_route():
    thread = random_network([(0, 2), (3, 2), (2, 1), (2, 1)])
    assert routes_from_site(flow_graph(thread, np.array([1]), "edge"), (0, 3)) == 2
    assert routes_from_site(flow_graph(thread, np.array([1]), "node"), (0, 3)) == 1


def test_a_site_without_a_second_trunk_node_has_at_most_one_route():
    net = random_network([(0, 1), (0, 1), (3, 1)])
    lateral = Laterals(
        node=np.array([[0, -1], [-1, -1], [3, 0], [0, 3]]), km=np.ones((4, 2))
    )
    got = disjoint_routes(net, lateral, np.array([1]), "edge")
    np.testing.assert_array_equal(got, [1, 0, 2, 2])
