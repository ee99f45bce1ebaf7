"""What the cables carry: maximum flow under a named capacity scenario, never scored.

Most links publish no capacity. A capacity scenario gives them all one figure, and
what crosses the border in service is raised to the traffic that is known to.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from data.assumptions.fibre import FibreBook
from grid.fibre.laterals import HOME
from grid.fibre.network import FloatArray, IntArray, Network

GBPS = 1000
"""Flow is counted in whole Gbps."""
NO_LIMIT = 2_000_000
"""More than all links carry together [Gbps]: a lateral is built to need."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The most that can be carried between two places."""

    tbps: float
    binding: tuple[str, ...]
    """Ids of the links that hold it, nearest to the start."""


def crosses_border(net: Network) -> np.ndarray:
    """Return which links have one end in the country and the other abroad.

    Parameters
    ----------
    net
        Any network.
    """
    home = (net.nodes["country"] == HOME).to_numpy()
    return np.asarray(home[net.tail] != home[net.head])


def filled_tbps(whole: Network, blank_tbps: float, a: FibreBook) -> pd.Series:
    """Return the capacity of every link, blanks filled by a scenario [Tbps].

    Where the links over the border in service come to less than what is known to
    flow, those without a published capacity share what is missing.

    Parameters
    ----------
    whole
        Every link that exists, whatever corridors are open: the traffic known
        took them all.
    blank_tbps
        What a link without a published capacity carries [Tbps].
    a
        The fibre book: `border_floor_tbps`.

    Returns
    -------
    Series
        By link id; +inf for a site's own lateral, which is built to need.
    """
    stated = whole.links["capacity_tbps"]
    tbps = stated.fillna(blank_tbps)
    over = crosses_border(whole) & (whole.links["status"] == "in_service").to_numpy()
    open_ended = over & stated.isna().to_numpy()
    missing = a.border_floor_tbps - tbps[over].sum()
    if missing > 0 and open_ended.any():
        tbps = tbps + np.where(open_ended, missing / open_ended.sum(), 0.0)
    return tbps


def most_flow(net: Network, tbps: FloatArray, start: int, targets: IntArray) -> Flow:
    """Return the most that can flow from a node to any of some others.

    Parameters
    ----------
    net
        The permitted network; parallel links add up.
    tbps
        Capacity of each link, the same both ways [Tbps]; +inf is no limit.
    start
        Position of the node it starts from.
    targets
        Positions of the nodes where it may end.

    Returns
    -------
    Flow
    """
    gbps = np.where(np.isinf(tbps), NO_LIMIT, np.round(tbps * GBPS)).astype(np.int64)
    gbps = np.minimum(gbps, NO_LIMIT)
    sink = len(net.nodes)
    ends = np.asarray(targets)
    origin = np.concatenate([net.tail, net.head, ends])
    goal = np.concatenate([net.head, net.tail, np.full(len(ends), sink)])
    size = np.concatenate([gbps, gbps, np.full(len(ends), NO_LIMIT)])
    shape = (sink + 1, sink + 1)
    room = csr_array(coo_array((size.astype(np.int32), (origin, goal)), shape=shape))
    solved = maximum_flow(room, start, sink)
    left = csr_array(room - solved.flow)
    left.eliminate_zeros()
    near = np.zeros(sink + 1, dtype=bool)
    near[breadth_first_order(left, start, return_predecessors=False)] = True
    across = near[net.tail] != near[net.head]
    return Flow(solved.flow_value / GBPS, tuple(map(str, net.links.index[across])))
