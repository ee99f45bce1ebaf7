"""The study of doubt: draws, outcomes and odds of the sites of one scenario."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.stats import norm

from data import World
from siting.doubt.centre import Centre, centre_of, loan_of
from siting.doubt.draws import EVERYWHERE, Unknown, draw_all, stream, unknowns
from siting.doubt.events import events_of, fibre_states, happen
from siting.doubt.keep import kept_rooms
from siting.doubt.names import computed, of_rooms
from siting.doubt.odds import chances, odds, placed, spread
from siting.doubt.outcomes import Basis, Drawn, outcomes
from siting.doubt.responses import Rooms
from siting.scenario import Scenario
from siting.trunk import exact_labels

Array = NDArray[np.float64]
RoomsOf = Callable[[Centre, Mapping[str, list[Unknown]]], Rooms]


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """What the draws say of the sites."""

    basis: Basis
    drawn: Drawn
    outcomes: xr.Dataset
    """(draw, site)."""
    keys: Array
    """(draw, site) what each draw ranks by, small first; NaN is not placed."""
    table: pd.DataFrame
    """A row a site, indexed by site_id: odds, chances, quantiles."""


def basis_of(
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    rooms_of: RoomsOf = kept_rooms,
) -> Basis:
    """Return what draws are turned into outcomes with: centre, responses, events.

    Parameters
    ----------
    sites : DataFrame
    scenario : Scenario
    world : World
        As loaded.
    rooms_of : callable
        `kept_rooms`, or `respond`, which leaves nothing on the disk.
    """
    with exact_labels():
        centre = centre_of(sites, scenario, world)
        events = events_of(centre.world.tables["doubt_events"], scenario)
        states = fibre_states(centre, events)
    rooms = rooms_of(centre, moved(centre))
    return Basis(centre, rooms, events, states, loan_of(centre))


def in_doubt(centre: Centre, names: Iterable[str]) -> list[Unknown]:
    """Return those of some numbers that are in doubt under the scenario."""
    tables, given = centre.world.tables, dict(centre.scenario.overrides)
    return unknowns(tables["parameters"], tables["doubt_laws"], list(names), given)


def moved(centre: Centre) -> dict[str, list[Unknown]]:
    """Return the numbers in doubt that the slow rooms compute with, by room."""
    names = of_rooms(centre.scenario, set(centre.systems))
    return {room: in_doubt(centre, own) for room, own in names.items()}


def every(basis: Basis) -> list[Unknown]:
    """Return every number that is drawn."""
    table = basis.centre.world.tables["parameters"]
    names = computed(table, basis.centre.scenario)
    names += [move.unknown.name for move in basis.rooms.moves]
    return in_doubt(basis.centre, dict.fromkeys(names))


def draw(basis: Basis, count: int, seed: int) -> Drawn:
    """Return draws of every number in doubt, of the networks and of the events."""
    centre = basis.centre
    values = draw_all(every(basis), places_of(centre), count, seed)
    happens = happen(basis.events, count, seed)
    return Drawn(values, networks(centre, count, seed), happens)


def places_of(centre: Centre) -> dict[str, NDArray[np.object_]]:
    """Return where each site stands, by scope."""
    return {
        "site": centre.facts["site"].to_numpy().astype(object),
        "region": centre.facts["network_region"].to_numpy().astype(object),
    }


def networks(centre: Centre, count: int, seed: int) -> Array:
    """Return (draw, site) which of the drawn networks each site meets.

    ``Φ(√ρ · z + √(1 − ρ) · z_s)``: the part ρ is the country's, the rest that of the
    substation, which the sites behind it share.
    """
    name, share = "network", centre.a.doubt.network_common_share
    country = norm.ppf(stream(seed, name, EVERYWHERE, count))[:, None]
    own = centre.facts["substation_id"].to_numpy().astype(str)
    labels, at = np.unique(own, return_inverse=True)
    stations = [norm.ppf(stream(seed, name, f"at {p}", count)) for p in labels]
    each = np.stack(stations, axis=-1)[:, at]
    return np.asarray(norm.cdf(np.sqrt(share) * country + np.sqrt(1.0 - share) * each))


def doubt(basis: Basis, out: NDArray[np.bool_], count: int, seed: int) -> Doubt:
    """Return what so many draws say of the sites.

    Parameters
    ----------
    basis : Basis
    out : array (site,) of bool
        Sites no draw lets in, as `standing_gates` gives them.
    count : int
        Draws.
    seed : int
        The same numbers, networks and events for every site and every question.
    """
    drawn = draw(basis, count, seed)
    found = outcomes(basis, drawn)
    keys = placed(found, out, basis.centre.scenario)
    parts = [odds(keys), chances(found), spread(found)]
    table = pd.concat(parts, axis=1)
    table.index = pd.Index(basis.centre.facts["site"].to_numpy(), name="site_id")
    return Doubt(basis, drawn, found, keys, table)
