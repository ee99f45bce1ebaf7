"""Rent: what a contract brings in, the tax on it, and the rent a site requires."""

from collections.abc import Callable

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import HOURS_PER_MONTH, CashInputs, it_kw
from siting.finance.ledger import CashTerms, Ledger, tied_up
from siting.finance.measures import (
    Array,
    discount_factors,
    over_years,
    ratio,
)
from siting.finance.roots import root_between
from siting.finance.servers import gpu_hours_per_kw_month
from siting.finance.tax import profit_tax, taxed_gains


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
    keep = round(float(np.max(a.loss_carry_forward_years)))
    return profit_tax(income - ledger.allowed_usd, ledger.calendar, keep)


def outlays(ledger: Ledger) -> Array:
    """Return what the rent must carry before profit tax (..., year) [USD]."""
    running = ledger.opex_usd - ledger.energy_usd + ledger.property_tax_usd
    waiting = tied_up(ledger.energy_usd, ledger)
    return np.asarray(running + ledger.bought_usd + waiting - ledger.sold_usd)


def required_rent(ledger: Ledger, a: FinanceBook) -> Array:
    """Return the rent, net of power, at which after-tax NPV is zero.

    Before tax that rent is a ratio of present values. Profit tax takes at most
    its rate of the rent and of taxed gains, which bounds the answer from above;
    between the bounds the value rises with the rent and its root is found by false
    position. Rent counts when it is paid.

    Parameters
    ----------
    ledger : Ledger
    a : FinanceBook

    Returns
    -------
    array (...)
        Rent in money of the price year [USD/kW-month].
    """
    factors = discount_factors(a.discount_pct, ledger.clock.years.size)
    cost = (outlays(ledger) * factors).sum(axis=-1)
    billed = (ledger.rent_kw_months * factors).sum(axis=-1)
    waiting = (tied_up(ledger.rent_kw_months, ledger) * factors).sum(axis=-1)
    paid = billed - waiting
    reach = (ledger.calendar.profit_pct * ledger.calendar.taxed_share).max(axis=-1)
    gains = (ledger.gain_usd * factors).sum(axis=-1)
    low = ratio(cost, paid)
    high = ratio(cost + reach / 100.0 * gains, paid - reach / 100.0 * billed)
    tax = _tax_worth(ledger, factors, a)

    def value(rent: Array) -> Array:
        return np.asarray(rent * paid - cost - tax(rent))

    return root_between(value, low, high + 0.0 * low, 1e-10 * np.abs(cost) + 0.0 * low)


def _tax_worth(
    ledger: Ledger, factors: Array, a: FinanceBook
) -> Callable[[Array], Array]:
    """Return the present value of profit tax as a function of the rent.

    Years come first, so that a trial costs no copies, and are added one by one, so
    that a case alone and among others rounds alike.
    """
    keep = round(float(np.max(a.loss_carry_forward_years)))
    share, rate = ledger.calendar.taxed_share, ledger.calendar.profit_pct / 100.0
    full = np.broadcast_shapes(ledger.allowed_usd.shape, share.shape, factors.shape)

    def years_first(values: Array) -> Array:
        return np.ascontiguousarray(np.moveaxis(np.broadcast_to(values, full), -1, 0))

    months = years_first(ledger.rent_kw_months * share)
    allowed = years_first(ledger.allowed_usd * share)
    weights = np.moveaxis(rate * factors, -1, 0)

    def worth(rent: Array) -> Array:
        gains = taxed_gains(rent * months - allowed, keep)
        total = np.zeros(gains.shape[1:])
        for gain, weight in zip(gains, weights, strict=True):
            total += gain * weight
        return total

    return worth


def rent_income(
    ledger: Ledger, inputs: CashInputs, a: FinanceBook, terms: CashTerms
) -> tuple[Array, Array]:
    """Return the rent in force and the income beyond the power bill.

    All in, the price is the reference rent plus the power bill of a reference
    campus of the same utilisation, indexed as power is; what it leaves over the
    site's own bill is the rent. A GPU cloud's rent is what a kilowatt under contract
    earns in a month on new IT, power included.

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
    base = first_rent(a, terms)
    income = over_years(base) * ledger.rent_kw_months
    if terms.contract == "pass_through":
        return base + 0.0 * ledger.clock.ready_months, income
    hours = HOURS_PER_MONTH * np.asarray(inputs.utilisation) / 1000.0
    bill = a.reference_power_usd_per_mwh * a.reference_pue * hours
    margin = bill - ratio(np.asarray(inputs.energy_usd_per_year), 12.0 * it_kw(inputs))
    kw_months = 12.0 * over_years(it_kw(inputs)) * ledger.shape["power"]
    return base + margin, income + over_years(margin) * kw_months


def first_rent(a: FinanceBook, terms: CashTerms) -> Array:
    """Return the rent stated, or else the book's, in money of the price year.

    Parameters
    ----------
    a : FinanceBook
    terms : CashTerms

    Returns
    -------
    array (...)
        [USD/kW-month]; NaN for a shell without a stated rent.
    """
    if terms.role == "gpu_cloud":
        hour = terms.gpu_usd_per_hour
        price = np.asarray(a.reference_gpu_usd_per_hour if hour is None else hour)
        return np.asarray(price * gpu_hours_per_kw_month(a), dtype=np.float64)
    stated = terms.rent_usd_per_kw_month
    known = a.reference_rent_usd_per_kw_month if terms.role == "colocation" else np.nan
    return np.asarray(known if stated is None else stated, dtype=np.float64)
