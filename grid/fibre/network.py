"""The graph of fibre links a scenario may use in a year, and shortest ways over it.

Nodes keep their position in the `fibre_nodes` table; links keep their row. A
corridor may be closed by a switch of the scenario, and a closed country closes
every link with an end in it, whatever corridor the link is filed under.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from data.choices import FibreChoices

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

COUNTRY_OF_SWITCH = {"russia": "RU", "iran": "IR", "armenia": "AM", "georgia": "GE"}
"""Country each switch of `FibreChoices` opens; all but Georgia's are also words of
`permitted_by`."""
DOUBTFUL = ("RU", "IR", "AM")
"""Countries whose links no lateral is led to: a door that may shut for good."""


@dataclass(frozen=True, slots=True)
class Network:
    """Permitted links as arrays over node positions; parallel links are kept."""

    nodes: pd.DataFrame
    """The `fibre_nodes` table, indexed by node_id."""
    links: pd.DataFrame
    """The permitted rows of `fibre_links`, indexed by link_id."""
    tail: IntArray
    """Position of each link's first end."""
    head: IntArray
    """Position of each link's other end."""
    km: FloatArray
    """Route length of each link [km]."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Shortest ways from every node to some hubs."""

    km: FloatArray
    """Route length (hub, node) [km]; +inf where no permitted way exists."""
    next_node: IntArray
    """Next node on the way to the hub (hub, node); negative at the end or without a way."""


def closed_switches(choices: FibreChoices) -> tuple[str, ...]:
    """Return the switches a scenario leaves off, in the order they are declared."""
    return tuple(name for name in COUNTRY_OF_SWITCH if not getattr(choices, name))


def permitted(
    nodes: pd.DataFrame,
    links: pd.DataFrame,
    corridors: pd.DataFrame,
    choices: FibreChoices,
    year: int,
) -> BoolArray:
    """Links that exist in a year and that the scenario's corridors allow.

    Parameters
    ----------
    nodes, links, corridors
        The tables `fibre_nodes`, `fibre_links` (with `exists_from`) and
        `fibre_corridors`.
    choices
        Which countries traffic may cross.
    year
        Calendar year.

    Returns
    -------
    BoolArray
        One flag a link, in the order of the table.
    """
    closed = closed_switches(choices)
    countries = [COUNTRY_OF_SWITCH[name] for name in closed]
    barred = links["corridor"].map(corridors["permitted_by"]).isin(closed)
    for end in ("from_node_id", "to_node_id"):
        barred |= links[end].map(nodes["country"]).isin(countries)
    allowed: BoolArray = ((links["exists_from"] <= year) & ~barred).to_numpy(dtype=bool)
    return allowed


def network(nodes: pd.DataFrame, links: pd.DataFrame) -> Network:
    """Index links by the position of their ends.

    Parameters
    ----------
    nodes, links
        The node table, and those rows of the link table that may be used.

    Returns
    -------
    Network
    """
    position = pd.Series(np.arange(len(nodes)), index=nodes.index)
    return Network(
        nodes=nodes,
        links=links,
        tail=position.loc[links["from_node_id"]].to_numpy(dtype=np.intp),
        head=position.loc[links["to_node_id"]].to_numpy(dtype=np.intp),
        km=links["route_km"].to_numpy(dtype=np.float64),
    )


def shortest_links(net: Network) -> dict[tuple[int, int], int]:
    """Row of the shortest link between every joined pair of nodes, both ways round.

    Returns
    -------
    dict of (int, int) to int
        (node, node) → position in `net.links`; of equal links the first listed.
    """
    best: dict[tuple[int, int], int] = {}
    for row in np.argsort(net.km, kind="stable"):
        ends = int(net.tail[row]), int(net.head[row])
        best.setdefault(ends, int(row))
        best.setdefault(ends[::-1], int(row))
    return best


def lengths(net: Network) -> csr_array:
    """Link lengths as a symmetric sparse matrix, the shorter of parallel links [km]."""
    best = shortest_links(net)
    ends = np.array(sorted(best), dtype=np.intp).reshape(-1, 2)
    rows = np.array([best[int(a), int(b)] for a, b in ends], dtype=np.intp)
    size = len(net.nodes)
    return coo_array(
        (net.km[rows], (ends[:, 0], ends[:, 1])), shape=(size, size)
    ).tocsr()


def ways_to(net: Network, hubs: IntArray) -> Ways:
    """Shortest way from every node to each hub: one Dijkstra run a hub.

    Parameters
    ----------
    net
        The permitted network.
    hubs
        Positions of the hubs.

    Returns
    -------
    Ways
    """
    km, before = dijkstra(lengths(net), indices=hubs, return_predecessors=True)
    return Ways(km=np.asarray(km), next_node=np.asarray(before, dtype=np.intp))


def way(ways: Ways, hub: int, node: int) -> list[int]:
    """Nodes passed from a node to a hub, both included; empty without a way.

    Parameters
    ----------
    ways
        Result of `ways_to`.
    hub
        Row of the hub in `ways`.
    node
        Position of the node the way starts from.
    """
    if not np.isfinite(ways.km[hub, node]):
        return []
    passed = [node]
    while ways.next_node[hub, passed[-1]] >= 0:
        passed.append(int(ways.next_node[hub, passed[-1]]))
    return passed
