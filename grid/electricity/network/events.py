"""What a past event would do to a drawn network: outages, trips, islands, load lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from grid.electricity.network.flow import ptdf
from grid.electricity.network.states import available_mw

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grid.electricity.network.case import Case
    from grid.electricity.network.draws import Known
    from grid.electricity.network.elements import Network

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wires:
    """One network's groups: incidence (group, bus), susceptance, limit [MW]."""

    incident: FloatArray
    susceptance: FloatArray
    limit_mw: FloatArray


def balanced(
    load: FloatArray, output: FloatArray, able: FloatArray
) -> tuple[FloatArray, float]:
    """Return the injections of one island, and the load it must shed [MW].

    Plant lowers or raises its output pro rata to output and to room; what it cannot
    meet is shed alike everywhere.

    Parameters
    ----------
    load, output, able
        (bus,): load, present output and most output [MW].

    Examples
    --------
    >>> balanced(np.array([0.0, 100.0]), np.array([60.0, 0]), np.array([80.0, 0]))[1]
    20.0
    """
    need, made = load.sum(), output.sum()
    if made >= need:
        return output * (need / made if made else 0.0) - load, 0.0
    room = np.maximum(able - output, 0.0)
    more = min(need - made, room.sum())
    raised = output + (room * more / room.sum() if room.sum() else 0.0)
    served = raised.sum() / need
    return raised - load * served, float(need * (1 - served))


def cascade(
    wires: Wires,
    standing: BoolArray,
    load: FloatArray,
    plant: tuple[FloatArray, FloatArray],
    trip: float,
) -> float:
    """Return the load lost once nothing more trips [MW].

    Every group loaded beyond ``trip`` times its limit goes out at once, each island
    balances itself, and so on until none does.

    Parameters
    ----------
    wires
        The network.
    standing
        (group,): what the event leaves in service.
    load
        (bus,) [MW].
    plant
        (bus,) present and most output [MW].
    trip
        Loading at which a group trips ÷ its limit [1].
    """
    alive = standing.copy()
    while True:
        flow, shed = _solved(wires, alive, load, plant)
        tripped = alive & (np.abs(flow) > trip * wires.limit_mw)
        if not tripped.any():
            return shed
        alive &= ~tripped


def _solved(
    wires: Wires,
    alive: BoolArray,
    load: FloatArray,
    plant: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, float]:
    """Flows and load shed, island by island."""
    start = np.argmax(wires.incident, axis=1)
    end = np.argmin(wires.incident, axis=1)
    shape = (len(load), len(load))
    ends = (start[alive], end[alive])
    graph = coo_array((np.ones(alive.sum()), ends), shape=shape)
    islands, label = connected_components(graph, directed=False)
    flow, shed = np.zeros(len(alive)), 0.0
    for island in range(islands):
        here = label == island
        injection, lost = balanced(load[here], plant[0][here], plant[1][here])
        shed += lost
        own = alive & here[start]
        if own.any():
            incident = wires.incident[np.ix_(own, here)]
            flow[own] = ptdf(incident, wires.susceptance[own]) @ injection
    return flow, shed


def load_lost_mw(
    found: Case, station: str, level: int | None, known: Known
) -> FloatArray:
    """Return the load lost at the summer peak when a station goes out (draw,) [MW].

    Parameters
    ----------
    found
        A year.
    station
        Substation id.
    level
        The yard that is lost [kV]; None for the whole station.
    known
        Trip rating.
    """
    network, state = found.network, found.states["summer"]
    able = available_mw(found.fleet, "summer", known) @ found.fleet.at
    output = state.plant_mw @ found.fleet.at
    gone = _yard(network, station, level)
    standing = ~(np.abs(network.incident) @ gone > 0)
    lost = np.zeros(known.count)
    for i in range(known.count):
        limit = found.drawn.circuits[i] * found.each_mw["summer"][i]
        wires = Wires(network.incident, found.drawn.susceptance[i], limit)
        plant = (output[i], np.maximum(able[i], output[i]))
        lost[i] = cascade(
            wires, standing, state.load_mw[i], plant, known.a.network_trip_rating
        )
    return lost


def _yard(network: Network, station: str, level: int | None) -> FloatArray:
    at = network.buses["station"] == station
    if level is not None:
        at &= network.buses["level"] == level
    return np.asarray(at, dtype=np.float64)
