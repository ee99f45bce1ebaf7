"""Figures of a site: each with its grade, how much of it is assumed, its hops in words."""

import pandas as pd

from app.tables_site import COMPARED, EVERY_FIGURE, HOPS, figure_rows, hop_rows
from data.schema import GRADES, glossary


def test_every_figure_is_known_and_stands_once() -> None:
    assert set(EVERY_FIGURE) <= set(glossary())
    assert len(set(COMPARED)) == len(COMPARED)
    assert set(EVERY_FIGURE) < set(COMPARED)


def test_a_figure_says_how_much_of_it_is_assumed() -> None:
    counts = dict(zip(GRADES, (0, 3, 1, 6), strict=True))
    grades = pd.DataFrame([{"grade": "assumed", **counts}], index=["npv_usd"])
    row = figure_rows(pd.Series({"npv_usd": 36.62e6}), grades).iloc[0]
    assert row.tolist() == ["NPV", "36.6 M USD", "assumed", "6 of 10"]
    bare = pd.DataFrame([{"grade": "", **dict.fromkeys(GRADES, 0)}], index=["npv_usd"])
    assert figure_rows(pd.Series({"npv_usd": 1.0}), bare)["Assumed"].item() == "–"


def test_hops_are_in_words() -> None:
    hop = {
        "from": "A",
        "to": "B",
        "km": 1.0,
        "ms": 0.1,
        "medium": "submarine",
        "status": "in_service",
    }
    table = hop_rows(pd.DataFrame([hop]))
    assert list(table) == list(HOPS.values())
    assert table["Status"].item() == "in service"
