"""The ledger: what is refused, what is building and what is plant."""

import numpy as np
import pytest

from siting.finance import appraise_cash
from siting.finance.ledger import building_share, draw_up, tied_up


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"role": "landlord"}, "landlord"),
        ({"contract": "barter"}, "barter"),
        ({"role": "shell", "contract": "all_in"}, "buys its own power"),
        ({"role": "gpu_cloud", "contract": "all_in"}, "includes its power"),
    ],
)
def test_terms_without_a_cash_flow_are_refused(project, book, terms, wrong, message):
    with pytest.raises(ValueError, match=message):
        draw_up(project(), book(), terms(**wrong))


def test_part_of_the_works_is_building(project, book, terms):
    # a fifth of 2.4 million in works of 2.8 million; a shell's facility is all building
    ledger = draw_up(project(), book(), terms())
    got = building_share(ledger.capex, book(), "colocation")
    assert got == pytest.approx(0.48 / 2.8)
    shell = draw_up(project(), book(), terms(role="shell"))
    assert building_share(shell.capex, book(), "shell") == pytest.approx(0.48 / 0.88)


def test_depreciation_by_class(project, book, terms):
    # 480,000 over 44 years and 2,320,000 over 14
    a = book(building_tax_life_years=44.0, plant_tax_life_years=14.0)
    got = draw_up(project(), a, terms()).depreciation_usd
    assert np.allclose(got, [0.0, *[480e3 / 44 + 2.32e6 / 14] * 2])


def test_energy_is_part_of_operating_cost(project, book, terms):
    ledger = draw_up(project(), book(), terms())
    assert np.allclose(ledger.energy_usd, [0.0, 100e3, 100e3])
    assert np.allclose(ledger.opex_usd - ledger.energy_usd, [0.0, 28e3, 28e3])


def test_a_shell_bears_no_energy_even_unknown(project, book, terms):
    unknown = project(energy_usd_per_year=np.array(np.nan))
    ledger = draw_up(unknown, book(), terms(role="shell"))
    assert (ledger.energy_usd == 0.0).all()


def test_what_works_fetch_is_taxed_beyond_their_value_for_tax(project, book, terms):
    # 2.8 million written off by half in two years: nothing is gained by 40 % of it, and
    # 0.7 million less 0.56 million is by 25 % of it when it is written off by 80 %
    half = draw_up(project(), book(residual_pct=40.0), terms())
    assert np.allclose(half.sold_usd, [0, 0, 1.12e6])
    assert not half.gain_usd.any()
    fast = book(
        residual_pct=25.0, building_tax_life_years=2.5, plant_tax_life_years=2.5
    )
    got = draw_up(project(), fast, terms())
    assert np.allclose(got.gain_usd, [0, 0, 140e3])
    assert np.allclose(
        got.allowed_usd, [0, 28e3 + 8_400 + 1.12e6, 28e3 + 8_400 + 1.12e6 - 140e3]
    )


def test_works_sold_at_the_end_lower_cost_and_rent(project, book, terms):
    kept = appraise_cash(project(), book(), terms()).measures
    a = book(residual_pct=10.0, usd_inflation_pct=0.0)
    sold = appraise_cash(project(), a, terms()).measures
    # 280,000 at the end of 2029 over 12,000 kW-months of two years
    off = 280e3 / 1.21 / (12e3 * (1 / 1.1 + 1 / 1.21))
    assert sold["lcoc_residual_usd_per_kw_month"] == pytest.approx(-off)
    assert sold["lcoc_usd_per_kw_month"] == pytest.approx(
        float(kept["lcoc_usd_per_kw_month"]) - off
    )
    assert sold["npv_usd"] - kept["npv_usd"] == pytest.approx(280e3 / 1.21)


def test_revenue_waits_and_is_paid_when_the_campus_closes(project, book, terms):
    # 1.9 million a year at 30 of 365 days
    a = book(working_capital_days=30.0)
    got = appraise_cash(project(), a, terms())
    owed = 1.9e6 * 30 / 365
    assert np.allclose(got.yearly["working_capital_usd"], [0, owed, -owed])
    free = appraise_cash(project(), book(), terms())
    lost = owed / 1.1 - owed / 1.21
    assert free.measures["npv_usd"] - got.measures["npv_usd"] == pytest.approx(lost)
    assert np.allclose(got.yearly["profit_tax_usd"], free.yearly["profit_tax_usd"])


def test_days_unpaid_are_of_the_days_run(project, book, terms):
    # half of 2028: 36.5 days of the 182.5 run are a fifth of its revenue
    ledger = draw_up(
        project(grid_months=18.0), book(working_capital_days=36.5), terms()
    )
    assert np.allclose(ledger.unpaid_share, [0.0, 0.2, 0.1, 0.0])
    rise = tied_up(np.array([0.0, 1e6, 2e6, 1e6]), ledger)
    assert np.allclose(rise, [0.0, 2e5, 0.0, -2e5])


def test_required_rent_bears_the_wait(project, book, terms):
    a = book(working_capital_days=60.0, residual_pct=60.0)
    first = appraise_cash(project(), a, terms()).measures
    rent = float(first["required_rent_usd_per_kw_month"])
    again = appraise_cash(project(), a, terms(rent_usd_per_kw_month=rent)).measures
    assert again["npv_usd"] == pytest.approx(0.0, abs=0.01)


def test_the_country_risk_is_part_of_the_discount(project, book, terms):
    risky = book(wacc_pct=9.0, country_risk_in_wacc_pct=2.0, country_risk_pct=3.0)
    same = appraise_cash(project(), risky, terms()).measures
    base = appraise_cash(project(), book(), terms()).measures
    for name in ("npv_usd", "lcoc_usd_per_kw_month", "required_rent_usd_per_kw_month"):
        assert same[name] == pytest.approx(float(base[name]), rel=1e-12)
