"""Masks and shortest ways."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.choices import BuildOut, FibreChoices
from grid.fibre import permitted_network
from grid.fibre.network import network, permitted, way, ways_to

EDGE = st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 900))
EDGES = st.lists(EDGE.filter(lambda e: e[0] != e[1]), min_size=1, max_size=20)


def frames(edges):
    nodes = pd.DataFrame(index=[f"n{i}" for i in range(8)])
    links = pd.DataFrame(
        [(f"n{a}", f"n{b}", float(km)) for a, b, km in edges],
        columns=["from_node_id", "to_node_id", "route_km"],
    )
    return nodes, links


def referee(edges):
    graph = nx.Graph()
    graph.add_nodes_from(range(8))
    for a, b, km in edges:
        if not graph.has_edge(a, b) or graph[a][b]["km"] > km:
            graph.add_edge(a, b, km=km)
    return graph


@given(edges=EDGES)
@settings(max_examples=60, deadline=None)
def test_shortest_ways_equal_networkx_with_parallel_and_empty_links(edges):
    ways = ways_to(network(*frames(edges)), np.array([0, 1]))
    for hub in (0, 1):
        known = nx.single_source_dijkstra_path_length(referee(edges), hub, weight="km")
        expected = [known.get(node, np.inf) for node in range(8)]
        np.testing.assert_allclose(ways.km[hub], expected)


@given(edges=EDGES)
@settings(max_examples=40, deadline=None)
def test_a_way_is_as_long_as_it_says(edges):
    graph, ways = referee(edges), ways_to(network(*frames(edges)), np.array([0]))
    for node in range(8):
        passed = way(ways, 0, node)
        if not passed:
            assert np.isinf(ways.km[0, node])
            continue
        assert passed[0] == node
        assert passed[-1] == 0
        assert nx.path_weight(graph, passed, "km") == ways.km[0, node]


@given(edges=EDGES, lost=st.integers(0, 19))
@settings(max_examples=60, deadline=None)
def test_losing_a_link_never_shortens_a_way(edges, lost):
    nodes, links = frames(edges)
    left = links.drop(index=lost % len(links))
    hubs = np.array([0, 3])
    before = ways_to(network(nodes, links), hubs).km
    after = ways_to(network(nodes, left), hubs).km
    assert (after >= before).all()


@pytest.mark.parametrize(
    ("switch", "country"),
    [("russia", "RU"), ("iran", "IR"), ("armenia", "AM"), ("georgia", "GE")],
)
def test_a_closed_country_has_no_link_left(world, switch, country):
    built = world.built(BuildOut(policy="all_planned"))
    opened = dict.fromkeys(("russia", "iran", "armenia", "georgia"), True)
    choices = opened | {switch: False}
    links = permitted_network(built, FibreChoices(**choices), 2040).links
    at = world.tables["fibre_nodes"]["country"]
    ends = {*at[links["from_node_id"]], *at[links["to_node_id"]]}
    assert country not in ends
    assert ends >= {"AZ", "GE", "DE"} - {country}


def test_russia_and_iran_are_closed_unless_asked_for(world):
    nodes, corridors = world.tables["fibre_nodes"], world.tables["fibre_corridors"]
    links = world.built(BuildOut()).tables["fibre_links"]
    allowed = links[permitted(nodes, links, corridors, FibreChoices(), 2029)]
    countries = nodes["country"]
    ends = {*countries[allowed["from_node_id"]], *countries[allowed["to_node_id"]]}
    assert not ends & {"RU", "IR"}
    assert "AM" in ends


def test_a_link_exists_from_its_year_and_not_before(world):
    built = world.built(BuildOut())
    open_in = [
        "tcfo" in permitted_network(built, FibreChoices(), year).links.index
        for year in (2025, 2026, 2029)
    ]
    assert open_in == [False, True, True]


def test_undated_railway_fibre_needs_a_switch(net_of):
    assert "rail_yevlakh_ganja" not in net_of("committed", year=2040).links.index
    assert "rail_yevlakh_ganja" in net_of("under_construction").links.index
