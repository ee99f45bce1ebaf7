"""What is printed of a ranking."""

import numpy as np
import pandas as pd
import pytest

from siting.loading import load_scenario
from siting.ranking import rank
from siting.ranking_lines import MOST_LINES, ranking_lines, unbeaten_line


@pytest.fixture
def table(base):
    return rank(base, load_scenario("base").preferences).table


def test_ranked_sites_come_first_and_excluded_ones_say_why(table):
    lines = list(ranking_lines(table))
    placed = table[table["rank"].notna()]
    assert lines[0].split()[:3] == ["#", "site", "name"]
    assert [line.split()[1] for line in lines[1 : len(placed) + 1]] == list(
        placed["site_id"]
    )
    for line, row in zip(
        lines[len(placed) + 1 :],
        table[table["rank"].isna()].to_dict("records"),
        strict=True,
    ):
        assert line == (
            f"excluded  {row['site_id']}  {row['name']}: {row['excluded_because']}"
        )


def test_draws_add_their_columns(table):
    assert "P(1)" not in next(ranking_lines(table))
    odds = dict.fromkeys(
        ("p_rank_1", "p_top_3", "lcoc_usd_per_kw_month_p10", "it_mw_p10"), 0.25
    )
    head, first, *_ = ranking_lines(
        table.assign(**odds, lcoc_usd_per_kw_month_p90=300.0)
    )
    assert (
        head.split()[-6:] == ["P(1)", "P(≤3)", "LCOC", "P10", "P90", "MW", "P10"][-6:]
    )
    assert first.split()[-5:] == ["0.25", "0.25", "0", "300", "0"]


def test_a_long_list_is_cut_and_says_so(table):
    many = pd.concat([table.head(1)] * (MOST_LINES + 7), ignore_index=True)
    assert list(ranking_lines(many))[-1] == "… and 7 more in the files"


def test_the_unbeaten_are_named(table):
    few = table.head(3).assign(pareto=[1.0, np.nan, 1.0])
    names = list(few["site_id"].iloc[[0, 2]])
    assert unbeaten_line(few).endswith(f"at once: {names[0]}, {names[1]}")
    assert unbeaten_line(few.assign(pareto=0.0)).endswith("none")
