"""How a site joins the trunk network: two laterals to two diverse trunk nodes.

Two nodes are diverse if no third node, and neither of them, can cut both off from the
exits of the country.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.assumptions.fibre import FibreBook
from grid.fibre.network import (
    DOUBTFUL,
    BoolArray,
    FloatArray,
    IntArray,
    Network,
)
from grid.geo import nearest, pairwise_km

TRUNK_KINDS = ("city", "hub", "landing")
"""Kinds of node a customer can join; border points and exchanges cannot be joined."""
HOME = "AZ"


@dataclass(frozen=True, slots=True)
class Laterals:
    """The two laterals of every site, nearest first."""

    node: IntArray
    """Position of the trunk node (site, 2); -1 where there is none to join."""
    km: FloatArray
    """Built length (site, 2) [km]; NaN where there is none."""


def joinable(net: Network) -> BoolArray:
    """Trunk nodes a site may join: in the country, of a fitting kind, with a live link.

    Parameters
    ----------
    net
        The permitted network.

    Returns
    -------
    BoolArray
        One flag a node.
    """
    live = np.zeros(len(net.nodes), dtype=bool)
    live[net.tail] = live[net.head] = True
    kind = net.nodes["node_kind"].isin(TRUNK_KINDS).to_numpy()
    home = (net.nodes["country"] == HOME).to_numpy()
    return np.asarray(live & kind & home)


def home_region(net: Network, lat: ArrayLike, lon: ArrayLike) -> IntArray:
    """Position of the national node nearest to each site, of whatever kind.

    Its `network_region` is the site's: no lateral is led through a neighbouring
    country between the mainland and the Nakhchivan exclave.

    Parameters
    ----------
    net
        The permitted network.
    lat, lon
        Sites [°].
    """
    home = np.flatnonzero(net.nodes["country"] == HOME)
    at = net.nodes.iloc[home]
    index, _ = nearest(lat, lon, at["lat"].to_numpy(), at["lon"].to_numpy())
    return home[index]


def exits(net: Network) -> BoolArray:
    """Return which nodes of the country have a live link to a country not in doubt.

    A cable laid for good is not led to a door that may shut: the `DOUBTFUL` countries
    do not count, open or not.

    Parameters
    ----------
    net
        The permitted network.
    """
    country = net.nodes["country"]
    home = (country == HOME).to_numpy()
    safe = ~(home | country.isin(DOUBTFUL).to_numpy())
    out = np.zeros(len(home), dtype=bool)
    out[net.tail[home[net.tail] & safe[net.head]]] = True
    out[net.head[home[net.head] & safe[net.tail]]] = True
    return out


def diverse_pairs(net: Network) -> BoolArray:
    """Return which pairs of nodes no single node can cut off from the exits.

    By Menger's theorem these are the pairs with two ways over links of the country
    to the exits that share no node; an exit itself may be shared. Nodes³ flags, and a search for each node lost.

    Parameters
    ----------
    net
        The permitted network.

    Returns
    -------
    BoolArray
        (node, node), symmetric.
    """
    end = exits(net)
    size = len(end)
    home = (net.nodes["country"] == HOME).to_numpy()
    within = home[net.tail] & home[net.head]
    apart = np.ones((size, size), dtype=bool)
    for lost in range(size):
        kept = np.ones(size, dtype=bool)
        kept[lost] = bool(end[lost])
        live = within & kept[net.tail] & kept[net.head]
        ends = net.tail[live], net.head[live]
        graph = coo_array((np.ones(live.sum()), ends), shape=(size, size))
        _, part = connected_components(graph, directed=False)
        out = kept & np.isin(part, part[end & kept])
        apart &= out[:, None] | out[None, :]
    np.fill_diagonal(apart, val=False)
    return apart


def laterals(net: Network, lat: ArrayLike, lon: ArrayLike, a: FibreBook) -> Laterals:
    """Join every site to the nearest trunk node of its region and the nearest diverse.

    ``km = max(great circle × route factor, shortest lateral)``. Where no node is
    diverse from the nearest, the second nearest takes the second lateral. That the
    cables share no trench or street is not tested.

    Parameters
    ----------
    net
        The permitted network.
    lat, lon
        Sites, one-dimensional [°].
    a
        The fibre book.

    Returns
    -------
    Laterals
    """
    lat, lon = np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64)
    region = net.nodes["network_region"].to_numpy()
    site_region = region[home_region(net, lat, lon)]
    trunk = np.flatnonzero(joinable(net))
    at = net.nodes.iloc[trunk]
    far = pairwise_km(lat, lon, at["lat"].to_numpy(), at["lon"].to_numpy())
    far = np.where(site_region[:, None] == region[trunk], far, np.inf)
    first = np.argmin(far, axis=1)
    pairs: BoolArray = diverse_pairs(net)
    apart = pairs[trunk[first][:, None], trunk[None, :]]
    others = np.where(np.arange(len(trunk)) == first[:, None], np.inf, far)
    fit = np.where(apart, others, np.inf)
    fit = np.where(np.isfinite(fit).any(axis=1, keepdims=True), fit, others)
    second = np.argmin(fit, axis=1)
    pick = np.column_stack([first, second])
    straight_km = np.column_stack(
        [
            np.take_along_axis(far, first[:, None], 1),
            np.take_along_axis(others, second[:, None], 1),
        ]
    )
    node = np.where(np.isfinite(straight_km), trunk[pick], -1)
    km = np.maximum(straight_km * a.lateral_route_factor, a.lateral_min_km)
    return Laterals(node=node, km=np.where(node < 0, np.nan, km))


def capex_usd(lateral: Laterals, a: FibreBook) -> FloatArray:
    """Build cost of the laterals a site has [USD]; NaN where it has none.

    Parameters
    ----------
    lateral
        Result of `laterals`.
    a
        The fibre book.
    """
    none = np.isnan(lateral.km).all(axis=1)
    cost = np.nansum(lateral.km, axis=1) * a.lateral_capex_usd_per_km
    return np.where(none, np.nan, cost)
