"""Which drawn networks could have served the record peak: the calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.choices import BuildOut
from data.faults import Fault, InputError
from grid.electricity.network.draws import draw, scalar
from grid.electricity.network.elements import build
from grid.electricity.network.flow import bridges, circuit_outage, ptdf, transfers
from grid.electricity.network.states import load_shares, plants, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.draws import Drawn, Known
    from grid.electricity.network.elements import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]
    BoolArray = NDArray[np.bool_]

CHUNK: Final = 250
"""Networks solved at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The draws that served the peak of 2025."""

    kept: IntArray
    """Positions of the accepted draws."""
    intact_pct: float
    """Draws that bear the peak with everything in service [%]."""
    accepted_pct: float
    """And after the loss of any one circuit outside radial pockets [%]."""
    pockets: tuple[str, ...]
    """Lines and transformers with no path beside them, left out of the N-1 test."""
    counts: pd.DataFrame
    """Unknown counts by group: mean before and after, chance of 1, 2, 3, 4 and more."""


def limits_mw(network: Network, drawn: Drawn, rating: FloatArray) -> FloatArray:
    """Return the lasting limit of one circuit (draw, group) [MW].

    Parameters
    ----------
    network, drawn
        The networks.
    rating
        (draw,) thermal rating of lines ÷ the tabled one; transformers keep theirs.
    """
    line = network.groups["is_line"].to_numpy(dtype=bool)
    hot = np.where(line, rating[:, None], 1.0)
    return np.minimum(drawn.thermal_mw * hot, drawn.stable_mw)


def serves_intact(
    incident: FloatArray, drawn: Drawn, injection: FloatArray, each_mw: FloatArray
) -> BoolArray:
    """Return which draws bear the injections with everything in service (draw,).

    Parameters
    ----------
    incident
        (group, bus).
    drawn
        The networks.
    injection, each_mw
        (draw, bus) and (draw, group) [MW].
    """
    factors = ptdf(incident, drawn.susceptance)
    flow = (factors @ injection[..., None])[..., 0]
    within: BoolArray = np.abs(flow) <= drawn.circuits * each_mw
    return np.asarray(within.all(axis=-1))


def serves_n1(
    incident: FloatArray, drawn: Drawn, injection: FloatArray, outage_mw: FloatArray
) -> BoolArray:
    """Return which draws bear the loss of any one circuit outside pockets (draw,).

    Parameters
    ----------
    incident, drawn, injection
        As for `serves_intact`.
    outage_mw
        (draw, group): limit of one circuit after an outage [MW].
    """
    factors = ptdf(incident, drawn.susceptance)
    moved = transfers(factors, incident)
    meshed = ~bridges(moved)
    flow = (factors @ injection[..., None])[..., 0]
    after = flow[..., None] + circuit_outage(moved, drawn.circuits) * flow[:, None, :]
    left = drawn.circuits[..., None] - np.eye(incident.shape[0])
    over = np.abs(after) > outage_mw[..., None] * left + 1e-6
    counted = over & meshed[:, None, :] & meshed[..., None]
    return np.asarray(~counted.any(axis=(1, 2)))


def calibrate(world: World, known: Known) -> Calibration:
    """Return the drawn networks of 2025 that could have served its peak.

    Parameters
    ----------
    world
        The tables; the network is what was in service in the year of the peak.
    known
        Numbers in force, doubt, seed.

    Raises
    ------
    InputError
        If none could.
    """
    a, n = known.a, known.count
    year = int(a.network_peak_year)
    then = world.built(BuildOut(policy="in_service"))
    network = build(then, year)
    drawn = draw(network, world.tables["line_types"], known)
    shares = load_shares(network, then, year, a)
    fleet = plants(network, then, year, shares, a)
    state = state_of("summer", shares, fleet, np.full(n, a.network_peak_mw), known)
    each = limits_mw(network, drawn, scalar("network_summer_rating", known))
    intact = _chunked(serves_intact, network, drawn, state.injection_mw, each)
    left = np.flatnonzero(intact)
    secure = _chunked(
        serves_n1,
        network,
        drawn.taken(left),
        state.injection_mw[left],
        each[left] * a.network_outage_rating,
    )
    kept = left[secure]
    if not len(kept):
        raise InputError([_none_fits(len(left), n)])
    return Calibration(
        kept=kept,
        intact_pct=100.0 * len(left) / n,
        accepted_pct=100.0 * len(kept) / n,
        pockets=_pockets(network, drawn),
        counts=_posterior(network, drawn, kept),
    )


def _none_fits(intact: int, drawn: int) -> Fault:
    value = f"0 of {drawn} networks drawn, {intact} of them intact"
    expected = (
        "a network that serves power.network.peak_mw; draw more, or see the lines"
    )
    return Fault("parameters.csv", None, "power.network.draws", value, expected)


def _chunked(
    test: Callable[[FloatArray, Drawn, FloatArray, FloatArray], BoolArray],
    network: Network,
    drawn: Drawn,
    injection: FloatArray,
    limit: FloatArray,
) -> BoolArray:
    """Apply a test to the draws, some at a time."""
    incident = network.incident
    starts = range(0, len(limit), CHUNK)
    parts = [np.arange(start, min(start + CHUNK, len(limit))) for start in starts]
    passed = [
        test(incident, drawn.taken(part), injection[part], limit[part])
        for part in parts
    ]
    return np.concatenate([*passed, np.zeros(0, dtype=bool)])


def _pockets(network: Network, drawn: Drawn) -> tuple[str, ...]:
    incident = network.incident
    alone = bridges(transfers(ptdf(incident, drawn.susceptance[0]), incident))
    return tuple(str(name) for name in network.groups.index[alone])


def _posterior(network: Network, drawn: Drawn, kept: IntArray) -> pd.DataFrame:
    """Return counts of the groups whose number is drawn, before and after."""
    open_ = np.ptp(drawn.circuits, axis=0) > 0
    before, after = drawn.circuits[:, open_], drawn.circuits[np.ix_(kept, open_)]
    chance = {
        f"p_{k}": (after >= k).mean(axis=0) if k == 4 else (after == k).mean(axis=0)
        for k in range(1, 5)
    }
    return pd.DataFrame(
        {"prior_mean": before.mean(axis=0), "mean": after.mean(axis=0), **chance},
        index=network.groups.index[open_],
    )
