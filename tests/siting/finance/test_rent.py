"""Rent: the two contracts, and the rent at which the project is worth nothing."""

import numpy as np
import pytest

from siting.finance import appraise_cash, draw_up
from siting.finance.rent import outlays, required_rent, taxes

ANNUITY = 1 / 1.1 + 1 / 1.21
"""Worth of 1 in each of the two years of operation."""


@pytest.mark.parametrize("contract", ["pass_through", "all_in"])
def test_npv_at_the_required_rent_is_zero(project, book, terms, contract):
    a = book(reference_power_usd_per_mwh=100e3 / (1.25 * 0.8 * 8760))
    first = appraise_cash(project(), a, terms(contract=contract)).measures
    rent = float(first["required_rent_usd_per_kw_month"])
    again = appraise_cash(
        project(), a, terms(contract=contract, rent_usd_per_kw_month=rent)
    )
    assert again.measures["npv_usd"] == pytest.approx(0.0, abs=0.01)
    assert again.measures["irr_pct"] == pytest.approx(10.0, abs=1e-6)


def test_without_tax_the_required_price_is_the_levelised_cost(
    project, book, terms, standard
):
    free = project(tax=standard(holiday_until=np.inf), grid_months=20.0)
    a = book(occupancy_pct=80.0, prelet_pct=30.0, lease_up_months=9.0)
    m = appraise_cash(free, a, terms()).measures
    assert m["required_all_in_usd_per_kw_month"] == pytest.approx(
        float(m["lcoc_usd_per_kw_month"]), rel=1e-12
    )


def test_all_in_makes_cheap_power_worth_money(project, book, terms):
    bill = 62.4 * 1.25 * 0.8 * 8760  # of a reference megawatt
    bills = np.array([bill, bill - 120e3])
    got = appraise_cash(
        project(energy_usd_per_year=bills), book(), terms(contract="all_in")
    ).measures
    assert np.allclose(got["rent_usd_per_kw_month"], [150.0, 160.0])
    through = appraise_cash(
        project(energy_usd_per_year=bills), book(), terms()
    ).measures
    assert np.allclose(through["npv_usd"], got["npv_usd"][0])
    assert got["npv_usd"][1] - got["npv_usd"][0] == pytest.approx(120e3 * 0.8 * ANNUITY)


def test_all_in_margin_grows_as_power_does(project, book, terms):
    # 120,000 USD a year less than the reference; 10 % a year more from 2027 on.
    bill = 62.4 * 1.25 * 0.8 * 8760 - 120e3
    cheap = project(energy_usd_per_year=np.array(bill))
    a = book(power_escalation_pct=10.0)
    both = [
        appraise_cash(cheap, a, terms(contract=kind)).yearly["revenue_usd"]
        for kind in ("all_in", "pass_through")
    ]
    assert np.allclose(both[0] - both[1], [0.0, 120e3 * 1.1, 120e3 * 1.21])


def test_stated_rent_replaces_the_reference(project, book, terms):
    stated = terms(contract="all_in", rent_usd_per_kw_month=200.0)
    bill = np.array(62.4 * 1.25 * 0.8 * 8760)
    got = appraise_cash(project(energy_usd_per_year=bill), book(), stated).measures
    assert got["rent_usd_per_kw_month"] == pytest.approx(200.0)


def test_rent_index_grows_from_the_price_year(project, book, terms):
    got = appraise_cash(project(), book(rent_escalation_pct=10.0), terms()).yearly
    rent = got["revenue_usd"] - 100e3 * (got["revenue_usd"] > 0)
    assert np.allclose(rent, [0.0, 1.98e6, 2.178e6])


def test_taxes_and_outlays_of_the_small_project(project, book, terms):
    ledger = draw_up(project(), book(), terms())
    income = np.array([0.0, 1.8e6, 1.8e6])
    assert np.allclose(taxes(ledger, income, book()), [0.0, 212_300, 212_300])
    assert np.allclose(outlays(ledger), [2.8e6, 38_500, 38_500])


def test_required_rent_where_losses_bend_the_line(project, book, terms):
    """Slow lease-up loses money first: the tax is no longer linear in the rent."""
    a = book(
        life_years=8.0,
        prelet_pct=0.0,
        lease_up_months=60.0,
        plant_tax_life_years=3.0,
        building_tax_life_years=3.0,
        loss_carry_forward_years=2.0,
    )
    ledger = draw_up(project(grid_months=np.array([12.0, 31.0])), a, terms())
    rents = required_rent(ledger, a)
    factors = 1.1 ** -np.arange(ledger.clock.years.size)
    income = rents[:, None] * ledger.rent_kw_months
    left = income - outlays(ledger) - taxes(ledger, income, a)
    assert np.allclose((left * factors).sum(axis=-1), 0.0, atol=0.01)
    higher = (rents + 1e-6)[:, None] * ledger.rent_kw_months
    after = higher - outlays(ledger) - taxes(ledger, higher, a)
    assert ((after * factors).sum(axis=-1) > 0.0).all()
