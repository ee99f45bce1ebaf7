"""From nameplate to IT: what is taken away adds up to what is left."""

import pandas as pd
import pytest

from siting.effective import STEPS, effective_steps

ROW = {
    "it_mw": 100.0,
    "facility_mw": 125.0,
    "transformer_flexible_mw": 450.0,
    "transformer_firm_mw": 300.0,
    "firm_mw": 250.0,
    "derate_pct": 0.0,
    "land_mw": 150.0,
}


def steps(**other: float) -> pd.Series:
    return effective_steps(ROW | other, 100.0).set_index("step")["change_mw"]


def test_each_limit_takes_what_the_one_before_left() -> None:
    table = effective_steps(ROW, 100.0).set_index("step")
    assert table["left_mw"].tolist() == [450, 300, 250, 200, 200, 150, 100, 100]
    assert table["change_mw"].dropna().tolist() == [-150, -50, -50, 0, -50, -50]
    assert tuple(table.index) == STEPS


def test_a_hot_day_takes_its_share_of_what_is_asked() -> None:
    row = {"derate_pct": 10.0, "it_mw": 90.0, "facility_mw": 112.5}
    assert steps(**row)[STEPS[4]] == pytest.approx(-110.0)
    assert steps(**row)[STEPS[6]] == 0.0


def test_a_limit_that_is_not_known_takes_nothing() -> None:
    unknown = float("nan")
    assert steps(land_mw=unknown)[STEPS[5]] == 0.0
    assert steps(transformer_flexible_mw=unknown).isna()[STEPS[0]]


def test_where_nothing_can_be_built_there_are_no_steps() -> None:
    assert effective_steps(ROW | {"it_mw": 0.0}, 100.0).empty
    assert effective_steps(ROW | {"it_mw": float("nan")}, 100.0).empty
