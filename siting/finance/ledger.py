"""The ledger: every cost, allowance and tax base of a project before its rent."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import (
    ROLES,
    CashInputs,
    Line,
    Role,
    capex_lines,
    end_lines,
    it_kw,
    it_usd,
    opex_lines,
)
from siting.finance.levies import sold_at_end, with_it, works_levy
from siting.finance.measures import Array, over_years
from siting.finance.regimes import TaxCalendar, tax_rates
from siting.finance.servers import servers
from siting.finance.spread import by_year, shapes
from siting.finance.timeline import BuildingStart, Timeline, timeline
from siting.scenario import NO_ALL_IN

Contract = Literal["pass_through", "all_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTerms:
    """What the investor decides."""

    decision: date
    """Investment decision."""
    role: Role = "colocation"
    """colocation: builds and runs all but the IT; gpu_cloud: the IT as well; shell:
    building and connection."""
    contract: Contract = "pass_through"
    """pass_through: the tenant pays the power bill; all_in: one price for both."""
    rent_usd_per_kw_month: float | None = None
    """Rent without power [USD/kW-month]; None takes the book's reference."""
    gpu_usd_per_hour: float | None = None
    """Price of a GPU-hour on new IT [USD/GPU-h]; None takes the book's."""
    debt: bool = True
    """Whether a loan is sized; without one the equity pays for all."""
    building: BuildingStart = "at_once"
    """Whether building starts at the decision or waits so as to end with the grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything the cash flow is made of, before a rent is named."""

    clock: Timeline
    calendar: TaxCalendar
    capex: tuple[Line, ...]
    opex: tuple[Line, ...]
    ends: tuple[Line, ...]
    """What is sold at the end of its use, as negative costs."""
    shape: dict[str, Array]
    """Spread of each kind of line over the years (..., year) [1]."""
    capex_usd: Array
    """Capex in money of the day (..., year) [USD]."""
    bought_usd: Array
    """Capex with its VAT and customs: what debt and equity fund (..., year) [USD]."""
    opex_usd: Array
    """Operating cost in money of the day (..., year) [USD]."""
    energy_usd: Array
    """Power bill within it, which either contract earns back; none for a GPU cloud,
    whose price includes it (..., year) [USD]."""
    vat_usd: Array
    """VAT on investment that is not recovered (..., year) [USD]."""
    customs_usd: Array
    """Customs duty on the IT (..., year) [USD]."""
    property_tax_usd: Array
    """Property tax (..., year) [USD]."""
    depreciation_usd: Array
    """Tax depreciation (..., year) [USD]."""
    sold_usd: Array
    """What works and IT fetch at the end of their use (..., year) [USD]."""
    gain_usd: Array
    """Part of it that is taxed: beyond the value left for tax (..., year) [USD]."""
    allowed_usd: Array
    """Every deductible cost but energy, less the taxed gain (..., year) [USD]."""
    unpaid_share: Array
    """Share of a year's revenue unpaid at its end (..., year) [1]."""
    rent_kw_months: Array
    """Contracted kW-months times the index of rent, or of the price of a GPU-hour for
    the age of the IT (..., year) [kW-month]."""


def draw_up(inputs: CashInputs, a: FinanceBook, terms: CashTerms) -> Ledger:
    """Draw up every cost and allowance of a project, year by year.

    Parameters
    ----------
    inputs : CashInputs
    a : FinanceBook
    terms : CashTerms

    Returns
    -------
    Ledger

    Raises
    ------
    ValueError
        For a role or a contract there is no cash flow for.
    """
    check_terms(terms)
    role = terms.role
    a = in_role(a, role)
    clock = timeline(inputs.clocks, terms.decision, terms.building, a)
    calendar = tax_rates(inputs.tax, clock.years)
    shape = shapes(clock, a)
    capex, opex = capex_lines(inputs, a, role), opex_lines(inputs, a, role)
    ends = end_lines(inputs, a, role)
    levy = works_levy(capex, shape, clock, calendar, a, role)
    if role == "gpu_cloud":
        it = servers(clock, calendar, terms.decision, a)
        shape = {**shape, "it": it.spent, "it_sold": it.sold, "rent": it.let}
        levy = with_it(levy, it, over_years(it_usd(inputs, a, role)), calendar)
    sold, gain = sold_at_end(ends, shape, clock, levy.left)
    opex_usd = by_year(opex, shape)
    earned_back = np.zeros(1) if role == "gpu_cloud" else by_year(opex[:1], shape)
    return Ledger(
        clock=clock,
        calendar=calendar,
        capex=capex,
        opex=opex,
        ends=ends,
        shape=shape,
        capex_usd=levy.spent,
        bought_usd=levy.spent + levy.vat + levy.customs,
        opex_usd=opex_usd,
        energy_usd=earned_back,
        vat_usd=levy.vat,
        customs_usd=levy.customs,
        property_tax_usd=levy.property_tax,
        depreciation_usd=levy.depreciation,
        sold_usd=sold,
        gain_usd=gain,
        allowed_usd=opex_usd
        - earned_back
        + levy.property_tax
        + levy.depreciation
        - gain,
        unpaid_share=_unpaid(clock, a),
        rent_kw_months=12.0 * over_years(it_kw(inputs)) * shape["rent"],
    )


def in_role(a: FinanceBook, role: Role) -> FinanceBook:
    """Return the book as a role reads it: a GPU cloud has its own occupancy."""
    if role != "gpu_cloud":
        return a
    return replace(a, occupancy_pct=a.gpu_occupancy_pct)


def _unpaid(clock: Timeline, a: FinanceBook) -> Array:
    """Return the share of a year's revenue that is unpaid at its end (..., year) [1].

    `working_capital_days` of the days run in the year; nothing once the operation
    is over.
    """
    if not np.any(a.working_capital_days):
        return np.zeros(1)
    due = over_years(a.working_capital_days) / 365.0
    served = clock.in_service[..., 1:]
    going = (served > 0.0) & (served < clock.in_service[..., -1:])
    return np.where(
        going, due / np.maximum(clock.operating, np.maximum(due, 1e-9)), 0.0
    )


def tied_up(revenue: Array, ledger: Ledger) -> Array:
    """Return what revenue still unpaid ties up in each year, and sets free again.

    Parameters
    ----------
    revenue : array (..., year)
        [USD].
    ledger : Ledger

    Returns
    -------
    array (..., year)
        Rise of the receivables; sums to zero [USD].
    """
    owed = revenue * ledger.unpaid_share
    rise = owed.copy()
    rise[..., 1:] -= owed[..., :-1]
    return rise


def check_terms(terms: CashTerms) -> None:
    """Refuse what there is no cash flow for.

    Raises
    ------
    ValueError
        For a role or a contract there is no cash flow for.
    """
    if terms.role not in ROLES:
        raise ValueError(
            f"no cash flow is drawn up for the role {terms.role!r}: use one of {ROLES}"
        )
    if terms.contract not in ("pass_through", "all_in"):
        raise ValueError(f"unknown contract {terms.contract!r}")
    if terms.role != "colocation" and terms.contract == "all_in":
        raise ValueError(f"{NO_ALL_IN[terms.role]}: use pass_through")
