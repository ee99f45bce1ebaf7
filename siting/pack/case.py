"""The case of one site: what the engine was given, and what it made of it."""

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from data import World
from data.assumptions.rooms import Assumptions
from data.faults import Fault, InputError
from siting.appraisal import cash_inputs, cash_terms, finance_book
from siting.finance import (
    Appraisal,
    CashInputs,
    CashTerms,
    Ledger,
    appraise_cash,
    draw_up,
    lines_by_year,
)
from siting.finance.measures import Array
from siting.scenario import Scenario

SAID_OTHERWISE = {"capex_nominal_usd": "capex_usd", "residual_usd": "sold_usd"}
"""Yearly figures whose name in the sheets is another."""
WITH_GAPS = ("dscr",)
"""Yearly figures that have no number in some years."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Money:
    """The engine's answer at one set of numbers."""

    inputs: CashInputs
    terms: CashTerms
    ledger: Ledger
    appraisal: Appraisal

    def measure(self, name: str) -> float:
        """Return one result."""
        return float(np.ravel(self.appraisal.measures[name])[0])

    def rows(self) -> dict[str, tuple[float, ...]]:
        """Return every yearly figure that the sheets reckon too, by their names."""
        ledger = self.ledger
        lines = {f"{name}_usd": usd for name, usd in lines_by_year(ledger).items()}
        yearly = {
            SAID_OTHERWISE.get(name, name): usd
            for name, usd in self.appraisal.yearly.items()
            if name not in WITH_GAPS
        }
        given = {**lines, **yearly, "depreciation_usd": ledger.depreciation_usd}
        return {name: _years(usd, self.appraisal) for name, usd in given.items()}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case:
    """One site with a cash flow."""

    site: str
    here: xr.Dataset
    """The evaluation of the site alone, its dim kept."""
    scenario: Scenario
    world: World
    """As built."""
    a: Assumptions
    money: Money

    def metric(self, name: str) -> float:
        """Return a metric of the site."""
        return float(self.here[name].item())

    def word(self, name: str) -> str:
        """Return what a metric of words says of the site."""
        return str(self.here[name].item())


def _years(usd: Array, appraisal: Appraisal) -> tuple[float, ...]:
    """Return a yearly figure over all the years of the appraisal."""
    count = appraisal.years.size
    given = np.ravel(np.asarray(usd, dtype=np.float64))
    full = np.broadcast_to(given, count) if given.size == 1 else given
    return tuple(float(v) for v in np.pad(full, (0, count - full.size)))


def money_of(
    here: xr.Dataset,
    scenario: Scenario,
    world: World,
    a: Assumptions,
    inputs: CashInputs | None = None,
) -> Money:
    """Return the engine's answer for a site, the design as it was chosen.

    A shell without a stated rent earns the rent it requires, as no other is known.

    Parameters
    ----------
    here : Dataset
        The evaluation of one site, dim `site` kept.
    scenario : Scenario
    world : World
        As built.
    a : Assumptions
        Numbers in force, or others in their place.
    inputs : CashInputs, optional
        Where they are known already.
    """
    inputs = inputs or cash_inputs(here, world, scenario, a)
    book, terms = finance_book(world, a), cash_terms(scenario)
    appraisal = appraise_cash(inputs, book, terms)
    if not np.isfinite(appraisal.measures["rent_usd_per_kw_month"]).all():
        rent = float(np.ravel(appraisal.measures["required_rent_usd_per_kw_month"])[0])
        terms = replace(terms, rent_usd_per_kw_month=rent)
        appraisal = appraise_cash(inputs, book, terms)
    ledger = draw_up(inputs, book, terms)
    return Money(inputs=inputs, terms=terms, ledger=ledger, appraisal=appraisal)


def has_cash_flow(here: xr.Dataset) -> bool:
    """Return whether a site's money could be reckoned."""
    needed = ("it_mw", "lcoc_usd_per_kw_month", "ready_months")
    return all(bool(np.isfinite(here[name]).all()) for name in needed)


def case_of(
    evaluation: xr.Dataset, site: str, scenario: Scenario, world: World, a: Assumptions
) -> Case:
    """Return the case of a site.

    Parameters
    ----------
    evaluation : Dataset
        With the site, all dims.
    site : str
    scenario : Scenario
    world : World
        As built.
    a : Assumptions
        The numbers in force.

    Raises
    ------
    InputError
        If the site has no cash flow, with the reason.
    """
    here = evaluation.sel(site=[site])
    if not has_cash_flow(here):
        why = str(here["infeasible_because"].item()) or "a figure it needs is absent"
        expected = f"a site with a cash flow (none here: {why})"
        raise InputError([Fault("SITE", None, "", site, expected)])
    money = money_of(here, scenario, world, a)
    return Case(site=site, here=here, scenario=scenario, world=world, a=a, money=money)
