"""The Data page: limits first, then every table, source and market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.limits import LIMITS

if TYPE_CHECKING:
    from data import World
    from tests.app.conftest import Reader


def opened(reader: Reader, tab: str) -> None:
    reader.turn("data")
    reader.page.session_state["data.tabs"] = tab
    reader.page.run()
    assert not reader.page.exception


def test_the_limits_are_told_first(reader: Reader) -> None:
    page = reader.turn("data")
    assert not page.exception
    for head in LIMITS:
        assert head in reader.said
    assert not page.dataframe


def test_tables_are_counted_and_looked_into(reader: Reader, world: World) -> None:
    opened(reader, "Tables")
    counts, shown = (table.value for table in reader.page.dataframe)
    assert set(counts["table"]) == set(world.tables)
    assert len(shown) == len(world.tables["sites"])


def test_sources_are_found(reader: Reader, world: World) -> None:
    opened(reader, "Sources")
    assert len(reader.page.dataframe[0].value) == len(world.tables["sources"])
    reader.page.text_input(key="sources.words").set_value("geonames").run()
    found = reader.page.dataframe[0].value
    assert 0 < len(found) < 20


def test_markets_stand_beside_the_best_sites(reader: Reader) -> None:
    opened(reader, "Neighbouring markets")
    places = reader.page.dataframe[0].value["Place"].tolist()
    assert places[0].startswith("AZ01 Alat")
    assert {"Georgia", "Kazakhstan", "UAE"} <= set(places)
    assert "siting comparators" in reader.page.code[-1].value
