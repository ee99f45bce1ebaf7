"""Responses: what the rooms answer when one number moves, and from that, all of them.

Each number is set to its low and its high in turn and the room that computes with it is
run again at the designs of the centre. Through the three answers runs a parabola; over
several numbers the changes add up, of fibre the ratios multiply. How far that is from
running everything again is measured, not assumed: see `check`.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.rooms import Assumptions
from grid import electricity, fibre
from siting.doubt.centre import Centre, air_of, numbers
from siting.doubt.draws import Unknown
from siting.trunk import exact_labels, with_elevation

Array = NDArray[np.float64]

AIR: Final = (
    "pue_annual",
    "pue_peak",
    "pue_peak_wet",
    "pue_max",
    "derate_pct",
    "energy_mwh_per_mw_year",
    "min_month_mwh_per_mw",
    "bill_usd_per_mw_year",
    "wue_annual_l_per_kwh",
    "water_m3_per_mw_year",
    "peak_water_m3_per_mw_day",
    "cooling_capex_usd_per_kw_it",
)
"""Figures of weather, cooling and energy that the money and the score rest on."""
LINE: Final = ("lateral_km", "second_lateral_km", "upstream_months")
FIBRE: Final = (
    "rtt_europe_ms",
    "rtt_central_asia_ms",
    "routes_europe_node",
    "isolation_h_per_year",
    "people_within_100_ms",
    "fibre_capex_usd",
)
WORKERS: Final = 2
"""Runs at a time; each holds the hours of one chunk of sites."""


def air(centre: Centre, a: Assumptions) -> xr.Dataset:
    """Run weather, cooling and energy again."""
    return air_of(centre, a)[list(AIR)]


def line(centre: Centre, a: Assumptions) -> xr.Dataset:
    """Run the way to each site's own substation again; NaN where it goes elsewhere."""
    world, choices = centre.world, centre.scenario.power
    sites = with_elevation(centre.sites, world)
    room = centre.shared.room
    access = electricity.connect(sites, world, room, choices, a.power, centre.ask)
    second = electricity.second_feeds(sites, world, room, access, centre.ask, a.power)
    found = access[["lateral_km", "upstream_months", "substation_id"]].merge(
        second, join="exact"
    )
    own = xr.DataArray(np.arange(len(sites)), dims="site")
    at = found.isel(site=own, option=xr.DataArray(centre.option, dims="site"))
    same = {
        "lateral_km": "substation_id",
        "upstream_months": "substation_id",
        "second_lateral_km": "second_substation_id",
    }
    return xr.Dataset(
        {
            figure: at[figure].where(at[place] == centre.facts[place])
            for figure, place in same.items()
        }
    ).drop_vars("option", errors="ignore")


def ways(centre: Centre, a: Assumptions) -> xr.Dataset:
    """Run fibre again."""
    campus, scenario = centre.scenario.campus, centre.scenario
    seed = scenario.climate.seed
    on = fibre.trunk(centre.world, scenario.fibre, a.fibre, campus.year, seed)
    return fibre.reach(centre.sites, on, a.fibre)[list(FIBRE)]


ROOMS: Final[dict[str, Callable[[Centre, Assumptions], xr.Dataset]]] = {
    "air": air,
    "line": line,
    "fibre": ways,
}
FIGURES: Final = {"air": AIR, "line": LINE, "fibre": FIBRE}


RATIOS: Final = ("fibre",)
"""Rooms whose figures scale with their numbers: their logarithms add up."""


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """What one number does to the figures of one room."""

    unknown: Unknown
    room: str
    slope: dict[str, xr.DataArray]
    """Of each figure that moves, change per unit of the number (site, …)."""
    bend: dict[str, xr.DataArray]
    """Of the same figures, change per unit squared."""


@dataclass(frozen=True, slots=True, eq=False)
class Rooms:
    """What the rooms answer at the centre, and how that moves."""

    middle: dict[str, xr.Dataset]
    """Figures at the centre, by room."""
    moves: list[Response]
    """Of the numbers that move a figure."""


def respond(centre: Centre, found: Mapping[str, list[Unknown]]) -> Rooms:
    """Run every room at its centre and at both ends of each of its numbers.

    Parameters
    ----------
    centre : Centre
    found : mapping of str to list of Unknown
        Numbers by room.

    Notes
    -----
    2k + 1 runs of a room with k numbers.
    """
    asked = [(room, unknown) for room, each in found.items() for unknown in each]
    with exact_labels(), ThreadPoolExecutor(WORKERS) as pool:
        middle = {room: _figures(ROOMS[room](centre, centre.a), room) for room in ROOMS}
        moves = pool.map(lambda pair: _response(centre, middle, *pair), asked)
        return Rooms(middle, [move for move in moves if move.slope])


def _figures(told: xr.Dataset, room: str) -> xr.Dataset:
    """Return a room's figures on the scale on which changes add up."""
    if room not in RATIOS:
        return told
    logs: xr.Dataset = xr.apply_ufunc(np.log, told.where(told > 0))
    return logs


def _response(
    centre: Centre, middle: dict[str, xr.Dataset], room: str, unknown: Unknown
) -> Response:
    at = middle[room]
    steps, changes = [], []
    for value in dict.fromkeys((unknown.low, unknown.high)):
        if value == unknown.value:
            continue
        a = numbers(
            centre.world,
            centre.scenario,
            {**_book_overrides(centre), unknown.name: value},
        )
        steps.append(value - unknown.value)
        changes.append((_figures(ROOMS[room](centre, a), room) - at).fillna(0.0))
    slope, bend = _parabola(steps, changes)
    moving = [n for n in slope if bool(((slope[n] != 0) | (bend[n] != 0)).any())]
    return Response(
        unknown,
        room,
        {str(name): slope[name] for name in moving},
        {str(name): bend[name] for name in moving},
    )


def _book_overrides(centre: Centre) -> dict[str, float]:
    return {name: v for name, v in centre.scenario.overrides if ":" not in name}


def _parabola(
    steps: list[float], changes: list[xr.Dataset]
) -> tuple[xr.Dataset, xr.Dataset]:
    """Return slope and bend through the origin and one or two points."""
    if len(steps) == 1:
        return changes[0] / steps[0], changes[0] * 0.0
    (one, other), (first, second) = steps, changes
    slopes = first / one, second / other
    bend = (slopes[1] - slopes[0]) / (other - one)
    return slopes[0] - bend * one, bend


def predict(
    rooms: Rooms, room: str, values: Mapping[str, xr.DataArray]
) -> dict[str, xr.DataArray]:
    """Return the figures of a room at drawn numbers.

    ``f = f₀ + Σ_n (s_n·d_n + b_n·d_n²)``, of fibre the same of its logarithm.

    Parameters
    ----------
    rooms : Rooms
    room : str
    values : mapping of str to DataArray
        Numbers drawn, (draw) or (draw, site), by name.

    Returns
    -------
    dict of str to DataArray
        (draw, site, …) of the figures that move; the others stay at the centre.
    """
    told = rooms.middle[room]
    moves = [m for m in rooms.moves if m.room == room and m.unknown.name in values]
    figures = dict.fromkeys(figure for move in moves for figure in move.slope)
    total = {name: _moved(told[name], name, moves, values) for name in figures}
    if room in RATIOS:
        total = {f: xr.apply_ufunc(np.exp, log) for f, log in total.items()}
    return total


def _moved(
    middle: xr.DataArray,
    figure: str,
    moves: list[Response],
    values: Mapping[str, xr.DataArray],
) -> xr.DataArray:
    """Return one figure at the numbers drawn, (draw, …) in the layout of its middle."""
    dims = middle.dims
    own = [move for move in moves if figure in move.slope]
    shared = [m for m in own if values[m.unknown.name].ndim == 1]
    base = middle.to_numpy()
    if shared:
        steps = np.stack([_away(m, values) for m in shared], axis=-1)
        slopes, bends = (
            np.stack([_laid(of[figure], middle).ravel() for of in each])
            for each in ([m.slope for m in shared], [m.bend for m in shared])
        )
        moved = steps @ slopes + steps**2 @ bends
        base = base + moved.reshape(-1, *middle.shape)
    at_site = [-1 if dim == "site" else 1 for dim in dims]
    for move in own:
        if move in shared:
            continue
        away = _away(move, values)
        step = away.reshape(len(away), *at_site)
        slope, bend = (_laid(f[figure], middle) for f in (move.slope, move.bend))
        base = base + (slope + bend * step) * step
    return xr.DataArray(base, dims=("draw", *dims), coords=middle.coords)


def _away(move: Response, values: Mapping[str, xr.DataArray]) -> Array:
    return np.asarray(values[move.unknown.name] - move.unknown.value)


def _laid(coefficient: xr.DataArray, middle: xr.DataArray) -> Array:
    """Return a coefficient in the layout of its figure."""
    return np.asarray(coefficient.transpose(*middle.dims).to_numpy())
