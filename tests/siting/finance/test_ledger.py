"""The ledger: what is refused, what is building and what is plant."""

import numpy as np
import pytest

from siting.finance import appraise_cash
from siting.finance.ledger import draw_up, tied_up


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


def test_energy_is_part_of_operating_cost(project, book, terms):
    ledger = draw_up(project(), book(), terms())
    assert np.allclose(ledger.energy_usd, [0.0, 100e3, 100e3])
    assert np.allclose(ledger.opex_usd - ledger.energy_usd, [0.0, 28e3, 28e3])


def test_a_shell_bears_no_energy_even_unknown(project, book, terms):
    unknown = project(energy_usd_per_year=np.array(np.nan))
    ledger = draw_up(unknown, book(), terms(role="shell"))
    assert (ledger.energy_usd == 0.0).all()


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
