"""Draws of the sites in force, made once: the shipped ones for every session."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from app.cache import evaluation, sites, world
from app.lists import per_list, rooms_of
from siting.doubt.odds import standing_gates
from siting.doubt.study import Doubt, basis_of, doubt, every
from siting.doubt_lines import Asked, tables_of
from siting.ranking import rank
from siting.scenario import Scenario

DRAWS = 2000
"""Draws of a page, where the scenario asks for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Doubted:
    """What draws say of the sites, ready to be shown."""

    tables: dict[str, pd.DataFrame]
    """As `siting doubt` writes them."""
    draws: int
    numbers: int
    """Numbers drawn."""
    events: dict[str, float]
    """Event drawn → its probability."""


@per_list(st.cache_resource, "Drawing the numbers; half a minute the first time …", 3)
def _drawn(scenario: Scenario) -> Doubt:
    """Return the draws of the sites in force."""
    asked = scenario.uncertainty
    gates = standing_gates(evaluation(scenario), scenario.preferences)
    basis = basis_of(sites(), scenario, world(), rooms_of())
    return doubt(basis, gates, asked.draws or DRAWS, asked.seed)


def odds(scenario: Scenario) -> pd.DataFrame:
    """Return how often each site is first and among the first three, by site_id."""
    return _drawn(scenario).table


@per_list(st.cache_resource, "Moving one number at a time …", 16)
def doubted(scenario: Scenario, pair: tuple[str, str], metric: str) -> Doubted:
    """Return what the draws say: of every site, of one against its rival, of a figure."""
    found = _drawn(scenario)
    numbers = every(found.basis)
    asked = Asked(
        world=world(),
        scenario=scenario,
        metric=metric,
        ranking=rank(evaluation(scenario), scenario.preferences),
        found=found,
        numbers=numbers,
        site=pair[0],
        rival=pair[1],
        checked=False,
    )
    events = {event.name: event.probability for event in found.basis.events}
    return Doubted(tables_of(asked), found.drawn.count, len(numbers), events)
