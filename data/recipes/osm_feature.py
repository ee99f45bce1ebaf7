"""A substation or a way of a line as OpenStreetMap tags it: place, voltages, circuits."""

import math
from dataclasses import dataclass

from data.sphere import great_circle_km

LEAST_KV = 100.0
STAGES = {
    "construction": "under_construction",
    "proposed": "planned",
    "planned": "planned",
}
"""Life-cycle words of OpenStreetMap → our status; disused and older are left out."""
KINDS = {
    "substation": "substation",
    "sub_station": "substation",
    "station": "substation",
    "line": "line",
    "cable": "line",
}
NAMES = (
    "name",
    "name:en",
    "name:az",
    "name:ru",
    "int_name",
    "official_name",
    "alt_name",
    "old_name",
    "short_name",
)

Point = tuple[float, float]
"""Latitude and longitude [°]."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A substation or a way of a line."""

    osm_id: str
    """Such as ``way/123``."""
    kind: str
    """substation | line"""
    status: str
    tags: dict[str, str]
    points: tuple[Point, ...]
    ends: tuple[str, str] = ("", "")
    """Nodes a line begins and ends at; its coordinates where the extract has none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        found = [self.tags[tag] for tag in NAMES if self.tags.get(tag)]
        return tuple(p.strip() for text in found for p in text.split(";") if p.strip())

    @property
    def place(self) -> Point:
        """Middle of its bounds [°]."""
        lats, lons = zip(*self.points, strict=True)
        return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2

    @property
    def radius_km(self) -> float:
        """Greatest distance of its outline from its middle [km]."""
        return max(km(self.place, point) for point in self.points)

    @property
    def length_km(self) -> float:
        """Length along its points [km]."""
        pairs = zip(self.points[:-1], self.points[1:], strict=True)
        return sum(km(a, b) for a, b in pairs)


def km(a: Point, b: Point) -> float:
    """Return the great-circle distance [km]."""
    return float(great_circle_km(*a, *b))


def voltages(tags: dict[str, str]) -> tuple[float, ...]:
    """Return the voltages of a feature [kV], highest first, unreadable parts left out.

    Examples
    --------
    >>> voltages({"voltage": "330000;110000; 10000"})
    (330.0, 110.0, 10.0)
    """
    found = set()
    for part in tags.get("voltage", "").replace(",", ";").split(";"):
        try:
            found.add(float(part.strip()) / 1000)
        except ValueError:
            continue
    good = (kv for kv in found if math.isfinite(kv) and kv > 0)
    return tuple(sorted(good, reverse=True))


def circuits(tags: dict[str, str]) -> dict[float, float]:
    """Return the circuits at each voltage of a line; NaN where the tags do not say.

    ``circuits`` if given, else three cables make one circuit. One number for two
    voltages is split only where it leaves one circuit each.

    Examples
    --------
    >>> circuits({"voltage": "330000", "cables": "6"})
    {330.0: 2.0}
    >>> circuits({"voltage": "220000;110000", "circuits": "2"})
    {220.0: 1.0, 110.0: 1.0}
    """
    listed = [p for p in tags.get("voltage", "").replace(",", ";").split(";") if p]
    levels = [kv for part in listed for kv in voltages({"voltage": part})]
    told = _counts(tags.get("circuits", ""), 1) or _counts(tags.get("cables", ""), 3)
    if len(levels) == 1:
        return {levels[0]: sum(told) if told else math.nan}
    if len(told) == 1 and told[0] == len(levels):
        told = [1.0] * len(levels)
    if len(told) != len(levels):
        told = [math.nan] * len(levels)
    found: dict[float, float] = {}
    for kv, count in zip(levels, told, strict=True):
        found[kv] = found.get(kv, 0.0) + count
    return found


def _counts(text: str, wires: int) -> list[float]:
    """Return the circuits a list of numbers stands for; empty where it says none."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts or not all(part.isdecimal() for part in parts):
        return []
    whole = [int(part) // wires for part in parts]
    return [float(n) for n in whole] if all(whole) else []


def staged(tags: dict[str, str]) -> tuple[str, str] | None:
    """Return kind and status of a feature; None for what is no part of the network."""
    power = tags.get("power", "")
    if power in KINDS:
        return KINDS[power], "in_service"
    for word, status in STAGES.items():
        later = tags.get(f"{word}:power", tags.get(word, "") if power == word else "")
        if later in KINDS:
            return KINDS[later], status
    return None
