"""Taxes on what is bought, its value for tax, and what is sold of it."""

from typing import NamedTuple

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import WORKS, Line, Role
from siting.finance.measures import Array, over_years, ratio
from siting.finance.regimes import TaxCalendar
from siting.finance.servers import Servers
from siting.finance.spread import by_year
from siting.finance.tax import property_tax, straight_line
from siting.finance.timeline import Timeline


class Levy(NamedTuple):
    """What is bought, the taxes on it and its value for tax (..., year) [USD]."""

    spent: Array
    vat: Array
    customs: Array
    property_tax: Array
    depreciation: Array
    left: Array
    """Value for tax when the operation ends (..., 1) [USD]."""


def works_levy(
    capex: tuple[Line, ...],
    shape: dict[str, Array],
    clock: Timeline,
    calendar: TaxCalendar,
    a: FinanceBook,
    role: Role,
) -> Levy:
    """Return the taxes on building and plant."""
    spent = by_year(capex[:-1], shape)
    kept = 1.0 - over_years(a.vat_recoverable_pct) / 100.0
    vat_usd = spent * calendar.vat_pct / 100.0 * kept
    cost = (spent + vat_usd).sum(axis=-1)
    building = building_share(capex, a, role)
    written_off = building * straight_line(clock.in_service, a.building_tax_life_years)
    written_off = written_off + (1.0 - building) * straight_line(
        clock.in_service, a.plant_tax_life_years
    )
    levied = property_tax(cost, written_off, clock.in_service, calendar.property_pct)
    return Levy(
        spent=spent,
        vat=vat_usd,
        customs=np.zeros(1),
        property_tax=levied,
        depreciation=over_years(cost) * np.diff(written_off, axis=-1),
        left=over_years(cost) * (1.0 - written_off[..., -1:]),
    )


def with_it(levy: Levy, it: Servers, usd: Array, calendar: TaxCalendar) -> Levy:
    """Return the taxes with those on the IT, what is left of which goes when it goes."""
    return Levy(
        spent=levy.spent + usd * it.spent,
        vat=levy.vat + usd * it.vat,
        customs=usd * it.customs,
        property_tax=levy.property_tax + usd * it.book * calendar.property_pct / 100.0,
        depreciation=levy.depreciation + usd * it.written_off,
        left=levy.left,
    )


def sold_at_end(
    ends: tuple[Line, ...], shape: dict[str, Array], clock: Timeline, left: Array
) -> tuple[Array, Array]:
    """Return what is fetched at the end of its use, and what of it is taxed.

    Works are taxed beyond their value for tax; that of IT is deducted as it goes.
    """
    works, it = (
        0.0 - by_year((line,), shape) if np.any(line.usd) else np.zeros(1)
        for line in ends
    )
    taxed = np.maximum(0.0, works - clock.ended * left) if works.size > 1 else works
    return (works + it, taxed + it) if it.size > 1 else (works, taxed)


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
    shell = lines["facility"] * (1.0 if role == "shell" else part)
    return over_years(ratio(shell, works))
