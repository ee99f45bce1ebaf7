"""Upgrade steps of a bus, one upon the other: what gains most firm MW per dollar.

Greedy: the limits that bind, weighed by their shadow price, and a new line are tried
on some of the networks; the best is built in all of them, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grid.electricity.network.capacity import NO_OUTAGE
from grid.electricity.network.hosting import named, secure_rooms
from grid.electricity.network.steps import (
    cost_usd,
    new_line,
    stepped,
    upgrade,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.case import Case
    from grid.electricity.network.draws import Known
    from grid.electricity.network.hosting import Rooms
    from grid.electricity.network.steps import Step

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

TRIED: Final = 3
"""Binding limits tried at each step, beside a new line."""
TRIED_ON: Final = 20
"""Networks they are tried on."""
LEAST_MW: Final = 10.0
"""Mean gain below which a step is not worth building."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A bus after some steps."""

    step: Step | None
    """The last one; None before any."""
    firm_mw: FloatArray
    """(draw,): network and generation together [MW]."""
    flexible_mw: FloatArray
    """(draw,): of the intact network [MW]."""
    told: dict[str, object]
    """What binds: `binding`, `contingency`, `state`, `binding_pct`, `shadow_price`."""


def rung(found: Case, known: Known, bus: int, step: Step | None) -> tuple[Rung, Rooms]:
    """Return what a bus bears in a year.

    Parameters
    ----------
    found, known
        As for `secure_rooms`.
    bus
        Position of the bus.
    step
        The last step built.
    """
    rooms = secure_rooms(found, known, np.array([bus]))
    firm = np.minimum(rooms.firm_mw[:, 0], found.national_mw)
    told = {name: values[0] for name, values in named(found, rooms).items()}
    return Rung(step, firm, rooms.flexible_mw[:, 0], told), rooms


def ladder(
    found: Case, world: World, known: Known, bus: int, most: int
) -> Iterator[Rung]:
    """Yield a bus as it is, then after each step worth building.

    Parameters
    ----------
    found
        A year.
    world
        A built world.
    known
        Numbers in force, with the draws looked at.
    bus
        Position of the bus.
    most
        Steps at most.
    """
    at, rooms = rung(found, known, bus, None)
    yield at
    for _ in range(most):
        step = _best(found, world, known, bus, rooms)
        if step is None:
            return
        found = stepped(found, step, world, known)
        at, rooms = rung(found, known, bus, step)
        yield at


def gains_mw(found: Case, rooms: Rooms, outage_rating: float) -> FloatArray:
    """Return the mean gain of one more of each group by its shadow price (group,) [MW].

    ``price · rating of one more``, at most what generation still allows; where a lost
    bridge cuts the bus off, what the intact network bears, at most one circuit's.

    Parameters
    ----------
    found
        A year.
    rooms
        Of one bus.
    outage_rating
        Rating after an outage ÷ lasting rating.
    """
    element, price = rooms.element[:, 0], rooms.price[:, 0]
    draws = np.arange(len(element))
    states = list(found.each_mw)
    each = np.stack([found.each_mw[name] for name in states])
    rating = np.where(rooms.outage[:, 0] == NO_OUTAGE, 1.0, outage_rating)
    one = each[rooms.state[:, 0], draws, element] * rating
    cut = np.minimum(rooms.flexible_mw[:, 0], one)
    gain = np.where(price > 0, price * one, cut)
    left = np.maximum(0.0, found.national_mw - rooms.firm_mw[:, 0])
    held = np.where(element >= 0, np.minimum(gain, left), 0.0)
    total = np.bincount(np.maximum(element, 0), held, len(found.network.groups))
    return total / len(draws)


def _best(
    found: Case, world: World, known: Known, bus: int, rooms: Rooms
) -> Step | None:
    """Return the step of most true gain per dollar on some of the networks."""
    a = known.a
    gain = gains_mw(found, rooms, a.network_outage_rating)
    options = [upgrade(found, int(g), known) for g in np.flatnonzero(gain > LEAST_MW)]
    worth = [
        gain[found.network.groups.index.get_loc(step.name)]
        / cost_usd(step, a, known.book)[1]
        for step in options
    ]
    tried = [options[k] for k in np.argsort(worth)[::-1][:TRIED]]
    if gain.sum() > LEAST_MW and (line := new_line(found, bus, world, known)):
        tried.append(line)
    some = np.arange(0, known.count, max(1, known.count // TRIED_ON))
    few, fewer = taken(found, some), replace(known, pick=_picked(known)[some])
    before = rung(few, fewer, bus, None)[0]
    best, most = None, 0.0
    for step in tried:
        after = rung(stepped(few, step, world, fewer), fewer, bus, step)[0]
        more = float(after.firm_mw.mean() - before.firm_mw.mean())
        per_usd = more / float(cost_usd(step, a, known.book)[1])
        if more >= LEAST_MW and per_usd > most:
            best, most = step, per_usd
    return best


def _picked(known: Known) -> IntArray:
    return np.arange(known.draws) if known.pick is None else known.pick


def taken(found: Case, draws: IntArray) -> Case:
    """Return a year in some of its draws.

    Parameters
    ----------
    found
        A year.
    draws
        Positions.
    """
    states = {
        name: replace(
            state,
            injection_mw=state.injection_mw[draws],
            share=state.share[draws],
            plant_mw=state.plant_mw[draws],
            able_mw=state.able_mw[draws],
            load_mw=state.load_mw[draws],
            short_mw=state.short_mw[draws],
        )
        for name, state in found.states.items()
    }
    return replace(
        found,
        drawn=found.drawn.taken(draws),
        states=states,
        each_mw={name: each[draws] for name, each in found.each_mw.items()},
        national_mw=found.national_mw[draws],
        peak_mw=found.peak_mw[draws],
    )
