"""OpenStreetMap reconciled with our rows: a small extract, made for this test.

Names, places and tags are invented around rows of ours: no data of OpenStreetMap.
"""

import csv
import json
import math
import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPE = runpy.run_path(str(ROOT / "data/recipes/osm_grid.py"))
READ, NAMES = sys.modules["osm_read"], sys.modules["osm_names"]
FEATURE = sys.modules["osm_feature"]
LINES = sys.modules["osm_lines"]
DAY = "2026-11-20"


def yard(number, lat, lon, **tags):
    corners = [(lat - 0.001, lon - 0.001), (lat + 0.001, lon + 0.001)]
    shape = [{"lat": a, "lon": b} for a, b in corners]
    words = {k.replace("__", ":"): v for k, v in tags.items()}
    return {"type": "way", "id": number, "geometry": shape} | {
        "tags": {"power": "substation", **words}
    }


def way(number, nodes, places, **tags):
    shape = [{"lat": a, "lon": b} for a, b in places]
    own = {"type": "way", "id": number, "nodes": nodes, "geometry": shape}
    return own | {"tags": {"power": "line", **tags}}


JAB, IMI, AGJ, TOWER = (39.24, 47.0), (39.90, 48.09), (40.052, 47.35), (39.5, 47.5)
ELEMENTS = [
    yard(1, *JAB, name="Cəbrayıl", voltage="330000;110000;10000"),
    yard(2, *IMI, name__ru="Имишли", voltage="330000;110000"),
    yard(3, *AGJ, name="Ağcabədi", voltage="330000;220000;110000"),
    yard(4, 39.7, 47.9, name="Təzəkənd", voltage="110000", start_date="2020-05"),
    yard(5, 39.71, 47.91, voltage="35000"),
    yard(6, 39.72, 47.92, voltage="110000", substation="traction"),
    yard(7, 41.8, 45.9, name="Elsewhere", voltage="220000"),
    way(10, [100, 101], [JAB, TOWER], voltage="330000", cables="6"),
    way(11, [101, 102], [TOWER, IMI], voltage="330000", cables="6"),
    way(12, [103, 104], [AGJ, JAB], voltage="330000", circuits="1"),
    way(13, [105, 106], [IMI, (39.7, 47.9)], voltage="110000", cables="3"),
    way(14, [107, 108], [IMI, (39.8, 48.4)], voltage="110000", cables="3"),
]


def extract(tmp_path, elements=ELEMENTS, **more):
    path = tmp_path / "extract.json"
    told = {"osm3s": {"timestamp_osm_base": f"{DAY}T00:00:00Z"}, **more}
    path.write_text(json.dumps(told | {"elements": elements}), encoding="utf-8")
    return path


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def proposed(tmp_path):
    out = tmp_path / "out"
    assert RECIPE["main"]([str(extract(tmp_path)), "--out", str(out)]) == 0
    return out


def found(out, what):
    return {
        r["row"] or r["osm_id"]: r
        for r in rows(out / "changes.csv")
        if r["what"] == what
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ağcabədi", "Aghjabadi"),
        ("Джебраил", "Jabrayil junction 330"),
        ("330/110 kV Xırdalan yarımstansiyası", "Khirdalan 220"),
        ("Qobu", "Gobu"),
        ("Göyçay", "Goychay 110"),
        ("ПС Имишли", "Imishli"),
        ("Müşfiq", "Mushfig 220 (Badamdar)"),
        ("Апшерон", "Absheron"),
    ],
)
def test_one_place_in_three_spellings(one, other):
    assert NAMES.likeness(one, other) >= LINES.ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ağdam-1", "Aghdam-2 110"), ("Salyan", "Siyazan 110"), ("", "x")],
)
def test_two_places_are_not_taken_for_one(one, other):
    assert NAMES.likeness(one, other) < LINES.ALIKE


@pytest.mark.parametrize(
    ("tags", "circuits"),
    [
        ({"voltage": "330000", "cables": "6"}, {330.0: 2.0}),
        ({"voltage": "330000", "cables": "3", "circuits": "1"}, {330.0: 1.0}),
        ({"voltage": "220000;110000", "cables": "6;3"}, {220.0: 2.0, 110.0: 1.0}),
        ({"voltage": "220000;110000", "cables": "9"}, {220.0: None, 110.0: None}),
        ({"voltage": "110000", "cables": "2"}, {110.0: None}),
        ({"voltage": "110000"}, {110.0: None}),
        ({"voltage": "high"}, {}),
    ],
)
def test_three_cables_are_one_circuit(tags, circuits):
    told = FEATURE.circuits(tags)
    assert {kv: None if math.isnan(n) else n for kv, n in told.items()} == circuits


def test_what_the_map_changes(proposed):
    moved = found(proposed, "moved")
    assert moved["IMI"]["note"] == "3.3 km"
    assert found(proposed, "changed_voltage")["AGJ"]["after"] == "330/220/110"
    double = found(proposed, "changed_circuits")["IMI-JAB-330-1"]
    assert (double["before"], double["after"]) == ("1", "2")
    assert double["osm_id"] == "way/10 way/11"
    assert set(found(proposed, "new")) == {"OSM_WAY4", "IMI-OSM_WAY4-110-OSM"}
    assert "GAN" in found(proposed, "missing")
    left = found(proposed, "left_out")
    assert "traction" in left["way/6"]["note"]
    assert "abroad" in left["way/7"]["note"]
    assert "way/2 only" in left["way/14"]["note"]


def test_the_proposal_keeps_what_a_map_cannot_know(proposed):
    ours = {r["line_id"]: r for r in rows(ROOT / "data/tables/lines.csv")}
    told = {r["line_id"]: r for r in rows(proposed / "lines.csv")}
    assert set(ours) < set(told)
    for name, row in ours.items():
        for column in ("status", "year", "from_id", "to_id"):
            assert told[name][column] == row[column]
    new = told["IMI-OSM_WAY4-110-OSM"]
    assert (new["circuits"], new["status"], new["year"]) == ("1", "in_service", "")
    straight = FEATURE.km(IMI, (39.7, 47.9))
    assert float(new["length_km"]) == pytest.approx(straight, abs=0.5)
    yards = {r["substation_id"]: r for r in rows(proposed / "substations.csv")}
    assert yards["AGJ"]["voltages_kv"] == "330/220/110"
    assert yards["OSM_WAY4"]["year"] == "2020"
    assert yards["OSM_WAY4"]["network_region"] == "mainland"


def test_the_licence_goes_with_every_changed_row(proposed):
    source = f"openstreetmap-{DAY}"
    assert source in {r["source_id"] for r in rows(proposed / "sources.csv")}
    assert "Open Database Licence" in (proposed / "ATTRIBUTION.txt").read_text("utf-8")
    ours = rows(ROOT / "data/tables/substations.csv")
    for row in rows(proposed / "substations.csv"):
        if row not in ours:
            assert source in row["source"].split()
            assert "OpenStreetMap way/" in row["note"]
    assert "OpenStreetMap" in (ROOT / "DATA-LICENSE.md").read_text("utf-8")


def test_our_tables_stay_unless_asked(tmp_path, capsys):
    before = (ROOT / "data/tables/lines.csv").read_bytes()
    path = str(extract(tmp_path))
    assert RECIPE["main"]([path, "--out", str(tmp_path / "out")]) == 0
    assert RECIPE["main"]([path, "--out", str(ROOT / "data/tables")]) == 2
    assert "--apply writes over" in capsys.readouterr().err
    assert (ROOT / "data/tables/lines.csv").read_bytes() == before


def test_apply_writes_the_tables(tmp_path, monkeypatch):
    shipped, tables = ROOT / "data/tables", tmp_path / "tables"
    tables.mkdir()
    for name in ("substations", "lines", "sources", "outlines"):
        (tables / f"{name}.csv").write_bytes((shipped / f"{name}.csv").read_bytes())
    monkeypatch.setitem(RECIPE["rows_of"].__globals__, "TABLES", tables)
    path, out = str(extract(tmp_path)), tmp_path / "out"
    assert RECIPE["main"]([path, "--out", str(out), "--apply"]) == 0
    assert (tables / "lines.csv").read_bytes() == (out / "lines.csv").read_bytes()


def test_geojson_says_the_same(tmp_path, proposed):
    features = [
        {
            "type": "Feature",
            "id": f"w{element['id']}",
            "properties": element["tags"],
            "geometry": {
                "type": "LineString",
                "coordinates": [[p["lon"], p["lat"]] for p in element["geometry"]],
            },
        }
        for element in ELEMENTS
    ]
    path, out = tmp_path / "extract.geojson", tmp_path / "geojson"
    told = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(told), encoding="utf-8")
    assert RECIPE["main"]([str(path), "--out", str(out), "--as-of", DAY]) == 0
    for name in ("changes", "lines", "substations"):
        one, other = out / f"{name}.csv", proposed / f"{name}.csv"
        assert one.read_bytes() == other.read_bytes()


def test_ways_of_one_route_are_one_line():
    apart = [
        way(20, [1, 2], [JAB, (39.4, 47.2)], voltage="330000", circuits="1"),
        way(21, [3, 4], [(39.41, 47.2), IMI], voltage="330000", circuits="1"),
    ]
    members = [{"type": "way", "ref": n} for n in (20, 21)]
    route = {"type": "relation", "id": 9, "members": members}
    route["tags"] = {"route": "power", "voltage": "330000"}
    text = json.dumps({"elements": [*ELEMENTS[:2], *apart]})
    lines, loose = LINES.lines_of(READ.parsed("x", text, DAY))
    assert (len(lines), len(loose)) == (0, 2)
    text = json.dumps({"elements": [*ELEMENTS[:2], *apart, route]})
    (line,), loose = LINES.lines_of(READ.parsed("x", text, DAY))
    assert line.pair == {"way/1", "way/2"}
    assert loose == []


def test_an_open_end_is_found_by_the_name_of_the_line():
    open_end = way(20, [1, 2], [JAB, (39.6, 47.6)], voltage="330000", cables="3")
    open_end["tags"]["name"] = "ВЛ 330 кВ Джебраил – Имишли"
    text = json.dumps({"elements": [*ELEMENTS[:2], open_end]})
    (line,), _ = LINES.lines_of(READ.parsed("x", text, DAY))
    assert line.pair == {"way/1", "way/2"}
    assert "name" in line.note


def test_parallel_ways_add_up():
    ways = [
        way(n, [n, n + 50], [JAB, IMI], voltage="330000", cables="3") for n in (20, 21)
    ]
    text = json.dumps({"elements": [*ELEMENTS[:2], *ways]})
    (line,), _ = LINES.lines_of(READ.parsed("x", text, DAY))
    assert line.circuits == 2
    assert line.length_km == pytest.approx(FEATURE.km(JAB, IMI))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "expected JSON"),
        ("[]", "Overpass JSON (elements) or a GeoJSON FeatureCollection"),
        ('{"elements": []}', "at least one substation or line"),
        (
            '{"elements": [{"type": "way", "id": 1, "tags": {"power": "line"}}]}',
            "out geom",
        ),
        ('{"elements": [7]}', "elements[0]: 7 — expected an object"),
        ('{"elements": [{"type": "wey", "id": 1}]}', "elements[0]: wey"),
        ('{"elements": [], "remark": "runtime error: timed out"}', "a whole answer"),
    ],
)
def test_bad_input_is_exit_2(text, says, tmp_path, capsys):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert RECIPE["main"]([str(path), "--out", str(out), "--as-of", DAY]) == 2
    assert says in capsys.readouterr().err
    assert not out.exists()


def test_an_extract_without_a_day_and_a_file_that_is_not_there(tmp_path, capsys):
    path = extract(tmp_path, osm3s={})
    assert RECIPE["main"]([str(path), "--out", str(tmp_path / "out")]) == 2
    assert "give --as-of" in capsys.readouterr().err
    assert RECIPE["main"]([str(tmp_path / "no.json")]) == 2
    assert "a file that can be read" in capsys.readouterr().err


def test_pbf_needs_a_reader(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "osmium", None)
    path = tmp_path / "az.osm.pbf"
    path.write_bytes(b"")
    assert RECIPE["main"]([str(path), "--as-of", DAY]) == 2
    assert "pip install osmium" in capsys.readouterr().err


def test_every_fault_of_an_extract_comes_at_once(tmp_path, capsys):
    far = way(30, [1, 2], [(95, 0), (1, 1)], voltage="1")
    path = extract(tmp_path, [7, far], remark="timed out")
    assert RECIPE["main"]([str(path), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith("3 fault(s):")


def test_overpass_is_asked_and_its_silence_told(tmp_path, service, monkeypatch, capsys):
    told = extract(tmp_path).read_bytes()
    monkeypatch.setenv("KHAZRI_OVERPASS_URL", f"{service.address}/api")
    service.reply = lambda path, query: (200, told)
    assert RECIPE["main"](["--fetch", "--out", str(tmp_path / "out")]) == 0
    assert "out body geom" in json.dumps(service.asked)
    monkeypatch.setenv("KHAZRI_OVERPASS_URL", "http://127.0.0.1:9/nowhere")
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "cache"))
    assert RECIPE["main"](["--fetch"]) == 2
    said = capsys.readouterr().err
    assert "cannot be reached (connection refused)" in said
    assert "an extract of your own" in said
