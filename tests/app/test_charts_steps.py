"""Steps: floating bars between totals, numbers beside them."""

import pandas as pd

from app.charts_steps import steps_chart
from app.palette import LIGHT

TABLE = pd.DataFrame(
    {
        "step": ["start", "less", "more", "none", "end"],
        "change": [None, -30.0, 10.0, -1e-9, None],
        "left": [100.0, 70.0, 80.0, 80.0, 80.0],
    }
)


def rows() -> pd.DataFrame:
    chart = steps_chart(TABLE, "What is left", "MW", LIGHT)
    (data,) = chart.to_dict()["datasets"].values()
    return pd.DataFrame(data).set_index("step")


def test_a_bar_floats_from_what_was_left_to_what_is() -> None:
    told = rows()
    assert told["start"].tolist()[:3] == [0.0, 100.0, 70.0]
    assert told["left"].tolist()[:3] == [100.0, 70.0, 80.0]
    assert told["end"].tolist()[:3] == [100.0, 100.0, 80.0]
    assert told["kind"].tolist() == ["total", "less", "more", "less", "total"]


def test_numbers_carry_their_sign_and_nought_none() -> None:
    assert rows()["said"].tolist() == ["100.0", "−30.0", "+10.0", "0", "80.0"]


def test_the_title_is_read_out() -> None:
    told = steps_chart(TABLE, "What is left", "MW", LIGHT).to_dict()
    assert told["description"].startswith("What is left.")
