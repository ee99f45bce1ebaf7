"""Charts of the money say when it is back and what costs most."""

import pandas as pd
import pytest

from app.charts_money import CASH_WORDS, cash_chart, cost_word, split_chart
from app.palette import LIGHT


def cash(flow: list[float]) -> pd.DataFrame:
    table = pd.DataFrame(
        0.0,
        index=pd.Index(range(2027, 2027 + len(flow)), name="year"),
        columns=list(CASH_WORDS),
    )
    free = pd.Series(flow, table.index) * 1e6
    return table.assign(free_cash_flow_usd=free, cumulative_usd=free.cumsum())


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        ([-100.0, -50.0, 80.0, 80.0], "150 M USD laid out, back in 2030"),
        ([-100.0, 60.0], "100 M USD laid out, not back by 2028"),
    ],
)
def test_the_title_says_when_it_is_back(flow: list[float], said: str) -> None:
    assert cash_chart(cash(flow), LIGHT).to_dict()["title"]["text"] == said


def test_the_greatest_line_leads_and_small_ones_are_left_out() -> None:
    lines = pd.Series(
        {"energy": 40.0, "facility": 159.97, "water": 0.03, "total": 200.0}
    )
    told = split_chart(lines, LIGHT).to_dict()
    assert told["title"]["text"] == "Facility is 80 % of the cost"
    (data,) = told["datasets"].values()
    assert [row["line"] for row in data] == ["Facility", "Energy"]


def test_lines_are_in_words() -> None:
    assert cost_word("connection_charge") == "Connection charge"
