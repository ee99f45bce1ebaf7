"""How lines spread over the years: prices that grow, the manat's path, sums by year."""

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import Line
from siting.finance.measures import Array, over_years
from siting.finance.timeline import Timeline


def index(pct: float | Array, years: Array, a: FinanceBook) -> Array:
    """Return a price index over the years, 1 in the book's price year.

    Parameters
    ----------
    pct : float or array (...)
        Growth per year [%].
    years : array (year)
        Calendar years.
    a : FinanceBook

    Returns
    -------
    array (..., year)
        Index [1].
    """
    return np.asarray(
        (1.0 + over_years(pct) / 100.0) ** (years - over_years(a.price_year))
    )


def manat_path(years: Array, a: FinanceBook) -> Array:
    """Return manat for a dollar over the years, 1 in the price year.

    A yearly loss of value, and one devaluation at the start of a stated year; one of
    the price year or before is in its exchange rate already.

    Parameters
    ----------
    years : array (year)
        Calendar years.
    a : FinanceBook

    Returns
    -------
    array (..., year)
        Multiple of the exchange rate of the price year [1].
    """
    when = over_years(a.devaluation_year)
    fallen = (years >= when) & (when > over_years(a.price_year))
    kept = 1.0 - fallen * over_years(a.devaluation_pct) / 100.0
    return np.asarray(index(a.azn_depreciation_pct, years, a) / kept)


def shapes(clock: Timeline, a: FinanceBook) -> dict[str, Array]:
    """Return how each kind of cost spreads over the years, escalation included.

    Manat prices grow at their own rates and are divided by the manat's path
    against the dollar, 1 in the price year. IT has its own; see `servers`.

    Parameters
    ----------
    clock : Timeline
    a : FinanceBook

    Returns
    -------
    dict of str to array (..., year)
        Multiples of a line's amount that fall in each year [1].
    """
    years = clock.years.astype(np.float64)
    manat = manat_path(years, a)
    building = index(a.capex_escalation_pct, years, a)
    dollar = index(a.usd_inflation_pct, years, a)
    local = index(a.azn_inflation_pct, years, a) / manat
    power = index(a.power_escalation_pct, years, a) / manat
    return {
        "building": clock.built * building,
        "connection": clock.connected * building,
        "land": clock.held * dollar,
        "running": clock.operating * dollar,
        "staff": clock.operating * local,
        "power": clock.leased * power,
        "water": clock.leased * local,
        "rent": clock.leased * index(a.rent_escalation_pct, years, a),
        "end": clock.ended * dollar,
        "it": np.zeros(1),
        "it_sold": np.zeros(1),
    }


def by_year(lines: tuple[Line, ...], shape: dict[str, Array]) -> Array:
    """Return the yearly total of cost lines, those of one shape added first.

    Parameters
    ----------
    lines : tuple of Line
    shape : dict of str to array (..., year)

    Returns
    -------
    array (..., year)
        Cost [USD].
    """
    amounts: dict[str, Array] = {}
    for line in lines:
        amounts[line.shape] = amounts.get(line.shape, np.zeros(())) + line.usd
    total: Array = np.zeros(1)
    for name, usd in amounts.items():
        total = total + over_years(usd) * shape[name]
    return total


def by_line(lines: tuple[Line, ...], worth: dict[str, Array]) -> dict[str, Array]:
    """Return each line's amount times the worth of its shape.

    Parameters
    ----------
    lines : tuple of Line
    worth : dict of str to array (...)
        Present value of each shape [1].

    Returns
    -------
    dict of str to array (...)
        By line name [USD].
    """
    total: dict[str, Array] = {}
    for line in lines:
        value = line.usd * worth[line.shape]
        total[line.name] = total.get(line.name, np.zeros(())) + value
    return total
