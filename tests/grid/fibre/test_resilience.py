"""Hours without a way: enumeration, union of parts and networkx as referees."""

from dataclasses import replace
from itertools import product

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.choices import FibreChoices
from grid.fibre.laterals import Laterals, joinable
from grid.fibre.network import network
from grid.fibre.outages import (
    HOURS,
    Cause,
    causes_of,
    chronicle,
    packed,
    share_up,
    unpacked,
)
from grid.fibre.resilience import cut_off, lateral_down, outage, reached
from grid.fibre.routes import with_site

SIZE = 7
EDGE = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
EDGES = st.lists(EDGE.filter(lambda e: e[0] != e[1]), min_size=1, max_size=12)
UNAVAILABLE = st.floats(0.0, 1.0)


def graph_of(edges):
    nodes = pd.DataFrame({"name": list(map(str, range(SIZE)))}, index=range(SIZE))
    links = pd.DataFrame(
        {
            "from_node_id": [a for a, _ in edges],
            "to_node_id": [b for _, b in edges],
            "route_km": 100.0,
        },
        index=[f"l{i}" for i in range(len(edges))],
    )
    return network(nodes, links)


def states(links):
    """Every state of some links, one a column."""
    return np.array(list(product([False, True], repeat=links))).T


def reachable(net, up, targets):
    """Referee: by components of the graph that is left, state by state."""
    found = np.zeros((len(net.nodes), up.shape[1]), dtype=bool)
    for column, alive in enumerate(up.T):
        ends = net.tail[alive], net.head[alive]
        matrix = coo_array((np.ones(alive.sum()), ends), shape=(SIZE, SIZE))
        _, part = connected_components(matrix.tocsr(), directed=False)
        found[:, column] = np.isin(part, part[list(targets)])
    return found


def probability_cut_off(net, share, target, node):
    """Referee: the sum over every state in which nothing is left."""
    up = states(len(share))
    weight = np.where(up, share[:, None], 1 - share[:, None]).prod(axis=0)
    return weight[~reachable(net, up, [target])[node]].sum()


@given(edges=EDGES, targets=st.sets(st.integers(0, SIZE - 1), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_bits_agree_with_components_in_every_state(edges, targets):
    net = graph_of(edges)
    up = states(len(edges))
    ends = np.array(sorted(targets))
    words = reached(net, packed(up), ends)
    np.testing.assert_array_equal(
        unpacked(words, up.shape[1]), reachable(net, up, ends)
    )


def test_bits_agree_with_networkx_on_the_draws_of_the_real_network(net_of, book, world):
    net = net_of("committed", FibreChoices(), 2029)
    few = replace(book, years_drawn=3)
    causes = causes_of(net, world.tables["fibre_closures"], few)
    drawn = chronicle(causes, len(net.links), few, 11)
    spans = len(drawn.hours)
    target = net.nodes.index.get_loc("frankfurt")
    got = unpacked(reached(net, drawn.up, np.array([target])), spans)
    up = unpacked(drawn.up, spans)
    assert not got.all()
    for span in range(0, spans, 7):
        graph = nx.MultiGraph()
        graph.add_nodes_from(range(len(net.nodes)))
        alive = up[:, span]
        graph.add_edges_from(zip(net.tail[alive], net.head[alive], strict=True))
        there = nx.node_connected_component(graph, target)
        assert set(np.flatnonzero(got[:, span])) == there


@given(edges=EDGES, data=st.data())
@settings(max_examples=25, deadline=None)
def test_being_cut_off_never_grows_with_a_links_reliability(edges, data):
    """Over the exact distribution: bits over all states, weighted."""
    net = graph_of(edges)
    busy = data.draw(st.lists(UNAVAILABLE, min_size=len(edges), max_size=len(edges)))
    better = data.draw(st.integers(0, len(edges) - 1))
    up = states(len(edges))
    off = ~unpacked(reached(net, packed(up), np.array([0])), up.shape[1])

    def cut(share):
        weight = np.where(up, share[:, None], 1 - share[:, None]).prod(axis=0)
        return (off * weight).sum(axis=1)

    share = 1 - np.array(busy)
    raised = share.copy()
    raised[better] = data.draw(st.floats(share[better], 1.0))
    assert (cut(raised) <= cut(share) + 1e-12).all()


BRIDGE = [
    (0, 1),
    (0, 2),
    (1, 2),
    (1, 3),
    (2, 3),
    (3, 4),
    (4, 5),
    (3, 5),
    (5, 6),
    (4, 6),
]


def test_drawn_years_agree_with_exact_enumeration(book):
    """A graph of ten links, failing often: within four standard errors."""
    net = graph_of(BRIDGE)
    causes = tuple(
        Cause("cut", f"l{i}", np.array([i]), 2.0 + i, 60.0 + 30 * i)
        for i in range(len(BRIDGE))
    )
    drawn = chronicle(causes, len(BRIDGE), book, 2)
    off = cut_off(net, drawn, np.array([0]), np.arange(SIZE))
    exact = [
        HOURS * probability_cut_off(net, share_up(causes, len(BRIDGE)), 0, node)
        for node in range(SIZE)
    ]
    hardly = replace(book, cuts_land_per_1000km=0.0)
    alone = Laterals(
        node=np.column_stack([np.arange(SIZE), np.full(SIZE, -1)]),
        km=np.column_stack([np.ones(SIZE), np.full(SIZE, np.nan)]),
    )
    got = outage(alone, off, hardly)
    error = (got.high_h - got.mean_h) / 1.96
    assert (np.abs(got.mean_h - exact) <= 4 * error + 1e-9).all()
    assert exact[6] > 20  # the test would see a wrong formula
    np.testing.assert_allclose(got.mean_h[1:], exact[1:], rtol=0.05)


def test_one_link_is_down_for_its_two_state_share(book):
    net = graph_of([(0, 1)])
    causes = (Cause("cut", "only", np.array([0]), 3.0, 100.0),)
    off = cut_off(net, chronicle(causes, 1, book, 0), np.array([0]), np.array([1]))
    site = Laterals(node=np.array([[1, -1]]), km=np.array([[0.0, np.nan]]))
    share = 3.0 * 100 / HOURS
    got = outage(site, off, book).mean_h[0]
    assert got == pytest.approx(HOURS * (1 - np.exp(-share)), rel=0.02)
    # Alternating renewal, for cuts that wait for the repair: the same to first order.
    assert got == pytest.approx(HOURS * share / (1 + share), rel=0.02)


def test_laterals_join_by_their_probability(book):
    """Two trunk nodes never cut off: a site is alone when both its cables are cut."""
    net = graph_of([(0, 1), (0, 2)])
    off = cut_off(net, chronicle((), 2, book, 0), np.array([0]), np.array([1, 2]))
    sites = Laterals(
        node=np.array([[1, 2], [1, -1], [-1, -1]]),
        km=np.array([[40.0, 90.0], [40.0, np.nan], [np.nan, np.nan]]),
    )
    q1, q2 = 1 - np.exp(-2.13e-3 * np.array([40.0, 90.0]) * 6 / HOURS)
    got = outage(sites, off, book)
    np.testing.assert_allclose(
        got.mean_h, [q1 * q2 * HOURS, q1 * HOURS, np.nan], rtol=1e-9
    )
    np.testing.assert_allclose(got.high_h[:2], got.mean_h[:2])
    np.testing.assert_allclose(lateral_down(sites.km, book)[0], [q1, q2])


def test_joining_laterals_equals_drawing_them(net_of, book, world):
    """The site as a node of the network, its cables failing among the others."""
    often = replace(book, cuts_land_per_1000km=60.0, repair_land_h=24.0)
    net = net_of("committed", FibreChoices(), 2029)
    closures = world.tables["fibre_closures"]
    ends = net.nodes.index.get_indexer(["ganja", "mingachevir"])
    site = Laterals(node=ends[None, :], km=np.array([[50.0, 80.0]]))
    target = net.nodes.index.get_indexer(["frankfurt"])

    drawn = chronicle(causes_of(net, closures, often), len(net.links), often, 0)
    home = np.flatnonzero(joinable(net))
    got = outage(site, cut_off(net, drawn, target, home), often)

    whole = with_site(net, site, 0, "site")
    drawn = chronicle(causes_of(whole, closures, often), len(whole.links), often, 0)
    off = ~unpacked(reached(whole, drawn.up, target), len(drawn.hours))[-1]
    hours = drawn.hours[off].sum() / often.years_drawn
    assert got.mean_h[0] == pytest.approx(hours, rel=0.01)
    assert 200 < hours < HOURS


def test_no_way_at_all_is_the_whole_year(book):
    net = graph_of([(1, 2)])
    off = cut_off(net, chronicle((), 1, book, 0), np.array([0]), np.array([1, 2]))
    site = Laterals(node=np.array([[1, 2]]), km=np.array([[5.0, 5.0]]))
    got = outage(site, off, book)
    assert got.mean_h[0] == got.low_h[0] == got.high_h[0] == HOURS
