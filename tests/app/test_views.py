"""The overview answers its question, re-ranks at once, and says why sites are out."""

from dataclasses import replace

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app import cache
from app.views import overview
from siting.export import FORMATS
from siting.headline import headline
from siting.scenario import Scenario
from siting.trunk import evaluate

CARD, RANKED, OUT = 0, 1, 2
"""Tables of the page, in order."""


def weigh(page: AppTest, cooling: float, power: float, connectivity: float) -> None:
    weights = {"cooling": cooling, "power": power, "connectivity": connectivity}
    for group, weight in weights.items():
        page.slider(key=f"control.preferences.groups.{group}").set_value(weight)
    page.run()


def names(page: AppTest) -> list[str]:
    return page.dataframe[RANKED].value["name"].tolist()


def test_the_first_sentence_is_the_headline_of_the_first(
    page: AppTest, base: Scenario
) -> None:
    page.run()
    best = cache.ranked(base).ranking.table.iloc[0]
    (answer,) = [text.value for text in page.markdown if "**First" in text.value]
    said = answer.replace("\\", "").replace("**", "")
    assert said.startswith(f"First: {headline(best, base)}")
    captions = " ".join(caption.value for caption in page.caption)
    assert "36 sites · " in captions
    assert "ordered by score" in captions


def test_weights_reorder_without_running_the_model(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def counted(*given: object) -> object:
        runs.append(given)
        return evaluate(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("app.cache.evaluate", counted)
    page.query_params["campus.mw"] = "91.5"  # asked for nowhere else
    page.run()
    before = names(page)
    weigh(page, 0.0, 0.0, 100.0)
    assert not page.exception
    assert names(page) != before
    assert sorted(names(page)) == sorted(before)
    assert len(runs) == 1
    page.number_input(key="control.campus.mw").set_value(92.5).run()
    assert len(runs) == 2


def test_choosing_an_excluded_site_shows_the_reason(page: AppTest) -> None:
    page.query_params["campus.mw"] = "500"
    page.run()
    out = page.dataframe[OUT].value
    assert (out["excluded_because"] != "").all()
    page.query_params["site"] = "AZ18"
    page.run()
    assert not page.exception
    assert any(
        heading.value == "#### Masalli Industrial District" for heading in page.markdown
    )
    said = [text.value for text in page.markdown if "excluded —" in text.value]
    assert len(said) == 1
    assert "delivers" in said[0]


def test_a_site_that_is_not_listed_gives_the_first(page: AppTest) -> None:
    page.query_params["site"] = "ZZ99"
    page.run()
    assert not page.exception
    assert any(text.value.startswith("No. 1 ") for text in page.caption)


def test_a_click_selects_only_what_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(overview, "ask", asked.append)
    state = {
        "map": {"selection": {"objects": {"sites": [{"site_id": "b"}]}}},
        "rows": {"selection": {"rows": [0]}},
        "none": {"selection": {"rows": []}},
        "intent": None,
    }
    monkeypatch.setattr(st, "session_state", state)
    overview._from_map(["a", "b"])()
    overview._from_rows("rows", ["a", "b"])()
    overview._from_rows("none", ["a", "b"])()
    overview._from_map(["a"])()
    assert [intent.site for intent in asked] == ["b", "a"]


@pytest.mark.parametrize(
    ("scores", "said"),
    [([73.2, 72.9, 73.4, 60.0], "2 more show"), ([73.2, 60.0], "")],
)
def test_sites_that_read_alike_are_called_level(scores: list[float], said: str) -> None:
    table = pd.DataFrame({"score": scores, "excluded_because": ""})
    assert overview.level(table).startswith(said)


def test_an_order_nobody_has_a_figure_for_is_told(base: Scenario) -> None:
    run = cache.ranked(base)
    for column, value, said in (
        ("rank", float("nan"), "No site can be put in this order"),
        ("excluded_because", "too late", "No site passes"),
    ):
        table = run.ranking.table.assign(**{column: value})
        changed = _with(run, table)
        assert said in overview.first(changed)


def _with(run: cache.Run, table: pd.DataFrame) -> cache.Run:
    return replace(run, ranking=replace(run.ranking, table=table))


def test_the_parts_that_cost_open_on_demand(page: AppTest) -> None:
    page.run()
    assert len(page.dataframe) == 3
    page.session_state["explain"] = True
    page.session_state["ground"] = True
    page.run()
    assert not page.exception
    assert len(page.dataframe) == 4
    trees = [part.proto.body for part in page.get("html")]
    assert any("<b>lcoc_usd_per_kw_month</b> = " in body for body in trees)


def test_every_download_and_the_command(page: AppTest) -> None:
    page.run()
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [f"ranking.{name}" for name in FORMATS]
    assert page.code[-1].value == "siting rank --scenario base"


def test_the_map_can_be_coloured_by_another_metric(page: AppTest) -> None:
    page.run()
    assert "LCOC, USD/kW-month" in page.selectbox(key="view.colour").options
    page.selectbox(key="view.colour").set_value("months_to_power").run()
    assert not page.exception
    assert page.query_params["colour"] == "months_to_power"


def test_the_fibre_layer_lights_the_routes_of_the_selected_site(page: AppTest) -> None:
    page.run()
    assert not any("ms expected" in caption.value for caption in page.caption)
    page.query_params["layers"] = "grid,fibre"
    page.query_params["site"] = "AZ23"
    page.run()
    assert not page.exception
    (told,) = [c.value for c in page.caption if "ms expected" in c.value]
    assert told.startswith("Frankfurt")
    assert "\nAlmaty" in told
    assert "Ganja → Gazakh" in told


def test_how_sure_is_told_on_demand(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Scenario] = []

    def odds(scenario: Scenario) -> pd.DataFrame:
        asked.append(scenario)
        sites = cache.world().tables["sites"].index
        return pd.DataFrame({"p_rank_1": 0.25, "p_top_3": 0.5}, index=sites)

    monkeypatch.setattr("app.views.overview.odds", odds)
    page.run()
    assert not asked
    assert "p_rank_1" not in page.dataframe[RANKED].value
    page.toggle(key="view.sure").set_value(True).run()
    assert not page.exception
    shown = page.dataframe[RANKED].value
    assert shown.columns.tolist()[:4] == ["rank", "name", "p_rank_1", "p_top_3"]
    assert (shown["p_top_3"] == 0.5).all()
    assert len(asked) == 1
