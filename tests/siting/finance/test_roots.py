"""Internal rates of return: one root, none, several, and why there is no number."""

import numpy as np
import numpy_financial as referee
import pytest

from siting.finance.measures import npv
from siting.finance.roots import (
    IRR_FLAGS,
    irr,
    root_between,
    sign_changes,
    value_at,
)


def test_one_root_in_closed_form():
    # 100 = 60 v + 60 v^2, so v = (sqrt(1 + 400/60) - 1) / 2 and the rate is 13.0662 %
    rate, flag = irr(np.array([-100.0, 60.0, 60.0]))
    v = (np.sqrt(1 + 400 / 60) - 1) / 2
    assert rate == pytest.approx(100 * (1 / v - 1), rel=1e-12)
    assert IRR_FLAGS[flag] == "one root"


def test_one_period_returns():
    for gain in (110.0, 100.0, 50.0, 900.0):
        rate, _ = irr(np.array([-100.0, gain]))
        assert rate == pytest.approx(gain - 100.0, abs=1e-9)


@pytest.mark.parametrize(
    ("flows", "why"),
    [
        ([-100.0, -10.0, 0.0], "no inflow"),
        ([0.0, 0.0, 0.0], "no inflow"),
        ([0.0, 5.0, 5.0], "no outflow"),
        ([1.0, -2.0, 2.0], "no root between -90 and 1000 %"),
        ([-1.0, 100.0, 0.0], "no root between -90 and 1000 %"),
        ([-100.0, np.nan, 60.0], "cash flow unknown"),
    ],
)
def test_no_number_says_why(flows, why):
    rate, flag = irr(np.array(flows))
    assert np.isnan(rate)
    assert IRR_FLAGS[flag] == why


def test_several_roots_are_flagged_and_the_lowest_given():
    # -100 + 230 v - 132 v^2 = 0 at 10 % and at 20 %
    rate, flag = irr(np.array([-100.0, 230.0, -132.0]))
    assert rate == pytest.approx(10.0, abs=1e-8)
    assert IRR_FLAGS[flag] == "several roots"


def test_clean_up_at_the_end_may_still_leave_one_root():
    rate, flag = irr(np.array([-100.0, 80.0, 80.0, -1.0]))
    assert IRR_FLAGS[flag] == "one root"
    assert npv(rate, np.array([-100.0, 80.0, 80.0, -1.0])) == pytest.approx(0, abs=1e-9)


def test_cases_do_not_touch_each_other():
    flows = np.array(
        [[[-100.0, 110.0], [-1.0, -1.0]], [[np.nan, 1.0], [-100.0, 105.0]]]
    )
    rate, flag = irr(flows)
    assert np.allclose(rate, [[10.0, np.nan], [np.nan, 5.0]], equal_nan=True)
    assert flag.tolist() == [[0, 1], [5, 0]]


def test_horner_agrees_with_the_sum():
    flows = np.array([[-5.0, 1.0, 2.0, 9.0], [1.0, 0.0, -3.0, 4.0]])
    assert np.allclose(value_at(flows, np.full(2, np.log(1.08))), npv(8.0, flows))


def test_root_of_a_bent_line():
    def bent(x):
        return np.where(x < 1.0, x - 1.0, 0.01 * (x - 1.0)) - np.array(
            [0.0, 0.05, -0.5]
        )

    low, high = np.zeros(3), np.full(3, 10.0)
    root = root_between(bent, low, high, np.full(3, 1e-12))
    assert np.allclose(root, [1.0, 6.0, 0.5])


def test_root_on_a_bound():
    root = root_between(lambda x: x, np.zeros(1), np.zeros(1), np.full(1, 1e-12))
    assert root == 0.0


def test_an_independent_library_agrees_on_the_rate():
    draws = np.random.default_rng(7)
    flows = draws.uniform(1e5, 4e5, (40, 12))
    flows[:, :2] = -draws.uniform(5e5, 9e5, (40, 2))
    rates, flags = irr(flows)
    assert (flags == 0).all()
    expected = [100 * referee.irr(flow) for flow in flows]
    assert np.allclose(rates, expected, rtol=1e-9)


def test_signs_are_counted_without_the_years_of_nothing():
    cash = np.array([[-1.0, 0, 0, 2, 3], [-1, 2, 0, -1, 0], [0, 0, 0, 0, 0]])
    assert sign_changes(cash.T).tolist() == [1, 2, 0]


def test_renewals_do_not_hide_a_root():
    """Flows that turn thrice: an investment renewed twice, with one root all the same."""
    flow = np.array([-100.0, 60, 60, -20, 60, 60, -20, 60, 60])
    rate, flag = irr(flow)
    assert IRR_FLAGS[flag] == "one root"
    assert rate == pytest.approx(100 * referee.irr(flow), rel=1e-9)


def test_flows_are_left_as_they_were():
    flows = np.array([[-100.0, np.nan]])
    irr(flows)
    assert np.array_equal(flows, [[-100.0, np.nan]], equal_nan=True)
