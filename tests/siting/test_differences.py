"""What differs between sites and between rankings, in marks and in words."""

from dataclasses import replace

import pandas as pd
import pytest

from siting.differences import (
    driver_steps,
    gap_steps,
    gap_words,
    marks,
    moved_words,
    moves,
)
from siting.ranking import Ranking


def test_the_better_way_is_the_glossarys() -> None:
    columns = pd.DataFrame(
        {
            "A": [1.1, 90.0, "x", 5.0, None],
            "B": [1.2, 100.0, "y", 5.0, None],
            "C": [1.3, 95.0, "x", 5.0 + 1e-12, None],
        },
        index=["pue_annual", "it_mw", "tax_regime", "price_usd_per_mwh", "flood_named"],
    )
    told = marks(columns)
    assert told.loc["pue_annual"].tolist() == ["best", "", "worst"]
    assert told.loc["it_mw"].tolist() == ["worst", "best", ""]
    assert told.loc["tax_regime"].tolist() == ["", "", ""]
    assert set(told.loc["price_usd_per_mwh"]) == {"same"}
    assert set(told.loc["flood_named"]) == {"same"}


def test_an_absent_figure_is_neither_best_nor_worst() -> None:
    columns = pd.DataFrame({"A": [1.1], "B": [None]}, index=["pue_annual"])
    assert marks(columns).loc["pue_annual", "B"] == ""


def ranking(places: dict[str, int | None], cost: float = 250.0) -> Ranking:
    table = pd.DataFrame(
        {
            "site_id": list(places),
            "name": [f"Site {site}" for site in places],
            "rank": pd.Series(list(places.values()), dtype=float),
            "score": 70.0,
            "lcoc_usd_per_kw_month": cost,
            "it_mw": 100.0,
            "months_to_power": 30.0,
            "excluded_because": ["" if n else "no land" for n in places.values()],
        }
    )
    return Ranking(table, pd.DataFrame(), None, ())  # type: ignore[arg-type]


BEFORE = ranking({"A": 1, "B": 2, "C": 3, "D": None})


def test_nothing_changed_is_said() -> None:
    said = moved_words(moves(BEFORE, BEFORE))
    assert said == ["Site A stays first.", "No site that stays ranked changes place."]


def test_places_cost_and_exclusion_are_told() -> None:
    after = ranking({"C": 1, "A": 2, "D": 3, "B": None}, cost=262.5)
    table = moves(BEFORE, after)
    assert table["rank_change"].dropna().to_dict() == {"C": 2.0, "A": -1.0}
    assert moved_words(table) == [
        "Site C comes first instead of Site A.",
        "2 of 2 sites change place; most, Site C, up from 3 to 1.",
        "LCOC: +12.5 USD/kW-month at 4 of 4 sites.",
        "Excluded now: Site B (no land).",
        "No longer excluded: Site D.",
    ]


def test_a_ranking_without_a_first_says_so() -> None:
    empty = ranking({"A": None, "B": None})
    assert moved_words(moves(BEFORE, empty))[0] == "No site is ranked now."
    assert moved_words(moves(empty, BEFORE))[0] == "Site A comes first."


@pytest.mark.parametrize("column", ["lcoc_usd_per_kw_month", "it_mw"])
def test_a_site_that_is_new_to_the_figure_counts_not(column: str) -> None:
    table = BEFORE.table.assign(**{column: float("nan")})
    said = moved_words(moves(replace(BEFORE, table=table), BEFORE))
    assert len(said) == 2


def falls() -> pd.DataFrame:
    table = pd.DataFrame(
        {"A": [100.0, 50.0, 4.0], "B": [103.0, 44.0, 4.01]},
        index=["facility", "energy", "water"],
    )
    table["B − A"] = table["B"] - table["A"]
    table.loc["total"] = table.sum()
    return table


def test_the_gap_is_told_with_its_greatest_part() -> None:
    said = gap_words(falls(), {"A": "One", "B": "Two"})
    assert said == [
        "Two costs 3.0 USD/kW-month less than One; the greatest part is energy, −6.0."
    ]
    level = falls().assign(**{"B − A": [2.0, -2.0, 0.0, 0.0]})
    assert gap_words(level, {"A": "One", "B": "Two"}) == ["Two costs what One costs."]
    absent = falls().assign(**{"B − A": float("nan")})
    assert "no cost is known" in gap_words(absent, {"A": "One", "B": "Two"})[0]


def test_steps_lead_from_one_total_to_the_other() -> None:
    table = gap_steps(falls(), "A", "B")
    assert table["step"].tolist() == ["A", "energy", "facility", "B"]
    assert table["left"].tolist() == pytest.approx([154.0, 148.0, 151.0, 151.01])
    assert table["change"].sum() == pytest.approx(-3.0)
    lost = falls()
    lost.loc["total", "B"] = float("nan")
    assert gap_steps(lost, "A", "B").empty


def test_drivers_lead_from_one_cost_to_the_other() -> None:
    drivers = pd.DataFrame(
        {"lcoc_usd_per_kw_month": [254.0, 1.5, -4.0, 0.01, 251.5]},
        index=["first", "power", "cooling", "tax", "second"],
    )
    table = driver_steps(drivers, ("A", "B"))
    assert table["step"].tolist() == ["A", "cooling", "power", "B"]
    assert table["left"].tolist() == [254.0, 250.0, 251.5, 251.5]
