"""How a site joins the trunk network: two laterals to its two nearest trunk nodes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from data.assumptions.fibre import FibreBook
from grid.fibre.network import BoolArray, FloatArray, IntArray, Network
from grid.geo import nearest

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


def laterals(net: Network, lat: ArrayLike, lon: ArrayLike, a: FibreBook) -> Laterals:
    """Join every site to the two nearest trunk nodes of its own region.

    ``km = max(great circle × route factor, shortest lateral)``. The two nodes
    differ; that their cables share no trench or street is not tested.

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
    open_to_sites = joinable(net)
    node = np.full((len(lat), 2), -1, dtype=np.intp)
    straight_km = np.full((len(lat), 2), np.inf)
    for name in np.unique(site_region):
        here = site_region == name
        trunk = np.flatnonzero(open_to_sites & (region == name))
        at = net.nodes.iloc[trunk]
        index, straight_km[here] = nearest(
            lat[here], lon[here], at["lat"].to_numpy(), at["lon"].to_numpy(), k=2
        )
        node[here] = np.where(index < 0, -1, np.append(trunk, -1)[index])
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
