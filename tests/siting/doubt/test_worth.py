"""Shares and worth, against known functions, a public library, and cases by hand."""

from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import sobol
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami
from scipy.stats import norm

from siting.doubt.draws import stream
from siting.doubt.outcomes import NETWORKS, Drawn
from siting.doubt.study import Doubt
from siting.doubt.worth import (
    decisions,
    grouped,
    inputs,
    means,
    share,
    shares,
    worth_of,
    worth_of_all,
    worths,
)

COUNT = 10_000
ANALYTIC = (0.3139, 0.4424, 0.0)
"""First-order indices of the Ishigami function with a = 7 and b = 0.1."""


def uniform(name: str, count: int = COUNT) -> np.ndarray:
    return stream(4, name, "", count)


@pytest.fixture(scope="module")
def ishigami() -> SimpleNamespace:
    x = np.stack([np.pi * (2 * uniform(n) - 1) for n in "abc"], axis=1)
    return SimpleNamespace(x=x, y=Ishigami.evaluate(x))


def test_shares_of_the_ishigami_function_are_the_known_ones(
    ishigami: SimpleNamespace,
) -> None:
    for k, exact in enumerate(ANALYTIC):
        assert float(share(ishigami.y, ishigami.x[:, k])) == pytest.approx(
            exact, abs=0.02
        )


def test_shares_are_those_of_a_public_library(ishigami: SimpleNamespace) -> None:
    bounds = [[-np.pi, np.pi]] * 3
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": bounds}
    x = sobol_sample.sample(problem, 4096, calc_second_order=False, seed=1)
    told = sobol.analyze(
        problem, Ishigami.evaluate(x), calc_second_order=False, seed=1
    )["S1"]
    ours = [float(share(ishigami.y, ishigami.x[:, k])) for k in range(3)]
    assert ours == pytest.approx(told.tolist(), abs=0.02)


def test_shares_of_a_sum_are_the_parts_of_its_variance() -> None:
    one, two = norm.ppf(uniform("a")), norm.ppf(uniform("b"))
    y = np.stack([3 * one + 4 * two, one, np.full(COUNT, 5.0)], axis=1)
    assert share(y, one) == pytest.approx([0.36, 1.0, 0.0], abs=0.02)
    assert share(y, two) == pytest.approx([0.64, 0.0, 0.0], abs=0.02)


def test_a_number_of_two_values_has_two_groups() -> None:
    yes = (uniform("a") < 0.3).astype(float)
    y = 10 * yes + norm.ppf(uniform("b"))
    assert np.unique(grouped(yes)).tolist() == [0, 1]
    exact = 100 * 0.21 / (100 * 0.21 + 1)
    assert float(share(y, yes)) == pytest.approx(exact, abs=5e-3)


@given(st.integers(30, 400), st.integers(2, 25))
def test_groups_are_of_one_size_and_in_order(count: int, groups: int) -> None:
    x = np.random.default_rng(count).permutation(count) * 1.5
    group = grouped(x, groups)
    sizes = np.bincount(group)
    assert sizes.max() - sizes.min() <= 1
    assert (np.diff(group[np.argsort(x)]) >= 0).all()


def test_means_by_hand() -> None:
    y = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.0]])
    mean, size = means(y, np.array([1, 0, 1]))
    assert mean.tolist() == [[3.0, 4.0], [3.0, 1.0]]
    assert size.tolist() == [1.0, 2.0]


def test_a_draw_without_an_outcome_is_left_out() -> None:
    x = uniform("a", 500)
    y = 2 * x
    y[::7] = np.nan
    assert float(share(y, x)) == pytest.approx(1.0, abs=0.01)
    assert float(share(np.full(500, np.nan), x)) == 0.0
    assert float(share(y[:20], x[:20])) == 0.0


def two_decisions() -> tuple[np.ndarray, np.ndarray]:
    x = norm.ppf(uniform("x"))
    return np.stack([x, np.zeros(COUNT)], axis=1), x


def test_knowing_a_normal_value_is_worth_its_known_part() -> None:
    value, x = two_decisions()
    exact = 1 / np.sqrt(2 * np.pi)
    assert worth_of_all(value) == pytest.approx(exact, abs=0.002)
    assert worth_of(value, x) == pytest.approx(exact, abs=0.01)


def test_what_has_nothing_to_do_with_it_is_worth_nothing() -> None:
    value, _ = two_decisions()
    assert worth_of(value, uniform("other")) == pytest.approx(0.0, abs=0.01)


def test_what_cannot_change_the_decision_is_worth_nothing() -> None:
    value, x = two_decisions()
    assert worth_of(value + np.array([10.0, 0.0]), x) == 0.0
    assert worth_of_all(value + np.array([10.0, 0.0])) == pytest.approx(0.0, abs=1e-9)


def test_of_two_parts_each_is_worth_less_than_both() -> None:
    one, two = norm.ppf(uniform("one")), norm.ppf(uniform("two"))
    value = np.stack([0.6 * one + 0.8 * two, np.zeros(COUNT)], axis=1)
    apart = [worth_of(value, x) for x in (one, two)]
    unit = 1 / np.sqrt(2 * np.pi)
    assert apart == pytest.approx([0.6 * unit, 0.8 * unit], abs=0.015)
    assert max(apart) < worth_of_all(value)


def test_knowing_a_number_of_two_values_by_hand() -> None:
    yes = (uniform("a") < 0.25).astype(float)
    value = np.stack([np.where(yes == 1.0, 8.0, -2.0), np.zeros(COUNT)], axis=1)
    # in a quarter of the draws 8, else -2: mean 0.5; knowing, 2.0
    assert worth_of(value, yes) == pytest.approx(1.5, abs=0.05)


def test_knowing_everything_by_hand() -> None:
    value = np.array([[3.0, 1.0, 0.0], [-5.0, 2.0, 0.0], [-1.0, -3.0, 0.0]])
    # best of each draw 3, 2, 0; best on average the second, 0
    assert worth_of_all(value) == pytest.approx(5 / 3 - 0.0)


def test_building_nowhere_is_a_decision_and_what_cannot_be_built_earns_nothing() -> (
    None
):
    npv = xr.DataArray([[5.0, np.nan], [-2.0, 1.0]], dims=("draw", "site"))
    assert decisions(npv).tolist() == [[5.0, 0.0, 0.0], [-2.0, 1.0, 0.0]]


def test_the_number_that_matters_is_named_with_its_site() -> None:
    x = np.stack([norm.ppf(uniform(n, 2000)) for n in "ab"], axis=1)
    rate = uniform("rate", 2000)
    values = {
        "site_number": xr.DataArray(x, dims=("draw", "site")),
        "rate": xr.DataArray(rate, dims="draw"),
    }
    on = {"event": rate < 0.5}
    drawn = Drawn(values, np.full((2000, 2), 0.5), on)
    npv = xr.DataArray(
        np.stack([1e6 * x[:, 0], -1e6 * np.ones(2000)], axis=1),
        dims=("draw", "site"),
        coords={"site": ["A", "B"]},
    )
    told = worths(npv, drawn, ["A", "B"])
    assert told.iloc[0][["name", "where"]].tolist() == ["site_number", "A"]
    assert told["usd"].iloc[0] == pytest.approx(1e6 / np.sqrt(2 * np.pi), rel=0.05)
    assert told["usd"].iloc[1:].max() < 0.05e6
    assert {name for name, _ in inputs(drawn)} == {*values, *on, NETWORKS}
    own = shares(npv, drawn, 0)
    assert own.index[0] == "site_number"
    assert own["site_number"] == pytest.approx(1.0, abs=0.02)


def test_shares_of_a_study_are_parts_of_one(found: Doubt) -> None:
    told = shares(found.outcomes["pue_annual"], found.drawn, 0)
    assert len(told) == len(found.drawn.values) + len(found.drawn.happens) + 1
    assert told.between(0.0, 1.0).all()
    assert set(told.index[:2]) == {
        "climate.temp_bias_k",
        "campus.utilisation_training",
    }
    assert told.iloc[:2].sum() == pytest.approx(1.0, abs=0.15)
    assert told.iloc[2] < 0.1


def test_no_number_is_worth_more_than_all(found: Doubt) -> None:
    npv = found.outcomes["npv_usd"]
    told = worths(npv, found.drawn, ["AZ01"])
    assert (told["usd"] >= 0.0).all()
    assert told["usd"].max() <= worth_of_all(decisions(npv))
