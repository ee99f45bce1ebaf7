"""How many routes share nothing: edge- and node-disjoint paths by maximum flow.

By Menger's theorem the greatest number of paths that share no link (no node)
equals the maximum flow when every link (node) carries one unit. A site stands as
a node of its own with one unit on each of its two laterals, so it never counts
more than two routes; a trunk node by itself may count more.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from grid.fibre.laterals import Laterals
from grid.fibre.network import IntArray, Network

Sharing = Literal["edge", "node"]
Arcs = NDArray[np.int32]
MANY = 1_000_000
"""Capacity of what is never the limit: more than links can ever add up to."""


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Arcs of a unit-capacity flow problem towards one super-sink."""

    arcs: Arcs
    """Rows (from, to, capacity)."""
    leave: IntArray
    """Vertex a path leaves each node by."""
    enter: IntArray
    """Vertex a path enters each node by."""
    sink: int
    """The super-sink behind the target nodes."""
    source: int
    """A spare vertex, where a site is put."""


def flow_graph(net: Network, targets: IntArray, sharing: Sharing) -> FlowGraph:
    """Build the flow problem from a network to any of some target nodes.

    Parameters
    ----------
    net
        The permitted network; parallel links count separately.
    targets
        Positions of the nodes where a route may end; they carry any number.
    sharing
        "edge": routes may share no link. "node": nor any node on the way.

    Returns
    -------
    FlowGraph
        For "node" each node is split into an entry and an exit joined by one unit.
    """
    size = len(net.nodes)
    enter = np.arange(size)
    leave = enter + size if sharing == "node" else enter
    sink, source = 2 * size, 2 * size + 1
    end = np.zeros(size, dtype=bool)
    end[targets] = True
    one = np.ones(len(net.tail), dtype=np.intp)
    blocks = [
        (leave[net.tail], enter[net.head], one),
        (leave[net.head], enter[net.tail], one),
        (enter[end], np.full(end.sum(), sink), np.full(end.sum(), MANY)),
    ]
    if sharing == "node":
        blocks.append((enter, leave, np.where(end, MANY, 1)))
    arcs = np.concatenate([np.column_stack(block) for block in blocks])
    return FlowGraph(arcs.astype(np.int32), leave, enter, sink, source)


def routes_from_node(graph: FlowGraph, node: int) -> int:
    """Disjoint routes from a trunk node, which may itself be shared.

    Parameters
    ----------
    graph
        The flow problem.
    node
        Position of the node the routes start from.
    """
    return _flow(graph, graph.arcs, int(graph.leave[node]))


def routes_from_site(graph: FlowGraph, nodes: tuple[int, ...]) -> int:
    """Disjoint routes from a site with one lateral to each of some trunk nodes.

    Parameters
    ----------
    graph
        The flow problem.
    nodes
        Positions of the trunk nodes the site joins.

    Returns
    -------
    int
        At most the number of laterals.
    """
    joins = [(graph.source, int(graph.enter[node]), 1) for node in nodes]
    arcs = np.concatenate([graph.arcs, np.array(joins, dtype=np.int32).reshape(-1, 3)])
    return _flow(graph, arcs, graph.source)


def _flow(graph: FlowGraph, arcs: Arcs, source: int) -> int:
    size = graph.source + 1
    capacity = coo_array((arcs[:, 2], (arcs[:, 0], arcs[:, 1])), shape=(size, size))
    return int(maximum_flow(capacity.tocsr(), source, graph.sink).flow_value)


def disjoint_routes(
    net: Network, lateral: Laterals, targets: IntArray, sharing: Sharing
) -> IntArray:
    """Disjoint routes from every site to any of some target nodes.

    Parameters
    ----------
    net
        The permitted network.
    lateral
        Laterals (site, 2); sites that join the same two nodes share one answer.
    targets
        Positions of the nodes where a route may end.
    sharing
        What routes may not share.

    Returns
    -------
    IntArray
        Number of routes per site: 0, 1 or 2.
    """
    graph = flow_graph(net, targets, sharing)
    pairs, where = np.unique(np.sort(lateral.node, axis=1), axis=0, return_inverse=True)
    counts = [
        routes_from_site(graph, tuple(int(node) for node in pair if node >= 0))
        for pair in pairs
    ]
    return np.array(counts, dtype=np.intp)[where.reshape(-1)]
