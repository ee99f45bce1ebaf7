"""GeoJSON and PBF in the shape Overpass answers in: elements with tags and geometry."""

from pathlib import Path
from typing import Any

from data.faults import Fault, InputError


def as_elements(told: dict[str, Any]) -> dict[str, Any]:
    """Turn a GeoJSON collection into elements as Overpass gives them."""
    elements = [
        _as_element(at, one) for at, one in enumerate(told.get("features") or ())
    ]
    stamp = str(told.get("timestamp", ""))
    return {"elements": elements, "osm3s": {"timestamp_osm_base": stamp}}


def _as_element(at: int, feature: Any) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(feature, dict):
        return feature
    own = feature.get("properties") or {}
    tags = {k: v for k, v in own.items() if v is not None and not k.startswith("@")}
    tags |= _other(str(tags.pop("other_tags", "")))
    tags |= own["tags"] if isinstance(own.get("tags"), dict) else {}
    kind, number = _named(str(feature.get("id") or own.get("@id") or ""), own, at)
    shape = feature.get("geometry") or {}
    corners = _flat(shape.get("coordinates") or ())
    points = [{"lat": c[1], "lon": c[0]} for c in corners]
    return {"type": kind, "id": number, "tags": tags, "geometry": points} | (
        points[0] if kind == "node" and points else {}
    )


def _named(text: str, own: dict[str, Any], at: int) -> tuple[str, str]:
    """Return kind and number: ``way/12``, ``w12``, osm_id and osm_way_id, or its place."""
    for word in ("node", "way", "relation"):
        for start in (f"{word}/", word[0]):
            if text.startswith(start) and text.removeprefix(start).isdecimal():
                return word, text.removeprefix(start)
    if own.get("osm_way_id"):
        return "way", str(own["osm_way_id"])
    return "way", str(own.get("osm_id") or own.get("@id") or f"feature-{at}")


def _other(text: str) -> dict[str, str]:
    """Return the tags ogr2ogr packs as ``"key"=>"value"``."""
    parts = [part.split('"=>"') for part in text.strip('"').split('","')]
    return {part[0]: part[1] for part in parts if len(part) == 2}


def _flat(shape: Any) -> list[Any]:  # noqa: ANN401 - any nesting of JSON lists
    """Return the corners of a point, line or polygon, whatever the nesting."""
    if not isinstance(shape, list | tuple) or not shape:
        return []
    if isinstance(shape[0], int | float):
        return [shape] if len(shape) > 1 else []
    return [corner for part in shape for corner in _flat(part)]


def pbf(path: Path) -> dict[str, Any]:
    """Return the elements of a PBF or OSM XML file, if its reader is installed."""
    try:
        import osmium  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except ImportError:
        wanted = (
            "the package osmium (pip install osmium), or GeoJSON made from it: "
            "osmium tags-filter … power, osmium export -u type_id -f geojson"
        )
        raise InputError([Fault(path.name, None, "", "PBF", wanted)]) from None
    elements = []
    for entity in osmium.FileProcessor(str(path)).with_locations():
        tags = dict(entity.tags)
        power = any(tag.split(":")[-1] == "power" for tag in tags)
        if not power or not (entity.is_node() or entity.is_way()):
            continue
        if entity.is_node():
            place = {"lat": entity.location.lat, "lon": entity.location.lon}
            elements.append({"type": "node", "id": entity.id, "tags": tags} | place)
            continue
        nodes = [n for n in entity.nodes if n.location.valid()]
        shape = [{"lat": n.location.lat, "lon": n.location.lon} for n in nodes]
        own = {"type": "way", "id": entity.id, "tags": tags, "geometry": shape}
        elements.append(own | {"nodes": [n.ref for n in nodes]})
    return {"elements": elements}
