"""The routes themselves: the disjoint ways of least total length, link by link.

``min Σ km x`` over the directed uses x of the links, one unit through each link
(and, where no node may be shared, through each node), k units from start to end:
the matrix of a flow is totally unimodular, so the optimum of the linear programme
is whole [1]_.

References
----------
.. [1] Suurballe (1974), "Disjoint paths in a network", Networks 4, 125-145.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from grid.fibre.diversity import Sharing, flow_graph, routes_from_node
from grid.fibre.laterals import Laterals
from grid.fibre.network import FloatArray, IntArray, Network

DETOUR_KM = 1e-6
"""Length given to every link besides its own, so that a cross-connect is never
passed to and fro for nothing."""
HALF = 0.5
"""A use of the optimum is whole: more than this is one."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way through the network."""

    nodes: tuple[int, ...]
    """Nodes passed, both ends included."""
    links: tuple[int, ...]
    """Links passed, as rows of the network: one fewer than nodes."""
    km: float
    """Length [km]."""


def with_site(net: Network, lateral: Laterals, site: int, name: str) -> Network:
    """Return the network with one site as its last node, on its laterals.

    Parameters
    ----------
    net
        The permitted network.
    lateral
        Laterals of some sites.
    site
        Row of the site in `lateral`.
    name
        What the site is called among the nodes.

    Returns
    -------
    Network
        Links `lateral_1` and `lateral_2` stand last, to be built by the owner.
    """
    ends = lateral.node[site]
    at = ends[ends >= 0]
    node = {"name": name, "country": "AZ", "node_kind": "site"}
    row = {"medium": "terrestrial", "status": "to_build", "corridor": ""}
    ids = [f"lateral_{i + 1}" for i in range(len(at))]
    built = pd.DataFrame([row] * len(at), index=pd.Index(ids, name="link_id"))
    last = len(net.nodes)
    return Network(
        nodes=pd.concat([net.nodes, pd.DataFrame(node, index=[name])]),
        links=pd.concat([net.links, built]),
        tail=np.append(net.tail, np.full(len(at), last)),
        head=np.append(net.head, at),
        km=np.append(net.km, lateral.km[site][ends >= 0]),
    )


def without(net: Network, lost: IntArray) -> Network:
    """Return the network with some of its links taken out; nodes keep their place.

    Parameters
    ----------
    net
        Any network.
    lost
        Rows of the links that are gone.
    """
    kept = np.setdiff1d(np.arange(len(net.km)), lost)
    return replace(
        net,
        links=net.links.iloc[kept],
        tail=net.tail[kept],
        head=net.head[kept],
        km=net.km[kept],
    )


def shortest_disjoint(
    net: Network, start: int, end: int, sharing: Sharing
) -> tuple[Route, ...]:
    """Return as many disjoint routes as there are, of least total length.

    Parameters
    ----------
    net
        The permitted network; parallel links are different links.
    start, end
        Positions of two nodes that differ.
    sharing
        "edge": routes share no link. "node": nor any node but the two ends.

    Returns
    -------
    tuple of Route
        Shortest first; as many as `routes_from_node` counts.
    """
    graph = flow_graph(net, np.array([end]), sharing)
    count = routes_from_node(graph, start)
    if not count:
        return ()
    size = len(net.nodes)
    shift = size if sharing == "node" else 0
    arcs = _arcs(net, shift, (start, end))
    used = _least(arcs, count, (start + shift, end))
    both = len(net.km)
    onward = {
        int(use): (int(use) % both, int(arcs.to[use]) % size)
        for use in np.flatnonzero(used[: 2 * both] > HALF)
    }
    return _followed(net, _by_origin(arcs, onward, size), start, end)


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Directed uses: links one way, links the other way, then nodes."""

    of: IntArray
    to: IntArray
    km: FloatArray
    size: int
    links: int


def _arcs(net: Network, shift: int, ends: tuple[int, int]) -> _Arcs:
    """Return the directed uses; with a shift, a node is left by a vertex of its own."""
    size = len(net.nodes)
    of = [net.tail + shift, net.head + shift]
    to = [net.head, net.tail]
    km = [net.km + DETOUR_KM] * 2
    if shift:
        between = np.setdiff1d(np.arange(size), ends)
        of, to = [*of, between], [*to, between + size]
        km.append(np.zeros(len(between)))
    return _Arcs(
        np.concatenate(of),
        np.concatenate(to),
        np.concatenate(km),
        2 * size,
        len(net.km),
    )


def _least(arcs: _Arcs, count: int, ends: tuple[int, int]) -> FloatArray:
    """Solve the flow: how much of each use the least routes make (0 or 1)."""
    uses = np.arange(len(arcs.of))
    ones = np.ones(len(uses))
    balance = coo_array(
        (
            np.concatenate([ones, -ones]),
            (np.concatenate([arcs.of, arcs.to]), np.concatenate([uses, uses])),
        ),
        shape=(arcs.size, len(uses)),
    )
    net_out = np.zeros(arcs.size)
    net_out[ends[0]], net_out[ends[1]] = count, -count
    both = np.arange(2 * arcs.links)
    shared = coo_array(
        (np.ones(len(both)), (both % arcs.links, both)), shape=(arcs.links, len(uses))
    )
    solved = milp(
        arcs.km,
        constraints=[
            LinearConstraint(balance.tocsc(), net_out, net_out),
            LinearConstraint(shared.tocsc(), 0.0, 1.0),
        ],
        bounds=Bounds(0.0, 1.0),
    )
    if solved.x is None:
        raise RuntimeError(f"disjoint routes: {solved.message}")
    return np.asarray(solved.x, dtype=np.float64)


def _by_origin(
    arcs: _Arcs, onward: dict[int, tuple[int, int]], size: int
) -> dict[int, list[tuple[int, int]]]:
    """Return the uses that leave each node, as (link, next node)."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for use, (link, following) in onward.items():
        leaving.setdefault(int(arcs.of[use]) % size, []).append((link, following))
    return leaving


def _followed(
    net: Network, leaving: dict[int, list[tuple[int, int]]], start: int, end: int
) -> tuple[Route, ...]:
    """Follow every use from the start to the end, each once."""
    found = []
    while leaving.get(start):
        nodes, links = [start], []
        while nodes[-1] != end:
            link, following = leaving[nodes[-1]].pop(0)
            nodes.append(following)
            links.append(link)
        found.append(Route(tuple(nodes), tuple(links), float(net.km[links].sum())))
    return tuple(sorted(found, key=lambda route: route.km))


def hops(net: Network, route: Route) -> list[tuple[str, str, pd.Series, float]]:
    """Return each hop of a route: from, to, its row of the links, its length [km].

    Parameters
    ----------
    net
        The network the route runs over.
    route
        One of its routes.
    """
    name = net.nodes["name"].to_numpy()
    return [
        (str(name[a]), str(name[b]), net.links.iloc[link], float(net.km[link]))
        for (a, b), link in zip(pairwise(route.nodes), route.links, strict=True)
    ]
