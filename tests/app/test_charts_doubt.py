"""Charts of doubt: both chances of a site in one row, both ends of a number."""

import pandas as pd

from app.charts_doubt import odds_chart, tornado_chart
from app.palette import LIGHT


def data(chart: object) -> pd.DataFrame:
    sets = chart.to_dict()["datasets"]  # type: ignore[attr-defined]
    return pd.DataFrame(max(sets.values(), key=len))


def test_both_chances_stand_in_one_row() -> None:
    odds = pd.DataFrame(
        {"name": ["A", "B"], "p_rank_1": [0.3, 0.1], "p_top_3": [0.5, 0.6]}
    )
    chart = odds_chart(odds, LIGHT)
    rows = data(chart)
    assert len(rows) == 4
    assert rows.loc[rows["thick"], "chance"].tolist() == [0.3, 0.1]
    assert "more than 30 %" in chart.to_dict()["title"]["text"]


def test_a_number_moves_from_the_base_to_both_ends_in_the_unit_shown() -> None:
    table = pd.DataFrame(
        {
            "name": ["wacc", "life"],
            "low": [8.0, 15.0],
            "high": [13.0, 25.0],
            "at_low": [250e6, -100e6],
            "at_high": [-200e6, 100e6],
            "base": [22e6, 22e6],
        }
    )
    chart = tornado_chart(table, "npv_usd", 1e6, LIGHT)
    rows = data(chart)
    assert rows["at"].tolist() == [250.0, -200.0, -100.0, 100.0]
    assert set(rows["base"]) == {22.0}
    assert rows["said"].iloc[0] == "250.0 at 8"
    assert chart.to_dict()["title"]["text"] == "wacc moves it most"
