"""How many hours a year a site is cut off: 64 spans a machine word, sites joined on.

The trunk network is solved once for every span of the drawn years. Sites differ by
their laterals alone: each joins its trunk nodes by the probability that its own
cable is up, which is exact and costs nothing by the site.
"""

from dataclasses import dataclass, field

import numpy as np

from data.assumptions.fibre import FibreBook
from grid.fibre.laterals import Laterals
from grid.fibre.network import BoolArray, FloatArray, IntArray, Network
from grid.fibre.outages import HOURS, Chronicle, Words, unpacked

Z95 = 1.96
"""Standard errors either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Hours a year without a way, expected, and where 95 % of the sampling lies."""

    mean_h: FloatArray
    low_h: FloatArray
    high_h: FloatArray


Moments = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class CutOff:
    """Which trunk nodes are cut off from some targets, and when."""

    down: BoolArray
    """(node, span), for spans in which any node is; the last row is always."""
    hours: FloatArray
    """Length of those spans [h]."""
    year: IntArray
    """Year of each of those spans."""
    years: int
    known: dict[tuple[int, int], Moments] = field(default_factory=dict)
    """Moments of the pairs of nodes asked about so far: a long list asks again."""


def reached(net: Network, up: Words, targets: IntArray) -> Words:
    """Return in which spans each node has a way to any target, bit by bit.

    Reachability runs over all links at once and again until nothing changes: on a
    link that is up, an end is reached if the other one is.

    Parameters
    ----------
    net
        Any network.
    up
        Whether a link is up (link, word), a bit a span.
    targets
        Positions of the nodes to be reached.

    Returns
    -------
    Words
        (node, word). A target reaches itself always.
    """
    seen = np.zeros((len(net.nodes), up.shape[1]), dtype=np.uint64)
    seen[targets] = ~np.uint64(0)
    order = _outward(net, targets)
    ends = list(zip(order, net.tail[order], net.head[order], strict=True))
    before = None
    while before is None or not np.array_equal(before, seen):
        before = seen.copy()
        for link, tail, head in ends:
            passing = (seen[tail] | seen[head]) & up[link]
            seen[tail] |= passing
            seen[head] |= passing
    return seen


def _outward(net: Network, targets: IntArray) -> IntArray:
    """Return the links in the order a wave from the targets meets them."""
    depth = np.full(len(net.nodes), len(net.nodes))
    depth[targets] = 0
    for _ in range(len(net.nodes)):
        near = np.minimum(depth[net.tail], depth[net.head]) + 1
        np.minimum.at(depth, net.tail, near)
        np.minimum.at(depth, net.head, near)
    return np.argsort(depth[net.tail] + depth[net.head], kind="stable")


def cut_off(
    net: Network, drawn: Chronicle, targets: IntArray, nodes: IntArray
) -> CutOff:
    """Return when each of some trunk nodes has no way to any target.

    Parameters
    ----------
    net
        The permitted network.
    drawn
        Years of failures of its links.
    targets
        Positions of the nodes to be reached.
    nodes
        Positions of the trunk nodes asked about.

    Returns
    -------
    CutOff
        One row a node of `net`, those not asked about never down, then one that
        always is: it stands for a lateral that is not there.
    """
    spans = len(drawn.hours)
    down = ~unpacked(reached(net, drawn.up, targets)[nodes], spans)
    some = np.flatnonzero(down.any(axis=0))
    rows = np.zeros((len(net.nodes) + 1, len(some)), dtype=bool)
    rows[nodes] = down[:, some]
    rows[-1] = True
    year = np.searchsorted(drawn.first, some, side="right") - 1
    return CutOff(rows, drawn.hours[some], year, len(drawn.first))


def lateral_down(km: FloatArray, a: FibreBook) -> FloatArray:
    """Return the share of time a lateral is cut, ``1 − exp(−λ·m)`` [1].

    Parameters
    ----------
    km
        Built length [km]; NaN where there is none.
    a
        The fibre book.
    """
    busy = a.cuts_land_per_1000km * km / 1000.0 * a.repair_land_h / HOURS
    return np.where(np.isnan(km), 0.0, -np.expm1(-busy))


def outage(lateral: Laterals, off: CutOff, a: FibreBook) -> Outage:
    """Return the hours a year in which each site has no way to the targets.

    With the laterals cut for shares q₁, q₂ of the time and their trunk nodes cut
    off for d₁, d₂ hours of a year and d₁₂ together,
    ``q₁q₂·8760 + q₂(1−q₁)·d₁ + q₁(1−q₂)·d₂ + (1−q₁)(1−q₂)·d₁₂``.

    Parameters
    ----------
    lateral
        Laterals (site, 2).
    off
        When trunk nodes are cut off.
    a
        The fibre book.

    Returns
    -------
    Outage
        One figure a site, its own whatever the others are; the interval comes from
        the spread over the drawn years. NaN for a site without a lateral.
    """
    pairs, where = np.unique(lateral.node, axis=0, return_inverse=True)
    q1, q2 = lateral_down(lateral.km, a).T
    mean, variance = (m[where.reshape(-1)] for m in _moments(pairs, off))
    weights = (q2 * (1 - q1), q1 * (1 - q2), (1 - q1) * (1 - q2))
    hours = q1 * q2 * HOURS
    spread = np.zeros(len(hours))
    for i, left in enumerate(weights):
        hours = hours + left * mean[:, i]
        for j, right in enumerate(weights):
            spread = spread + left * right * variance[:, i, j]
    hours = np.where((lateral.node < 0).all(axis=1), np.nan, hours)
    error = Z95 * np.sqrt(np.maximum(spread, 0.0) / off.years)
    low, high = np.maximum(hours - error, 0.0), np.minimum(hours + error, HOURS)
    return Outage(np.minimum(hours, HOURS), low, high)


def _moments(pairs: IntArray, off: CutOff) -> Moments:
    """Return mean and covariance over years of d₁, d₂, d₁₂ by pair of nodes [h]."""
    means, variances = np.zeros((len(pairs), 3)), np.zeros((len(pairs), 3, 3))
    for row, (one, other) in enumerate(pairs.tolist()):
        if (one, other) not in off.known:
            off.known[one, other] = _moments_of(one, other, off)
        means[row], variances[row] = off.known[one, other]
    return means, variances


def _moments_of(one: int, other: int, off: CutOff) -> Moments:
    first, second = off.down[one], off.down[other]
    each = np.stack(
        [
            np.bincount(off.year, off.hours * down, minlength=off.years)
            for down in (first, second, first & second)
        ]
    )
    if other < 0:  # no second lateral: as one that is down all the year
        each[1] = HOURS
    return each.mean(axis=1), np.cov(each)
