"""Megawatts by date: steps stand in later years, dates follow the longest wait."""

import datetime

import numpy as np
import pytest

from grid.electricity.network.climb import AS_IT_IS, climb, dated
from grid.electricity.waits import Works, quantiles, waits

DECISION = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def table(world, known):
    return climb(world, known, "MUS 220", (2029, 2031), 2)


def bay(kv=220.0):
    return Works(*(np.array(x) for x in (0.0, np.nan, kv, -np.inf)))


def test_one_row_a_year_and_step(table):
    assert table["year"].tolist() == [2029] * 3 + [2031] * 3
    assert table["steps_built"].tolist() == [0, 1, 2] * 2
    assert table["step"].iloc[[0, 3]].tolist() == [AS_IT_IS] * 2
    first, second = (part.reset_index() for _, part in table.groupby("year"))
    assert (first["step"] == second["step"]).all()
    assert (first["step_usd"] == second["step_usd"]).all()


def test_figures_are_in_order_and_the_worth_is_cost_over_gain(table):
    for name in ("firm_mw", "flexible_mw"):
        low, mid, high = (table[f"{name}_p{p}"] for p in (10, 50, 90))
        assert (low <= mid).all()
        assert (mid <= high).all()
    gain = table["firm_mw_mean"].diff()
    worth = table["step_usd"] / gain
    here = table["steps_built"] > 0
    assert table.loc[here, "usd_per_firm_mw"].to_numpy() == pytest.approx(
        worth[here].to_numpy()
    )
    assert (table.loc[here, "step_usd_low"] < table.loc[here, "step_usd"]).all()
    assert (table.loc[here, "step_usd"] < table.loc[here, "step_usd_high"]).all()


def test_what_is_asked_twice_is_found_again(table, world, known):
    again = climb(world, known, "MUS 220", (2029, 2031), 2)
    assert again is table


def test_a_row_is_ready_when_the_last_of_its_works_is(table, book, shipped):
    own = [bay()] * 3
    found = dated(table, own, DECISION, book, shipped.book)
    alone = quantiles(waits(bay(), DECISION, book, shipped.book).months)
    assert found.loc[0, ["months_p10", "months_p50", "months_p90"]].to_list() == (
        pytest.approx(alone.tolist())
    )
    first = found[found["year"] == 2029]
    assert (first["months_p50"].diff().dropna() >= 0).all()
    assert first["ready"].iloc[0] == "2028-11"
    assert set(first["waits_for"]) == {"equipment"}
    # a transformer ordered with the connection delays every row
    large = Works(*(np.array(x) for x in (0.0, 200.0, 220.0, -np.inf)))
    later = dated(table, [large] * 3, DECISION, book, shipped.book)
    assert (later["months_p50"] > found["months_p50"]).any()
    assert (later["months_p50"] >= found["months_p50"]).all()
