"""Rent: what a contract brings in, the tax on it, and the rent a site requires."""

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import HOURS_PER_MONTH, CashInputs, it_kw
from siting.finance.ledger import CashTerms, Ledger
from siting.finance.measures import (
    Array,
    discount_factors,
    over_years,
    ratio,
)
from siting.finance.roots import root_between
from siting.finance.tax import profit_tax


def taxes(ledger: Ledger, income: Array, a: FinanceBook) -> Array:
    """Return profit tax on rent less every deductible cost.

    Parameters
    ----------
    ledger : Ledger
    income : array (..., year)
        Revenue beyond the power bill [USD].
    a : FinanceBook

    Returns
    -------
    array (..., year)
        Profit tax [USD].
    """
    running = ledger.opex_usd - ledger.energy_usd
    allowed = running + ledger.property_tax_usd + ledger.depreciation_usd
    keep = round(float(np.max(a.loss_carry_forward_years)))
    return profit_tax(income - allowed, ledger.calendar, keep)


def outlays(ledger: Ledger) -> Array:
    """Return what the rent must carry before profit tax (..., year) [USD]."""
    running = ledger.opex_usd - ledger.energy_usd + ledger.property_tax_usd
    return np.asarray(running + ledger.capex_usd + ledger.vat_usd)


def required_rent(ledger: Ledger, a: FinanceBook) -> Array:
    """Return the rent, net of power, at which after-tax NPV is zero.

    Before tax that rent is a ratio of present values. Profit tax takes at most
    its rate of the rent, which bounds the answer from above; between the bounds
    the value rises with the rent and its root is found by false position.

    Parameters
    ----------
    ledger : Ledger
    a : FinanceBook

    Returns
    -------
    array (...)
        Rent in money of the price year [USD/kW-month].
    """
    factors = discount_factors(a.wacc_pct, ledger.clock.years.size)
    cost = (outlays(ledger) * factors).sum(axis=-1)
    months = (ledger.rent_kw_months * factors).sum(axis=-1)
    reach = ledger.calendar.profit_pct * ledger.calendar.taxed_share / 100.0
    low = ratio(cost, months)
    high = low / (1.0 - reach.max(axis=-1))

    def value(rent: Array) -> Array:
        income = over_years(rent) * ledger.rent_kw_months
        tax = (taxes(ledger, income, a) * factors).sum(axis=-1)
        return np.asarray(rent * months - cost - tax)

    return root_between(value, low, high + 0.0 * low, 1e-10 * np.abs(cost) + 0.0 * low)


def rent_income(
    ledger: Ledger, inputs: CashInputs, a: FinanceBook, terms: CashTerms
) -> tuple[Array, Array]:
    """Return the rent in force and the income beyond the power bill.

    All in, the price is the reference rent plus the power bill of a reference
    campus of the same utilisation, indexed as power is; what it leaves over the
    site's own bill is the rent.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs
    a : FinanceBook
    terms : CashTerms

    Returns
    -------
    rent : array (...)
        Rent net of power in money of the price year [USD/kW-month]; NaN for a
        shell without a stated rent, because none is published.
    income : array (..., year)
        Income beyond the power bill [USD].
    """
    stated = terms.rent_usd_per_kw_month
    known = a.reference_rent_usd_per_kw_month if terms.role == "colocation" else np.nan
    base = np.asarray(known if stated is None else stated, dtype=np.float64)
    income = over_years(base) * ledger.rent_kw_months
    if terms.contract == "pass_through":
        return base + 0.0 * ledger.clock.ready_months, income
    hours = HOURS_PER_MONTH * np.asarray(inputs.utilisation) / 1000.0
    bill = a.reference_power_usd_per_mwh * a.reference_pue * hours
    margin = bill - ratio(np.asarray(inputs.energy_usd_per_year), 12.0 * it_kw(inputs))
    kw_months = 12.0 * over_years(it_kw(inputs)) * ledger.shape["power"]
    return base + margin, income + over_years(margin) * kw_months
