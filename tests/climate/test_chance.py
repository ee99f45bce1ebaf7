import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate import chance, months


def test_a_stream_belongs_to_its_seed_and_name():
    draw = chance.stream(3, "temp").standard_normal(5)
    assert np.array_equal(draw, chance.stream(3, "temp").standard_normal(5))
    assert not np.array_equal(draw, chance.stream(4, "temp").standard_normal(5))
    assert not np.array_equal(draw, chance.stream(3, "dew").standard_normal(5))
    assert not np.array_equal(draw, chance.stream(3, "temp", "A").standard_normal(5))


@given(st.integers(1, 70), st.integers(0, 99))
def test_doubling_equals_the_recurrence(steps, seed):
    rng = np.random.default_rng(seed)
    lag1, drawn = rng.uniform(0, 0.95, (2, steps)), rng.standard_normal(steps)
    expected = np.empty_like(lag1)
    expected[:, 0] = drawn[0]
    for t in range(1, steps):
        kept = lag1[:, t] * expected[:, t - 1]
        expected[:, t] = kept + np.sqrt(1 - lag1[:, t] ** 2) * drawn[t]
    assert chance.ar1(lag1, drawn) == pytest.approx(expected, abs=1e-12)


def test_memory_and_spread_are_those_asked_for():
    drawn = chance.stream(0, "long").standard_normal(200_000)
    series = chance.ar1(np.full((1, drawn.size), 0.8), drawn)[0]
    assert np.corrcoef(series[1:], series[:-1])[0, 1] == pytest.approx(0.8, abs=0.005)
    assert series.std() == pytest.approx(1.0, abs=0.02)


def test_centred_months_keep_unit_variance():
    lag1 = np.array([[0.0] * 12, [0.6] * 12, [0.85] * 12])
    years = 150
    series = chance.daily_series(lag1, "test", years, 1)
    sums = months.sums_by_month(series, years)
    assert sums == pytest.approx(np.zeros_like(sums), abs=1e-9)
    assert series.var(axis=-1) == pytest.approx(np.ones(3), abs=0.04)


def test_years_differ_about_nothing():
    assert not chance.years_apart(5, "x", 1).any()
    apart = chance.years_apart(5, "x", 400)
    assert apart.mean(axis=-1) == pytest.approx(np.zeros(12), abs=1e-12)
    assert apart.var() == pytest.approx(1.0, abs=0.05)
    pairs = np.array([chance.years_apart(seed, "x", 2) for seed in range(300)])
    assert pairs.var() == pytest.approx(1.0, abs=0.05)
    pair = pairs[5]
    assert pair.sum(axis=-1) == pytest.approx(np.zeros(12), abs=1e-12)


@given(st.floats(-1.5, 1.5))
def test_bending_keeps_mean_and_variance_exactly_and_order(skew):
    """Gauss-Hermite moments: mean 0, variance 1; the series never turns back."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    weights = weights / weights.sum()
    bent = chance.skewed(nodes, np.full(nodes.size, skew))
    assert (weights * bent).sum() == pytest.approx(0.0, abs=1e-12)
    assert (weights * bent**2).sum() == pytest.approx(1.0)
    # The cube of Wilson and Hilferty comes within 0.1 of the skewness asked for.
    assert (weights * bent**3).sum() == pytest.approx(skew, abs=0.1)
    line = np.linspace(-5.0, 5.0, 2001)
    assert np.all(np.diff(chance.skewed(line, np.full(line.size, skew))) >= -1e-12)


def test_no_skew_leaves_the_series_as_it_is():
    series = chance.stream(0, "x").standard_normal(100)
    assert np.array_equal(chance.skewed(series, np.zeros(100)), series)
