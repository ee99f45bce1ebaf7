"""Load a bus serves if it may be cut for so many hours, or so much energy, a year.

Room is solved at a few levels of national demand in each kind of hour and read off
for all 8760. With fixed limits the room is the value of a linear programme whose right
side is linear in the level, so it is concave in it: a straight line between solved
levels lies below the room, never above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grid.electricity.demand import national_demand_mw
from grid.electricity.network.case import rows_of, sensitivity_of
from grid.electricity.network.draws import scalar
from grid.electricity.network.secure import Moment, secure_room
from grid.electricity.network.states import available_mw, new_plant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World
    from grid.electricity.network.case import Case
    from grid.electricity.network.draws import Known
    from grid.electricity.network.secure import Rows

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

LEVELS: Final = 3
"""Levels of demand solved in each kind of hour: its least, middle and greatest."""
STATE_OF_MONTH: Final = (
    *("winter",) * 2,
    *("spring",) * 3,
    *("summer",) * 6,
    "winter",
)
"""State whose ratings, water and wind a month takes, January first: autumn those of
summer, no better than its own."""
SUNNY_MONTHS: Final = (5, 6, 7, 8)
"""Months, from 0, whose sun counts: June to September."""
SUN_STEPS: Final = 3
"""Sun is counted in so many steps, each hour's rounded down."""
HOURS: Final = 8760
RECORD_HOUR_UTC: Final = 24 * 217 + 11
"""15:00 of 6 August in Baku."""
MONTH_ENDS: Final = np.cumsum([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) * 24


@dataclass(frozen=True, slots=True)
class Kind:
    """Hours of one state, with or without sun."""

    state: str
    sun: float
    """Output of solar plant ÷ that of the summer peak, rounded down."""
    hours: IntArray
    """Positions in the year."""


@dataclass(frozen=True, slots=True)
class HourlyRoom:
    """Room of a bus hour by hour: arrays (draw, hour) [MW]."""

    secure_mw: FloatArray
    """Through the loss of any one circuit, reserve of generation kept."""
    intact_mw: FloatArray
    """With everything in service: load cut at once when a circuit is lost."""


def sun_share(a: PowerBook) -> FloatArray:
    """Return the height of the sun over Baku by hour, over that of the record hour.

    ``sin h = sin φ sin δ + cos φ cos δ cos ω``, ``δ = 23.45° sin 2π (284 + n)/365``
    [1]_; at most 1, and 0 outside June to September.

    Parameters
    ----------
    a
        Place of Baku.

    References
    ----------
    .. [1] Cooper (1969), "The absorption of radiation in solar stills", Solar Energy
       12, 333.
    """
    hour = np.arange(HOURS)
    tilt = np.radians(23.45 * np.sin(2 * np.pi * (285 + hour // 24) / 365))
    turn = np.radians(15.0 * (hour % 24 + 0.5 - 12.0) + a.network_baku_lon)
    place = np.radians(a.network_baku_lat)
    high = np.sin(place) * np.sin(tilt) + np.cos(place) * np.cos(tilt) * np.cos(turn)
    share: FloatArray = np.clip(high / high[RECORD_HOUR_UTC], 0.0, 1.0)
    return np.where(np.isin(_month(), SUNNY_MONTHS), share, 0.0)


def _month() -> IntArray:
    return np.searchsorted(MONTH_ENDS, np.arange(HOURS), side="right")


def kinds(a: PowerBook) -> list[Kind]:
    """Return the hours of a year by state and sun.

    Parameters
    ----------
    a
        Place of Baku.
    """
    state = np.array(STATE_OF_MONTH)[_month()]
    sun = np.floor(SUN_STEPS * sun_share(a)) / SUN_STEPS
    pairs = dict.fromkeys(zip(state.tolist(), sun.tolist(), strict=True))
    return [
        Kind(name, part, np.flatnonzero((state == name) & (sun == part)))
        for name, part in pairs
    ]


def hourly_room(
    world: World, year: int, found: Case, known: Known, bus: int
) -> HourlyRoom:
    """Return the room of a bus in every hour of a year and every network.

    Parameters
    ----------
    world
        With `load_profile`.
    year
        Calendar year.
    found
        Its networks and states.
    known
        Numbers in force.
    bus
        Position of the bus.
    """
    demand = national_demand_mw(world, year, known.a)
    level = demand / demand.max()
    out = HourlyRoom(*(np.zeros((known.count, HOURS)) for _ in range(2)))
    for kind in kinds(known.a):
        here = level[kind.hours]
        tried = np.linspace(here.min(), here.max(), LEVELS)
        able = _able(found, kind, known)
        reserve = 1.0 + scalar("network_reserve_pct", known) / 100.0
        for i in range(known.count):
            rooms = _rooms(found, known, bus, (kind, i), (tried, able[i]))
            left = able[i].sum() - found.peak_mw[i] * reserve[i] * here
            secure = np.interp(here, tried, rooms[0])
            out.secure_mw[i, kind.hours] = np.clip(left, 0.0, secure)
            out.intact_mw[i, kind.hours] = np.interp(here, tried, rooms[1])
    return out


def _able(found: Case, kind: Kind, known: Known) -> FloatArray:
    """(draw, plant) most each plant gives in a kind of hour [MW]."""
    able = available_mw(found.fleet, kind.state, known)
    solar = (found.fleet.table["fuel"] == "solar").to_numpy()
    return np.asarray(np.where(solar, kind.sun, 1.0) * able)


def _rooms(
    found: Case,
    known: Known,
    bus: int,
    where: tuple[Kind, int],
    levels: tuple[FloatArray, FloatArray],
) -> FloatArray:
    """(secure or intact, level) room of a bus in one draw and kind of hour [MW]."""
    (kind, i), (tried, able) = where, levels
    intact, secure, lost = rows_of(
        found, kind.state, i, known, sensitivity_of(found, i)
    )
    at = found.states[kind.state].load_mw[i]
    rooms = np.zeros((2, len(tried)))
    for k, level in enumerate(tried):
        load = at * (level * found.peak_mw[i] / at.sum())
        moment = _moment(found, able, load)
        soft = _room(intact, moment, bus, known)
        firm = 0.0 if lost[:, bus].any() else _room(secure, moment, bus, known)
        rooms[:, k] = min(firm, soft), soft
    return rooms


def _moment(found: Case, able: FloatArray, load: FloatArray) -> Moment:
    """Return the sources and load; what plant lacks stands where new plant would."""
    short = max(0.0, load.sum() - able.sum())
    given = able + short * new_plant(found.fleet)
    most = np.bincount(found.source, given, len(found.entries)).astype(float)
    return Moment(found.entries, most, load)


def _room(rows: Rows, moment: Moment, bus: int, known: Known) -> float:
    most = max(0.0, float(moment.most_mw.sum() - moment.load_mw.sum()))
    at, least = np.array([bus]), known.a.network_factor_least
    return float(secure_room(rows, moment, at, np.array([most]), least).mw[0])


def served_hours_mw(room_mw: FloatArray, hours: int) -> FloatArray:
    """Return the greatest flat load that is cut, wholly or in part, in so many hours.

    Parameters
    ----------
    room_mw
        (…, hour) [MW].
    hours
        Hours of the year in which it may be cut.

    Examples
    --------
    >>> float(served_hours_mw(np.array([5.0, 1.0, 3.0]), 1))
    3.0
    """
    most: FloatArray = np.partition(room_mw, hours, axis=-1)[..., hours]
    return most


def served_energy_mw(room_mw: FloatArray, cut_pct: float) -> FloatArray:
    """Return the greatest flat load that loses at most so much of its energy.

    ``Σ max(0, S − r) ≤ x n S``; as the left side is the greatest ``j S − C_j`` over
    the sums C_j of the j least rooms, ``S = min C_j / (j − x n)`` over ``j > x n``.

    Parameters
    ----------
    room_mw
        (…, hour) [MW].
    cut_pct
        x, of its energy [%].

    Examples
    --------
    Of loads of 4 MW over 5, 1 and 3 MW, 3 + 1 of 12 are cut:

    >>> float(served_energy_mw(np.array([5.0, 1.0, 3.0]), 100 * 4 / 12))
    4.0
    """
    count = room_mw.shape[-1]
    sums = np.cumsum(np.sort(room_mw, axis=-1), axis=-1)
    beyond = np.arange(1, count + 1) - cut_pct / 100.0 * count
    ratio = np.where(beyond > 0, sums / np.where(beyond > 0, beyond, 1.0), np.inf)
    least: FloatArray = ratio.min(axis=-1)
    return least
