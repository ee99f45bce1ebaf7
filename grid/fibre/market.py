"""Who can be served: people of the region within a round-trip time."""

import numpy as np
import pandas as pd

from data.assumptions.fibre import FibreBook
from grid.fibre.latency import rtt_lower_ms
from grid.fibre.network import FloatArray, IntArray, Network

CAPS_MS = (20, 50, 100)
"""Round-trip times people are counted within [ms]."""


def gateways(net: Network, markets: pd.DataFrame) -> IntArray:
    """Return the position of the node each country is reached at.

    Parameters
    ----------
    net
        Any network.
    markets
        The table `fibre_markets`.
    """
    found = net.nodes.index.get_indexer(pd.Index(markets["market_node_id"]))
    return np.asarray(found, dtype=np.intp)


def market_rtt_ms(km: FloatArray, markets: pd.DataFrame, a: FibreBook) -> FloatArray:
    """Return the expected round-trip time to each country [ms].

    Parameters
    ----------
    km
        Way to the node each country is reached at (…, country) [km]; NaN or +inf
        where there is none.
    markets
        The table `fibre_markets`, with the way beyond that node.
    a
        The fibre book.
    """
    whole = km + markets["beyond_km"].to_numpy(dtype=np.float64)
    return rtt_lower_ms(whole, a) * a.rtt_factor_expected


def people_within(
    rtt_ms: FloatArray, markets: pd.DataFrame, cap_ms: float
) -> FloatArray:
    """Return the people of addressable countries within a round-trip time.

    Parameters
    ----------
    rtt_ms
        Expected round-trip time (…, country) [ms]; NaN where there is no way.
    markets
        The table `fibre_markets`.
    cap_ms
        Longest round trip counted [ms].

    Notes
    -----
    A country counts whole or not at all, by its largest city.
    """
    people = 1e6 * markets["people_millions"].to_numpy(dtype=np.float64)
    served = markets["addressable"].to_numpy(dtype=bool) & (rtt_ms <= cap_ms)
    return np.asarray((served * people).sum(axis=-1))
