"""The What-if page: what changes against the scenario, in words and without waste."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from app.cache import ranked
from app.views import what_if
from siting.loading import load_scenario
from siting.trunk import evaluate

if TYPE_CHECKING:
    import pytest

    from tests.app.conftest import Reader


def test_nothing_is_changed_at_first(reader: Reader) -> None:
    page = reader.turn("what-if")
    assert not page.exception
    assert "Nothing is changed yet" in reader.said
    assert not page.dataframe


def test_weights_re_rank_without_running_the_model(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def counted(*given: object) -> object:
        runs.append(given)
        return evaluate(*given)  # type: ignore[arg-type]

    page = reader.turn("what-if")
    monkeypatch.setattr("app.cache.evaluate", counted)
    key = "preferences.criteria.price_usd_per_mwh.weight"
    page.slider(key=f"what.{key}").set_value(100.0).run()
    page.slider(key="what.preferences.groups.connectivity").set_value(100.0).run()
    assert not page.exception
    assert runs == []
    assert page.query_params[key] == "100"
    assert "sites change place" in reader.said
    assert page.dataframe[0].value["rank_change"].ne(0).any()


def test_a_price_moves_every_cost_and_no_rank_is_wrong(reader: Reader) -> None:
    page = reader.turn("what-if", **{"power.azn_per_usd": "2.2"})
    told = page.dataframe[0].value
    assert told["lcoc_usd_per_kw_month_change"].dropna().lt(0).all()
    assert "LCOC: −" in reader.said


def test_a_list_of_systems_reaches_the_scenario(reader: Reader) -> None:
    page = reader.turn("what-if")
    page.multiselect(key="what.cooling.systems").set_value(["liquid_dry"]).run()
    assert page.query_params["cooling.systems"] == '["liquid_dry"]'
    page.multiselect(key="what.cooling.systems").set_value([]).run()
    assert "expected at least one system" in reader.errors
    assert page.query_params["cooling.systems"] == '["liquid_dry"]'


def test_a_stress_case_is_told_and_can_be_taken(reader: Reader) -> None:
    page = reader.turn("what-if")
    page.selectbox(key="what.case").set_value("georgia_closed").run()
    assert not page.exception
    assert "No traffic crosses Georgia" in reader.said
    turns, moves = (table.value for table in page.dataframe)
    assert turns["What it changes"].tolist() == ["fibre.georgia"]
    assert moves["rank_change"].ne(0).any()
    page.button(key="what.take").click().run()
    assert page.query_params["fibre.georgia"] == "false"


def test_a_case_that_leaves_no_site_says_so(reader: Reader) -> None:
    page = reader.turn("what-if")
    page.selectbox(key="what.case").set_value("gpu_licence_never").run()
    assert not page.exception
    assert "no site is left" in reader.said


def test_the_smallest_flip_is_of_the_first_two(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(_: object, pair: tuple[str, str], metric: str) -> SimpleNamespace:
        asked.append((pair, metric))
        flip = {"name": "finance.wacc_pct", "where": pair[0], "value": 10.0}
        flips = pd.DataFrame([flip | {"flips_at": 11.0, "part_pct": 20.0}])
        return SimpleNamespace(tables={"flips": flips})

    monkeypatch.setattr(what_if, "doubted", noted)
    page = reader.turn("what-if")
    assert asked == []
    page.session_state["flip"] = True
    page.run()
    assert not page.exception
    order = ranked(load_scenario("base")).ranking.table["site_id"].tolist()
    assert asked == [((order[0], order[1]), "npv_usd")]
    assert page.dataframe[0].value["flips_at"].item() == 11.0
    assert "The least change of one number" in reader.said
