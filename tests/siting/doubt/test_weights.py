"""Weights in doubt, against a public library looping over the same weights."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM

from siting.doubt import weights as module
from siting.doubt.weights import (
    Acceptance,
    acceptance,
    draw_weights,
    ranks,
    scores,
    simplex,
)
from siting.ranking import Ranking, group_scores, total_score
from siting.scenario import Criterion, Preferences

METRICS = {"cooling": ("a", "b"), "power": ("c", "d", "e"), "connectivity": ("f",)}
SITES = [f"S{k}" for k in range(6)]
RNG = np.random.default_rng(11)


def by_itself(column: np.ndarray, *, cost: bool) -> np.ndarray:
    """Values stand on their declared scale already."""
    assert not cost
    return column


WEIGHTED_SUM = WSM(by_itself)


def taste(**weights: float) -> Preferences:
    groups = {"cooling": 30.0, "power": 40.0, "connectivity": 30.0}
    criteria = [
        Criterion(
            metric=metric,
            group=group,
            weight=weights.get(metric, 10.0 + k),
            best=100.0,
            worst=0.0,
        )
        for group, metrics in METRICS.items()
        for k, metric in enumerate(metrics)
    ]
    told = {group: weights.get(group, weight) for group, weight in groups.items()}
    return Preferences(groups=tuple(told.items()), criteria=tuple(criteria))


def ranking_of(values: np.ndarray, preferences: Preferences | None = None) -> Ranking:
    preferences = preferences or taste()
    frame = pd.DataFrame(
        values, SITES[: len(values)], [c.metric for c in preferences.criteria]
    )
    groups, _ = group_scores(frame, preferences.criteria, preferences)
    score = total_score(groups, preferences)
    table = pd.DataFrame(
        {"site_id": frame.index, "score": score, "rank": score.rank(ascending=False)}
    )
    return Ranking(table, frame, preferences, ())


VALUES = RNG.uniform(0.0, 100.0, (6, 6))


@pytest.fixture(scope="module")
def accepted() -> Acceptance:
    return acceptance(ranking_of(VALUES), 3000, 5)


def weights_drawn(count: int, seed: int) -> np.ndarray:
    preferences = taste()
    rng = np.random.default_rng(seed)
    return draw_weights(preferences, preferences.criteria, count, rng)


def test_ranks_under_every_weight_are_those_of_a_public_library(
    accepted: Acceptance,
) -> None:
    counted = np.zeros((6, 6))
    for weights in weights_drawn(3000, 5):
        sums = WEIGHTED_SUM(VALUES, weights, np.ones(6), validation=False)
        place = rrankdata(sums).astype(int) - 1
        counted[np.arange(6), place] += 1
    np.testing.assert_allclose(accepted.rank_pct, counted / 30.0, atol=1e-9)


def test_central_weights_are_the_mean_of_those_that_put_a_site_first(
    accepted: Acceptance,
) -> None:
    drawn = weights_drawn(3000, 5)
    first = (VALUES @ drawn.T).argmax(axis=0)
    for k in range(6):
        own = drawn[first == k]
        if len(own):
            assert accepted.central[k] == pytest.approx(own.mean(axis=0))
            assert (VALUES @ accepted.central[k]).argmax() == k
        else:
            assert np.isnan(accepted.central[k]).all()
            assert accepted.rank_pct[k, 0] == 0.0


def test_every_site_has_one_rank_and_every_rank_one_site(accepted: Acceptance) -> None:
    assert accepted.rank_pct.sum(axis=0) == pytest.approx(np.full(6, 100.0))
    assert accepted.rank_pct.sum(axis=1) == pytest.approx(np.full(6, 100.0))


@given(st.integers(1, 6))
def test_weights_are_uniform_over_the_simplex(size: int) -> None:
    drawn = simplex(np.random.default_rng(size), 40_000, size)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert drawn.mean(axis=0) == pytest.approx(np.full(size, 1 / size), abs=5e-3)
    variance = (size - 1) / (size**2 * (size + 1))  # of a flat Dirichlet
    assert drawn.var(axis=0) == pytest.approx(np.full(size, variance), rel=0.05, abs=0)


def test_groups_share_one_and_criteria_share_their_group() -> None:
    drawn = weights_drawn(40_000, 2)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(40_000))
    third = [1 / 6, 1 / 6, 1 / 9, 1 / 9, 1 / 9, 1 / 3]
    assert drawn.mean(axis=0) == pytest.approx(third, abs=3e-3)


def test_what_the_reader_left_out_stays_out() -> None:
    preferences = taste(power=0.0, b=0.0)
    rng = np.random.default_rng(0)
    drawn = draw_weights(preferences, preferences.criteria, 500, rng)
    assert (drawn[:, 1:5] == 0.0).all()
    assert drawn[:, [0, 5]].sum(axis=1) == pytest.approx(np.ones(500))


def test_a_site_another_beats_in_everything_is_never_first() -> None:
    worse = VALUES.copy()
    worse[3] = worse[0] - 1.0
    told = acceptance(ranking_of(worse), 2000, 0)
    at = list(told.sites).index("S3")
    assert told.rank_pct[at, 0] == 0.0
    assert np.isnan(told.central[at]).all()


def test_a_value_that_lacks_is_neither_nothing_nor_an_average() -> None:
    values = np.array([[80.0, np.nan, 40.0], [80.0, 0.0, 40.0], [80.0, 60.0, 40.0]])
    weights = np.array([[0.3, 0.3, 0.4], [0.1, 0.5, 0.4]])
    told = scores(values, weights, np.array([0, 0, 1]))
    assert told[:, 0] == pytest.approx([0.6 * 80 + 16, 0.6 * 80 + 16])
    assert told[:, 1] == pytest.approx([0.3 * 80 + 16, 0.1 * 80 + 16])
    assert told[:, 2] == pytest.approx([24 + 18 + 16, 8 + 30 + 16])


def test_a_group_left_out_leaves_the_others_scored_beside_a_value_that_lacks() -> None:
    values = np.array([[80.0, np.nan, np.nan], [70.0, 50.0, 10.0]])
    weights = np.array([[0.5, 0.5, 0.0]])
    told = scores(values, weights, np.array([0, 1, 2]))
    assert np.isnan(told[0, 0])
    assert told[0, 1] == pytest.approx(60.0)
    some = scores(values[:, [0, 2]], np.array([[1.0, 0.0]]), np.array([0, 1]))
    assert some[0] == pytest.approx([80.0, 70.0])


def test_without_a_score_a_site_comes_last() -> None:
    told = ranks(np.array([[10.0, np.nan, 30.0, 20.0]]))
    assert told.tolist() == [[3, 4, 1, 2]]


def test_blocks_and_the_order_of_sites_change_nothing(
    accepted: Acceptance, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned = ranking_of(VALUES)
    turned = replace(turned, table=turned.table.iloc[::-1])
    again = acceptance(turned, 3000, 5)
    assert list(again.sites) == list(accepted.sites)[::-1]
    np.testing.assert_array_equal(again.rank_pct, accepted.rank_pct[::-1])
    monkeypatch.setattr(module, "BLOCK", 3000)
    np.testing.assert_array_equal(
        acceptance(ranking_of(VALUES), 3000, 5).rank_pct, accepted.rank_pct
    )


def test_with_no_site_ranked_nothing_is_said() -> None:
    none = ranking_of(VALUES)
    none = replace(none, table=none.table.assign(rank=np.nan))
    told = acceptance(none, 100, 0)
    assert told.rank_pct.shape == (0, 0)
    assert told.central.shape == (0, 6)


def test_sites_that_are_not_ranked_take_no_part() -> None:
    some = ranking_of(VALUES)
    table = some.table.set_index("site_id", drop=False)
    table.loc["S2", "rank"] = np.nan
    told = acceptance(replace(some, table=table), 400, 0)
    assert "S2" not in told.sites
    assert told.rank_pct.sum(axis=1) == pytest.approx(np.full(5, 100.0))


def test_the_shipped_tree_is_the_weighted_sum_of_a_public_library(
    ranking: Ranking,
) -> None:
    values = ranking.values.dropna()
    preferences = ranking.preferences
    criteria = [c for c in preferences.criteria if c.metric in values]
    within = {
        g: sum(c.weight for c in criteria if c.group == g)
        for g, _ in preferences.groups
    }
    whole = sum(weight for _, weight in preferences.groups)
    of_group = dict(preferences.groups)
    weights = np.array(
        [of_group[c.group] / whole * c.weight / within[c.group] for c in criteria]
    )
    assert len(values) >= 3
    matrix = values[[c.metric for c in criteria]].to_numpy()
    sums = WEIGHTED_SUM(matrix, weights, np.ones(len(criteria)), validation=False)
    score = ranking.table.set_index("site_id")["score"].loc[values.index]
    assert sums == pytest.approx(score.to_numpy(), rel=1e-12)
    groups, _ = group_scores(values, tuple(criteria), preferences)
    for group in groups:
        own = [k for k, c in enumerate(criteria) if c.group == group]
        part = np.array([criteria[k].weight for k in own]) / within[group]
        sums = WEIGHTED_SUM(matrix[:, own], part, np.ones(len(own)), validation=False)
        assert groups[group].to_numpy() == pytest.approx(sums, rel=1e-12)


def test_uniform_weights_over_the_shipped_sites_agree_rank_by_rank(
    ranking: Ranking,
) -> None:
    told = acceptance(ranking, 500, 3)
    values = ranking.values.loc[told.sites, list(told.criteria)].to_numpy()
    rng = np.random.default_rng(3)
    drawn = draw_weights(ranking.preferences, ranking.preferences.criteria, 500, rng)
    counted = np.zeros_like(told.rank_pct)
    kinds = np.ones(values.shape[1])
    for weights in drawn:
        sums = WEIGHTED_SUM(values, weights, kinds, validation=False)
        counted[np.arange(len(values)), rrankdata(sums).astype(int) - 1] += 0.2
    np.testing.assert_allclose(told.rank_pct, counted, atol=1e-9)
