"""Designed draws: cases set on purpose, everything else at its own value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import xarray as xr

from siting.doubt.centre import loan_of
from siting.doubt.draws import Unknown
from siting.doubt.outcomes import Basis, Drawn
from siting.doubt.responses import Response, Rooms

QUANTILE: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
"""Quantile of the drawn networks by `power.network`."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is set in one designed draw."""

    numbers: Mapping[str, float] = field(default_factory=dict)
    """Book name → value, at every site or at one of them alone."""
    site: int | None = None
    """Position of the site the numbers are set at; None sets them everywhere."""
    network: float | None = None
    """Quantile of the drawn networks; None for that of the scenario."""
    event: str = ""
    """The event that happens; blank for none."""


def designed(basis: Basis, found: Sequence[Unknown], cases: Sequence[Case]) -> Drawn:
    """Return one draw a case.

    Parameters
    ----------
    basis : Basis
    found : sequence of Unknown
        Every number that is drawn.
    cases : sequence of Case
    """
    sites = basis.centre.facts.sizes["site"]
    values = {}
    for unknown in found:
        drawn = np.full((len(cases), sites), unknown.value)
        for k, case in enumerate(cases):
            if unknown.name in case.numbers:
                at = slice(None) if case.site is None else case.site
                drawn[k, at] = case.numbers[unknown.name]
        values[unknown.name] = xr.DataArray(drawn, dims=("draw", "site"))
    usual = QUANTILE.get(basis.centre.scenario.power.network, 0.5)
    met = [usual if case.network is None else case.network for case in cases]
    network = np.tile(np.array(met)[:, None], sites)
    happens = {
        event.event_id: np.array([case.event == event.event_id for case in cases])
        for event in basis.events
    }
    return Drawn(values, network, happens)


def only(basis: Basis, sites: Sequence[str]) -> Basis:
    """Return the basis of some of the sites."""
    known = [str(site) for site in basis.centre.facts["site"].to_numpy()]
    at = [known.index(site) for site in sites]
    centre = basis.centre
    ask = replace(centre.ask, facility_mw=centre.ask.facility_mw[at])
    some = replace(
        centre,
        sites=centre.sites.iloc[at],
        facts=centre.facts.isel(site=at),
        option=centre.option[at],
        ask=ask,
    )
    return replace(
        basis,
        centre=some,
        rooms=_rooms_of(basis.rooms, at),
        states={name: figure.isel(site=at) for name, figure in basis.states.items()},
        debt=loan_of(some),
    )


def _rooms_of(rooms: Rooms, at: list[int]) -> Rooms:
    def some(figures: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
        return {name: figure.isel(site=at) for name, figure in figures.items()}

    return Rooms(
        {room: told.isel(site=at) for room, told in rooms.middle.items()},
        [Response(m.unknown, m.room, some(m.slope), some(m.bend)) for m in rooms.moves],
    )
