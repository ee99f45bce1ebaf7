"""Round-trip times: what glass allows, and what to expect of a real route."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data.assumptions.fibre import FibreBook
from data.schema import GRADES
from grid.fibre.laterals import Laterals
from grid.fibre.network import (
    BoolArray,
    FloatArray,
    IntArray,
    Network,
    Ways,
    shortest_links,
    way,
    ways_to,
)

ARROW = " → "


@dataclass(frozen=True, slots=True)
class SiteWays:
    """The shortest way from every site to every hub, over the better of its laterals."""

    km: FloatArray
    """Route length with the lateral (site, hub) [km]; NaN without a permitted way."""
    node: IntArray
    """Trunk node the way enters by (site, hub); -1 without a permitted way."""


def rtt_lower_ms(route_km: ArrayLike, a: FibreBook) -> FloatArray:
    """Round-trip time of light in the glass of a route, and nothing else.

    ``RTT = 2 · τ · L`` with τ the one-way delay of fibre: no measured round trip
    can be shorter on that route.

    Parameters
    ----------
    route_km
        Length of the route [km].
    a
        The fibre book: `delay_us_per_km`, group index / speed of light [µs/km].

    Returns
    -------
    FloatArray
        Round-trip time [ms].

    Notes
    -----
    Amplifiers, error correction and regeneration add under 1 ms per 4,000 km and
    are left to the expected value.
    """
    return np.asarray(route_km, dtype=np.float64) * (2e-3 * a.delay_us_per_km)


def site_ways(lateral: Laterals, ways: Ways) -> SiteWays:
    """Shortest way from each site to each hub: the lesser of its two laterals.

    Parameters
    ----------
    lateral
        Laterals (site, 2).
    ways
        Shortest ways of the trunk network (hub, node).

    Returns
    -------
    SiteWays
        Ties go to the nearer trunk node.
    """
    trunk = ways.km.T[lateral.node]  # (site, 2, hub); -1 reads the last node, masked
    km = np.where(lateral.node[..., None] < 0, np.inf, trunk)
    km = km + np.nan_to_num(lateral.km)[..., None]
    chosen = np.argmin(km, axis=1)
    best = np.take_along_axis(km, chosen[:, None, :], axis=1)[:, 0, :]
    node = np.take_along_axis(lateral.node, chosen, axis=1)
    found = np.isfinite(best)
    return SiteWays(km=np.where(found, best, np.nan), node=np.where(found, node, -1))


def basket_ms(rtt_ms: FloatArray, member: BoolArray) -> FloatArray:
    """Mean round-trip time to the hubs of a basket.

    Parameters
    ----------
    rtt_ms
        Round-trip times (site, hub) [ms].
    member
        Which hubs belong to the basket.

    Returns
    -------
    FloatArray
        Per site [ms]. NaN if any member is out of reach: a mean over what is left
        would reward losing the farthest hub.
    """
    if not member.any():
        return np.full(len(rtt_ms), np.nan)
    mean: FloatArray = rtt_ms[:, member].mean(axis=1)
    return mean


def route_text(net: Network, ways: Ways, reached: SiteWays) -> np.ndarray:
    """Hop-by-hop route of every site to every hub, from the trunk node it joins.

    Parameters
    ----------
    net, ways, reached
        The network, its ways, and the sites' ways over it.

    Returns
    -------
    ndarray of str
        (site, hub), as "Baku → Ganja → Tbilisi"; "" without a permitted way.
    """
    name = net.nodes["name"].to_numpy()
    return _by_entry(
        reached, lambda hub, node: ARROW.join(name[way(ways, hub, node)]), ""
    )


def route_grade(net: Network, ways: Ways, reached: SiteWays) -> IntArray:
    """Worst grade among the links of every site's route to every hub.

    Parameters
    ----------
    net, ways, reached
        The network, its ways, and the sites' ways over it.

    Returns
    -------
    IntArray
        (site, hub): position in `data.schema.GRADES`; -1 without a permitted way.
    """
    rank = net.links["grade"].map(GRADES.index).to_numpy(dtype=np.intp)
    link = shortest_links(net)

    def worst(hub: int, node: int) -> int:
        passed = way(ways, hub, node)
        hops = pairwise(passed)
        return max((int(rank[link[hop]]) for hop in hops), default=0)

    return _by_entry(reached, worst, -1).astype(np.intp)


def _by_entry(
    reached: SiteWays, value: Callable[[int, int], object], absent: object
) -> np.ndarray:
    """Work out a value once for each (hub, trunk node) in use and share it."""
    out = np.full(reached.node.shape, absent, dtype=object)
    for hub, entries in enumerate(reached.node.T):
        nodes, where = np.unique(entries, return_inverse=True)
        shared = np.array(
            [absent if node < 0 else value(hub, int(node)) for node in nodes],
            dtype=object,
        )
        out[:, hub] = shared[where]
    return out


def measured_pairs(net: Network, measured: pd.DataFrame, a: FibreBook) -> pd.DataFrame:
    """Return every measured minimum over the lower bound of its pair.

    Parameters
    ----------
    net
        The network the pings ran over: in service, every corridor open.
    measured
        The table `latency_measurements`.
    a
        The fibre book.

    Returns
    -------
    DataFrame
        from_place, to_place, calibrates, note, rtt_lower_ms, rtt_ms, ratio; the
        smallest ratio first. A pair with an end that is no node is left out.
    """
    known = (measured["from_node_id"] != "") & (measured["to_node_id"] != "")
    minima = (measured["rtt_kind"] == "measured") & (measured["rtt_statistic"] == "min")
    table = measured[known & minima]
    start, end = (
        net.nodes.index.get_indexer(pd.Index(table[f"{side}_node_id"])).astype(np.intp)
        for side in ("from", "to")
    )
    ends, row = np.unique(end, return_inverse=True)
    lower = rtt_lower_ms(ways_to(net, ends).km[row, start], a)
    told = table[["from_place", "to_place", "calibrates", "note"]].assign(
        rtt_lower_ms=lower, rtt_ms=table["rtt_ms"], ratio=table["rtt_ms"] / lower
    )
    return told.astype({"calibrates": bool}).sort_values("ratio", ignore_index=True)
