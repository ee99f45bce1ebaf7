"""Odds beside the ranking: the columns that draws add to it."""

from dataclasses import replace
from typing import Final

import pandas as pd
import xarray as xr

from data import World
from data.faults import Fault, InputError
from siting.doubt.keep import kept_rooms
from siting.doubt.odds import standing_gates
from siting.doubt.study import RoomsOf, basis_of, doubt
from siting.ranking import LAST, Ranking
from siting.scenario import Scenario

MOST: Final = 10_000_000
"""Draws times sites whose outcomes stand in memory together."""


def check_draws(draws: int, sites: int) -> None:
    """Raise if so many draws of so many sites would not fit in memory.

    Raises
    ------
    InputError
        Naming what is possible.
    """
    if draws * sites > MOST:
        expected = f"at most {MOST // sites} draws for {sites} sites"
        raise InputError([Fault("--draws", None, "", str(draws), expected)])


def with_odds(
    ranking: Ranking,
    evaluation: xr.Dataset,
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    rooms_of: RoomsOf = kept_rooms,
) -> Ranking:
    """Return the ranking with what the draws of the scenario say of every site.

    Parameters
    ----------
    ranking : Ranking
    evaluation : Dataset
        What was ranked.
    sites : DataFrame
        The sites evaluated, in its order.
    scenario : Scenario
        With no draws the ranking is returned as it is.
    world : World
        As loaded.
    rooms_of : callable
        As `basis_of` takes it.
    """
    asked = scenario.uncertainty
    if not asked.draws:
        return ranking
    check_draws(asked.draws, len(sites))
    out = standing_gates(evaluation, scenario.preferences)
    basis = basis_of(sites, scenario, world, rooms_of)
    found = doubt(basis, out, asked.draws, asked.seed)
    table = ranking.table.join(found.table, on="site_id")
    table.insert(len(table.columns) - 1, LAST, table.pop(LAST))
    return replace(ranking, table=table)
