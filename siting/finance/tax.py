"""Depreciation, property tax, and profit tax with losses carried forward."""

import numpy as np

from siting.finance.measures import Array, over_years
from siting.finance.regimes import TaxCalendar


def straight_line(in_service: Array, life_years: float | Array) -> Array:
    """Return the share of an asset's cost written off by each year boundary.

    Parameters
    ----------
    in_service : array (..., year + 1)
        Months in service [months].
    life_years : array_like
        Tax life [years].

    Returns
    -------
    array (..., year + 1)
        Share written off [1].
    """
    return np.minimum(in_service / (12.0 * over_years(life_years)), 1.0)


def property_tax(
    cost: Array, written_off: Array, in_service: Array, pct: Array
) -> Array:
    """Return property tax on the mean of opening and closing net book value.

    Parameters
    ----------
    cost : array (...)
        Depreciable cost [USD].
    written_off : array (..., year + 1)
        Share of the cost depreciated by each boundary [1].
    in_service : array (..., year + 1)
        Months in service [months]; an asset not yet in service is not taxed.
    pct : array (..., year)
        Rate [%].

    Returns
    -------
    array (..., year)
        Property tax [USD].
    """
    running = (in_service > 0.0) & (in_service < in_service[..., -1:])
    book = np.where(running, 1.0 - written_off, 0.0) * over_years(cost)
    return np.asarray(0.5 * (book[..., 1:] + book[..., :-1]) * pct / 100.0)


def profit_tax(income: Array, calendar: TaxCalendar, keep_years: int) -> Array:
    """Return profit tax with losses carried forward, the oldest used first.

    Only the taxed share of a year's income counts, as gain or as loss: an exempt
    year neither uses up nor adds losses. A loss is lost after `keep_years`.

    Parameters
    ----------
    income : array (..., year)
        Taxable income before losses brought forward [USD].
    calendar : TaxCalendar
    keep_years : int
        Years a loss may be carried forward [years].

    Returns
    -------
    array (..., year)
        Profit tax [USD].
    """
    gains = taxed_gains(np.moveaxis(income * calendar.taxed_share, -1, 0), keep_years)
    # Years lie side by side again: sums over them round alike for one case and many.
    taxed = np.ascontiguousarray(np.moveaxis(gains, 0, -1))
    return taxed * calendar.profit_pct / 100.0


def taxed_gains(base: Array, keep_years: int) -> Array:
    """Return what is left of each year's gain once losses are set against it.

    Parameters
    ----------
    base : array (year, ...)
        Taxable income before losses brought forward [USD].
    keep_years : int
        Years a loss may be carried forward [years].

    Returns
    -------
    array (year, ...)
        [USD].
    """
    gains = np.maximum(base, 0.0, order="C")
    losses = np.subtract(gains, base, order="C")
    lost = [bool(loss.any()) for loss in losses]
    for year in range(1, base.shape[0]):
        for earlier in range(max(year - keep_years, 0), year):
            if lost[earlier]:
                used = np.minimum(losses[earlier], gains[year])
                gains[year] -= used
                losses[earlier] -= used
    return gains
