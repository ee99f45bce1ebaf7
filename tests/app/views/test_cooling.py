"""The cooling page answers its question, draws what is asked, and keeps the intent."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app import cache
from app.views import cooling
from siting.scenario import Scenario
from siting.study import system_table
from siting.study_views import cooling_headline, hours_csv

INLAND = "AZ20"


def turn(page: AppTest, to: str) -> AppTest:
    """Turn to a page as the menu does: the address loses its query."""
    if not page._registered_pages:
        page.run()
    (page._page_hash,) = [
        key for key, info in page._registered_pages.items() if info["page_name"] == to
    ]
    page.query_params.clear()
    return page.run()


@pytest.fixture
def open_page(page: AppTest) -> AppTest:
    """The page as it opens."""
    return turn(page, "Cooling")


@pytest.fixture
def inland(open_page: AppTest) -> AppTest:
    """The page of a place far from the sea, where liquid alone cools training."""
    open_page.query_params["site"] = INLAND
    return open_page.run()


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def titles(page: AppTest) -> list[str]:
    return [chart["title"]["text"] for chart in charts(page)]


def texts(page: AppTest) -> str:
    said = [*page.markdown, *page.caption, *page.subheader]
    return " ".join(text.value.replace("\\", "") for text in said)


def test_the_first_sentence_is_that_of_the_built_system(
    open_page: AppTest, base: Scenario
) -> None:
    best = cache.ranked(base).ranking.table.iloc[0]
    study = cache.studied(base, best["site_id"])
    said = cooling_headline(study, best["site_id"], "liquid_dry", best["name"])
    assert not open_page.exception
    assert said in texts(open_page).replace("**", "")
    assert open_page.subheader[0].value.startswith("What does cooling draw at Alat")
    assert "synthetic weather :gray-badge[assumed]" in texts(open_page)


def test_the_table_has_every_system_and_every_reason(
    inland: AppTest, base: Scenario
) -> None:
    shown = inland.dataframe[0].value
    table = system_table(cache.studied(base, INLAND), INLAND)
    assert sorted(shown.index) == sorted(table.index)
    assert shown["Here"].tolist() == ["built", *["refused"] * 4]
    assert (
        shown.loc["liquid_dry", "pue_annual"] == table.loc["liquid_dry", "pue_annual"]
    )
    for reason in set(table["inadmissible_because"]) - {""}:
        assert f"– {reason}." in texts(inland)


def test_five_charts_with_what_can_be_built(inland: AppTest) -> None:
    assert len(charts(inland)) == 5
    assert all(titles(inland))
    assert "hours run free" in titles(inland)[0]
    duration = charts(inland)[1]["encoding"]["color"]["scale"]["domain"]
    assert duration == ["Direct liquid"]


def test_what_is_refused_is_drawn_on_request(inland: AppTest) -> None:
    inland.toggle(key="view.refused").set_value(True).run()
    duration = charts(inland)[1]["encoding"]["color"]["scale"]["domain"]
    assert "Cooling towers" in duration
    assert inland.query_params == {"site": INLAND, "refused": "true"}


def test_another_system_is_looked_at_and_said_to_be_refused(inland: AppTest) -> None:
    inland.selectbox(key="view.System drawn").set_value("tower").run()
    assert not inland.exception
    assert inland.query_params == {"site": INLAND, "system": "tower"}
    assert " would be " in texts(inland)
    assert "refused here: air cannot cool" in texts(inland)
    assert "What is explained is the built system: direct liquid" in texts(inland)


def test_a_system_without_figures_is_a_sentence(inland: AppTest) -> None:
    page = inland.selectbox(key="view.System drawn").set_value("sea_water").run()
    assert not page.exception
    assert "has no figures: no sea intake" in texts(page)
    assert not charts(page)
    assert "nothing to draw" in page.info[0].value


def test_turning_the_page_keeps_what_is_asked(page: AppTest) -> None:
    page.query_params["campus.mw"] = "40"
    page.query_params["site"] = "AZ12"
    page.run()
    asked = {"campus.mw": "40", "site": "AZ12"}
    turn(page, "Cooling")
    assert page.selectbox(key="view.Site").value == "AZ12"
    assert page.number_input(key="control.campus.mw").value == 40
    assert page.query_params == asked
    page.selectbox(key="view.Site").set_value("AZ20").run()
    turn(page, "Overview")
    assert page.query_params == asked | {"site": "AZ20"}
    assert any("AZ20" in caption.value for caption in page.caption)


def test_a_link_opens_the_page_as_it_was(page: AppTest) -> None:
    turn(page, "Cooling")
    page.query_params |= {"scenario": "inference", "site": "AZ33", "system": "tower"}
    page.run()
    assert page.selectbox(key="view.System drawn").value == "tower"
    assert page.selectbox(key="view.Site").value == "AZ33"
    assert "Outdoor air" in charts(page)[1]["encoding"]["color"]["scale"]["domain"]


def test_a_site_chosen_by_a_click_on_a_row_is_a_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(cooling, "ask", asked.append)
    state: dict[str, Any] = {"intent": None}
    monkeypatch.setattr(cooling.st, "session_state", state)
    for rows in ([1], []):
        state["systems"] = {"selection": {"rows": rows}}
        cooling._from_rows(["liquid_dry", "tower"])()
    assert [intent.system for intent in asked] == ["tower"]


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "[a](b) $x$ :red[y]", "**a; b**"]
)
def test_a_hostile_name_is_shown_as_text(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told = cache.ranked

    def named(scenario: Scenario) -> cache.Run:
        run = told(scenario)
        table = run.ranking.table.assign(name=name)
        return replace(run, ranking=replace(run.ranking, table=table))

    monkeypatch.setattr("app.views.cooling.ranked", named)
    turn(page, "Cooling")
    assert not page.exception
    assert name in texts(page)
    assert name not in page.subheader[0].value
    assert name not in json.dumps(charts(page))


def test_the_hours_are_made_when_asked_for(
    page: AppTest, base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*given: Any) -> bytes:
        made.append(given)
        return hours_csv(*given)

    monkeypatch.setattr("app.views.cooling.hours_csv", counted)
    turn(page, "Cooling")
    assert not made
    (button,) = page.get("download_button")
    assert button.proto.label == "The hours of direct liquid, CSV"
    last = page.code[-1].value
    assert last == "siting cooling AZ01 --hours hours.csv --scenario base"


def test_pue_is_explained(open_page: AppTest) -> None:
    open_page.session_state["explain"] = True
    open_page.run()
    trees = [part.proto.body for part in open_page.get("html")]
    assert any("<b>pue_annual</b> = " in body for body in trees)


def test_a_study_is_made_once_and_nobody_can_change_it(
    page: AppTest, base: Scenario
) -> None:
    study = cache.studied(base, "AZ01")
    assert cache.studied(replace(base, name="mine"), "AZ01") is study
    for values in (
        study.cooling["pue"].to_numpy(),
        study.weather["temp_air"].to_numpy(),
        study.ledger.to_numpy(),
    ):
        with pytest.raises(ValueError, match="read-only"):
            values[..., 0] = 1.0


def test_the_system_looked_at_is_one_of_the_study() -> None:
    systems = pd.DataFrame({"title": ["x", "y"]}, index=["tower", "airside"])
    assert cooling.looked_at(systems, "airside") == "airside"
    assert cooling.looked_at(systems, "liquid_dry") == "tower"
    assert np.array_equal(systems["title"], ["x", "y"])
