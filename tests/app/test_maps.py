"""The map is drawn from our own tables, and names on it are text."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from app import maps
from app.scale import ANNOUNCED, FIBRE, GREY, ROUTE
from data import World


def ranking(names: list[str]) -> pd.DataFrame:
    size = len(names)
    out = ["", *["too little power"] * (size - 1)]
    return pd.DataFrame(
        {
            "site_id": [f"S{i}" for i in range(size)],
            "name": names,
            "rank": [1.0, *[np.nan] * (size - 1)],
            "lat": np.linspace(39, 41, size),
            "lon": np.linspace(46, 49, size),
            "excluded_because": out,
            "score": np.linspace(70, 60, size),
        }
    )


def drawn(deck: Any) -> dict[str, dict[str, Any]]:
    """Return the layers of a map by id, as the browser gets them."""
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"][0]}


@pytest.fixture
def land(world: World) -> list[maps.Record]:
    return maps.ground(world.tables["outlines"])


def test_the_land_around_is_drawn_and_no_more(land: list[maps.Record]) -> None:
    countries = {ring["country"] for ring in land}
    assert {"AZ", "GE", "AM", "IR", "RU"} <= countries
    assert not countries & {"GR", "BG", "MD"}
    assert sum(ring["country"] == "AZ" for ring in land) == 2  # and Nakhchivan


def test_links_run_between_known_places() -> None:
    places = pd.DataFrame({"lat": [40.0, 41.0], "lon": [49.0, 50.0]}, index=["a", "b"])
    places.loc["c"] = [np.nan, np.nan]
    table = pd.DataFrame(
        {
            "from": ["a", "a", "a"],
            "to": ["b", "c", "gone"],
            "status": ["planned", "in_service", "in_service"],
        }
    )
    (link,) = maps.links(table, ("from", "to"), places)
    assert link["path"] == [[49.0, 40.0], [50.0, 41.0]]
    assert link["colour"] == list(ANNOUNCED)
    running = maps.links(table.assign(status="in_service"), ("from", "to"), places)
    assert running[0]["colour"] == list(FIBRE)


def test_announced_links_are_dashed(land: list[maps.Record]) -> None:
    paths = [
        {"path": [[49, 40], [50, 41]], "status": status, "colour": [0], "width": 2.0}
        for status in ("in_service", "planned", "concept")
    ]
    layers = drawn(maps.deck(land, {"grid": paths}, [], "", maps.LIGHT))
    assert len(layers["grid"]["data"]) == 1
    assert len(layers["grid-announced"]["data"]) == 2
    assert "getDashArray" not in layers["grid"]
    assert layers["grid-announced"]["getDashArray"] == [5, 3]


def test_excluded_sites_are_grey_small_and_say_why() -> None:
    worst, best = maps.site_points(ranking(["First", "Second"]), "score")
    assert best["site_id"] == "S0"
    assert best["tip"] == "First\nNo. 1 · Score 70"
    assert worst["fill"] == list(GREY)
    assert worst["radius"] < best["radius"]
    assert worst["tip"] == "Second\nexcluded: too little power"


@pytest.mark.parametrize(
    "name", ["@@=alert(1)", "@@#x", "<img src=x onerror=alert(1)>", "{site_id}", "a\nb"]
)
def test_a_hostile_name_is_shown_as_text(name: str, land: list[maps.Record]) -> None:
    points = maps.site_points(ranking([name, "x"]), "score")
    deck = maps.deck(land, {}, points, "S0", maps.LIGHT)
    tip = drawn(deck)["sites"]["data"][-1]["tip"]
    assert not tip.startswith("@@")
    assert tip.startswith(name.lstrip("@").replace("\n", " "))
    assert json.loads(json.dumps(deck._tooltip)) == {"text": "{tip}"}


def test_the_selected_site_is_ringed(land: list[maps.Record]) -> None:
    points = maps.site_points(ranking(["one", "two"]), "score")
    layers = drawn(maps.deck(land, {}, points, "S1", maps.DARK))
    assert [point["site_id"] for point in layers["selected"]["data"]] == ["S1"]
    assert layers["sites"]["pickable"] is True
    assert "pickable" not in layers["selected"]


def test_routes_are_drawn_over_the_networks_and_under_the_sites(
    land: list[maps.Record],
) -> None:
    way = {"hub": "frankfurt", "path": [[49.9, 40.4], [44.8, 41.7]]}
    deck = maps.deck(land, {"fibre": []}, [], "", maps.LIGHT, [way])
    order = list(drawn(deck))
    assert order.index("fibre") < order.index("routes") < order.index("sites")
    assert drawn(deck)["routes"]["data"] == [way | {"colour": list(ROUTE), "width": 3}]
    assert drawn(deck)["routes"]["getColor"] == "@@=colour"


def test_the_map_asks_nobody_for_tiles(land: list[maps.Record]) -> None:
    spec = json.loads(maps.deck(land, {}, [], "", maps.LIGHT).to_json())
    assert not spec.get("mapProvider")
    assert spec["mapStyle"] == "__MAP_STYLE__"  # which Streamlit takes for no map
    assert "http" not in json.dumps(spec)


def test_a_click_names_a_site_or_nothing() -> None:
    hit = {"selection": {"objects": {"sites": [{"site_id": "S1"}]}}}
    assert maps.picked(hit) == "S1"
    for miss in ({}, {"selection": {"objects": {}}}, {"selection": {}}):
        assert maps.picked(miss) == ""
