"""The Site page: one place from megawatts to money, every figure traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import cache
from app.tables_site import EVERY_FIGURE
from siting.headline import headline

if TYPE_CHECKING:
    from siting.scenario import Scenario
    from tests.app.conftest import Reader


def test_it_answers_with_the_headline_of_the_ranking(
    reader: Reader, base: Scenario
) -> None:
    page = reader.turn("site")
    assert not page.exception
    row = cache.ranked(base).ranking.table.iloc[0]
    assert headline(row, base).removeprefix(str(row["name"])) in reader.said
    assert len(reader.titles) == 6
    assert reader.titles[1] == "100 MW of IT are left of the nameplate"
    assert "Frankfurt: 72 ms expected" in reader.said


def test_every_figure_has_a_grade_and_a_tree(reader: Reader, base: Scenario) -> None:
    page = reader.turn("site", site="AZ25", metric="firm_mw")
    assert not page.exception
    figures = page.dataframe[-1].value
    assert len(figures) == len(EVERY_FIGURE)
    assert figures["Grade"].ne("").all()
    told = cache.grades_of(base, "AZ25", EVERY_FIGURE)
    assert told.loc["firm_mw", "grade"] == figures["Grade"].iloc[5]
    assert "<b>firm_mw</b> = 180 MW" in reader.html
    assert page.code[-1].value.startswith("siting explain AZ25 firm_mw")
    assert page.query_params["metric"] == "firm_mw"


def test_the_site_of_the_list_is_kept(reader: Reader) -> None:
    page = reader.turn("site")
    page.selectbox(key="view.Site").set_value("AZ12").run()
    assert page.query_params["site"] == "AZ12"
    assert "AZ12 · " in reader.said
    reader.turn("overview")
    assert page.query_params["site"] == "AZ12"


@pytest.mark.parametrize("asked", ["500"])
def test_where_nothing_can_be_built_it_says_so(reader: Reader, asked: str) -> None:
    link = {"site": "AZ31", "campus.mw": asked, "preferences.gates.min_served_pct": "0"}
    page = reader.turn("site", **link)
    assert not page.exception
    assert not page.error


def test_hops_add_up_to_the_route(reader: Reader) -> None:
    page = reader.turn("site", site="AZ23")
    hops = page.dataframe[0].value
    assert hops["From"].iloc[0].startswith("West Industrial Park")
    assert hops["To"].iloc[-1] == "Frankfurt"


@pytest.mark.parametrize("metric", ["temp_air", "pue_monthly", "elevation_m"])
def test_a_metric_without_a_tree_gives_the_first(reader: Reader, metric: str) -> None:
    page = reader.turn("site", metric=metric)
    assert not page.exception
    assert not page.error
    assert "<b>lcoc_usd_per_kw_month</b>" in reader.html
