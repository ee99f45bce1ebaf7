"""What breaks a site's routes: minimum cuts by name, single points, shared risks.

The links (or nodes) across a minimum cut are as many as the routes that share
none of them (Menger). A shared-risk group is what one event takes at once: a
corridor, a country, or the buildings of one town.
"""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from grid.fibre.diversity import Sharing, flow_graph, routes_from_node
from grid.fibre.network import BoolArray, IntArray, Network
from grid.fibre.routes import without


def minimum_cut(
    net: Network, start: int, end: int, sharing: Sharing
) -> tuple[str, ...]:
    """Return the fewest links, or links and nodes, whose loss parts two nodes.

    Parameters
    ----------
    net
        The permitted network.
    start, end
        Positions of the two nodes.
    sharing
        "edge": links alone are cut; "node": nodes, and links that join the ends.

    Returns
    -------
    tuple of str
        Ids, as many as there are disjoint routes; of equal cuts the one nearest
        to the start.
    """
    graph = flow_graph(net, np.array([end]), sharing)
    size = graph.source + 1
    arcs = graph.arcs
    given = coo_array((arcs[:, 2], (arcs[:, 0], arcs[:, 1])), shape=(size, size))
    capacity = csr_array(given)
    origin = int(graph.leave[start])
    left = csr_array(capacity - maximum_flow(capacity, origin, graph.sink).flow)
    left.eliminate_zeros()
    near = np.zeros(size, dtype=bool)
    near[breadth_first_order(left, origin, return_predecessors=False)] = True
    leave, enter = graph.leave, graph.enter
    across = (near[leave[net.tail]] & ~near[enter[net.head]]) | (
        near[leave[net.head]] & ~near[enter[net.tail]]
    )
    links = net.links.index[across]
    nodes = net.nodes.index[near[enter] & ~near[leave]]
    return (*map(str, nodes), *map(str, links))


def joined(net: Network, start: int, end: int) -> bool:
    """Whether any way leads from one node to another.

    Parameters
    ----------
    net
        The network.
    start, end
        Positions of the two nodes.
    """
    size = len(net.nodes)
    ones = np.ones(len(net.tail))
    graph = coo_array((ones, (net.tail, net.head)), shape=(size, size))
    _, part = connected_components(graph.tocsr(), directed=False)
    return bool(part[start] == part[end])


def touching(net: Network, nodes: BoolArray) -> IntArray:
    """Return the rows of the links with an end in some nodes."""
    return np.flatnonzero(nodes[net.tail] | nodes[net.head])


def single_points(net: Network, start: int, end: int) -> tuple[str, ...]:
    """Return every node whose loss alone parts start and end.

    Parameters
    ----------
    net
        The permitted network.
    start, end
        Positions of two nodes.

    Returns
    -------
    tuple of str
        Node ids in the order of the table; empty if nothing leads there at all.
    """
    if not joined(net, start, end):
        return ()
    places = np.arange(len(net.nodes))
    lost = (
        node
        for node in np.unique(np.concatenate([net.tail, net.head]))
        if node not in (start, end)
        and not joined(without(net, touching(net, places == node)), start, end)
    )
    return tuple(str(net.nodes.index[node]) for node in lost)


def risk_groups(net: Network, ends: tuple[int, int]) -> dict[tuple[str, str], IntArray]:
    """Return the links each shared event would take.

    Parameters
    ----------
    net
        The permitted network.
    ends
        The nodes routes are counted between: their own countries and towns are no
        risk on the way.

    Returns
    -------
    dict
        (kind, name) → rows of the links. Kinds: corridor; country, all links with
        an end there; town, all links of a node that is a hub.
    """
    groups: dict[tuple[str, str], IntArray] = {}
    corridor = net.links["corridor"].to_numpy()
    for name in sorted(set(corridor) - {""}):
        groups["corridor", str(name)] = np.flatnonzero(corridor == name)
    country = net.nodes["country"].to_numpy()
    for name in sorted(set(country) - set(country[list(ends)])):
        groups["country", str(name)] = touching(net, country == name)
    hub = (net.nodes["node_kind"] == "hub").to_numpy()
    for node in np.setdiff1d(np.flatnonzero(hub), ends):
        places = np.arange(len(hub)) == node
        groups["town", str(net.nodes.index[node])] = touching(net, places)
    return {key: rows for key, rows in groups.items() if len(rows)}


def risk_table(net: Network, start: int, end: int) -> pd.DataFrame:
    """Return how many routes are left after each shared event.

    Parameters
    ----------
    net
        The permitted network.
    start, end
        Positions of the two nodes.

    Returns
    -------
    DataFrame
        kind, group, links lost, routes left that share no link and no node; those
        events alone that take at least one route, the worst first.
    """
    whole = _both(net, start, end)
    rows = []
    for (kind, group), lost in risk_groups(net, (start, end)).items():
        left = _both(without(net, lost), start, end)
        if left != whole:
            rows.append((kind, group, len(lost), *left))
    columns = ["kind", "group", "links", "routes_edge", "routes_node"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(
        ["routes_node", "routes_edge", "kind", "group"], ignore_index=True
    )


def _both(net: Network, start: int, end: int) -> tuple[int, int]:
    """Count the routes that share no link, and no node."""
    edge, node = (
        routes_from_node(flow_graph(net, np.array([end]), sharing), start)
        for sharing in ("edge", "node")
    )
    return edge, node
