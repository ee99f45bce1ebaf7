"""Draws of the assumptions book: one Latin hypercube dimension a name and place.

Each dimension has its own stream, seeded by the seed, the name and the place, so that
one more site, or one more number in doubt, changes no other's draws. A number of scope
`common` is one and the same at every site; of `region` it is the same within a region;
of `site` it is each site's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final
from zlib import crc32

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.rooms import ROOMS, Assumptions
from siting.doubt.spread import binary, bounds, pert

Array = NDArray[np.float64]

EVERYWHERE: Final = ""
"""The place of a number that is the same at every site."""


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A number in doubt."""

    name: str
    value: float
    low: float
    high: float
    scope: str
    """common, region or site."""
    group: str
    """Whose stream it follows: its own name, or the group it moves with."""
    probability: float
    """Of the value, where it is that or its other bound; NaN where it is a PERT."""


def unknowns(
    table: pd.DataFrame,
    laws: pd.DataFrame,
    names: list[str],
    given: Mapping[str, float],
) -> list[Unknown]:
    """Return the numbers of the book that are in doubt, of those named.

    Parameters
    ----------
    table : DataFrame
        The parameters table.
    laws : DataFrame
        The table `doubt_laws`: groups, and numbers that are one thing or another.
    names : list of str
        Numbers the answer may depend on.
    given : mapping of str to float
        Overrides: what the reader has decided is not in doubt.
    """
    found = []
    rows: dict[Any, Any] = table.to_dict("index")
    said: dict[Any, Any] = laws.to_dict("index")
    for name in names:
        row = rows[name]
        low, high = bounds(row["value"], row["low"], row["high"], row["grade"])
        if name in given or not low < high:
            continue
        law = said.get(name, {"group": "", "probability": np.nan})
        found.append(
            Unknown(
                name=name,
                value=float(row["value"]),
                low=float(low),
                high=float(high),
                scope=str(row["scope"]),
                group=law["group"] or name,
                probability=float(law["probability"]),
            )
        )
    return found


def stream(seed: int, name: str, place: str, count: int) -> Array:
    """Return (draw,) uniform numbers, one in each of `count` equal strata.

    References
    ----------
    .. [1] McKay, Beckman & Conover (1979), "A comparison of three methods for selecting
       values of input variables in the analysis of output from a computer code",
       Technometrics 21, 239.
    """
    rng = np.random.default_rng([seed, crc32(name.encode()), crc32(place.encode())])
    return np.asarray((rng.permutation(count) + rng.random(count)) / count)


def drawn(unknown: Unknown, u: Array) -> Array:
    """Return the number at probabilities u, PERT or one of two values."""
    if np.isnan(unknown.probability):
        return pert(u, unknown.low, unknown.value, unknown.high)
    other = unknown.low if unknown.value == unknown.high else unknown.high
    return binary(u, unknown.value, other, unknown.probability)


def draw(
    unknown: Unknown, places: Mapping[str, NDArray[np.object_]], count: int, seed: int
) -> xr.DataArray:
    """Return the draws of one number, (draw) or (draw, site).

    Parameters
    ----------
    unknown : Unknown
    places : mapping of str to array (site) of str
        Where each site stands, by scope; of a name of its own under that name.
    count, seed : int
    """
    if unknown.scope == "common":
        u = stream(seed, unknown.group, EVERYWHERE, count)
        return xr.DataArray(drawn(unknown, u), dims="draw")
    at = places[unknown.scope]
    labels, where = np.unique(at.astype(str), return_inverse=True)
    each = [drawn(unknown, stream(seed, unknown.group, p, count)) for p in labels]
    return xr.DataArray(np.stack(each, axis=-1)[:, where], dims=("draw", "site"))


def draw_all(
    found: list[Unknown],
    places: Mapping[str, NDArray[np.object_]],
    count: int,
    seed: int,
) -> dict[str, xr.DataArray]:
    """Return the draws of every number in doubt, by name."""
    return {one.name: draw(one, places, count, seed) for one in found}


def in_force(a: Assumptions, values: Mapping[str, xr.DataArray]) -> Assumptions:
    """Return the book with the numbers drawn in the place of the tabled ones."""
    slices: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        room, field = field_of()[name.replace(".", "_")]
        slices.setdefault(room, {})[field] = value
    return replace(
        a, **{room: replace(getattr(a, room), **new) for room, new in slices.items()}
    )


@cache
def field_of() -> dict[str, tuple[str, str]]:
    """Return room and field of every number, by its name with dots as underscores."""
    return {
        f"{room}_{field.name}": (room, field.name)
        for room, kind in ROOMS.items()
        for field in fields(kind)
    }
