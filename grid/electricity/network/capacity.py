"""Hosting capacity: how much more load each bus of one network bears, and why.

New load at a bus is met by the plants with room, pro rata. The most a bus can take
is the least, over elements l and outages k, of ``margin / |φ|`` where φ is what one
more MW there puts on l once k is out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grid.electricity.network.flow import (
    BRIDGE,
    circuit_outage,
    far_side,
    ptdf,
    transfers,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]
    BoolArray = NDArray[np.bool_]

BLOCK: Final = 128
CELLS: Final = 40_000
"""Pairs of element and outage tried at once: so many, or so many by open buses."""
NO_ROOM_MW: Final = 1e-9
"""Margins are not taken for less, so that their reciprocals are numbers."""
NO_OUTAGE: Final = -1
"""Position of the outage where the intact network binds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What each group bears: arrays over groups."""

    circuits: FloatArray
    """Circuits n [1]."""
    each_mw: FloatArray
    """Limit of one circuit, lasting [MW]."""
    outage_mw: FloatArray
    """Limit of one circuit in the minutes after an outage [MW]."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One network's factors, shared by its states."""

    factors: FloatArray
    """(group, bus) as `ptdf` gives them."""
    outage: FloatArray
    """(group, outage) as `circuit_outage` gives them; zero for an islanding outage."""
    lost: BoolArray
    """(outage, bus): buses cut off by the outage of a bridge of one circuit."""
    start: IntArray
    end: IntArray
    """(group,): buses it joins."""


@dataclass(frozen=True, slots=True)
class Room:
    """Most new load of each bus, with what binds: arrays over buses."""

    mw: FloatArray
    """+inf where nothing binds [MW]."""
    element: IntArray
    """Group that binds; -1 where nothing does."""
    outage: IntArray
    """Group whose circuit is out; `NO_OUTAGE` in the intact network."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Elements and outages, soonest to bind first: arrays over pairs."""

    line: IntArray
    out: IntArray
    sign: FloatArray
    """1 for a flow forward, -1 for one back."""
    met: FloatArray
    """What the supply of one MW puts on the element after the outage [MW/MW]."""
    margin_mw: FloatArray
    soonest_mw: FloatArray
    """Least load of any bus at which it can bind [MW]."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Limits on loads at several buses together: ``factor @ load <= margin_mw``."""

    factor: FloatArray
    """(row, bus) [MW/MW]."""
    margin_mw: FloatArray
    """(row,)."""
    element: IntArray
    outage: IntArray


def sensitivity(
    incident: FloatArray,
    susceptance: FloatArray,
    circuits: FloatArray,
    load: FloatArray,
) -> Sensitivity:
    """Return the factors of one network.

    Parameters
    ----------
    incident
        (group, bus).
    susceptance
        (group,) of the whole group.
    circuits
        (group,) count.
    load
        (bus,): the side of a bridge with less of it is the one cut off.
    """
    factors = ptdf(incident, susceptance)
    moved = transfers(factors, incident)
    single = (np.diagonal(moved) > 1 - BRIDGE) & (circuits < 2)
    far = far_side(factors)
    minor = np.where((far @ load > load.sum() / 2)[:, None], ~far, far)
    outage = np.where(single, 0.0, circuit_outage(moved, circuits))
    start, end = np.argmax(incident, axis=1), np.argmin(incident, axis=1)
    return Sensitivity(factors, outage, minor & single[:, None], start, end)


def intact_margins(
    s: Sensitivity, limits: Limits, injection: FloatArray, share: FloatArray
) -> Margins:
    """Return the limits of the network with everything in service.

    Parameters
    ----------
    s, limits
        The network.
    injection, share
        (bus,): injections before new load [MW], and where new load is met from.
    """
    flow = s.factors @ injection
    factor = (s.factors @ share)[:, None] - s.factors
    bound = limits.circuits * limits.each_mw
    group = np.arange(len(flow))
    return Margins(
        np.vstack([factor, -factor]),
        np.concatenate([bound - flow, bound + flow]),
        np.tile(group, 2),
        np.full(2 * len(group), NO_OUTAGE),
    )


def _after(
    s: Sensitivity, injection: FloatArray, share: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """(group, outage) flows after each outage, and what the supply of 1 MW adds.

    An islanding outage takes the injections beyond it away; plants left with room
    make up the difference.
    """
    flow, met = s.factors @ injection, s.factors @ share
    flows = flow[:, None] + s.outage * flow
    mets = met[:, None] + s.outage * met
    for k in np.flatnonzero(s.lost.any(axis=1)):
        kept = ~s.lost[k]
        left = share * kept / max((share * kept).sum(), BRIDGE)
        flows[:, k] = s.factors @ (injection * kept - left * (injection @ kept))
        mets[:, k] = s.factors @ left
        dead = np.abs(s.factors[:, kept]).max(axis=1) < BRIDGE
        flows[dead | (np.arange(len(flow)) == k), k] = 0.0
    return flows, mets


def room(rows: Margins, least_factor: float) -> Room:
    """Return the most load each bus bears alone under some rows.

    Parameters
    ----------
    rows
        Limits.
    least_factor
        A row binds only a bus whose factor exceeds this [MW/MW].
    """
    binds = rows.factor > least_factor
    ratio = np.where(
        binds,
        np.maximum(rows.margin_mw, 0.0)[:, None] / np.where(binds, rows.factor, 1.0),
        np.inf,
    )
    at = np.argmin(ratio, axis=0)
    most = ratio[at, np.arange(ratio.shape[1])]
    free = np.isinf(most)
    return Room(
        most, np.where(free, -1, rows.element[at]), np.where(free, -1, rows.outage[at])
    )


def lesser(first: Room, second: Room) -> Room:
    """Return the lesser of two rooms bus by bus, with what binds it."""
    less = second.mw < first.mw
    return Room(
        np.where(less, second.mw, first.mw),
        np.where(less, second.element, first.element),
        np.where(less, second.outage, first.outage),
    )


def hosting(
    s: Sensitivity,
    limits: Limits,
    injection: FloatArray,
    share: FloatArray,
    least_factor: float,
) -> tuple[Room, Room]:
    """Return the flexible and the firm room of every bus in one state.

    Flexible load is cut at once when a circuit is lost, so the intact network alone
    bounds it; firm load stays through the loss of any one circuit or transformer. A
    bus cut off by such a loss has no firm room.

    Parameters
    ----------
    s, limits, injection, share
        As for `intact_margins`.
    least_factor
        As for `room`.
    """
    flexible = room(intact_margins(s, limits, injection, share), least_factor)
    firm = _bounded(s, limits, (injection, share), flexible, least_factor)
    cut = s.lost.any(axis=0)
    first = np.argmax(s.lost, axis=0)
    islanded = Room(np.where(cut, 0.0, np.inf), first, first)
    return flexible, lesser(firm, islanded)


def _bounded(
    s: Sensitivity,
    limits: Limits,
    power: tuple[FloatArray, FloatArray],
    room_mw: Room,
    least_factor: float,
) -> Room:
    """Return the room left by every outage, starting from that of the intact network.

    For each pair of element and outage the largest factor of any bus bounds from
    below the load at which it can bind. Pairs are tried in that order, and a bus is
    done once its room is below the bound of the next pair: exact, with few tried.
    """
    element, outage = room_mw.element.copy(), room_mw.outage.copy()
    mw = room_mw.mw.copy()
    pairs = _pairs(s, limits, power, least_factor, max(mw.max(), NO_ROOM_MW))
    per_mw = 1.0 / np.maximum(mw, NO_ROOM_MW)
    start, count = 0, len(pairs.soonest_mw)
    while (
        start < count and (open_ := np.flatnonzero(mw > pairs.soonest_mw[start])).size
    ):
        block = slice(start, start + max(BLOCK, CELLS // open_.size))
        start = block.stop
        used = _used(s, pairs, block, open_, least_factor)
        top = used.max(axis=0)
        less = np.flatnonzero(top > per_mw[open_])
        at = block.start + used[:, less].argmax(axis=0)
        changed = open_[less]
        per_mw[changed] = top[less]
        mw[changed] = np.where(pairs.margin_mw[at] > 0, 1.0 / top[less], 0.0)
        element[changed], outage[changed] = pairs.line[at], pairs.out[at]
    return Room(mw, element, outage)


def _used(
    s: Sensitivity, pairs: Pairs, block: slice, buses: IntArray, least_factor: float
) -> FloatArray:
    """(pair, bus): part of the margin of each pair that one MW at a bus uses up."""
    line, out = pairs.line[block], pairs.out[block]
    factors = s.factors[:, buses]
    used = factors.take(out, axis=0)
    used *= s.outage[line, out][:, None]
    used += factors.take(line, axis=0)
    used -= pairs.met[block][:, None]
    used *= -pairs.sign[block][:, None]
    np.putmask(used, used <= least_factor, 0.0)
    used /= np.maximum(pairs.margin_mw[block], NO_ROOM_MW)[:, None]
    if s.lost.any():
        used[s.lost[out][:, buses]] = 0.0
    return used


def _pairs(
    s: Sensitivity,
    limits: Limits,
    power: tuple[FloatArray, FloatArray],
    least_factor: float,
    most_mw: float,
) -> Pairs:
    """Return the pairs that can bind before some load, soonest first.

    What one MW at a bus puts on an element is a potential over the buses without
    source but at its two ends: it is greatest and least there.
    """
    flow, met = _after(s, *power)
    bound = limits.outage_mw[:, None] * (limits.circuits[:, None] - np.eye(len(flow)))
    ends = [
        np.take_along_axis(s.factors, at[:, None], axis=1)
        + s.outage * s.factors[:, at].T
        for at in (s.start, s.end)
    ]
    reach = np.stack([met - np.minimum(*ends), np.maximum(*ends) - met]).ravel()
    margin = np.maximum(np.stack([bound - flow, bound + flow]), 0.0).ravel()
    able = np.flatnonzero((reach > least_factor) & (margin / most_mw < reach))
    soonest = margin[able] / reach[able]
    order = np.argsort(soonest)
    able = able[order]
    back, pair = np.divmod(able, met.size)
    line, out = np.divmod(pair, len(flow))
    sign = 1.0 - 2.0 * back
    return Pairs(line, out, sign, met.ravel()[pair], margin[able], soonest[order])
