"""What breaks the routes: Menger's theorem, networkx, and the places by name."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from data.choices import FibreChoices
from grid.fibre.cuts import joined, minimum_cut, risk_table, single_points, touching
from grid.fibre.diversity import flow_graph, routes_from_node
from grid.fibre.routes import without
from tests.grid.fibre.test_routes import EDGES, random_network

OPEN = FibreChoices(russia=True, iran=True, armenia=True)
CLOSED = FibreChoices()


def places(net, *names):
    return tuple(int(i) for i in net.nodes.index.get_indexer(list(names)))


@given(edges=EDGES)
@settings(max_examples=80, deadline=None)
def test_menger_the_least_cut_is_as_many_as_the_routes(edges):
    net = random_network(edges)
    for sharing in ("edge", "node"):
        cut = minimum_cut(net, 0, 1, sharing)
        graph = flow_graph(net, np.array([1]), sharing)
        assert len(cut) == routes_from_node(graph, 0)
        nodes = net.nodes.index.isin(cut)
        links = np.flatnonzero(net.links.index.astype(str).isin(cut))
        lost = np.union1d(links, touching(net, nodes))
        assert not joined(without(net, lost), 0, 1)


@given(edges=EDGES)
@settings(max_examples=80, deadline=None)
def test_single_points_are_articulation_points_on_the_way(edges):
    """Every one is an articulation point of networkx, and parts the two ends."""
    net = random_network(edges)
    graph = nx.Graph((a, b) for a, b, _ in edges)
    graph.add_nodes_from((0, 1))
    expected = {
        node
        for node in nx.articulation_points(graph)
        if node not in (0, 1)
        and nx.has_path(graph, 0, 1)
        and not nx.has_path(nx.restricted_view(graph, [node], []), 0, 1)
    }
    assert set(single_points(net, 0, 1)) == {f"n{node}" for node in expected}


@pytest.mark.parametrize(
    ("build", "choices", "edge", "node"),
    [
        ("in_service", OPEN, 3, 3),
        ("in_service", CLOSED, 1, 1),
        ("under_construction", CLOSED, 2, 1),
        ("under_construction", OPEN, 4, 3),
    ],
)
def test_cuts_of_baku_are_as_many_as_its_routes(build, choices, edge, node, net_of):
    net = net_of(build, choices)
    ends = places(net, "baku", "frankfurt")
    assert len(minimum_cut(net, *ends, "edge")) == edge
    assert len(minimum_cut(net, *ends, "node")) == node


def test_the_single_points_of_baku_by_name(net_of):
    in_service = net_of("in_service", CLOSED)
    ends = places(in_service, "baku", "frankfurt")
    assert single_points(in_service, *ends) == ("yevlakh", "ganja", "gazakh", "tbilisi")
    rail = net_of("under_construction", CLOSED)
    assert single_points(rail, *ends) == ("yevlakh", "ganja", "tbilisi")
    assert single_points(net_of("in_service", OPEN), *ends) == ()


def test_georgia_and_the_kura_valley_are_shared_risks_of_every_route(net_of):
    net = net_of("under_construction", CLOSED)
    table = risk_table(net, *places(net, "baku", "frankfurt")).set_index("group")
    for group in ("GE", "domestic_west", "west_georgia", "tbilisi"):
        assert tuple(table.loc[group, ["routes_edge", "routes_node"]]) == (0, 0)
    assert table.loc["TR", "routes_edge"] == 1


def test_the_baku_hub_is_a_shared_risk_of_the_sites_behind_it(net_of):
    net = net_of("in_service", OPEN)
    table = risk_table(net, *places(net, "absheron_dc", "frankfurt"))
    assert ("town", "baku") in set(zip(table["kind"], table["group"], strict=True))
