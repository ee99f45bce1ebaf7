"""Table of the load a bus serves against the hours or the energy it may be cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from data.kept import kept_tables, key_of
from grid.electricity.network.case import case
from grid.electricity.network.checks import check_tables
from grid.electricity.network.hours import (
    hourly_room,
    served_energy_mw,
    served_hours_mw,
)
from grid.electricity.network.years import chosen, fitted_to, rests_on
from grid.electricity.waits import quantiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from data.world import World
    from grid.electricity.network.draws import Known
    from grid.electricity.network.hours import HourlyRoom

    FloatArray = NDArray[np.float64]

CUT_HOURS: Final = (0, 20, 100, 300, 1000)
CUT_PCT: Final = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Hours a year, or part of its energy, that a load may lose."""
KINDS: Final = ("secure_mw", "intact_mw")


def flexible_table(world: World, year: int, known: Known, bus: str) -> pd.DataFrame:
    """Return the flat load a bus serves against what it may lose in a year.

    Parameters
    ----------
    world
        A built world.
    year
        Calendar year.
    known
        Numbers in force, doubt, seed.
    bus
        Label such as ``NAV 330``, in service in the year.

    Returns
    -------
    DataFrame
        One row an allowance: `bus`, `year`, `cut_hours` or `cut_pct`, and
        `secure_mw_p10`, `p50`, `p90`, `intact_mw_…` over the networks kept [MW].
    """

    def compute() -> dict[str, pd.DataFrame]:
        check_tables(world)
        kept = chosen(fitted_to(world, known), known)
        found = case(world, year, kept)
        at = list(found.network.buses.index).index(bus)
        rows = _rows(hourly_room(world, year, found, kept, at))
        return {"flexible": pd.DataFrame(rows).assign(bus=bus, year=year)}

    shape = world.tables["load_profile"]
    rest = [*rests_on(world, known), shape, repr(known.a), repr((bus, year))]
    key = key_of([*rest, "flexible"], Path(__file__).parent)
    return kept_tables(key, ("flexible",), compute)["flexible"]


def _rows(room: HourlyRoom) -> Iterator[dict[str, float]]:
    """Yield one row an allowance."""
    for hours in CUT_HOURS:
        found = {k: served_hours_mw(getattr(room, k), hours) for k in KINDS}
        yield {"cut_hours": hours, "cut_pct": float("nan")} | _spread(found)
    for part in CUT_PCT:
        found = {k: served_energy_mw(getattr(room, k), part) for k in KINDS}
        yield {"cut_hours": float("nan"), "cut_pct": part} | _spread(found)


def _spread(found: dict[str, FloatArray]) -> dict[str, float]:
    return {
        f"{name}_p{p}": float(value)
        for name, values in found.items()
        for p, value in zip((10, 50, 90), quantiles(values), strict=True)
    }
