"""The Compare page: the same figures as the command, differences marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import cache
from app.tables_site import COMPARED
from siting.compare import waterfall

if TYPE_CHECKING:
    from siting.scenario import Scenario
    from tests.app.conftest import Reader

PAIR = ["AZ01", "AZ25"]


def test_it_opens_with_the_two_best(reader: Reader, base: Scenario) -> None:
    page = reader.turn("compare")
    assert not page.exception
    best = cache.ranked(base).ranking.table["site_id"].tolist()[:2]
    assert page.multiselect(key="view.beside").value == best
    assert page.code[-1].value == f"siting compare {' '.join(best)} --scenario base"


def test_the_gap_is_that_of_the_waterfall(reader: Reader, base: Scenario) -> None:
    reader.turn("compare", beside=",".join(PAIR))
    falls = waterfall(cache.evaluation(base), PAIR)
    gap = falls.loc["total", "AZ25 − AZ01"]
    assert f"Gabala costs {abs(gap):.1f} USD/kW-month less" in reader.said
    lines, drivers, curves = reader.titles
    assert lines.startswith(f"−{abs(gap):.1f} USD/kW-month from AZ01 to AZ25")
    assert drivers == "The same gap by what causes it"
    assert curves.startswith("Most in 2026: 180 MW at AZ25")


def test_rows_can_be_all_or_only_those_that_differ(reader: Reader) -> None:
    page = reader.turn("compare", beside=",".join(PAIR))
    few = page.dataframe[0].value
    assert len(few) == len(COMPARED)
    assert list(few.columns) == ["Figure", *PAIR]
    page.toggle(key="compare.parted").set_value(True).run()
    parted = page.dataframe[0].value
    assert 0 < len(parted) < len(few)
    page.toggle(key="compare.every").set_value(True).run()
    assert len(page.dataframe[0].value) > 100


def test_sites_chosen_are_in_the_link_and_one_is_too_few(reader: Reader) -> None:
    page = reader.turn("compare")
    page.multiselect(key="view.beside").set_value(["AZ12", "AZ31", "AZ23"]).run()
    assert page.query_params["beside"] == "AZ12,AZ31,AZ23"
    assert len(page.dataframe[0].value.columns) == 4
    page.multiselect(key="view.beside").set_value(["AZ12"]).run()
    assert not page.exception
    assert "Choose at least two sites" in reader.said


def test_a_site_without_a_cost_is_told(reader: Reader) -> None:
    link = {"campus.mw": "500", "preferences.gates.min_served_pct": "0"}
    page = reader.turn("compare", beside="AZ01,AZ18", **link)
    assert not page.exception
    assert not page.error
