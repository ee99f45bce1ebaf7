"""Tables of `siting doubt` as text: digits, units, dashes."""

import numpy as np
import pandas as pd

from siting.doubt_rows import (
    check_lines,
    flip_lines,
    odds_lines,
    share_lines,
    tornado_lines,
    weight_lines,
    worth_lines,
)


def test_what_is_not_there_is_a_dash() -> None:
    rows = pd.DataFrame(
        {
            "name": ["a"],
            "low": [1.0],
            "high": [2.0],
            "at_low": [np.nan],
            "at_high": [3e6],
            "swing": [np.nan],
        }
    )
    head, row = tornado_lines(rows, 1e6)
    assert head.split() == ["number", "low", "high", "at", "low", "at", "high", "swing"]
    assert row.split() == ["a", "1", "2", "–", "3", "–"]


def test_a_flip_says_where_and_how_far() -> None:
    rows = pd.DataFrame(
        {
            "name": ["a", "b"],
            "where": ["", "S1"],
            "value": [10.0, 2.0],
            "flips_at": [12.34567, 1.0],
            "part_pct": [33.3, 80.0],
        }
    )
    _, one, other = flip_lines(rows, "S1", "S2")
    assert one.split() == ["a", "both", "10", "12.35", "33"]
    assert other.split() == ["b", "S1", "2", "1", "80"]
    assert list(flip_lines(rows[:0], "S1", "S2")) == [
        "no single number within its bounds puts S2 before S1"
    ]


def test_shares_below_a_thousandth_are_left_out() -> None:
    rows = pd.DataFrame({"name": ["a", "b"], "share": [0.4567, 0.0004]})
    _, row = share_lines(rows)
    assert row.split() == ["a", "45.7"]


def test_worth_is_told_in_millions() -> None:
    rows = pd.DataFrame(
        {"name": ["a", "b", "c"], "where": ["", "S1", ""], "usd": [2.5e6, 1e6, 0.0]}
    )
    _, one, other = worth_lines(rows)
    assert one.split() == ["a", "everywhere", "2.50"]
    assert other.split() == ["b", "S1", "1.00"]


def test_weights_leave_out_who_is_never_near_the_top() -> None:
    rows = pd.DataFrame(
        {
            "site_id": ["S1", "S2"],
            "name": ["One", "Two"],
            "first_pct": [60.0, 0.0],
            "top_3_pct": [90.0, 0.0],
        }
    )
    _, row = weight_lines(rows)
    assert row.split() == ["S1", "One", "60.0", "90.0"]


def test_the_check_is_told_with_what_was_compared() -> None:
    errors = {"mean_pct": 1.0, "p90_pct": 2.0, "worst_pct": 3.0, "bias_pct": -0.5}
    none = dict.fromkeys(errors, np.nan)
    rows = pd.DataFrame(
        [
            {"outcome": "npv_usd", **errors, "compared": 60.0},
            {"outcome": "score", **none, "compared": 0.0},
        ]
    )
    _, one, other = check_lines(rows)
    assert one.split() == ["npv_usd", "1.00", "2.00", "3.00", "-0.50", "60"]
    assert other.split() == ["score", "–", "–", "–", "–", "0"]


def test_odds_of_a_site_never_built_are_dashes() -> None:
    names = ["rank", "it_mw", "lcoc_usd_per_kw_month", "npv_usd", "irr_pct"]
    names += ["pue_annual"]
    row = {f"{n}_{q}": np.nan for n in names for q in ("p10", "p90")}
    row |= {"rank_p10": 5.0, "rank_p90": 5.0}
    whole = {"site_id": "S", "name": "Far", "p_rank_1": 0.0, "p_top_3": 0.0}
    table = pd.DataFrame([{**whole, **row, "p_npv_positive": 0.0}])
    _, line = odds_lines(table)
    assert line.split() == [
        *("S", "Far", "0.00", "0.00", "5", "to", "5"),
        *["–"] * 5,
        "0.00",
    ]
