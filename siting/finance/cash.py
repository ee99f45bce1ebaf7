"""The annual after-tax cash flow and what it is worth: nominal USD, unlevered.

``LCOC = PV(pre-tax costs) / PV(kW-months under contract)``. The required rent is
the rent, net of power, at which the after-tax net present value is zero. Both
discount at the nominal after-tax WACC, the decision year undiscounted. What is sold
at the end of its use is a negative cost; revenue unpaid at a year's end is none.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.assumptions.finance import FinanceBook
from siting.finance.costs import (
    CashInputs,
    Line,
    it_kw,
)
from siting.finance.debt import Debt, loan_terms, size_debt
from siting.finance.equity import (
    Earned,
    equity_flow,
    equity_measures,
    first_repayment,
    held,
    longer,
)
from siting.finance.ledger import CashTerms, Ledger, draw_up, in_role, tied_up
from siting.finance.levels import overnight, prices
from siting.finance.measures import (
    Array,
    discount_factors,
    payback_years,
)
from siting.finance.rent import rent_income, taxes
from siting.finance.roots import irr
from siting.finance.spread import by_year
from siting.finance.timeline import decimal_year, months_into_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What the money says."""

    years: npt.NDArray[np.int64]
    """Calendar years (year)."""
    measures: dict[str, Array]
    """Results (...) by glossary name."""
    yearly: dict[str, Array]
    """Cash flow (..., year) by glossary name [USD]."""
    debt: Debt
    """The loan, to be held against other draws of the same project."""


def cash_flow(ledger: Ledger, income: Array, a: FinanceBook) -> dict[str, Array]:
    """Return the yearly cash flow at a given income.

    Parameters
    ----------
    ledger : Ledger
    income : array (..., year)
        Income beyond the power bill [USD].
    a : FinanceBook

    Returns
    -------
    dict of str to array (..., year)
        By glossary name, costs positive [USD]; only the free cash flow and the
        working capital, whose rise is positive, change sign.
    """
    tax = taxes(ledger, income, a)
    revenue = income + ledger.energy_usd
    waiting = tied_up(revenue, ledger)
    spent = ledger.bought_usd + ledger.opex_usd + ledger.property_tax_usd + tax
    full = revenue.shape
    return {
        "revenue_usd": revenue,
        "opex_usd": ledger.opex_usd,
        "capex_nominal_usd": ledger.capex_usd,
        "vat_usd": ledger.vat_usd,
        "customs_usd": np.broadcast_to(ledger.customs_usd, full),
        "property_tax_usd": ledger.property_tax_usd,
        "profit_tax_usd": tax,
        "working_capital_usd": waiting,
        "residual_usd": np.broadcast_to(ledger.sold_usd, full),
        "free_cash_flow_usd": revenue - spent - waiting + ledger.sold_usd,
    }


def lines_by_year(ledger: Ledger) -> dict[str, Array]:
    """Return every cost line year by year, for statements and waterfalls.

    Parameters
    ----------
    ledger : Ledger

    Returns
    -------
    dict of str to array (..., year)
        By line name, in money of the day; what is sold is negative [USD].
    """
    lines: dict[str, tuple[Line, ...]] = {}
    for line in (*ledger.capex, *ledger.opex, *ledger.ends):
        lines[line.name] = (*lines.get(line.name, ()), line)
    return {name: by_year(parts, ledger.shape) for name, parts in lines.items()}


def appraise_cash(
    inputs: CashInputs, a: FinanceBook, terms: CashTerms, debt: Debt | None = None
) -> Appraisal:
    """Appraise a project: costs, levelised cost, required rent and returns.

    Parameters
    ----------
    inputs : CashInputs
        Arrays with any leading dimensions that broadcast together.
    a : FinanceBook
        Book values, or arrays that broadcast with the inputs.
    terms : CashTerms
    debt : Debt, optional
        A loan sized before, such as on the base case, whose leading dimensions
        broadcast with the inputs; None sizes one on these very cash flows.

    Returns
    -------
    Appraisal
        Measures are NaN where an input is missing or power never comes.

    Notes
    -----
    Memory grows with cases times years; some tens of thousands of cases at a time,
    such as a thousand draws of 36 sites, is the fastest.
    """
    a = in_role(a, terms.role)
    ledger = draw_up(inputs, a, terms)
    rent, income = rent_income(ledger, inputs, a, terms)
    yearly = cash_flow(ledger, income, a)
    ready = ledger.clock.ready_months
    first = first_repayment(ready, terms.decision)
    loan = debt or size_debt(
        yearly["free_cash_flow_usd"],
        ledger.bought_usd,
        first,
        loan_terms(a, terms.role),
        wanted=terms.debt,
    )
    given = held(ledger, Earned(income, yearly), first, loan, a)
    financed = equity_flow(given)
    filled = it_kw(inputs) * np.asarray(a.occupancy_pct) / 100.0
    measures = {
        "ready_months": ready,
        "energisation_year": decimal_year(terms.decision) + ready / 12.0,
        **overnight(ledger, inputs),
        **prices(ledger, inputs, a, terms.role),
        "rent_usd_per_kw_month": rent,
        "delay_usd_per_month": rent * filled,
        **returns(ledger, yearly["free_cash_flow_usd"], a, terms),
        **equity_measures(given, financed),
    }
    years = ledger.clock.years[0] + np.arange(given.cash.shape[-1])
    return Appraisal(
        years=years,
        measures=aligned(measures),
        yearly={name: longer(value, years.size) for name, value in yearly.items()}
        | financed,
        debt=loan,
    )


def returns(
    ledger: Ledger, flow: Array, a: FinanceBook, terms: CashTerms
) -> dict[str, Array]:
    """Return what a cash flow is worth before financing.

    Parameters
    ----------
    ledger : Ledger
    flow : array (..., year)
        Free cash flow [USD].
    a : FinanceBook
    terms : CashTerms

    Returns
    -------
    dict of str to array (...)
        By glossary name.
    """
    factors = discount_factors(a.discount_pct, ledger.clock.years.size)
    rate, flag = irr(flow)
    dollar = 1.0 + np.asarray(a.usd_inflation_pct) / 100.0
    return {
        "npv_usd": (flow * factors).sum(axis=-1),
        "irr_pct": rate,
        "irr_real_pct": 100.0 * ((1.0 + rate / 100.0) / dollar - 1.0),
        "irr_flag": flag.astype(np.float64),
        "payback_years": payback_years(flow, months_into_year(terms.decision) / 12.0),
    }


def aligned(measures: dict[str, Array]) -> dict[str, Array]:
    """Broadcast results to one shape, so that each reads case by case."""
    full = np.broadcast_shapes(*(value.shape for value in measures.values()))
    return {name: np.broadcast_to(value, full) for name, value in measures.items()}
