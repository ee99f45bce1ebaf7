"""One year: its networks, states and limits, and the limits on loads together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grid.electricity.network.calibration import limits_mw
from grid.electricity.network.capacity import Limits, Sensitivity, sensitivity
from grid.electricity.network.checks import check_connections
from grid.electricity.network.draws import Known, draw, scalar
from grid.electricity.network.elements import build
from grid.electricity.network.secure import (
    Moment,
    Rows,
    intact_rows,
    outage_rows,
    widened,
)
from grid.electricity.network.states import (
    SCARCE,
    STATES,
    available_mw,
    grown_peak_mw,
    load_shares,
    plants,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.draws import Drawn
    from grid.electricity.network.elements import Network
    from grid.electricity.network.states import Plants, State

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """The networks and states of one year."""

    network: Network
    drawn: Drawn
    fleet: Plants
    states: dict[str, State]
    each_mw: dict[str, FloatArray]
    """By state: (draw, group) lasting limit of one circuit [MW]."""
    national_mw: FloatArray
    """(draw,): new load that generation allows in the whole country [MW]."""
    peak_mw: FloatArray
    """(draw,): national peak [MW]."""
    entries: FloatArray
    """(source, bus): share of its output entering at each bus; plants alike as one."""
    source: IntArray
    """(plant,): position of its source."""


def known_of(world: World, overrides: Mapping[str, float], seed: int) -> Known:
    """Return the numbers in force with their doubt.

    Parameters
    ----------
    world
        The tables and the book.
    overrides
        Numbers of the book used instead.
    seed
        Seed of the draws.
    """
    a = world.book.resolve(overrides).power
    return Known(a, world.book, seed, int(a.network_draws))


def case(
    world: World, year: int, known: Known, peak_mw: FloatArray | None = None
) -> Case:
    """Return the networks and states of a year.

    Parameters
    ----------
    world
        A built world.
    year
        Calendar year.
    known
        Numbers in force, with the draws kept by the calibration.
    peak_mw
        (draw,) national peak [MW]; None for the record grown to the year.
    """
    a = known.a
    network = build(world, year)
    check_connections(network, world, a)
    drawn = draw(network, world.tables["line_types"], known)
    shares = load_shares(network, world, year, a)
    fleet = plants(network, world, year, shares, a)
    peak = grown_peak_mw(year, known) if peak_mw is None else peak_mw
    entries, source = np.unique(fleet.at.round(9), axis=0, return_inverse=True)
    return Case(
        network=network,
        drawn=drawn,
        fleet=fleet,
        states={name: state_of(name, shares, fleet, peak, known) for name in STATES},
        each_mw={
            name: limits_mw(network, drawn, scalar(f"network_{name}_rating", known))
            for name in STATES
        },
        national_mw=national_mw(fleet, peak, known),
        peak_mw=peak,
        entries=entries,
        source=source.ravel(),
    )


def national_mw(fleet: Plants, peak_mw: FloatArray, known: Known) -> FloatArray:
    """Return the new load that generation allows in the whole country [MW].

    ``Σ firm plant − peak · (1 + reserve)`` at the peak of a hot day, on the evening
    after it and at the winter peak, the least; never below zero.

    Parameters
    ----------
    fleet
        Plants of the year.
    peak_mw
        (draw,) peak of the year [MW].
    known
        Reserve, availability of each fuel, loads of the states.
    """
    reserve = 1 + scalar("network_reserve_pct", known) / 100.0
    left = [
        available_mw(fleet, name, known).sum(axis=1)
        - peak_mw * scalar(f"network_{name}_load", known) * reserve
        for name in SCARCE
    ]
    return np.asarray(np.maximum(0.0, np.min(left, axis=0)))


def limits_of(found: Case, state: str, draw_at: int, outage_rating: float) -> Limits:
    """Return what each group of one draw bears in a state."""
    each = found.each_mw[state][draw_at]
    return Limits(found.drawn.circuits[draw_at], each, each * outage_rating)


def moment_of(found: Case, state: str, draw_at: int) -> Moment:
    """Return who can give and who takes in one draw.

    Parameters
    ----------
    found
        A year.
    state
        Of `STATES`.
    draw_at
        Position of the draw.
    """
    at, entries = found.states[state], found.entries
    able = np.bincount(found.source, at.able_mw[draw_at], len(entries)).astype(float)
    return Moment(entries, able, at.load_mw[draw_at])


def sensitivity_of(found: Case, draw_at: int) -> Sensitivity:
    """Return the factors of one draw, the same in every state.

    Parameters
    ----------
    found, draw_at
        As for `moment_of`.
    """
    return sensitivity(
        found.network.incident,
        found.drawn.susceptance[draw_at],
        found.drawn.circuits[draw_at],
        found.states["summer"].load_mw[draw_at],
    )


def rows_of(
    found: Case, state: str, draw_at: int, known: Known, s: Sensitivity
) -> tuple[Rows, Rows, BoolArray]:
    """Return the limits of one draw intact, those with every outage, and what it cuts.

    Parameters
    ----------
    found, state, draw_at
        As for `moment_of`.
    known
        Outage rating.
    s
        As `sensitivity_of` gives it.

    Returns
    -------
    intact, secure
    lost
        (outage, bus): buses that the loss of a bridge of one circuit cuts off.
    """
    at = found.states[state]
    limits = limits_of(found, state, draw_at, known.a.network_outage_rating)
    return intact_rows(s, limits), outage_rows(s, limits, at.share[draw_at]), s.lost


def joint_limits(
    found: Case, state: str, draw_at: int, known: Known
) -> tuple[Rows, Moment]:
    """Return the limits on new loads at several buses together, in one draw.

    The dispatch is free: `secure.matrices` writes them for a linear programme. A limit
    that no dispatch of the present load keeps is widened until one does. A portfolio
    adds the national limit itself.

    Parameters
    ----------
    found, state, draw_at, known
        As for `rows_of`.
    """
    moment, s = moment_of(found, state, draw_at), sensitivity_of(found, draw_at)
    return widened(rows_of(found, state, draw_at, known, s)[1], moment), moment
