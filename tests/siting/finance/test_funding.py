"""Sources and uses balance to the cent, with and without debt, on time and late."""

from dataclasses import replace

import numpy as np
import pytest

from siting.finance import appraise_cash, out_of_balance, sources_and_uses

LENT = {
    "debt_rate_pct": 10.0,
    "dscr_leased": 1.25,
    "gearing_cap_pct": 50.0,
    "debt_tenor_years": 2.0,
    "dsra_months": 6.0,
    "debt_fee_pct": 2.0,
}


def test_small_project(project, book, terms, standard):
    taxed = project(tax=standard(vat_pct=18.0))
    a = book(**LENT, vat_recoverable_pct=80.0)
    got = sources_and_uses(appraise_cash(taxed, a, terms()), terms().decision)
    assert got.uses["capex"] == pytest.approx(2.8e6)
    assert got.uses["vat"] == pytest.approx(100_800.0)
    assert got.uses["customs"] == got.uses["operating"] == got.sources["income"] == 0.0
    assert got.sources["debt"] == pytest.approx(0.5 * sum(got.uses.values()))
    assert got.uses["fee"] == pytest.approx(0.02 * got.sources["debt"])
    assert out_of_balance(got) == pytest.approx(0.0, abs=0.005)


def test_partial_year_before_the_first_full_one(project, book, terms):
    late = project(grid_months=18.0, land_ha=np.array(1.0))
    a = book(**LENT, land_lease_usd_per_m2_year=2.0, working_capital_days=30.0)
    money = appraise_cash(late, a, terms())
    got = sources_and_uses(money, terms().decision)
    # half of 2028 earns 0.95 million; land is paid for two years
    assert got.sources["income"] == pytest.approx(0.95e6)
    assert got.uses["operating"] == pytest.approx(50e3 + 14e3 + 40e3)
    assert got.uses["working_capital"] == pytest.approx(1.9e6 * 30 / 365)
    assert got.sources["equity"] == pytest.approx(float(money.measures["equity_usd"]))
    assert out_of_balance(got) == pytest.approx(0.0, abs=0.005)


@pytest.mark.parametrize("role", ["colocation", "gpu_cloud"])
def test_debt_held_against_other_cash_flows(project, book, terms, role):
    a = book(
        **LENT,
        dscr_merchant=1.75,
        debt_tenor_gpu_years=2.0,
        it_capex_usd_per_kw=900.0,
        it_life_years=1.0,
        it_tax_life_years=4.0,
        it_lead_months=2.0,
        it_customs_pct=5.0,
        kw_per_gpu=2.0,
        reference_gpu_usd_per_hour=2.0,
        gpu_occupancy_pct=90.0,
        gpu_goodput_pct=95.0,
        working_capital_days=30.0,
        residual_pct=5.0,
    )
    deal = terms(role=role)
    base = appraise_cash(project(), a, deal)
    late = project(grid_months=np.array([12.0, 20.0, 31.0]))
    worse = replace(a, facility_capex_usd_per_kw=3000.0)
    for money in (base, appraise_cash(late, worse, deal, base.debt)):
        off = out_of_balance(sources_and_uses(money, deal.decision))
        assert np.allclose(off, 0.0, atol=0.005)


def test_a_campus_that_never_runs_has_no_statement(project, book, terms):
    money = appraise_cash(project(grid_months=np.inf), book(**LENT), terms())
    got = sources_and_uses(money, terms().decision)
    assert np.isnan(got.uses["capex"])
    assert np.isnan(out_of_balance(got))
