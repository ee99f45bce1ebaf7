"""The annual after-tax cash flow and what it is worth: nominal USD, unlevered.

``LCOC = PV(pre-tax costs) / PV(kW-months under contract)``. The required rent is
the rent, net of power, at which the after-tax net present value is zero. Both
discount at the nominal after-tax WACC, the decision year undiscounted.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.assumptions.finance import FinanceBook
from siting.finance.costs import (
    HOURS_PER_MONTH,
    CashInputs,
    Line,
    by_line,
    by_year,
    it_kw,
)
from siting.finance.ledger import CashTerms, Ledger, draw_up
from siting.finance.measures import (
    Array,
    discount_factors,
    payback_years,
    ratio,
)
from siting.finance.rent import rent_income, required_rent, taxes
from siting.finance.roots import irr
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


def levelised(ledger: Ledger, inputs: CashInputs, a: FinanceBook) -> dict[str, Array]:
    """Return the levelised cost of compute, in total and by line.

    The denominator is the IT capacity under contract; per MWh-IT it is that
    capacity times utilisation. The lines sum to the total.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs
    a : FinanceBook

    Returns
    -------
    dict of str to array (...)
        By glossary name [USD/kW-month, USD/MWh].
    """
    factors = discount_factors(a.wacc_pct, ledger.clock.years.size)
    worth = {
        name: (spread * factors).sum(axis=-1) for name, spread in ledger.shape.items()
    }
    kw_months = 12.0 * it_kw(inputs) * (ledger.clock.leased * factors).sum(axis=-1)
    costs = by_line((*ledger.capex, *ledger.opex), worth)
    split = {
        f"lcoc_{name}_usd_per_kw_month": ratio(usd, kw_months)
        for name, usd in costs.items()
    }
    total = sum(split.values(), start=np.zeros(()))
    mwh = HOURS_PER_MONTH * np.asarray(inputs.utilisation, dtype=np.float64) / 1000.0
    return {
        "lcoc_usd_per_kw_month": total,
        "lcoc_usd_per_mwh_it": ratio(total, mwh),
        **split,
        "contracted_kw_months_pv": kw_months,
    }


def overnight(ledger: Ledger, inputs: CashInputs) -> dict[str, Array]:
    """Return capex and a full year's operating cost in money of the price year.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs

    Returns
    -------
    dict of str to array (...)
        By glossary name [USD, USD/kW, USD/year].
    """
    ones = dict.fromkeys(ledger.shape, np.ones(()))
    capex, opex = by_line(ledger.capex, ones), by_line(ledger.opex, ones)
    total = sum(capex.values(), start=np.zeros(()))
    return {
        "capex_usd": total,
        "capex_usd_per_kw": ratio(total, it_kw(inputs)),
        **{f"capex_{name}_usd": usd for name, usd in capex.items()},
        "opex_usd_per_year": sum(opex.values(), start=np.zeros(())),
        **{f"opex_{name}_usd_per_year": usd for name, usd in opex.items()},
    }


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
        By glossary name, all positive but the free cash flow [USD].
    """
    tax = taxes(ledger, income, a)
    revenue = income + ledger.energy_usd
    spent = ledger.capex_usd + ledger.vat_usd + ledger.opex_usd
    return {
        "revenue_usd": revenue,
        "opex_usd": ledger.opex_usd,
        "capex_nominal_usd": ledger.capex_usd,
        "vat_usd": ledger.vat_usd,
        "property_tax_usd": ledger.property_tax_usd,
        "profit_tax_usd": tax,
        "free_cash_flow_usd": revenue - spent - ledger.property_tax_usd - tax,
    }


def lines_by_year(ledger: Ledger) -> dict[str, Array]:
    """Return every cost line year by year, for statements and waterfalls.

    Parameters
    ----------
    ledger : Ledger

    Returns
    -------
    dict of str to array (..., year)
        By line name, in money of the day [USD].
    """
    lines: dict[str, tuple[Line, ...]] = {}
    for line in (*ledger.capex, *ledger.opex):
        lines[line.name] = (*lines.get(line.name, ()), line)
    return {name: by_year(parts, ledger.shape) for name, parts in lines.items()}


def appraise_cash(inputs: CashInputs, a: FinanceBook, terms: CashTerms) -> Appraisal:
    """Appraise a project: costs, levelised cost, required rent and returns.

    Parameters
    ----------
    inputs : CashInputs
        Arrays with any leading dimensions that broadcast together.
    a : FinanceBook
        Book values, or arrays that broadcast with the inputs.
    terms : CashTerms

    Returns
    -------
    Appraisal
        Measures are NaN where an input is missing or power never comes.

    Notes
    -----
    Memory grows with cases times years; some tens of thousands of cases at a time,
    such as a thousand draws of 36 sites, is the fastest.
    """
    ledger = draw_up(inputs, a, terms)
    rent, income = rent_income(ledger, inputs, a, terms)
    yearly = cash_flow(ledger, income, a)
    flow = yearly["free_cash_flow_usd"]
    factors = discount_factors(a.wacc_pct, ledger.clock.years.size)
    rate, flag = irr(flow)
    began = months_into_year(terms.decision) / 12.0
    split = levelised(ledger, inputs, a)
    required = required_rent(ledger, a)
    filled = it_kw(inputs) * np.asarray(a.occupancy_pct) / 100.0
    ready = ledger.clock.ready_months
    measures = {
        "ready_months": ready,
        "energisation_year": decimal_year(terms.decision) + ready / 12.0,
        **overnight(ledger, inputs),
        **split,
        "required_rent_usd_per_kw_month": required,
        "required_all_in_usd_per_kw_month": required
        + split["lcoc_energy_usd_per_kw_month"],
        "rent_usd_per_kw_month": rent,
        "delay_usd_per_month": rent * filled,
        "npv_usd": (flow * factors).sum(axis=-1),
        "irr_pct": rate,
        "irr_flag": flag.astype(np.float64),
        "payback_years": payback_years(flow, began),
    }
    return Appraisal(
        years=ledger.clock.years, measures=aligned(measures), yearly=yearly
    )


def aligned(measures: dict[str, Array]) -> dict[str, Array]:
    """Broadcast results to one shape, so that each reads case by case."""
    full = np.broadcast_shapes(*(value.shape for value in measures.values()))
    return {name: np.broadcast_to(value, full) for name, value in measures.items()}
