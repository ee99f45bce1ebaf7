"""What the draws are made of is what the command makes it of."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import cache_doubt
from app.cache_doubt import DRAWS, doubted
from app.views.doubt import FLIPS, ODDS, WORTH
from data import World
from siting.scenario import Scenario
from siting.trunk import evaluate

SHOWN = {
    "odds": {"site_id", "npv_usd_p10", "npv_usd_p90", *ODDS} - {"npv"},
    "flips": set(FLIPS),
    "worth": {"usd", *WORTH} - {"millions", "share"},
    "shares": {"name", "share"},
    "tornado": {"name", "site_id", "low", "high", "at_low", "at_high", "base"},
    "weights": {"name", "first_pct", "top_3_pct"},
}
"""Columns the page reads of each table."""


def test_tables_are_asked_for_the_pair_and_figure(
    base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = SimpleNamespace(name="Cable late", probability=0.2)
    found = SimpleNamespace(
        basis=SimpleNamespace(events=(event,)), drawn=SimpleNamespace(count=DRAWS)
    )
    asked = []

    def tables(given: object) -> dict[str, object]:
        asked.append(given)
        return {}

    monkeypatch.setattr(cache_doubt, "_drawn", lambda _: found)
    monkeypatch.setattr(cache_doubt, "every", lambda _: ["a", "b"])
    monkeypatch.setattr(cache_doubt, "tables_of", tables)
    told = doubted(replace(base, name="of this test"), ("AZ01", "AZ25"), "npv_usd")
    (given,) = asked
    assert (given.site, given.rival, given.metric) == ("AZ01", "AZ25", "npv_usd")
    assert given.found is found
    assert (told.draws, told.numbers, told.events) == (DRAWS, 2, {"Cable late": 0.2})


def test_two_sites_are_drawn_into_the_tables_the_page_shows(
    base: Scenario,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    pair = ("AZ01", "AZ25")
    two = world.tables["sites"].loc[list(pair)]
    asked = replace(base, uncertainty=replace(base.uncertainty, draws=20))
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    monkeypatch.setattr(cache_doubt, "sites", lambda: two)
    told_of = evaluate(two, asked, world)
    monkeypatch.setattr(cache_doubt, "evaluation", lambda _: told_of)
    told = doubted(asked, pair, "npv_usd")
    assert told.draws == 20
    for table, columns in SHOWN.items():
        assert columns <= set(told.tables[table]), table
    assert 0.0 < told.tables["odds"]["p_rank_1"].sum() <= 1.0
