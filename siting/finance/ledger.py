"""The ledger: every cost, allowance and tax base of a project before its rent."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import (
    ROLES,
    WORKS,
    CashInputs,
    Line,
    Role,
    by_year,
    capex_lines,
    it_kw,
    opex_lines,
    shapes,
)
from siting.finance.measures import Array, over_years, ratio
from siting.finance.regimes import TaxCalendar, tax_rates
from siting.finance.tax import property_tax, straight_line
from siting.finance.timeline import BuildingStart, Timeline, timeline

Contract = Literal["pass_through", "all_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTerms:
    """What the investor decides."""

    decision: date
    """Investment decision."""
    role: Role = "colocation"
    """colocation: builds and runs all but the IT; shell: building and connection."""
    contract: Contract = "pass_through"
    """pass_through: the tenant pays the power bill; all_in: one price for both."""
    rent_usd_per_kw_month: float | None = None
    """Rent without power [USD/kW-month]; None takes the book's reference."""
    building: BuildingStart = "at_once"
    """Whether building starts at the decision or waits so as to end with the grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything the cash flow is made of, before a rent is named."""

    clock: Timeline
    calendar: TaxCalendar
    capex: tuple[Line, ...]
    opex: tuple[Line, ...]
    shape: dict[str, Array]
    """Spread of each kind of line over the years (..., year) [1]."""
    capex_usd: Array
    """Capex in money of the day (..., year) [USD]."""
    opex_usd: Array
    """Operating cost in money of the day (..., year) [USD]."""
    energy_usd: Array
    """Power bill within it, which either contract earns back (..., year) [USD]."""
    vat_usd: Array
    """VAT on investment that is not recovered (..., year) [USD]."""
    property_tax_usd: Array
    """Property tax (..., year) [USD]."""
    depreciation_usd: Array
    """Tax depreciation (..., year) [USD]."""
    rent_kw_months: Array
    """Contracted kW-months times the rent index (..., year) [kW-month]."""


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
    clock = timeline(inputs.clocks, terms.decision, terms.building, a)
    calendar = tax_rates(inputs.tax, clock.years)
    shape = shapes(clock, a)
    capex, opex = capex_lines(inputs, a, terms.role), opex_lines(inputs, a, terms.role)
    capex_usd = by_year(capex, shape)
    kept = 1.0 - over_years(a.vat_recoverable_pct) / 100.0
    vat_usd = capex_usd * calendar.vat_pct / 100.0 * kept
    cost = (capex_usd + vat_usd).sum(axis=-1)
    building = building_share(capex, a, terms.role)
    written_off = building * straight_line(clock.in_service, a.building_tax_life_years)
    written_off = written_off + (1.0 - building) * straight_line(
        clock.in_service, a.plant_tax_life_years
    )
    return Ledger(
        clock=clock,
        calendar=calendar,
        capex=capex,
        opex=opex,
        shape=shape,
        capex_usd=capex_usd,
        opex_usd=by_year(opex, shape),
        energy_usd=by_year(opex[:1], shape),
        vat_usd=vat_usd,
        property_tax_usd=property_tax(
            cost, written_off, clock.in_service, calendar.property_pct
        ),
        depreciation_usd=over_years(cost) * np.diff(written_off, axis=-1),
        rent_kw_months=12.0 * over_years(it_kw(inputs)) * shape["rent"],
    )


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
    if terms.role == "shell" and terms.contract == "all_in":
        raise ValueError("a shell's tenant buys its own power: use pass_through")


def building_share(capex: tuple[Line, ...], a: FinanceBook, role: Role) -> Array:
    """Return the part of the capex depreciated as building, the rest as plant.

    Parameters
    ----------
    capex : tuple of Line
    a : FinanceBook
    role : Role

    Returns
    -------
    array (..., 1)
        Share [1].
    """
    lines = {line.name: line.usd for line in capex[:WORKS]}
    works = sum(lines.values(), start=np.zeros(()))
    whole = a.facility_capex_usd_per_kw
    fitted = whole - a.cooling_in_facility_usd_per_kw
    part = np.asarray(a.shell_share_pct) / 100.0 * whole / fitted
    shell = lines["facility"] * (part if role == "colocation" else 1.0)
    return over_years(ratio(shell, works))
