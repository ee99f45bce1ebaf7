"""How wide a number may be: the PERT distribution, the grades, two values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from data.schema import GRADES
from siting.doubt.spread import WIDTHS, binary, bounds, pert

MIDDLES = (np.arange(20_000) + 0.5) / 20_000
SPANS = st.tuples(
    st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0.0, 1.0)
)  # low, width, where the value lies between


@given(SPANS)
def test_the_mean_is_that_of_a_pert(span: tuple[float, float, float]) -> None:
    low, width, part = span
    value, high = low + part * width, low + width
    mean = pert(MIDDLES, low, value, high).mean()
    assert mean == pytest.approx((low + 4 * value + high) / 6, abs=1e-4 * width)


@given(SPANS, st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20))
def test_quantiles_rise_and_stay_within_the_bounds(
    span: tuple[float, float, float], us: list[float]
) -> None:
    low, width, part = span
    told = pert(np.sort(us), low, low + part * width, low + width)
    assert (np.diff(told) >= -1e-9 * width).all()
    assert (told >= low - 1e-9 * width).all()
    assert (told <= low + width + 1e-9 * width).all()


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.9, 0.999, 1.0])
def test_quantiles_are_those_of_the_beta_into_the_tails(part: float) -> None:
    tails = [1e-9, 1e-6, 1e-4, 1 - 1e-4, 1 - 1e-6, 1 - 1e-9]
    u = np.concatenate([np.linspace(0.0, 1.0, 5001), tails])
    first = 1.0 + 4.0 * part
    exact = 10.0 + 20.0 * beta.ppf(u, first, 6.0 - first)
    assert pert(u, 10.0, 10.0 + 20.0 * part, 30.0) == pytest.approx(exact, abs=1e-3)


def test_both_bounds_are_reached() -> None:
    assert pert(np.array([0.0, 1.0]), 3.0, 4.0, 9.0).tolist() == [3.0, 9.0]


def test_equal_bounds_give_the_value() -> None:
    assert pert(np.array([0.0, 0.3, 1.0]), 5.0, 5.0, 5.0).tolist() == [5.0] * 3


@pytest.mark.parametrize(
    ("grade", "width"),
    [("measured", 0.03), ("published", 0.1), ("derived", 0.2), ("assumed", 0.4)],
)
def test_where_bounds_lack_the_grade_says_how_wide_on_a_log_scale(
    grade: str, width: float
) -> None:
    low, high = bounds(50.0, np.nan, np.nan, grade)
    assert high == pytest.approx(50.0 * (1 + width))
    assert low * high == pytest.approx(50.0**2)


def test_every_grade_has_a_width_and_a_worse_one_is_wider() -> None:
    assert list(WIDTHS) == list(GRADES)
    assert sorted(WIDTHS.values()) == list(WIDTHS.values())


def test_a_negative_number_keeps_low_below_high() -> None:
    low, high = bounds(-8.0, np.nan, np.nan, "derived")
    assert (low, high) == pytest.approx((-9.6, -8.0 / 1.2))


def test_of_an_efficiency_the_loss_is_widened() -> None:
    low, high = bounds(0.96, np.nan, np.nan, "assumed", "efficiency")
    assert (1 - low) == pytest.approx(0.04 * 1.4)
    assert (1 - high) == pytest.approx(0.04 / 1.4)
    assert high < 1


def test_a_bound_that_is_stated_is_kept() -> None:
    assert bounds(10.0, 9.5, np.nan, "published") == pytest.approx((9.5, 11.0))
    assert bounds(10.0, np.nan, 10.2, "published") == pytest.approx((10 / 1.1, 10.2))
    assert bounds(10.0, 1.0, 90.0, "measured", "efficiency") == (1.0, 90.0)


def test_a_probability_must_state_its_bounds() -> None:
    with pytest.raises(ValueError, match="its own low and high"):
        bounds(0.3, np.nan, 0.5, "assumed", "probability")
    assert bounds(0.3, 0.1, 0.5, "assumed", "probability") == (0.1, 0.5)


def test_one_of_two_values_comes_as_often_as_its_probability() -> None:
    told = binary(MIDDLES, 100.0, 0.0, 0.85)
    assert set(told) == {0.0, 100.0}
    assert (told == 100.0).mean() == pytest.approx(0.85, abs=1e-4)
    assert (binary(MIDDLES, 1.0, 0.0, 1.0) == 1.0).all()
    assert (binary(MIDDLES, 1.0, 0.0, 0.0) == 0.0).all()
