"""The Assumptions page: all of the book, edited within its bounds, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from app.intent import Intent, scenario_of, with_settings
from app.views import assumptions

if TYPE_CHECKING:
    from data import World
    from tests.app.conftest import Reader

NAME = "power.azn_per_usd"


def table(reader: Reader) -> object:
    return reader.page.data_editor[0].value


def test_the_whole_book_is_there_and_searched(reader: Reader, world: World) -> None:
    page = reader.turn("assumptions")
    assert not page.exception
    count = len(world.tables["parameters"])
    assert len(page.data_editor[0].value) == count
    assert f"{count} numbers beside the tables" in reader.said
    page.text_input(key="book.words").set_value("azn_per_usd").run()
    assert NAME in page.data_editor[0].value["name"].tolist()
    assert len(page.data_editor[0].value) < 5
    page.text_input(key="book.words").set_value("<b>(").run()
    assert not page.exception
    assert "No number of the book has these words" in reader.said


def test_changes_are_listed_and_can_be_reset(reader: Reader) -> None:
    link = {NAME: "1.9", "finance.wacc_pct": "11"}
    page = reader.turn("assumptions", **link)
    assert "Changed: 2" in reader.said
    assert "power.azn_per_usd: 1.7 → **1.9** AZN/USD" in reader.said
    page.button(key=f"reset.{NAME}").click().run()
    assert dict(page.query_params) == {"finance.wacc_pct": "11"}
    assert "Changed: 1" in reader.said


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(1.9, (("power.azn_per_usd", "1.9"),)), (None, ()), (1.7, ())],
)
def test_an_edit_is_a_setting(
    value: float | None, wanted: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Intent] = []
    state = {"book": {"edited_rows": {1: {"in_force": value}}}}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(assumptions, "ask", asked.append)
    assumptions._edited("book", ["x", NAME], assumptions._numbers)()
    (intent,) = asked
    assert intent.sets == wanted
    assert state[assumptions.TURN] == 1


def test_a_value_out_of_bounds_is_refused_with_the_reason(reader: Reader) -> None:
    page = reader.turn("assumptions", **{NAME: "-3"})
    assert "expected a possible AZN/USD value, above 0" in reader.errors
    assert not page.query_params


def test_projects_are_listed_and_switched(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reader.turn("assumptions", **{"build_out.off": '["NAV500"]'})
    page.session_state["assumptions.tabs"] = "Announced projects"
    page.run()
    assert not page.exception
    projects = page.data_editor[0].value
    assert projects["switch"].value_counts().to_dict().get("off", 0) >= 1
    assert "announced projects count in 2029" in reader.said
    monkeypatch.setattr(st, "session_state", {})
    on = assumptions._switches("NAV500", "on")
    assert "NAV500" in on["build_out.on"]  # type: ignore[operator]
    assert scenario_of(with_settings(Intent(), on)).build_out.off == ()
    off = assumptions._switches("NAV500", "off")
    assert "NAV500" in off["build_out.off"]  # type: ignore[operator]
    assert with_settings(Intent(), assumptions._switches("NAV500", None)) == Intent()
