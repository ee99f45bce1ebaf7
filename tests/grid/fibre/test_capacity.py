"""What cables carry: networkx as referee, the floor of known traffic, no invention."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.choices import FibreChoices
from grid.fibre.capacity import crosses_border, filled_tbps, most_flow
from grid.fibre.network import network

SIZE = 7
EDGE = st.tuples(
    st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(0, 40)
).filter(lambda e: e[0] != e[1])


def graph_of(edges, country="AZ"):
    nodes = pd.DataFrame({"name": list("abcdefg"), "country": country}, range(SIZE))
    links = pd.DataFrame(
        {
            "from_node_id": [e[0] for e in edges],
            "to_node_id": [e[1] for e in edges],
            "route_km": 1.0,
            "status": "in_service",
        },
        index=[f"l{i}" for i in range(len(edges))],
    )
    return network(nodes, links)


@given(
    edges=st.lists(EDGE, min_size=1, max_size=15),
    ends=st.sets(st.integers(1, SIZE - 1), min_size=1, max_size=2),
)
@settings(max_examples=40, deadline=None)
def test_flow_is_that_of_networkx_and_held_by_the_links_named(edges, ends):
    net = graph_of(edges)
    tbps = np.array([e[2] for e in edges], dtype=float)
    got = most_flow(net, tbps, 0, np.array(sorted(ends)))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(SIZE))
    for a, b, size in edges:
        for one, other in ((a, b), (b, a)):
            had = graph.get_edge_data(one, other, {"capacity": 0})["capacity"]
            graph.add_edge(one, other, capacity=had + size)
    for end in ends:
        graph.add_edge(end, "sink", capacity=10_000)
    assert got.tbps == nx.maximum_flow_value(graph, 0, "sink")
    held = sum(size for i, (*_, size) in enumerate(edges) if f"l{i}" in got.binding)
    assert got.tbps == pytest.approx(held)  # maximum flow is minimum cut


@given(more=st.floats(0, 30))
@settings(max_examples=20, deadline=None)
def test_more_of_a_blank_never_carries_less(more, net_of, book):
    net = net_of("in_service")
    baku, hub = net.nodes.index.get_indexer(["baku", "frankfurt"])
    flows = [
        most_flow(net, filled_tbps(net, blank, book).to_numpy(), baku, np.array([hub]))
        for blank in (5.0, 5.0 + more)
    ]
    assert flows[1].tbps >= flows[0].tbps


def test_links_over_the_border_carry_what_is_known_to_flow(net_of, book):
    """The regulator's 7 Tbps, raised on blank links alone."""
    net = net_of("in_service")
    over = crosses_border(net)
    stated = net.links["capacity_tbps"]
    assert set(net.links.index[over]) >= {"redbridge_tbilisi", "boyukkesik_tbilisi"}
    thin = filled_tbps(net, 0.1, book)
    assert thin[over].sum() == pytest.approx(7.0)
    known = stated.notna()
    np.testing.assert_array_equal(thin[known], stated[known])
    assert (thin[~over & ~known.to_numpy()] == 0.1).all()
    plenty = filled_tbps(net, 10.0, book)
    assert (plenty[~known] == 10.0).all()


def test_a_cable_under_construction_is_no_part_of_todays_traffic(net_of, book):
    today = net_of("in_service")
    later = net_of("committed", FibreChoices(russia=True, iran=True), 2029)
    assert "tcfo" in later.links.index
    shared = today.links.index[crosses_border(today)]
    thin = filled_tbps(later, 0.1, book)
    assert thin[shared].sum() == pytest.approx(7.0)
    assert thin["tcfo"] == 400


def test_a_lateral_is_no_limit():
    net = graph_of([(0, 1, 0), (1, 2, 0)])
    got = most_flow(net, np.array([np.inf, 12.6]), 0, np.array([2]))
    assert got.tbps == 12.6
    assert got.binding == ("l1",)
    nowhere = most_flow(net, np.array([np.inf, 12.6]), 0, np.array([5]))
    assert nowhere.tbps == 0
    assert nowhere.binding == ()
