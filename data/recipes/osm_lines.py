"""From ways to lines: ways joined at towers, ends snapped to substations.

Ways of one voltage that share an end outside every substation, or that belong to
one power route, are one line. Its ends are the substations whose footprint an end
lies in or within `SNAP_KM` of; an open end is looked for in the line's own name.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from osm_feature import (  # type: ignore[import-not-found,unused-ignore]
    LEAST_KV,
    Feature,
    circuits,
    km,
)
from osm_names import best  # type: ignore[import-not-found,unused-ignore]
from osm_read import Extract  # type: ignore[import-not-found,unused-ignore]

SNAP_KM = 0.5
"""How far from the edge of a substation a line may end and still be of it."""
ALIKE = 0.85
"""Least likeness of two names taken for one."""
STATION = "at "
"""Marks an end at a substation, which may itself be mapped as a node."""
DASH = re.compile(r"\s*[-–—−]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two substations of the extract, all its circuits together."""

    start: str
    end: str
    kv: float
    circuits: float
    """NaN where some way does not say."""
    length_km: float
    """Mean over its parallel ways; NaN where it is tapped."""
    status: str
    osm_ids: tuple[str, ...]
    note: str

    @property
    def pair(self) -> frozenset[str]:
        """Its two substations, whichever way round."""
        return frozenset((self.start, self.end))


@dataclass(frozen=True, slots=True)
class Loose:
    """Ways that do not make a line: fewer than two ends at substations."""

    kv: float
    at: str
    osm_ids: tuple[str, ...]
    name: str


def snapped(point: tuple[float, float], stations: Iterable[Feature]) -> str:
    """Return the substation a point lies in or beside; blank where there is none."""
    near = [(km(point, s.place) - s.radius_km, s.osm_id) for s in stations]
    gap, name = min(near, default=(math.inf, ""))
    return f"{STATION}{name}" if gap <= SNAP_KM else ""


def lines_of(extract: Extract) -> tuple[list[Line], list[Loose]]:
    """Return the lines of an extract, 100 kV and more, and the ways left over."""
    stations = [f for f in extract.features if f.kind == "substation"]
    ways = [f for f in extract.features if f.kind == "line" and len(f.points) > 1]
    at = {
        way.osm_id: tuple(
            snapped(way.points[i], stations) or end
            for i, end in zip((0, -1), way.ends, strict=True)
        )
        for way in ways
    }
    lines: list[Line] = []
    loose: list[Loose] = []
    for kv in sorted({kv for way in ways for kv in circuits(way.tags)}, reverse=True):
        if kv < LEAST_KV:
            continue
        own = [way for way in ways if kv in circuits(way.tags)]
        for group in _joined(own, at, extract):
            made, left = _line(group, kv, at, stations)
            lines += made
            loose += left
    return list(_parallel(lines)), loose


def _joined(
    ways: list[Feature], at: dict[str, tuple[str, ...]], extract: Extract
) -> list[list[Feature]]:
    """Group ways that meet at a tower or belong to one route."""
    meeting: dict[str, list[str]] = defaultdict(list)
    for way in ways:
        for end in at[way.osm_id]:
            if not _is_station(end):
                meeting[end].append(way.osm_id)
    known = {way.osm_id for way in ways}
    routes = [[m for m in members if m in known] for _, _, members in extract.relations]
    root = _roots(known, [*meeting.values(), *routes])
    groups: dict[str, list[Feature]] = defaultdict(list)
    for way in ways:
        groups[root[way.osm_id]].append(way)
    return list(groups.values())


def _roots(names: Iterable[str], together: list[list[str]]) -> dict[str, str]:
    """Return one name for all that belong together, directly or through others."""
    root = {name: name for name in names}
    for group in together:
        first = {root[name] for name in group}
        if len(first) > 1:
            least = min(first)
            root = {name: least if r in first else r for name, r in root.items()}
    return root


def _is_station(end: str) -> bool:
    return end.startswith(STATION)


def _line(
    group: list[Feature],
    kv: float,
    at: dict[str, tuple[str, ...]],
    stations: list[Feature],
) -> tuple[list[Line], list[Loose]]:
    """Return the lines one group of ways makes."""
    ends = [end for way in group for end in at[way.osm_id]]
    found = list(
        dict.fromkeys(end.removeprefix(STATION) for end in ends if _is_station(end))
    )
    ids = tuple(way.osm_id for way in group)
    note = ""
    if len(found) == 1:
        other = _by_name(group, found[0], stations)
        note = "the other end is read from the line's name" if other else ""
        found += [other] if other else []
    if len(found) < 2:
        name = next((n for way in group for n in way.names), "")
        return [], [Loose(kv, found[0] if found else "", ids, name)]
    counts = [circuits(way.tags)[kv] for way in group]
    fewest = math.nan if any(map(math.isnan, counts)) else min(counts)
    status = min((way.status for way in group), key=_ORDER.index)
    if len(found) == 2:
        apart = [n for n in _strands(group, at, found) if n]
        length = sum(way.length_km for way in group) / max(1, len(apart))
        total = fewest * max(1, len(apart))
        return [Line(found[0], found[1], kv, total, length, status, ids, note)], []
    note = f"tapped: one line joins {len(found)} substations"
    return [
        Line(a, b, kv, fewest, math.nan, status, ids, note)
        for a, b in combinations(found, 2)
    ], []


_ORDER = ("planned", "under_construction", "in_service")
"""A line is no further than its least finished way."""


def _strands(
    group: list[Feature], at: dict[str, tuple[str, ...]], found: list[str]
) -> list[int]:
    """Return, for ways joined by a route relation, how many run side by side."""
    ends = [sum(STATION + name in at[way.osm_id] for way in group) for name in found]
    return [1] * min(ends)


def _by_name(group: list[Feature], known: str, stations: list[Feature]) -> str:
    """Return the substation that the name of a line gives as its other end."""
    words = tuple(p for way in group for n in way.names for p in DASH.split(n) if p)
    scored = [
        (best(words, s.names), s.osm_id)
        for s in stations
        if s.osm_id != known and s.names
    ]
    score, name = max(scored, default=(0.0, ""))
    return name if score >= ALIKE else ""


def _parallel(lines: list[Line]) -> Iterator[Line]:
    """Add up the circuits of lines between the same substations at one voltage."""
    groups: dict[tuple[frozenset[str], float, str], list[Line]] = defaultdict(list)
    for line in lines:
        if len(line.pair) == 2:
            groups[line.pair, line.kv, line.status].append(line)
    for same in groups.values():
        first = same[0]
        lengths = [one.length_km for one in same if not math.isnan(one.length_km)]
        yield Line(
            first.start,
            first.end,
            first.kv,
            sum(one.circuits for one in same),
            sum(lengths) / len(lengths) if lengths else math.nan,
            first.status,
            tuple(i for one in same for i in one.osm_ids),
            "; ".join(dict.fromkeys(one.note for one in same if one.note)),
        )
