"""How far the way round is: shortest ways in every state of the links at once."""

import numpy as np

from grid.fibre.network import BoolArray, FloatArray, IntArray, Network
from grid.fibre.outages import Chronicle, unpacked


def km_under(net: Network, up: BoolArray, target: int) -> FloatArray:
    """Return the shortest way from every node to one in every state of the links.

    Bellman and Ford's relaxation, each step over all states at once: on a link that
    is up, an end is no farther than the other end and the link.

    Parameters
    ----------
    net
        Any network.
    up
        Whether a link is up (link, state).
    target
        Position of the node the ways lead to.

    Returns
    -------
    FloatArray
        (node, state) [km]; +inf where there is no way.
    """
    km = np.full((len(net.nodes), up.shape[1]), np.inf)
    km[target] = 0.0
    length = np.where(up, net.km[:, None], np.inf)
    ends = list(zip(net.tail, net.head, length, strict=True))
    before = None
    while before is None or not np.array_equal(before, km):
        before = km.copy()
        for tail, head, along in ends:
            np.minimum(km[tail], km[head] + along, out=km[tail])
            np.minimum(km[head], km[tail] + along, out=km[head])
    return km


def different_states(drawn: Chronicle) -> tuple[BoolArray, IntArray]:
    """Return the states that occur (link, state), and the state of each span.

    Parameters
    ----------
    drawn
        Years of failures.
    """
    up = unpacked(drawn.up, len(drawn.hours))
    bits = np.ascontiguousarray(np.packbits(up, axis=0).T)
    rows = bits.view(np.dtype((np.void, bits.shape[1]))).ravel()
    _, first, where = np.unique(rows, return_index=True, return_inverse=True)
    return up[:, first], where.astype(np.intp)


def km_in_time(net: Network, drawn: Chronicle, start: int, target: int) -> FloatArray:
    """Return the shortest way between two nodes in every span of the drawn years.

    Parameters
    ----------
    net
        The network the failures were drawn for.
    drawn
        Years of failures of its links.
    start, target
        Positions of the two nodes.

    Returns
    -------
    FloatArray
        By span [km]; +inf where there is no way.
    """
    up, where = different_states(drawn)
    return np.asarray(km_under(net, up, target)[start][where])
