"""What the draws are made of is what the command makes it of."""

from types import SimpleNamespace

import pytest

from app import cache_doubt
from app.cache_doubt import DRAWS, doubted
from siting.scenario import Scenario


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
    doubted.clear()
    told = doubted(base, ("AZ01", "AZ25"), "npv_usd")
    doubted.clear()
    (given,) = asked
    assert (given.site, given.rival, given.metric) == ("AZ01", "AZ25", "npv_usd")
    assert given.found is found
    assert (told.draws, told.numbers, told.events) == (DRAWS, 2, {"Cable late": 0.2})
