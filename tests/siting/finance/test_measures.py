"""Annuities, present values and payback, against hand-worked and published figures."""

import csv
from pathlib import Path

import numpy as np
import numpy_financial as referee
import pytest

from siting.finance.measures import (
    annuity_factor,
    capital_recovery_factor,
    discount_factors,
    npv,
    payback_years,
    ratio,
)

EPOCH = Path(__file__).parents[2] / "reference" / "finance_epoch_ai.csv"


def epoch_cases():
    with EPOCH.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_annuity_to_the_cent():
    # 1,000,000 a year for 20 years at 10 %: (1 - 1.1^-20) / 0.1 = 8.513563719759
    assert 1e6 * annuity_factor(10.0, 20.0) == pytest.approx(8_513_563.72, abs=0.005)


def test_annuity_without_interest_is_the_number_of_years():
    assert annuity_factor(0.0, 7.0) == 7.0


def test_annuity_of_an_endless_life_is_the_perpetuity():
    assert annuity_factor(8.0, np.inf) == pytest.approx(12.5)


def test_annuity_takes_arrays_case_by_case():
    got = annuity_factor(np.array([0.0, 10.0]), np.array([[5.0], [20.0]]))
    assert got.shape == (2, 2)
    assert got[1, 1] == annuity_factor(10.0, 20.0)


@pytest.mark.parametrize("case", epoch_cases(), ids=lambda case: case["case"])
def test_epoch_ai_gigawatt(case):
    """Annualised cost of a 1 GW AI data centre, within 2 % of the published figure."""
    rate = float(case["rate_pct"])
    servers = float(case["it_capex"]) * capital_recovery_factor(
        rate, float(case["it_life_years"])
    )
    facility = float(case["facility_capex"]) * capital_recovery_factor(
        rate, float(case["facility_life_years"])
    )
    got = servers + facility + float(case["opex"])
    assert got == pytest.approx(float(case["published"]), rel=0.02)


def test_one_point_of_wacc_on_the_epoch_case():
    base = epoch_cases()[0]
    capex = [float(base["it_capex"]), float(base["facility_capex"])]
    lives = np.array([float(base["it_life_years"]), float(base["facility_life_years"])])
    yearly = [capex @ capital_recovery_factor(rate, lives) for rate in (6.75, 7.75)]
    assert yearly[1] - yearly[0] == pytest.approx(0.25, abs=0.01)


def test_npv_to_the_cent():
    # -1000 + 300/1.1 + 420/1.21 + 680/1.331 = 130.73
    flows = np.array([-1000.0, 300.0, 420.0, 680.0])
    assert npv(10.0, flows) == pytest.approx(130.73, abs=0.005)


def test_npv_with_a_rate_per_draw_and_flows_per_site():
    flows = np.array([[-1.0, 2.0], [-3.0, 5.0]])
    got = npv(np.array([[0.0], [100.0]]), flows)
    assert np.array_equal(got, [[1.0, 2.0], [0.0, -0.5]])


def test_first_year_is_not_discounted():
    assert discount_factors(25.0, 3).tolist() == [1.0, 0.8, 0.64]


def test_payback_within_a_year():
    # 100 owed, 40 repaid in year 1, 30 of the 60 left needs half of year 2's 120
    assert payback_years(np.array([-100.0, 40.0, 120.0])) == 2.5
    assert payback_years(np.array([-100.0, 40.0, 120.0]), 0.25) == 2.25


def test_payback_counts_the_last_turn():
    assert payback_years(np.array([-1.0, 2.0, -2.0, 4.0])) == 3.25


def test_payback_limits():
    flows = np.array([[1.0, 1.0], [-2.0, 1.0], [0.0, 0.0], [np.nan, 1.0]])
    assert np.array_equal(payback_years(flows), [0, np.nan, 0, np.nan], equal_nan=True)


def test_ratio_of_nothing_is_absent():
    got = ratio(np.array([1.0, 1.0, 1.0]), np.array([2.0, 0.0, np.nan]))
    assert np.array_equal(got, [0.5, np.nan, np.nan], equal_nan=True)


def test_an_independent_library_agrees_on_values_and_payments():
    flows = np.random.default_rng(6).uniform(-1e6, 2e6, (20, 15))
    for flow in flows:
        for rate in (0.0, 4.5, 10.0, 25.0):
            assert npv(rate, flow) == pytest.approx(referee.npv(rate / 100, flow))
    for rate, years in ((0.0, 7), (6.75, 5), (8.5, 12), (10.0, 20)):
        assert capital_recovery_factor(rate, years) == pytest.approx(
            -referee.pmt(rate / 100, years, 1.0)
        )
