"""Reconcile rows of ours with OpenStreetMap by name and by place, and say what differs.

A name alone may carry a match over `NAME_KM`; a place alone only within the error of
our position. Each object of the map goes to one row; yards at one place of ours share
it.
"""

import math
from dataclasses import dataclass, field

from osm_feature import (  # type: ignore[import-not-found,unused-ignore]
    LEAST_KV,
    Feature,
    Point,
    km,
    voltages,
)
from osm_lines import ALIKE, Line, lines_of  # type: ignore[import-not-found,unused-ignore]
from osm_names import best, voltages_in  # type: ignore[import-not-found,unused-ignore]
from osm_read import Extract  # type: ignore[import-not-found,unused-ignore]

NAME_KM = 25.0
"""How far apart two places of one name may be."""
NEAR_KM = 1.5
"""Least radius within which a place alone may match [km]."""
MOVED_KM = 0.3
"""Least change of position worth telling [km]."""
LEFT_OUT = ("traction", "industrial", "minor_distribution")
"""Kinds of substation (tag `substation`) that are no part of the public network."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One finding about a row or an object."""

    table: str
    row: str
    osm_id: str
    what: str
    before: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the reconciliation of a table found."""

    found: dict[str, Feature | Line] = field(default_factory=dict)
    """Row of ours → object of the map."""
    new: dict[str, Feature | Line] = field(default_factory=dict)
    """Id proposed → object that no row of ours is."""
    changes: list[Change] = field(default_factory=list)


def levels(text: str) -> tuple[float, ...]:
    """Return the voltages of a list such as 330/110/10, high ones only."""
    found = [float(part) for part in text.split("/") if part]
    return tuple(kv for kv in found if kv >= LEAST_KV)


def alike_kv(one: float, two: float) -> bool:
    """Return whether two voltages are of one class: 220 and 230, 330 and 345."""
    return abs(one - two) <= 0.06 * max(one, two)


def inside(point: Point, outline: list[Row]) -> bool:
    """Return whether a place lies in Azerbaijan, by its outline."""
    rings: dict[str, list[Point]] = {}
    for row in outline:
        if row["country"] == "AZ":
            rings.setdefault(row["polygon"], []).append(
                (float(row["lat"]), float(row["lon"]))
            )
    return any(_within(point, ring) for ring in rings.values())


def _within(point: Point, ring: list[Point]) -> bool:
    odd = False
    for (lat, lon), (lat2, lon2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat > point[0]) != (lat2 > point[0]):
            crossing = lon + (point[0] - lat) / (lat2 - lat) * (lon2 - lon)
            odd ^= crossing > point[1]
    return odd


def stations(ours: list[Row], extract: Extract, outline: list[Row]) -> Matched:
    """Reconcile the substations."""
    theirs = [f for f in extract.features if f.kind == "substation"]
    served = {s for line in lines_of(extract)[0] for s in line.pair}
    out = Matched()
    pairs = sorted(
        (_cost(row, one), row["substation_id"], one.osm_id)
        for row in ours
        for one in theirs
    )
    by_id = {one.osm_id: one for one in theirs}
    at = {row["substation_id"]: (row["lat"], row["lon"]) for row in ours}
    taken: dict[str, str] = {}
    for cost, name, osm_id in pairs:
        holder = taken.get(osm_id)
        shared = holder is not None and at[holder] == at[name] and at[name][0] != ""
        if math.isinf(cost) or name in out.found or not (holder is None or shared):
            continue
        taken.setdefault(osm_id, name)
        out.found[name] = by_id[osm_id]
    for row in ours:
        out.changes.extend(_station_changes(row, out.found.get(row["substation_id"])))
    for one in theirs:
        if one.osm_id not in taken:
            _unmatched(one, out, outline, one.osm_id in served)
    return out


def _cost(row: Row, one: Feature) -> float:
    """Return how bad a match would be; +inf where it may not be one."""
    name: float = best((row["name"],), one.names)
    own = levels(row["voltages_kv"])
    told = [kv for kv in voltages(one.tags) if kv >= LEAST_KV]
    told = told or [float(kv) for text in one.names for kv in voltages_in(text)]
    shared = any(alike_kv(a, b) for a in own for b in told)
    if told and own and not shared and name < ALIKE:
        return math.inf
    if row["lat"] == "":
        return 1 - name if name >= ALIKE else math.inf
    apart: float = km((float(row["lat"]), float(row["lon"])), one.place)
    near = max(NEAR_KM, 1.5 * float(row["position_error_km"] or 0))
    if name >= ALIKE and apart <= NAME_KM:
        return 1 - name + apart / NAME_KM + (0.5 if told and own and not shared else 0)
    if apart <= near and shared and (not one.names or name >= 0.5):
        return 2 + apart / near
    return math.inf


def _station_changes(row: Row, one: Feature | Line | None) -> list[Change]:
    own = ("substations", row["substation_id"])
    if not isinstance(one, Feature):
        return [Change(*own, "", "missing", note="no such object; the row stays")]
    found = []
    if row["lat"] == "":
        found.append(
            Change(*own, one.osm_id, "moved", "", _place(one), "first position")
        )
    else:
        apart = km((float(row["lat"]), float(row["lon"])), one.place)
        if apart > max(MOVED_KM, one.radius_km):
            before = f"{row['lat']} {row['lon']}"
            note = f"{apart:.1f} km"
            found.append(Change(*own, one.osm_id, "moved", before, _place(one), note))
    told = tuple(kv for kv in voltages(one.tags) if kv >= LEAST_KV)
    ours = levels(row["voltages_kv"])
    more = [kv for kv in told if not any(alike_kv(kv, o) for o in ours)]
    less = [kv for kv in ours if told and not any(alike_kv(kv, t) for t in told)]
    if more or less:
        note = f"not on the map: {_listed(less)}; ours are kept" if less else ""
        after = _listed(told)
        change = Change(
            *own, one.osm_id, "changed_voltage", row["voltages_kv"], after, note
        )
        found.append(change)
    found += status_change(own, row["status"], one.osm_id, one.status)
    return found or [Change(*own, one.osm_id, "matched")]


def status_change(
    own: tuple[str, str], ours: str, osm_id: str, theirs: str
) -> list[Change]:
    """Tell where the map calls standing what we call not yet, or the reverse."""
    if (ours == "in_service") == (theirs == "in_service"):
        return []
    note = "ours stays: a map does not say when something is energised"
    return [Change(*own, osm_id, "status_differs", ours, theirs, note)]


def _place(one: Feature) -> str:
    return f"{one.place[0]:.4f} {one.place[1]:.4f}"


def _listed(kv: list[float] | tuple[float, ...]) -> str:
    return "/".join(f"{level:g}" for level in kv)


def _unmatched(one: Feature, out: Matched, outline: list[Row], served: bool) -> None:
    """Sort an object no row of ours is into new and left out."""
    top = max(voltages(one.tags), default=0.0)
    home = inside(one.place, outline)
    why = ""
    if top < LEAST_KV:
        why = "no voltage of 100 kV or more"
    elif one.tags.get("substation") in LEFT_OUT:
        why = f"substation={one.tags['substation']}"
    elif not home and not served:
        why = "abroad, and no line of the extract ends there"
    elif not home:
        why = "abroad; its lines are reported, its row is for a person to add"
    name = f"OSM_{one.osm_id.replace('/', '').upper()}"
    told = " | ".join(one.names[:1])
    if why:
        change = Change("substations", "", one.osm_id, "left_out", "", told, why)
    else:
        out.new[name] = one
        after = f"{told} {_listed(voltages(one.tags))} at {_place(one)}".strip()
        change = Change("substations", name, one.osm_id, "new", "", after)
    out.changes.append(change)
