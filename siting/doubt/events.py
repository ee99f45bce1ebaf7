"""Dated events: what may happen or not, with the chance of it in the year asked for.

An event is a handful of settings, as a reader would make them. Those of fibre and of the
build-out give another network, run once for each combination; a number of the book is
put in the place of the one drawn; the data-centre tariff moves the bill.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from siting.doubt.centre import Centre
from siting.doubt.draws import EVERYWHERE, stream
from siting.doubt.responses import ways
from siting.scenario import Scenario

TARIFF = "power.data_centre_tariff"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in some of the draws."""

    event_id: str
    name: str
    probability: float
    settings: tuple[tuple[str, str], ...]
    """Key and value, as of ``--set``."""

    @property
    def of_fibre(self) -> bool:
        """Whether it gives another fibre network."""
        return any(key.startswith(("fibre.", "build_out.")) for key, _ in self.settings)


def events_of(table: pd.DataFrame, scenario: Scenario) -> list[Event]:
    """Return the events that may happen in the year asked for.

    What the reader has decided is not in doubt: an event whose first setting the
    scenario already has, or whose number it overrides, is left out.
    """
    year, given = scenario.campus.year, dict(scenario.overrides)
    found = []
    rows = table.reset_index().to_dict("records")
    for row in rows:
        if not row["from_year"] <= year <= row["until_year"]:
            continue
        pairs = [part.partition("=") for part in str(row["settings"]).split()]
        settings = tuple((key, value) for key, _, value in pairs)
        if settings[0][0] in given or _holds(scenario, *settings[0]):
            continue
        chance = float(row["probability"])
        found.append(
            Event(str(row["doubt_event_id"]), str(row["name"]), chance, settings)
        )
    return found


def _holds(scenario: Scenario, key: str, value: str) -> bool:
    """Return whether the scenario has a setting already."""
    room, _, name = key.partition(".")
    choice = getattr(getattr(scenario, room), name, None)
    if isinstance(choice, tuple):
        return value in choice
    return str(choice).lower() == value


def happen(events: list[Event], count: int, seed: int) -> dict[str, NDArray[np.bool_]]:
    """Return (draw,) whether each event happens, by its id."""
    return {
        event.event_id: stream(seed, event.event_id, EVERYWHERE, count)
        < event.probability
        for event in events
    }


def fibre_states(centre: Centre, events: list[Event]) -> dict[str, xr.DataArray]:
    """Return the figures of fibre under every combination of its events.

    Returns
    -------
    dict of str to DataArray
        (state, site) by figure; the state of a draw is ``Σ 2^k`` over the events k
        that happen, in their order. Two to the number of events runs.
    """
    own = [event for event in events if event.of_fibre]
    states = product((False, True), repeat=len(own))
    told = [ways(_with(centre, own, state[::-1]), centre.a) for state in states]
    joined = xr.concat(told, dim="state", join="exact")
    return {str(name): joined[name] for name in joined.data_vars}


def state_of(
    events: list[Event], on: Mapping[str, NDArray[np.bool_]], count: int
) -> NDArray[np.intp]:
    """Return (draw,) which state of fibre each of `count` draws is in."""
    own = [event for event in events if event.of_fibre]
    state = np.zeros(count, dtype=np.intp)
    for k, event in enumerate(own):
        state += on[event.event_id].astype(np.intp) << k
    return state


def _with(centre: Centre, events: list[Event], on: tuple[bool, ...]) -> Centre:
    """Return the centre with the network in which some events have happened."""
    fibre, build_out = centre.scenario.fibre, centre.scenario.build_out
    happened = [event for event, yes in zip(events, on, strict=True) if yes]
    for key, value in (pair for event in happened for pair in event.settings):
        room, _, name = key.partition(".")
        if room == "fibre":
            fibre = replace(fibre, **{name: value == "true"})
        elif room == "build_out":
            build_out = replace(build_out, off=(*build_out.off, value))
    scenario = replace(centre.scenario, fibre=fibre, build_out=build_out)
    return replace(centre, scenario=scenario, world=centre.world.built(build_out))
