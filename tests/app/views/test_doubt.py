"""The Doubt page shows what the draws say, of a short list of one's own too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from app import cache_doubt, lists
from app.cache_doubt import Doubted
from app.intent import MOST_DRAWS
from app.views import doubt

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Reader

SITES = ["AZ25", "AZ01", "AZ12"]


def made(scenario: object, pair: tuple[str, str], metric: str) -> Doubted:
    """Tables as the draws give them, small and known."""
    odds = pd.DataFrame(
        {
            "site_id": SITES,
            "name": ["Gabala", "Alat", "Guba"],
            "p_rank_1": [0.5, 0.3, 0.2],
        }
    ).assign(p_top_3=0.9, p_npv_positive=0.25)
    for name in ("rank", "lcoc_usd_per_kw_month", "npv_usd", "it_mw"):
        odds = odds.assign(**{f"{name}_p10": -1e6, f"{name}_p90": 2e6})
    ends = {"low": 1.0, "high": 3.0, "at_low": 2.0, "at_high": 5.0, "base": 3.0}
    tornado = pd.DataFrame(
        [{"name": "finance.wacc_pct", "site_id": s, **ends} for s in SITES]
    )
    name = ["finance.wacc_pct"]
    tables = {
        "odds": odds,
        "tornado": tornado,
        "flips": pd.DataFrame(
            {
                "name": name,
                "where": pair[0],
                "value": 1.0,
                "flips_at": 2.0,
                "part_pct": 5.0,
            }
        ),
        "shares": pd.DataFrame({"name": name, "share": 0.25}),
        "worth": pd.DataFrame({"name": name, "where": "", "usd": 3e6}),
        "weights": pd.DataFrame(
            {
                "name": ["Gabala", "Guba"],
                "first_pct": [90.0, 0.0],
                "top_3_pct": [99.0, 0.0],
            }
        ),
    }
    return Doubted(tables, 2000, 129, {"Cable late": 0.2})


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubt, "doubted", made)


def test_the_answer_is_how_often_each_is_first(reader: Reader) -> None:
    page = reader.turn("doubt")
    assert not page.exception
    assert "Gabala comes first in 50 % of 2,000 draws" in reader.said
    assert "Cable late 20 %" in reader.said
    assert reader.titles[1] == "finance.wacc_pct moves it most"


def test_tables_are_in_the_units_shown(reader: Reader) -> None:
    page = reader.turn("doubt")
    odds, flips, worth, weights = (table.value for table in page.dataframe)
    assert odds["p_rank_1"].tolist() == [50.0, 30.0, 20.0]
    assert odds["npv"].iloc[0] == "-1 to 2"
    assert flips["where"].item() == "AZ01"
    assert worth["millions"].item() == 3.0
    assert worth["share"].item() == 25.0
    assert weights["name"].tolist() == ["Gabala"]


def test_another_figure_and_site_are_asked_for(reader: Reader) -> None:
    page = reader.turn("doubt", site="AZ12")
    assert page.code[-1].value == "siting doubt AZ12 AZ01 --scenario base"
    page.selectbox(key="view.doubt.metric").set_value("it_mw").run()
    assert not page.exception
    assert reader.charts[1]["layer"][0]["encoding"]["x"]["title"] == "Firm IT, MW"


def test_more_draws_than_many_readers_can_have_are_refused(reader: Reader) -> None:
    page = reader.turn("doubt", **{"uncertainty.draws": str(MOST_DRAWS + 1)})
    assert not page.exception
    assert f"at most {MOST_DRAWS} draws here" in reader.errors


def bring(reader: Reader, rows: int, page: str = "doubt") -> None:
    shown = reader.turn(page)
    key = next(b.key for b in shown.file_uploader if b.key and b.key.startswith("own."))
    lines = [f"M{n},Hill {n},40.0{n},49.40" for n in range(rows)]
    raw = "\n".join(["site_id,name,lat,lon", *lines]).encode()
    shown.file_uploader(key=key).upload("mine.csv", raw).run()
    assert not shown.exception


def test_a_list_of_ones_own_is_drawn(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(scenario: object, pair: tuple[str, str], metric: str) -> Doubted:
        asked.append(pair)
        return made(scenario, pair, metric)

    monkeypatch.setattr(doubt, "doubted", noted)
    bring(reader, 2)
    assert set(asked[-1]) == {"M0", "M1"}
    assert "comes first in 50 %" in reader.said


def test_a_long_list_is_for_the_command(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_DRAWN", 2)
    bring(reader, 3)
    assert "for the command" in reader.said
    assert reader.page.code[0].value == "siting doubt --sites mine.csv --scenario base"


def test_one_site_has_no_order(reader: Reader) -> None:
    bring(reader, 1)
    assert "One site has no order" in reader.said


def test_what_is_drawn_of_ones_own_list_leaves_nothing_on_the_disk(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doubt, "doubted", cache_doubt.doubted)
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    bring(reader, 2, page="site")
    page = reader.turn("doubt", **{"uncertainty.draws": "20"})
    assert not page.exception
    assert "of 20 draws" in reader.said
    assert not list(tmp_path.rglob("*rooms*"))
