"""Megawatts by date at a site or a bus: connection, upgrade steps, what each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grid.electricity.network import known_of
from grid.electricity.network.climb import PERCENTS, climb, dated
from grid.electricity.network.steps import Step, cost_usd
from grid.electricity.waits import Works

if TYPE_CHECKING:
    import pandas as pd

    from data import World
    from grid.electricity.network.draws import Known
    from siting.places import Place
    from siting.scenario import Scenario


def by_date(
    place: Place, years: tuple[int, ...], steps: int, scenario: Scenario, world: World
) -> pd.DataFrame:
    """Return firm and flexible megawatts of a place by year and step, with dates.

    The station receives as many more transformers as the P50 of the network can use.

    Parameters
    ----------
    place : Place
    years : tuple of int
        The steps are chosen in the first.
    steps : int
        Steps at most.
    scenario : Scenario
    world : World
        A built world.

    Returns
    -------
    DataFrame
        As `climb` and `dated`, with `place`, `station_units` added, the room of
        network, generation and station together, and `total_usd` of connection,
        units and steps [USD].
    """
    overrides = {k: v for k, v in scenario.overrides if ":" not in k}
    known = known_of(world, overrides, scenario.power.network_seed)
    a = known.a
    table = climb(world, known, place.bus, years, steps)
    first = table[table["year"] == years[0]].set_index("steps_built")
    units = _units(place, first["firm_mw_p50"])
    works = [_works(place, int(count)) for count in units]
    table = dated(table, works, scenario.campus.decision_date, a, known.book)
    added = units.reindex(table["steps_built"]).to_numpy()
    limits = {
        "firm_mw": place.station_mw + added * place.unit_mw,
        "flexible_mw": place.station_flexible_mw + added * place.unit_mw,
    }
    lesser = {
        f"{name}_p{p}": np.minimum(table[f"{name}_p{p}"], most)
        for name, most in limits.items()
        for p in PERCENTS
    }
    spent = table.groupby("year")["step_usd"].cumsum()
    total = place.own_usd + added * _unit_usd(place, known) + spent
    return table.assign(**lesser, station_units=added, total_usd=total).assign(
        place=place.place
    )


def _units(place: Place, wanted_mw: pd.Series) -> pd.Series:
    """Return how many more transformers the station needs to carry so much."""
    if not np.isfinite(place.station_mw) or place.unit_mw <= 0:
        return wanted_mw * 0.0
    missing = (wanted_mw - place.station_mw) / place.unit_mw
    units: pd.Series = np.ceil(missing).clip(lower=0.0)
    return units


def _unit_usd(place: Place, known: Known) -> float:
    """Return the cost of one more transformer of the station; 0 for a bus."""
    unit = Step("unit", place.bus, int(place.kv), 0.0, place.unit_mva)
    return float(cost_usd(unit, known.a, known.book)[1]) if place.unit_mw else 0.0


def _works(place: Place, units: int) -> Works:
    """Return the works of the connection with so many units added."""
    largest = np.fmax(place.own_mva, place.unit_mva if units else np.nan)
    parts = (place.lateral_km, largest, place.kv, place.exists_from)
    return Works(*(np.array(float(part)) for part in parts))
