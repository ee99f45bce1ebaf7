"""The sites that no other beats on everything at once."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from siting.loading import load_scenario
from siting.pareto import OBJECTIVES, pareto, unbeaten
from siting.ranking import rank

SMALL = arrays(
    float,
    st.tuples(st.integers(1, 12), st.integers(1, 4)),
    elements=st.integers(0, 3).map(float),
)


def test_by_hand():
    # A is cheapest, B is soonest, C is beaten by A, D equals A, E is worse than B alone.
    figures = np.array([[1.0, 5.0], [4.0, 2.0], [2.0, 5.0], [1.0, 5.0], [4.0, 3.0]])
    assert unbeaten(figures).tolist() == [True, True, False, True, False]


@given(SMALL)
def test_it_is_what_comparing_all_pairs_gives(figures):
    worse = [
        any((other <= own).all() and (other < own).any() for other in figures)
        for own in figures
    ]
    assert unbeaten(figures).tolist() == [not beaten for beaten in worse]


@given(SMALL, st.randoms())
def test_order_and_units_do_not_matter(figures, random):
    order = list(range(len(figures)))
    random.shuffle(order)
    again = unbeaten(1000.0 * figures[order] + 7.0)
    assert again.tolist() == unbeaten(figures)[order].tolist()


def test_excluded_and_unknown_sites_are_no_part_and_beat_nobody():
    table = pd.DataFrame({name: [2.0, 1.0, 1.0, 3.0] for name in OBJECTIVES})
    table.loc[2, OBJECTIVES[3]] = np.nan
    told = pareto(table.assign(excluded_because=["", "mines", "", ""]))
    np.testing.assert_array_equal(told, [1.0, np.nan, np.nan, 0.0])


def test_a_figure_no_site_has_is_left_out():
    table = pd.DataFrame({name: [1.0, 2.0] for name in OBJECTIVES})
    table[OBJECTIVES[3]] = np.nan
    told = pareto(table.assign(excluded_because=""))
    assert told.tolist() == [1.0, 0.0]


def test_the_cheapest_ranked_site_is_in_the_set(base):
    table = rank(base, load_scenario("base").preferences).table
    placed = table[table["rank"].notna()]
    assert placed.loc[placed["lcoc_usd_per_kw_month"].idxmin(), "pareto"] == 1
    assert table.loc[table["excluded_because"] != "", "pareto"].isna().all()
    assert 1 <= placed["pareto"].sum() < len(placed)
