"""From tables to a network: the buses, lines and transformers of one year.

A bus is a voltage level of a station. Rows of the same place with a level of 220 kV
or more are yards of one station (Navahi's two phases). A line runs at its own class,
or at the highest level its ends have in that year if that is lower; a class a
station does not list but a line carries adds the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.sphere import great_circle_km
from grid.electricity.network.flow import incidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.world import World

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

LEVELS: Final = (220, 330, 500)
"""Voltage classes modelled [kV]."""
FLOORS: Final = (200, 280, 450)
"""Least voltage of each class [kV]: 230 counts as 220, 400 as 330."""


@dataclass(frozen=True, slots=True)
class Network:
    """One connected network; groups are lines (`is_line`) then transformers."""

    buses: pd.DataFrame
    """Indexed by bus label such as ``ABS 330``: station, level [kV]."""
    groups: pd.DataFrame
    """Indexed by id: start, end (bus positions), is_line, level [kV], circuits,
    length_km with low and high, straight_km, conductor, cap_mw, mva."""
    rows: dict[str, str]
    """Substation id → station id, for every row of 220 kV and more."""
    apart: tuple[str, ...]
    """What does not connect to the network, in words."""

    @property
    def incident(self) -> FloatArray:
        """Incidence matrix (group, bus)."""
        start, end = (self.groups[c].to_numpy(dtype=np.intp) for c in ("start", "end"))
        return incidence(start, end, len(self.buses))


def level_of(voltage_kv: FloatArray) -> FloatArray:
    """Return the modelled class of a voltage [kV]; NaN below 220 kV.

    Examples
    --------
    >>> level_of(np.array([110.0, 230.0, 400.0])).tolist()
    [nan, 220.0, 330.0]
    """
    place = np.searchsorted(FLOORS, voltage_kv, side="right") - 1
    return np.where(place < 0, np.nan, np.take(LEVELS, place))


def listed_levels(voltages_kv: str) -> set[int]:
    """Return the modelled classes in a list such as ``500/330/110``."""
    found = level_of(np.array([float(part) for part in voltages_kv.split("/") if part]))
    return {int(kv) for kv in found[~np.isnan(found)]}


def build(world: World, year: int, region: str = "mainland") -> Network:
    """Return the network of a year that the build-out policy of the world gives.

    Parameters
    ----------
    world
        A built world (`exists_from` on its tables).
    year
        Calendar year.
    region
        Part of the grid; its largest connected part with plant is the network.
    """
    yards, lines = _existing(world, year)
    rows = _stations(world.tables["substations"], yards)
    levels = _levels(yards, rows)
    ends = _ends(lines, rows, levels)
    for end in ("from_station", "to_station"):
        for station, level in zip(ends[end], ends["level"], strict=True):
            levels[station].add(int(level))
    buses = _buses(levels)
    groups = pd.concat([_lines(ends, buses, world), _transformers(buses, yards, rows)])
    return _largest(Network(buses, groups, rows, ()), yards, region)


def _existing(world: World, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of 220 kV and more that exist by then."""
    yards, lines = world.tables["substations"], world.tables["lines"]
    high = yards["voltages_kv"].map(lambda text: bool(listed_levels(str(text))))
    yards = yards[(yards["exists_from"] <= year) & high]
    level = level_of(lines["voltage_kv"].to_numpy(dtype=np.float64))
    lines = lines.assign(level=level)
    return yards, lines[(lines["exists_from"] <= year) & ~np.isnan(level)]


def _stations(table: pd.DataFrame, yards: pd.DataFrame) -> dict[str, str]:
    """Station of each row of 220 kV and more: the first yard standing at its place.

    A row that does not exist yet belongs to the yard that does, so that a line built
    for the second phase of a substation ends at the first.
    """
    place = table["lat"].astype(str) + " " + table["lon"].astype(str)
    place = place.where(table["lat"].notna(), table.index.to_series().astype(str))
    standing = place[yards.index]
    first = pd.Series(yards.index, index=standing.to_numpy())
    station = place.map(first[~first.index.duplicated()]).dropna()
    high = table["voltages_kv"].map(lambda text: bool(listed_levels(str(text))))
    return {str(row): str(s) for row, s in station.items() if high[str(row)]}


def _levels(yards: pd.DataFrame, rows: dict[str, str]) -> dict[str, set[int]]:
    levels: dict[str, set[int]] = {}
    for row, text in yards["voltages_kv"].items():
        levels.setdefault(rows[str(row)], set()).update(listed_levels(str(text)))
    return levels


def _ends(
    lines: pd.DataFrame, rows: dict[str, str], levels: dict[str, set[int]]
) -> pd.DataFrame:
    """Lines whose two stations exist, with stations and operating level."""
    ends = lines.assign(
        from_station=lines["from_id"].map(rows),
        to_station=lines["to_id"].map(rows),
    ).dropna(subset=["from_station", "to_station"])
    top = {station: max(own) for station, own in levels.items()}
    highest = np.minimum(ends["from_station"].map(top), ends["to_station"].map(top))
    return ends.assign(level=np.minimum(ends["level"], highest))


def _buses(levels: dict[str, set[int]]) -> pd.DataFrame:
    pairs = [(s, kv) for s, own in levels.items() for kv in sorted(own)]
    frame = pd.DataFrame(pairs, columns=["station", "level"])
    frame.index = pd.Index([f"{s} {kv}" for s, kv in pairs], name="bus")
    return frame


def _lines(ends: pd.DataFrame, buses: pd.DataFrame, world: World) -> pd.DataFrame:
    """Line groups, with what the tables know of each."""
    table = world.tables["substations"]
    place = {
        f"{side}_{c}": table[c].reindex(ends[f"{side}_id"]).to_numpy(dtype=np.float64)
        for side in ("from", "to")
        for c in ("lat", "lon", "position_error_km")
    }
    straight = great_circle_km(
        place["from_lat"], place["from_lon"], place["to_lat"], place["to_lon"]
    )
    error = np.hypot(
        np.nan_to_num(place["from_position_error_km"]),
        np.nan_to_num(place["to_position_error_km"]),
    )
    return pd.DataFrame(
        {
            "start": _at(buses, ends["from_station"], ends["level"]),
            "end": _at(buses, ends["to_station"], ends["level"]),
            "is_line": True,
            "level": ends["level"].astype(int),
            "circuits": ends["circuits"].astype(float),
            "length_km": ends["length_km"].astype(float),
            "length_km_low": ends["length_km_low"].astype(float),
            "length_km_high": ends["length_km_high"].astype(float),
            "straight_km": np.hypot(straight, error),
            "conductor": ends["conductor"].astype(object),
            "cap_mw": _caps(ends, world),
            "mva": np.nan,
        },
        index=ends.index,
    )


def _at(buses: pd.DataFrame, stations: pd.Series, level: pd.Series) -> IntArray:
    labels = [f"{s} {int(kv)}" for s, kv in zip(stations, level, strict=True)]
    return buses.index.get_indexer(pd.Index(labels))


def _caps(ends: pd.DataFrame, world: World) -> FloatArray:
    """Operator's limit of each circuit of a tie [MW]; NaN without one."""
    ties = world.tables["interconnectors"]
    ties = ties[(ties["tie_kind"] == "link") & ties["capacity_mw"].notna()]
    key = ties["from_id"].astype(str) + " " + ties["to_id"].astype(str)
    limit = pd.Series(ties["capacity_mw"].to_numpy(dtype=float), index=key)
    limit = limit.groupby(level=0).min()
    pair = ends["from_id"].astype(str) + " " + ends["to_id"].astype(str)
    return limit.reindex(pair).to_numpy(dtype=np.float64)


def _transformers(
    buses: pd.DataFrame, yards: pd.DataFrame, rows: dict[str, str]
) -> pd.DataFrame:
    """Return transformer groups between neighbouring levels of a station."""
    station = pd.Series(rows)
    at = station.reindex(yards.index)
    rated = yards["transformer_mva"].groupby(at).max()
    units = yards["transformer_units"].groupby(at).max()
    made = []
    for name, own in buses.groupby("station", sort=False):
        steps = zip(own.index[:-1], own.index[1:], strict=True)
        made += [(str(name), low, high) for low, high in steps]
    index = [f"{s} {h.split()[1]}/{low.split()[1]} transformers" for s, low, h in made]
    names = [s for s, _, _ in made]
    level = [int(high.split()[1]) for _, _, high in made]
    return pd.DataFrame(
        {
            "start": buses.index.get_indexer(pd.Index([h for _, _, h in made])),
            "end": buses.index.get_indexer(pd.Index([low for _, low, _ in made])),
            "is_line": False,
            "level": level,
            "circuits": units.reindex(names).to_numpy(dtype=np.float64),
            "mva": rated.reindex(names).to_numpy(dtype=np.float64),
        },
        index=index,
    )


def _largest(network: Network, yards: pd.DataFrame, region: str) -> Network:
    """Keep the part with most buses of the region; say what is left apart."""
    buses, groups = network.buses, network.groups
    start, end = (groups[c].to_numpy(dtype=np.intp) for c in ("start", "end"))
    shape = (len(buses), len(buses))
    graph = coo_array((np.ones(len(groups)), (start, end)), shape=shape)
    _, label = connected_components(graph, directed=False)
    home = buses["station"].map(yards["network_region"]) == region
    counts = np.bincount(label[home.to_numpy()], minlength=label.max() + 1)
    keep = label == np.argmax(counts)
    apart = tuple(
        " + ".join(buses.index[label == part]) for part in np.unique(label[~keep])
    )
    position = np.cumsum(keep) - 1
    inside = keep[start]
    return Network(
        buses=buses[keep],
        groups=groups[inside].assign(
            start=position[start[inside]], end=position[end[inside]]
        ),
        rows=network.rows,
        apart=apart,
    )
