"""What the network reproduces of what is known, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.choices import BuildOut
from grid.electricity.network.case import case
from grid.electricity.network.events import load_lost_mw
from grid.electricity.network.hosting import secure_rooms
from grid.electricity.network.years import chosen, fitted_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.calibration import Calibration
    from grid.electricity.network.case import Case
    from grid.electricity.network.draws import Known

    FloatArray = NDArray[np.float64]

PEAK_2018: Final = "PS093"
"""Row of `power_system`: record peak of 2018 [MW]."""
TIES: Final = (("Georgia", "GARD 330"), ("Iran", "PARS 220"), ("Russia", "DERB 330"))
OUTPUT_AT: Final = ("AZT", "MIN")
"""Stations of Mingachevir."""


def validation_table(world: World, known: Known) -> tuple[pd.DataFrame, Calibration]:
    """Return model against known figures, each with P10, P50 and P90 of the draws.

    Parameters
    ----------
    world
        The tables.
    known
        Numbers in force, doubt, seed.
    """
    fitted = fitted_to(world, known)
    kept = chosen(fitted, known)
    running = world.built(BuildOut(policy="in_service"))
    now = case(running, 2025, kept, np.full(kept.count, known.a.network_peak_mw))
    then = float(world.tables["power_system"]["value"].loc[PEAK_2018])
    old = case(running, 2018, kept, np.full(kept.count, then))
    before = case(running, 2021, kept, np.full(kept.count, known.a.network_peak_mw))
    rows = [
        ("Mingachevir, part of output at the peak [%]", "> 40", _mingachevir(now)),
        *_transfers(now, kept),
        (
            "load lost, Mingachevir 330 kV out, network and peak of 2018 [MW]",
            "national blackout",
            load_lost_mw(old, "AZT", 330, kept),
        ),
        (
            "load lost, Mingachevir 330 kV out, 2025 [MW]",
            "comparison",
            load_lost_mw(now, "AZT", 330, kept),
        ),
        (
            "load lost, Absheron out, network of 2021, peak of 2025 [MW]",
            "not survivable",
            load_lost_mw(before, "ABS", None, kept),
        ),
        (
            "load lost, Absheron out, 2025, with Gobu [MW]",
            "survivable",
            load_lost_mw(now, "ABS", None, kept),
        ),
    ]
    return pd.DataFrame([_row(*row) for row in rows]), fitted


def _row(what: str, known_as: str, values: FloatArray) -> dict[str, object]:
    low, mid, high = np.quantile(values, (0.1, 0.5, 0.9))
    return {"check": what, "known": known_as, "p10": low, "p50": mid, "p90": high}


def _mingachevir(found: Case) -> FloatArray:
    """Output of the stations of Mingachevir ÷ all output [%]."""
    state = found.states["summer"]
    here = found.fleet.table["substation_id"].isin(OUTPUT_AT).to_numpy()
    made = state.plant_mw[:, here].sum(axis=1)
    part: FloatArray = 100 * made / state.plant_mw.sum(axis=1)
    return part


def _transfers(found: Case, known: Known) -> list[tuple[str, str, FloatArray]]:
    """Most that each neighbour can draw in the states, firm and intact."""
    told = {"Georgia": "650 (2018), 700–1,000 (2022)", "Iran": "400–500"}
    buses = found.network.buses.index.get_indexer(pd.Index([bus for _, bus in TIES]))
    rooms = secure_rooms(found, known, buses)
    return [
        (f"export to {name}, {word} [MW]", told.get(name, "not found"), values[:, at])
        for at, (name, _) in enumerate(TIES)
        for word, values in (("intact", rooms.flexible_mw), ("N-1", rooms.firm_mw))
    ]
