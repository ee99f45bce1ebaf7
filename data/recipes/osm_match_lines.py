"""Reconcile our lines with those of the map, once the substations are."""

import math

from osm_feature import Feature  # type: ignore[import-not-found,unused-ignore]
from osm_lines import Line, Loose, lines_of  # type: ignore[import-not-found,unused-ignore]
from osm_match import (  # type: ignore[import-not-found,unused-ignore]
    Change,
    Matched,
    Row,
    alike_kv,
    status_change,
)
from osm_read import Extract  # type: ignore[import-not-found,unused-ignore]


def lines(ours: list[Row], extract: Extract, at: Matched) -> Matched:
    """Reconcile the lines, their ends being rows of substations."""
    theirs, loose = lines_of(extract)
    row_of = _yards(at)
    out = Matched()
    left = list(theirs)
    for row in sorted(ours, key=lambda row: row["line_id"]):
        pair = {row["from_id"], row["to_id"]}
        same = [one for one in left if _joins(one, pair, row_of)]
        kv = float(row["voltage_kv"])
        exact = [one for one in same if alike_kv(one.kv, kv)]
        one = next(iter(exact or same), None)
        if one is not None:
            out.found[row["line_id"]] = one
            if sum({r["from_id"], r["to_id"]} == pair for r in ours) < 2 or exact:
                left = [other for other in left if other is not one]
        out.changes.extend(_line_changes(row, one))
    for one in left:
        if one not in out.found.values():
            _new_line(one, out, row_of)
    out.changes.extend(_loose(one) for one in loose)
    return out


def _yards(at: Matched) -> dict[str, set[str]]:
    """Object of the map → the rows that stand there."""
    found: dict[str, set[str]] = {}
    for name, one in {**at.new, **at.found}.items():
        if isinstance(one, Feature):
            found.setdefault(one.osm_id, set()).add(name)
    return found


def _joins(one: Line, pair: set[str], row_of: dict[str, set[str]]) -> bool:
    first, second = row_of.get(one.start, set()), row_of.get(one.end, set())
    a, b = sorted(pair)
    return (a in first and b in second) or (b in first and a in second)


def _line_changes(row: Row, one: Line | None) -> list[Change]:
    own = ("lines", row["line_id"])
    if one is None:
        return [Change(*own, "", "missing", note="no such line; the row stays")]
    ids = " ".join(one.osm_ids)
    found = []
    if not alike_kv(one.kv, float(row["voltage_kv"])):
        kv = f"{one.kv:g}"
        found.append(
            Change(*own, ids, "changed_voltage", row["voltage_kv"], kv, one.note)
        )
    if not math.isnan(one.circuits) and row["circuits"] != f"{one.circuits:g}":
        count = f"{one.circuits:g}"
        found.append(
            Change(*own, ids, "changed_circuits", row["circuits"], count, one.note)
        )
    before = float(row["length_km"] or "nan")
    if (
        not math.isnan(one.length_km)
        and not abs(before - one.length_km) <= 0.1 * before
    ):
        length = f"{one.length_km:.0f}"
        stays = row["grade"] == "published" and row["length_km"] != ""
        note = "ours is published and stays" if stays else one.note
        found.append(
            Change(*own, ids, "changed_length", row["length_km"], length, note)
        )
    found += status_change(own, row["status"], ids, one.status)
    return found or [Change(*own, ids, "matched", note=one.note)]


def _new_line(one: Line, out: Matched, row_of: dict[str, set[str]]) -> None:
    ends = [min(row_of.get(end, {""})) for end in (one.start, one.end)]
    ids = " ".join(one.osm_ids)
    told = f"{ends[0] or one.start} to {ends[1] or one.end} {one.kv:g} kV"
    if not all(ends):
        why = "an end that is no row of ours"
        out.changes.append(Change("lines", "", ids, "left_out", "", told, why))
        return
    name = f"{ends[0]}-{ends[1]}-{one.kv:g}-OSM"
    name += f"-{one.status}" if name in out.new else ""
    out.new[name] = one
    out.changes.append(Change("lines", name, ids, "new", "", told, one.note))


def _loose(one: Loose) -> Change:
    note = f"ends at {one.at or 'no substation'} only: {one.name}".rstrip(": ")
    told = f"{one.kv:g} kV"
    return Change("lines", "", " ".join(one.osm_ids), "left_out", "", told, note)
