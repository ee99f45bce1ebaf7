"""Hosting capacity of every bus and year over the networks that fit the record peak."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from grid.electricity.network.calibration import calibrate, limits_mw
from grid.electricity.network.capacity import (
    NO_OUTAGE,
    Limits,
    Room,
    Rows,
    hosting,
    intact_rows,
    outage_rows,
    sensitivity,
)
from grid.electricity.network.checks import check_connections, check_tables
from grid.electricity.network.draws import Known, draw, scalar
from grid.electricity.network.elements import build
from grid.electricity.network.states import (
    STATES,
    available_mw,
    grown_peak_mw,
    load_shares,
    plants,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.calibration import Calibration
    from grid.electricity.network.draws import Drawn
    from grid.electricity.network.elements import Network
    from grid.electricity.network.states import Plants, State

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

QUANTILES: Final = (0.1, 0.5, 0.9)
"""P10, P50, P90: the part of the draws that lie below."""
NATIONAL: Final = "national generation"
OPEN: Final = "nothing modelled"


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


def known_of(world: World, overrides: dict[str, float], seed: int) -> Known:
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


def case(world: World, year: int, known: Known) -> Case:
    """Return the networks and states of a year.

    Parameters
    ----------
    world
        A built world.
    year
        Calendar year.
    known
        Numbers in force, with the draws kept by the calibration.
    """
    a = known.a
    network = build(world, year)
    check_connections(network, world, a)
    drawn = draw(network, world.tables["line_types"], known)
    shares = load_shares(network, world, year, a)
    fleet = plants(network, world, year, shares, a)
    peak = grown_peak_mw(year, known)
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
    )


def national_mw(fleet: Plants, peak_mw: FloatArray, known: Known) -> FloatArray:
    """Return the new load that generation allows in the whole country [MW].

    ``Σ firm plant − peak · (1 + reserve)`` at the summer and the winter peak, the
    lesser; never below zero.

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
        for name in STATES[:2]
    ]
    return np.maximum(0.0, np.minimum(*left))


def limits_of(found: Case, state: str, draw_at: int, outage_rating: float) -> Limits:
    """Return what each group of one draw bears in a state."""
    each = found.each_mw[state][draw_at]
    return Limits(found.drawn.circuits[draw_at], each, each * outage_rating)


def rooms(found: Case, known: Known) -> dict[str, tuple[list[Room], list[Room]]]:
    """Return, by state, the flexible and the firm room of every bus in every draw.

    Parameters
    ----------
    found
        A year.
    known
        Least factor and outage rating.
    """
    incident = found.network.incident
    out: dict[str, tuple[list[Room], list[Room]]] = {name: ([], []) for name in STATES}
    for i in range(known.count):
        circuits = found.drawn.circuits[i]
        load = found.states["summer"].load_mw[i]
        s = sensitivity(incident, found.drawn.susceptance[i], circuits, load)
        for name, state in found.states.items():
            limits = limits_of(found, name, i, known.a.network_outage_rating)
            both = hosting(
                s,
                limits,
                state.injection_mw[i],
                state.share[i],
                known.a.network_factor_least,
            )
            for kept, one in zip(out[name], both, strict=True):
                kept.append(one)
    return out


def joint_rows(found: Case, state: str, draw_at: int, known: Known) -> Rows:
    """Return the limits on new loads at several buses together, in one draw.

    ``factor @ load <= margin``, loads in the order of the buses; the intact network
    and every outage, rows that no load of the national limit can reach left out. A
    portfolio adds the national limit itself. A base case beyond a limit has a
    negative margin: clip it at zero to let loads elsewhere be.

    Parameters
    ----------
    found
        A year.
    state
        Of `STATES`.
    draw_at
        Position of the draw.
    known
        Outage rating.
    """
    at = found.states[state]
    s = sensitivity(
        found.network.incident,
        found.drawn.susceptance[draw_at],
        found.drawn.circuits[draw_at],
        at.load_mw[draw_at],
    )
    limits = limits_of(found, state, draw_at, known.a.network_outage_rating)
    given = (s, limits, at.injection_mw[draw_at], at.share[draw_at])
    within = max(float(found.national_mw[draw_at]), known.a.network_peak_mw)
    rows = (intact_rows(*given), outage_rows(*given, within))
    return Rows(
        np.vstack([r.factor for r in rows]),
        np.concatenate([r.margin_mw for r in rows]),
        np.concatenate([r.element for r in rows]),
        np.concatenate([r.outage for r in rows]),
    )


def hosting_table(
    world: World, years: Iterable[int], known: Known
) -> tuple[pd.DataFrame, Calibration]:
    """Return firm and flexible hosting capacity of every bus and year.

    Parameters
    ----------
    world
        A built world.
    years
        Calendar years.
    known
        Numbers in force, doubt, seed.

    Returns
    -------
    DataFrame
        One row a year and bus: `firm_mw_p10`, `p50`, `p90`, `flexible_mw_…`,
        `national_mw_…` [MW], what binds most often and in which state.
    Calibration
        Acceptance, pockets, posterior counts.
    """
    check_tables(world)
    fitted = calibrate(world, known)
    kept = replace(known, pick=fitted.kept[: int(known.a.network_draws_kept)])
    tables = [year_table(world, year, kept) for year in years]
    return pd.concat(tables, ignore_index=True), fitted


def year_table(world: World, year: int, known: Known) -> pd.DataFrame:
    """Return the hosting capacity of every bus in one year.

    Parameters
    ----------
    world, year, known
        As for `case`.
    """
    found = case(world, year, known)
    by_state = rooms(found, known)
    flexible, firm = (
        [[by_state[name][kind][i] for name in STATES] for i in range(known.count)]
        for kind in (0, 1)
    )
    buses = found.network.buses
    national = _spread("national_mw", found.national_mw[:, None])
    table = pd.DataFrame(
        {
            "year": year,
            "bus": buses.index,
            "substation_id": buses["station"].to_numpy(),
            "level_kv": buses["level"].to_numpy(),
            "serves": _serves(buses, world),
            **_spread("firm_mw", _least(firm)),
            **_spread("flexible_mw", _least(flexible)),
            **{name: np.repeat(value, len(buses)) for name, value in national.items()},
        }
    )
    named = _named(found.network, firm)
    return table.assign(**named)


def _serves(buses: pd.DataFrame, world: World) -> NDArray[np.bool_]:
    """Buses of the public network inside the country, where a campus may connect."""
    rows = world.tables["substations"].loc[buses["station"]]
    return ((rows["purpose"] == "network") & (rows["country"] == "AZ")).to_numpy()


def _least(drawn: list[list[Room]]) -> FloatArray:
    """(draw, bus) least of the states."""
    return np.array([np.min([room.mw for room in states], axis=0) for states in drawn])


def _spread(name: str, values: FloatArray) -> dict[str, FloatArray]:
    found = np.quantile(values, QUANTILES, axis=0)
    return {
        f"{name}_p{100 * q:.0f}": row for q, row in zip(QUANTILES, found, strict=True)
    }


def _named(network: Network, firm: list[list[Room]]) -> dict[str, list[str]]:
    """What binds firm load most often: element, contingency, state, share of draws."""
    names = [str(name) for name in network.groups.index]
    told: dict[str, list[str]] = {"binding": [], "contingency": [], "state": []}
    for bus in range(len(network.buses)):
        binds: Counter[tuple[int, int, str]] = Counter()
        for states in firm:
            at = int(np.argmin([room.mw[bus] for room in states]))
            room = states[at]
            binds[int(room.element[bus]), int(room.outage[bus]), STATES[at]] += 1
        element, outage, state = binds.most_common(1)[0][0]
        told["binding"].append(names[element] if element >= 0 else OPEN)
        lost = names[outage] if outage != NO_OUTAGE else "none"
        told["contingency"].append(lost)
        told["state"].append(state)
    return told
