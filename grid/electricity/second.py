"""A second feed: the nearest other substation that lives on when the first is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import xarray as xr
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.sphere import great_circle_km
from grid.electricity.lateral import laterals, preferred
from grid.electricity.options import OPTION_VOLTAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World
    from grid.electricity.rooms import Ask

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

STEADY: Final = ("gas", "hydro", "nuclear")
"""Plants that can keep a part of the network alive."""


def independent(world: World, year: int, a: PowerBook) -> BoolArray:
    """Return which substations live on when another is lost (lost, other).

    The other stands apart from it and, by the tabled lines without those of the lost
    place, still reaches a station with steady plant enough. A substation without a
    tabled line reaches nothing.

    Parameters
    ----------
    world
        A built world.
    year
        Calendar year.
    a
        What counts as apart and as enough.
    """
    table, lines = world.tables["substations"], world.tables["lines"]
    row = {str(name): at for at, name in enumerate(table.index)}
    there = lines[lines["exists_from"] <= year]
    pairs = there[["from_id", "to_id"]].isin(table.index).all(axis=1)
    ends = there[pairs]
    start, end = (
        np.array([row[str(name)] for name in ends[column]], dtype=np.intp)
        for column in ("from_id", "to_id")
    )
    near = _near(table, a)
    source = _sources(world, year, a)
    found = np.zeros(near.shape, dtype=bool)
    for lost in range(len(table)):
        kept = ~(near[lost][start] | near[lost][end])
        links = (np.ones(kept.sum()), (start[kept], end[kept]))
        _, part = connected_components(coo_array(links, shape=near.shape))
        alive = np.isin(part, part[source & ~near[lost]])
        found[lost] = alive & ~near[lost]
    return found


def _near(table: pd.DataFrame, a: PowerBook) -> BoolArray:
    """(station, station): one place, itself included."""
    lat, lon = (table[c].to_numpy(dtype=np.float64) for c in ("lat", "lon"))
    apart = great_circle_km(lat[:, None], lon[:, None], lat, lon)
    near: BoolArray = np.nan_to_num(apart, nan=np.inf) < a.second_feed_apart_km
    np.fill_diagonal(near, val=True)
    return near


def _sources(world: World, year: int, a: PowerBook) -> BoolArray:
    """(station,): steady plant enough feeds in there."""
    plants = world.tables["plants"]
    steady = plants[plants["fuel"].isin(STEADY) & (plants["exists_from"] <= year)]
    mw = steady.groupby("substation_id")["capacity_mw"].sum()
    at = world.tables["substations"].index
    enough: BoolArray = mw.reindex(at).fillna(0.0).to_numpy() >= a.second_feed_source_mw
    return enough


def second_feeds(
    sites: pd.DataFrame,
    world: World,
    room: xr.Dataset,
    access: xr.Dataset,
    ask: Ask,
    a: PowerBook,
) -> xr.Dataset:
    """Return where each connection's second feed would come from.

    Of the substations of the first one's voltage that are `independent` of it, the
    one of the shortest expected line among those that carry all that is wanted while
    every element runs; where none does, of those that carry most.

    Parameters
    ----------
    sites, world, room, ask, a
        As for `connect`.
    access
        As `connect` returns it.

    Returns
    -------
    Dataset
        (site, option): `second_substation_id`, `second_substation_name`,
        `second_lateral_km` [km], `second_feed_mw`, what that station carries while
        every element runs [MW]; blank and NaN where there is none.
    """
    table = world.tables["substations"]
    region = access["network_region"].to_numpy().astype(object)
    index, _, line = laterals(sites, world, region, ask.year, a)
    index, line = index[:, OPTION_VOLTAGE], line[:, OPTION_VOLTAGE]
    named = access["substation_id"]
    found = table.index.get_indexer(pd.Index(named.to_numpy().ravel()))
    first = found.reshape(named.shape)[..., None]
    lives = independent(world, ask.year, a)[first, index]
    line = np.where((first < 0) | ~lives, np.inf, line)
    option = np.arange(index.shape[1])[:, None]
    carries = room["flexible_mw"].to_numpy()[index, option]
    wanted = np.broadcast_to(ask.facility_mw[:, None], named.shape)
    best = preferred(line, carries, wanted)[..., None]
    at, length, mw = (
        np.take_along_axis(of, best, axis=-1)[..., 0] for of in (index, line, carries)
    )
    none = np.isinf(length)
    ids, names = (
        np.where(none, "", values.to_numpy(dtype=object)[at])
        for values in (table.index.to_series(), table["name"])
    )
    dims = ("site", "option")
    return xr.Dataset(
        {
            "second_substation_id": (dims, ids),
            "second_substation_name": (dims, names),
            "second_lateral_km": (dims, np.where(none, np.nan, length)),
            "second_feed_mw": (dims, np.where(none, np.nan, mw)),
        },
        coords={name: access[name] for name in dims},
    )
