"""Read the power features of an OpenStreetMap extract, or fetch one.

Overpass JSON with geometry (``out geom``), GeoJSON as osmium, ogr2ogr or overpass
turbo write it, and PBF where the package `osmium` is installed. What cannot be read
is a list of faults.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osm_feature import Feature, Point, staged  # type: ignore[import-not-found,unused-ignore]
from osm_formats import as_elements, pbf  # type: ignore[import-not-found,unused-ignore]

from data.faults import Fault, InputError
from data.schema import REGION_LAT, REGION_LON
from data.web import Request, Service, answer

OVERPASS = Service(
    "Overpass", "https://overpass-api.de/api/interpreter", "KHAZRI_OVERPASS_URL"
)
OWN = "a network, or an extract of your own: python data/recipes/osm_grid.py FILE"
Route = tuple[str, dict[str, str], tuple[str, ...]]
"""Id, tags and member ways of a power route."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extract says of the network."""

    features: tuple[Feature, ...]
    relations: tuple[Route, ...]
    as_of: str
    """Day of the data, YYYY-MM-DD."""


def read(path: Path, as_of: str) -> Extract:
    """Return the extract in a file.

    Raises
    ------
    InputError
        Naming everything that cannot be read.
    """
    if path.name.endswith((".pbf", ".osm")):
        return _extract(path.name, pbf(path), as_of)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise _fault(path.name, str(path), f"a file that can be read ({why})") from None
    return parsed(path.name, text, as_of)


def parsed(name: str, text: str, as_of: str) -> Extract:
    """Return the extract in a text, Overpass JSON or GeoJSON."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise _fault(name, text[:40], f"JSON ({error})") from None
    shape = told if isinstance(told, dict) else {}
    if isinstance(shape.get("elements"), list):
        return _extract(name, shape, as_of)
    if shape.get("type") == "FeatureCollection":
        return _extract(name, as_elements(shape), as_of)
    wanted = "Overpass JSON (elements) or a GeoJSON FeatureCollection"
    raise _fault(name, text[:40], wanted)


def query(day: str) -> str:
    """Return the question to Overpass: the power network of the region, with geometry.

    The day is part of it, so that an answer is kept for a day.
    """
    box = f"{REGION_LAT[0]},{REGION_LON[0]},{REGION_LAT[1]},{REGION_LON[1]}"
    words = "^(substation|line|cable|construction|proposed|planned)$"
    return (
        f"// {day}\n[out:json][timeout:180][bbox:{box}];"
        f'(nwr["power"~"{words}"]["power"!="minor_line"];'
        'nwr["construction:power"];nwr["proposed:power"];nwr["planned:power"];'
        'relation["route"="power"];);out body geom;'
    )


def fetch(as_of: str) -> Extract:
    """Return the extract of today from an Overpass endpoint.

    Raises
    ------
    InputError
        If it cannot be reached or its answer cannot be read.
    """
    day = datetime.now(UTC).date().isoformat()
    request = Request(OVERPASS, (("data", query(day)),))
    at = os.environ.get(OVERPASS.variable, OVERPASS.address)
    try:
        text = answer(request, lambda body: body.decode("utf-8"))
    except InputError as error:
        faults = [
            Fault(f"Overpass at {at}", None, "", f.value, OWN) for f in error.faults
        ]
        raise InputError(faults) from None
    return parsed("Overpass", text, as_of or day)


def _extract(name: str, told: dict[str, Any], as_of: str) -> Extract:
    """Check the elements and turn them into features."""
    day = as_of or str(told.get("osm3s", {}).get("timestamp_osm_base", ""))[:10]
    faults = list(_head_faults(name, told, day))
    features: dict[str, Feature] = {}
    relations: list[Route] = []
    for at, element in enumerate(told["elements"]):
        wrong = _shape_fault(name, at, element)
        if wrong:
            faults.append(wrong)
            continue
        made = _route(element) or _feature(name, element)
        if isinstance(made, Feature):
            features[made.osm_id] = made
        elif isinstance(made, Fault):
            faults.append(made)
        elif made is not None:
            relations.append(made)
    if not faults and not features:
        wanted = "at least one substation or line (power=*)"
        faults.append(
            Fault(name, None, "", f"{len(told['elements'])} elements", wanted)
        )
    if faults:
        raise InputError(faults)
    return Extract(tuple(features.values()), tuple(relations), day)


def _head_faults(name: str, told: dict[str, Any], day: str) -> Iterator[Fault]:
    """Yield what makes the whole extract unfit: a broken answer, no day."""
    if told.get("remark"):
        yield Fault(name, None, "remark", str(told["remark"]), "a whole answer")
    try:
        datetime.fromisoformat(day)
    except ValueError:
        wanted = "the day of the data: it is not in the file, give --as-of YYYY-MM-DD"
        yield Fault(name, None, "as_of", day, wanted)


def _tags(element: dict[str, Any]) -> dict[str, str]:
    return {str(k): str(v) for k, v in element.get("tags", {}).items()}


def _route(element: dict[str, Any]) -> Route | None:
    """Return a power route with its ways; None for anything else."""
    tags = _tags(element)
    if element["type"] != "relation" or tags.get("route") != "power":
        return None
    members = element.get("members", ())
    ways = tuple(f"way/{m['ref']}" for m in members if m.get("type") == "way")
    return f"relation/{element['id']}", tags, ways


def _feature(name: str, element: dict[str, Any]) -> Feature | Fault | None:
    """Return a part of the network, what is wrong with it, or None for another."""
    tags = _tags(element)
    own = f"{element['type']}/{element['id']}"
    stage = staged(tags)
    if stage is None:
        return None
    points = _points(element)
    if not points or not all(_sound(point) for point in points):
        wanted = "places within ±90° and ±180°; ask for the geometry (out geom)"
        shown = "none" if not points else str(points[0])
        return Fault(name, None, f"{own}:geometry", shown, wanted)
    return Feature(own, *stage, tags, points, _ends(element, points))


def _shape_fault(name: str, at: int, element: object) -> Fault | None:
    """Return what is wrong with the shape of an element."""
    if not isinstance(element, dict):
        return Fault(name, None, f"elements[{at}]", str(element), "an object")
    if element.get("type") not in ("node", "way", "relation") or "id" not in element:
        wanted = "type node, way or relation, and an id"
        return Fault(name, None, f"elements[{at}]", str(element.get("type")), wanted)
    if not isinstance(element.get("tags", {}), dict):
        return Fault(
            name, None, f"elements[{at}]:tags", str(element["tags"]), "an object"
        )
    return None


def _points(element: dict[str, Any]) -> tuple[Point, ...]:
    """Return the points of an element; () where it has none or they are no numbers."""
    try:
        if element["type"] == "node":
            return ((float(element["lat"]), float(element["lon"])),)
        rings = [element.get("geometry") or ()]
        rings += [m.get("geometry") or () for m in element.get("members", ())]
        corners = [p for ring in rings for p in ring if p is not None]
        return tuple((float(p["lat"]), float(p["lon"])) for p in corners)
    except (KeyError, TypeError, ValueError):
        return ()


def _sound(point: Point) -> bool:
    return bool(abs(point[0]) <= 90 and abs(point[1]) <= 180)


def _ends(element: dict[str, Any], points: tuple[Point, ...]) -> tuple[str, str]:
    """Return what a way begins and ends at, the same for two ways that meet there."""
    nodes = list(element.get("nodes") or [])
    if len(nodes) > 1:
        return f"node/{nodes[0]}", f"node/{nodes[-1]}"
    first, last = (points[i] for i in (0, -1))
    return f"{first[0]:.6f} {first[1]:.6f}", f"{last[0]:.6f} {last[1]:.6f}"


def _fault(name: str, value: str, expected: str) -> InputError:
    return InputError([Fault(name, None, "", value, expected)])
