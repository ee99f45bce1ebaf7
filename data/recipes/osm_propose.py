"""The proposed tables, the list of changes and their check."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple

import pandas as pd
from osm_feature import (  # type: ignore[import-not-found,unused-ignore]
    LEAST_KV,
    Feature,
    km,
    voltages,
)
from osm_lines import Line  # type: ignore[import-not-found,unused-ignore]
from osm_match import (  # type: ignore[import-not-found,unused-ignore]
    Change,
    Matched,
    alike_kv,
)
from osm_read import Extract  # type: ignore[import-not-found,unused-ignore]

from data.faults import Fault
from data.load import read_raw, table_faults
from data.schema import TABLES
from data.table_links import rule_faults

COLUMNS = ("table", "row", "osm_id", "what", "before", "after", "note")
LEAST_ERROR_KM = 0.1
"""Doubt of a position drawn from imagery [km]."""

Row = dict[str, str]
Rows = list[Row]


def source_id(day: str) -> str:
    """Return the id of the source an extract is."""
    return f"openstreetmap-{day}"


def told(changes: list[Change]) -> Rows:
    """Return findings as rows."""
    return [dict(zip(COLUMNS, astuple(change), strict=True)) for change in changes]


def summary(changes: Rows) -> Iterator[str]:
    """Yield how often each thing was found, then every finding that is no match."""
    count = Counter((change["table"], change["what"]) for change in changes)
    for (table, what), number in sorted(count.items()):
        yield f"{table:12} {what:17} {number:5d}"
    for change in changes:
        if change["what"] not in ("matched", "missing", "left_out"):
            arrow = f"{change['before'] or '(blank)'} → {change['after']}"
            line = f"{change['what']:17} {change['row']}: {arrow}"
            yield f"{line}  {change['note']}".rstrip()


def tables(
    ours: dict[str, Rows], stations: Matched, lines: Matched, extract: Extract
) -> dict[str, Rows]:
    """Return substations, lines and sources with what the map changes."""
    day = extract.as_of
    changed = {change.row for change in stations.changes if change.what in TOUCHING}
    yards = [
        _station(row, stations.found[row["substation_id"]], day)
        if row["substation_id"] in changed
        else row
        for row in ours["substations"]
    ]
    yards += [
        _new_station(k, f, ours["substations"], day) for k, f in stations.new.items()
    ]
    touched = {change.row for change in lines.changes if change.what in TOUCHING}
    ways = [
        _line(row, lines.found[row["line_id"]], day)
        if row["line_id"] in touched
        else row
        for row in ours["lines"]
    ]
    ways += [_new_line(k, line, ours["lines"], day) for k, line in lines.new.items()]
    return {"substations": yards, "lines": ways, "sources": _sources(ours, day)}


TOUCHING = (
    "moved",
    "changed_voltage",
    "changed_circuits",
    "changed_length",
)
"""Findings that change a row of ours."""


def _sources(ours: dict[str, Rows], day: str) -> Rows:
    own = {
        "source_id": source_id(day),
        "citation": f"© OpenStreetMap contributors, ODbL 1.0, extract of {day}",
        "url": "https://www.openstreetmap.org/copyright",
        "as_of": day,
        "strength": "strong",
    }
    kept = [row for row in ours["sources"] if row["source_id"] != own["source_id"]]
    return [*kept, own]


def _cited(row: Row, ids: str, day: str) -> Row:
    """Add the extract to the sources of a row, and the object to its note."""
    cited = list(dict.fromkeys([*row["source"].split(), source_id(day)]))
    note = "; ".join(part for part in (row["note"], f"OpenStreetMap {ids}") if part)
    return {**row, "source": " ".join(cited), "as_of": day[:7], "note": note}


def _station(row: Row, one: Feature | Line, day: str) -> Row:
    if not isinstance(one, Feature):
        return row
    place = (f"{one.place[0]:.4f}", f"{one.place[1]:.4f}")
    own = [float(kv) for kv in row["voltages_kv"].split("/") if kv]
    high = [kv for kv in voltages(one.tags) if kv >= LEAST_KV]
    own += [kv for kv in high if not any(alike_kv(kv, o) for o in own)]
    listed = sorted(own, reverse=True)
    return _cited(
        {
            **row,
            "lat": place[0],
            "lon": place[1],
            "position_error_km": f"{max(LEAST_ERROR_KM, one.radius_km):.1f}",
            "position_grade": "published",
            "voltages_kv": "/".join(f"{kv:g}" for kv in listed),
            "max_kv": f"{listed[0]:g}",
        },
        one.osm_id,
        day,
    )


def _new_station(name: str, one: Feature | Line, ours: Rows, day: str) -> Row:
    """Return the row of a substation we did not have."""
    assert isinstance(one, Feature)
    placed = [row for row in ours if row["lat"] and row["country"] == "AZ"]
    near = min(
        placed, key=lambda row: km((float(row["lat"]), float(row["lon"])), one.place)
    )
    listed = voltages(one.tags)
    made = one.tags.get("substation") == "generation"
    year = one.tags.get("start_date", "")[:4]
    row = dict.fromkeys(ours[0], "") | {
        "substation_id": name,
        "name": one.names[0] if one.names else f"unnamed {listed[0]:g} kV",
        "country": "AZ",
        "network_region": near["network_region"],
        "purpose": "generation" if made else "network",
        "status": one.status,
        "year": year if year.isdecimal() and one.status == "in_service" else "",
        "status_text": "as mapped in OpenStreetMap",
        "grade": "published",
    }
    return _station(row, one, day)


def _length(row: Row, line: Line) -> Row:
    """Return the length drawn on the map, unless ours is published."""
    if math.isnan(line.length_km) or (row["grade"] == "published" and row["length_km"]):
        return row
    blank = {"length_km_low": "", "length_km_high": ""}
    return {**row, "length_km": f"{line.length_km:.0f}", **blank}


def _line(row: Row, line: Feature | Line, day: str) -> Row:
    if not isinstance(line, Line):
        return row
    known = not math.isnan(line.circuits)
    count = f"{line.circuits:g}" if known else row["circuits"]
    kv = row["voltage_kv"]
    kv = kv if alike_kv(line.kv, float(kv)) else f"{line.kv:g}"
    changed = {**_length(row, line), "voltage_kv": kv, "circuits": count}
    if changed == row:
        return row
    return _cited(changed, " ".join(line.osm_ids), day)


def _new_line(name: str, line: Feature | Line, ours: Rows, day: str) -> Row:
    """Return the row of a line we did not have."""
    assert isinstance(line, Line)
    ends = name.split("-")[:2]
    row = dict.fromkeys(ours[0], "") | {
        "line_id": name,
        "from_id": ends[0],
        "to_id": ends[1],
        "voltage_kv": f"{line.kv:g}",
        "evidence": "documented",
        "status": line.status,
        "status_text": "as mapped in OpenStreetMap",
        "grade": "published",
        "note": line.note,
    }
    return _line(row, line, day)


def faults(proposed: dict[str, Rows]) -> list[Fault]:
    """Return what `siting data check` would say of the proposal."""
    raw = {name: read_raw(name) for name in TABLES}
    for name, rows in proposed.items():
        frame = pd.DataFrame(rows, columns=list(raw[name]), dtype=str)
        frame.index = pd.RangeIndex(2, 2 + len(frame), name="line")
        raw[name] = frame
    targets = {t for table in TABLES.values() for t in table.foreign.values()}
    keys = {n: frozenset(raw[n][TABLES[n].key[0]]) for n in targets | {"sources"}}
    found = [
        fault for name in proposed for fault in table_faults(name, raw[name], keys)
    ]
    return found + rule_faults(raw)
