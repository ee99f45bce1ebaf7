"""The Open Fibre Data Standard package: its required fields, its words, our rows."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from data import load_world
from siting.cli import main
from siting.export_fibre import package

WORLD = load_world()
SPAN_STATUS = {
    "operational",
    "underConstruction",
    "planned",
    "decommissioned",
    "proposed",
    "inactive",
}
"""Closed list `spanStatus` of the standard, 0.3."""


@pytest.fixture(scope="module")
def network() -> dict[str, Any]:
    (one,) = package(WORLD)["networks"]
    return dict(one)


def test_required_fields_of_the_standard(network: dict[str, Any]) -> None:
    assert uuid.UUID(network["id"]).version == 5
    assert network["links"][0]["rel"] == "describedby"
    assert network["links"][0]["href"].endswith("0__3__0/schema/network-schema.json")
    assert network["crs"]["name"] == "urn:ogc:def:crs:OGC::CRS84"
    for part in ("nodes", "spans", "phases", "organisations"):
        ids = [record["id"] for record in network[part]]
        assert len(set(ids)) == len(ids) > 0


def test_every_row_is_there_under_the_standards_words(network: dict[str, Any]) -> None:
    links, nodes = WORLD.tables["fibre_links"], WORLD.tables["fibre_nodes"]
    spans = {span["id"]: span for span in network["spans"]}
    assert set(spans) == set(links.index)
    assert {node["id"] for node in network["nodes"]} == set(nodes.index)
    known = set(nodes.index)
    for span in spans.values():
        assert span["status"] in SPAN_STATUS
        assert {span["start"], span["end"]} <= known
        assert span["transmissionMedium"] == ["fibre"]
        assert span.get("deployment", ["belowGround"]) == ["belowGround"]
        assert all(len(code) == 2 for code in span["countries"])


def test_the_caspian_cable_as_the_table_has_it(network: dict[str, Any]) -> None:
    cable = next(span for span in network["spans"] if span["id"] == "tcfo")
    assert cable["status"] == "underConstruction"
    assert cable["fibreLength"] == 380
    assert cable["countries"] == ["AZ", "KZ"]
    assert cable["phase"]["name"] == "Trans-Caspian cable"
    assert cable["readyForServiceYear"] == 2026
    assert "deployment" not in cable  # a submarine cable lies on no ground
    assert cable["capacityDetails"]["description"] == "400 Tbps (design)"
    assert cable["route"]["coordinates"][0] == [49.6686, 40.5897]  # longitude first


def test_what_is_not_known_is_left_out(network: dict[str, Any]) -> None:
    rail = next(s for s in network["spans"] if s["id"] == "rail_baku_hajigabul")
    assert not {"readyForServiceYear", "capacityDetails"} & set(rail)


def test_the_command_writes_it_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fibre.json"
    assert main(["fibre", "export", "--out", str(path)]) == 0
    assert "93 nodes, 126 spans" in capsys.readouterr().out
    assert json.loads(path.read_text("utf-8")) == package(WORLD)
    assert [p.name for p in tmp_path.iterdir()] == ["fibre.json"]


@pytest.mark.parametrize("words", [[], ["--out", "fibre.xlsx"]])
def test_a_file_of_another_kind_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fibre", "export", *words]) == 2
    assert "ending in .json" in capsys.readouterr().err
