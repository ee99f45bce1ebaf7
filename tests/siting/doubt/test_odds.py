"""Odds: probabilities that sum, ties that share, sites without a place last."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from siting.doubt import OUTCOMES
from siting.doubt.odds import (
    chances,
    odds,
    placed,
    places,
    spread,
    standing_gates,
)
from siting.ranking import Ranking
from siting.scenario import Gates, Scenario

KEYS = arrays(
    float,
    st.tuples(st.integers(1, 12), st.integers(3, 7)),
    elements=st.integers(0, 5).map(float),
)
NAN = np.nan


@given(KEYS)
def test_with_all_placed_probabilities_sum_to_the_places(keys: np.ndarray) -> None:
    table = odds(keys)
    assert table["p_rank_1"].sum() == pytest.approx(1.0)
    assert table["p_top_3"].sum() == pytest.approx(3.0)
    assert (table["p_ranked"] == 1.0).all()
    assert (table["p_rank_1"] <= table["p_top_3"] + 1e-12).all()


@given(KEYS, st.integers(0, 2**31))
def test_the_order_of_the_sites_does_not_matter(keys: np.ndarray, seed: int) -> None:
    turn = np.random.default_rng(seed).permutation(keys.shape[1])
    told = odds(keys[:, turn]).to_numpy()
    np.testing.assert_array_equal(told, odds(keys).to_numpy()[turn])


@given(KEYS)
def test_a_common_shift_or_factor_changes_no_odds(keys: np.ndarray) -> None:
    factor = np.linspace(0.5, 3.0, len(keys))[:, None]
    np.testing.assert_array_equal(odds(factor * keys + 8 * factor), odds(keys))


def test_ties_share_their_places_by_hand() -> None:
    keys = np.array([[1.0, 1.0, 2.0, 3.0], [5.0, 2.0, 2.0, 2.0], [1.0, 2.0, 3.0, 3.0]])
    table = odds(keys)
    first = np.array([0.5 + 0 + 1, 0.5 + 1 / 3, 1 / 3, 1 / 3]) / 3
    assert table["p_rank_1"].to_numpy() == pytest.approx(first)
    top = np.array([1 + 0 + 1, 1 + 1 + 1, 1 + 1 + 0.5, 0 + 1 + 0.5]) / 3
    assert table["p_top_3"].to_numpy() == pytest.approx(top)
    assert table["rank_p50"].to_numpy() == pytest.approx([1.5, 2.0, 3.0, 3.5])


def test_without_a_place_a_site_counts_as_last() -> None:
    keys = np.array([[NAN, 1.0, 2.0], [NAN, NAN, NAN], [NAN, 3.0, 3.0]])
    least, shared = places(keys)
    np.testing.assert_array_equal(least, [[NAN, 1, 2], [NAN] * 3, [NAN, 1, 1]])
    np.testing.assert_array_equal(shared, [[NAN, 1, 1], [NAN] * 3, [NAN, 2, 2]])
    table = odds(keys)
    assert table["p_rank_1"].to_numpy() == pytest.approx([0.0, 0.5, 1 / 6])
    assert table["p_ranked"].to_numpy() == pytest.approx([0.0, 2 / 3, 2 / 3])
    assert table["rank_p90"].iloc[0] == table["rank_p10"].iloc[0] == 3.0
    assert table["rank_p50"].tolist() == [3.0, 1.5, 2.0]


def test_one_order_in_every_draw_gives_certainty() -> None:
    table = odds(np.tile([3.0, 1.0, 2.0, 9.0], (50, 1)))
    assert table["p_rank_1"].tolist() == [0, 1, 0, 0]
    assert table["p_top_3"].tolist() == [1, 1, 1, 0]
    for q in ("p10", "p50", "p90"):
        assert table[f"rank_{q}"].tolist() == [3, 1, 2, 4]


def drawn(**figures: list[list[float]]) -> xr.Dataset:
    usual = {
        "score": [[70.0, 80.0, 60.0]],
        "lcoc_usd_per_kw_month": [[250.0, 260.0, 240.0]],
        "npv_usd": [[1.0, 2.0, 3.0]],
        "irr_pct": [[9.0, 8.0, 11.0]],
        "it_mw": [[100.0, 100.0, 100.0]],
        "served_pct": [[100.0, 100.0, 100.0]],
        "ready_months": [[33.0, 33.0, 33.0]],
    }
    return xr.Dataset({n: (("draw", "site"), v) for n, v in (usual | figures).items()})


IN = np.zeros(3, dtype=bool)


@pytest.mark.parametrize(
    ("order_by", "first"), [("score", 1), ("lcoc", 2), ("npv", 2), ("irr", 2)]
)
def test_the_best_comes_first_in_every_order(
    order_by: str, first: int, scenario: Scenario
) -> None:
    taste = replace(scenario.preferences, order_by=order_by)
    keys = placed(drawn(), IN, replace(scenario, preferences=taste))
    assert np.argmin(keys[0]) == first


def test_too_few_megawatts_none_at_all_and_a_gate_take_the_place(
    scenario: Scenario,
) -> None:
    short = drawn(served_pct=[[49.9, 50.0, 100.0]])
    assert np.isnan(placed(short, IN, scenario))[0].tolist() == [True, False, False]
    nothing = drawn(it_mw=[[100.0, 0.0, NAN]])
    assert np.isnan(placed(nothing, IN, scenario))[0].tolist() == [False, True, True]
    out = np.array([False, False, True])
    assert np.isnan(placed(drawn(), out, scenario))[0].tolist() == [False, False, True]
    blank = drawn(score=[[70.0, NAN, 60.0]])
    assert np.isnan(placed(blank, IN, scenario))[0].tolist() == [False, True, False]


def test_a_year_it_must_be_ready_by_is_asked_of_every_draw(scenario: Scenario) -> None:
    campus = replace(scenario.campus, decision_date=date(2026, 12, 1), must_by=2029)
    late = drawn(ready_months=[[36.0, 36.2, 30.0]])
    keys = placed(late, IN, replace(scenario, campus=campus))
    assert np.isnan(keys)[0].tolist() == [False, True, False]


def test_gates_that_do_not_depend_on_draws_stand(
    evaluation: xr.Dataset, scenario: Scenario
) -> None:
    taste = scenario.preferences
    assert not standing_gates(evaluation, taste).any()
    zones = evaluation["seismic_msk"].to_numpy()
    gates = Gates(max_seismic_msk=float(zones.max()) - 0.5)
    out = standing_gates(evaluation, replace(taste, gates=gates))
    assert out.tolist() == (zones > gates.max_seismic_msk).tolist()
    much = Gates(min_served_pct=100.0)
    assert not standing_gates(evaluation, replace(taste, gates=much)).any()


def test_quantiles_are_over_the_draws_in_which_the_figure_exists() -> None:
    npv = np.array([[1.0, NAN], [2.0, NAN], [3.0, NAN], [NAN, NAN]])
    told = xr.Dataset(dict.fromkeys(OUTCOMES, (("draw", "site"), npv)))
    table = spread(told)
    assert table["npv_usd_p10"].iloc[0] == pytest.approx(1.2)
    assert table["npv_usd_p50"].iloc[0] == 2.0
    assert table["npv_usd_p90"].iloc[0] == pytest.approx(2.8)
    assert table.iloc[1].isna().all()


def test_what_is_not_built_earns_nothing() -> None:
    npv = [[1.0, -1.0, NAN, NAN], [2.0, 1.0, NAN, NAN]]
    cover = [[1.2, 0.9, NAN, NAN], [NAN, 1.0, NAN, NAN]]
    it_mw = [[9.0, 9.0, 0.0, 9.0], [9.0, 9.0, NAN, 0.0]]
    figures = {"npv_usd": npv, "min_dscr": cover, "it_mw": it_mw}
    table = chances(
        xr.Dataset({name: (("draw", "site"), v) for name, v in figures.items()})
    )
    assert table["p_debt_unpaid"].to_numpy() == pytest.approx(
        [0.0, 0.5, NAN, NAN], nan_ok=True
    )
    assert table["p_built"].tolist() == [1.0, 1.0, 0.0, 0.5]
    # the last is built in one draw, and no rent says what it earns
    assert table["p_npv_positive"].to_numpy() == pytest.approx(
        [1.0, 0.5, 0.0, NAN], nan_ok=True
    )


def test_the_ranking_and_the_centre_agree_on_who_is_first(
    ranking: Ranking, evaluation: xr.Dataset, scenario: Scenario
) -> None:
    table = ranking.table.set_index("site_id").loc[list(evaluation["site"].to_numpy())]
    columns = [*drawn().data_vars]
    told = xr.Dataset(
        {n: (("draw", "site"), table[n].to_numpy(float)[None]) for n in columns}
    )
    out = standing_gates(evaluation, scenario.preferences)
    least, _ = places(placed(told, out, scenario))
    pd.testing.assert_series_equal(
        pd.Series(least[0], table.index), table["rank"], check_names=False
    )
