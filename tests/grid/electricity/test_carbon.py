"""Three carbon factors, each from the figures it says it comes from."""

import pytest

from grid.electricity import carbon_factors

GAS_T_PER_MWH_HEAT = 0.198  # PyPSA technology-data, natural gas


def test_names_and_units(book):
    factors = carbon_factors(book)
    assert set(factors.data_vars) == {
        "carbon_location_t_per_mwh",
        "carbon_marginal_t_per_mwh",
        "carbon_lifecycle_t_per_mwh",
    }
    assert all(array.attrs["units"] == "t/MWh" for array in factors.data_vars.values())
    assert factors.sizes == {}


def test_marginal_lies_between_new_and_old_plant(book):
    """8 November combined cycle 54.6 %, old steam 36.7 % (azernews 244865)."""
    new, old = GAS_T_PER_MWH_HEAT / 0.546, GAS_T_PER_MWH_HEAT / 0.367
    assert book.carbon_marginal_t_per_mwh == pytest.approx((new + old) / 2, abs=0.005)


def test_location_is_combustion_of_the_mix(book):
    """Gas share 24.61/28.09 (2025) at 45–48 %, up to the ministry's 0.40–0.48."""
    burnt = 24.61 / 28.09 * GAS_T_PER_MWH_HEAT / 0.48
    assert burnt <= book.carbon_location_t_per_mwh <= 0.48


def test_life_cycle_is_the_largest(book):
    assert book.carbon_lifecycle_t_per_mwh == pytest.approx(0.6319, abs=0.001)
    assert book.carbon_lifecycle_t_per_mwh > book.carbon_marginal_t_per_mwh
