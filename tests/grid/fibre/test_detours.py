"""Ways round: SciPy and networkx as referees, state by state."""

from dataclasses import replace
from itertools import product

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from data.choices import FibreChoices
from grid.fibre.detours import different_states, km_in_time, km_under
from grid.fibre.network import lengths, network
from grid.fibre.outages import causes_of, chronicle, unpacked
from grid.fibre.routes import without

SIZE = 6
EDGE = st.tuples(
    st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(1, 900)
).filter(lambda e: e[0] != e[1])


def graph_of(edges):
    nodes = pd.DataFrame({"name": list(map(str, range(SIZE)))}, index=range(SIZE))
    ends = {"from_node_id": [e[0] for e in edges], "to_node_id": [e[1] for e in edges]}
    km = {"route_km": [float(e[2]) for e in edges]}
    return network(nodes, pd.DataFrame({**ends, **km}))


@given(edges=st.lists(EDGE, min_size=1, max_size=7), target=st.integers(0, SIZE - 1))
@settings(max_examples=30, deadline=None)
def test_every_state_of_a_random_graph_as_scipy_and_networkx_have_it(edges, target):
    net = graph_of(edges)
    up = np.array(list(product([True, False], repeat=len(edges)))).T
    got = km_under(net, up, target)
    for state in range(0, up.shape[1], 5):
        left = without(net, np.flatnonzero(~up[:, state]))
        np.testing.assert_allclose(
            got[:, state], dijkstra(lengths(left), indices=target)
        )
        graph = nx.MultiGraph()
        graph.add_nodes_from(range(SIZE))
        for tail, head, km in zip(left.tail, left.head, left.km, strict=True):
            graph.add_edge(tail, head, km=km)
        far = nx.single_source_dijkstra_path_length(graph, target, weight="km")
        assert {n: got[n, state] for n in far} == pytest.approx(far)
        assert np.isinf(np.delete(got[:, state], list(far))).all()


def test_states_are_told_apart_and_put_back(net_of, book, world):
    net = net_of("committed", FibreChoices(), 2029)
    few = replace(book, years_drawn=5)
    causes = causes_of(net, world.tables["fibre_closures"], few)
    drawn = chronicle(causes, len(net.links), few, 1)
    states, where = different_states(drawn)
    np.testing.assert_array_equal(
        states[:, where], unpacked(drawn.up, len(drawn.hours))
    )
    assert len(np.unique(states, axis=1).T) == states.shape[1] < len(drawn.hours)


def test_a_detour_is_never_shorter_than_the_way_with_all_links_up(net_of, book, world):
    net = net_of("committed", FibreChoices(), 2029)
    few = replace(book, years_drawn=30)
    causes = causes_of(net, world.tables["fibre_closures"], few)
    drawn = chronicle(causes, len(net.links), few, 1)
    baku, hub = net.nodes.index.get_indexer(["baku", "frankfurt"])
    km = km_in_time(net, drawn, baku, hub)
    whole = km_under(net, np.ones((len(net.links), 1), dtype=bool), hub)[baku, 0]
    assert km.min() == pytest.approx(whole)
    assert np.isinf(km).any()
    assert ((km > whole + 100) & np.isfinite(km)).any()
