"""What is left for the equity once a loan is served, and whether it can be."""

from datetime import date
from typing import NamedTuple

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.debt import Debt, over_axis
from siting.finance.ledger import Ledger
from siting.finance.measures import Array, over_years, ratio
from siting.finance.rent import taxes
from siting.finance.roots import irr
from siting.finance.timeline import months_into_year

CASH = "free_cash_flow_usd"


class Earned(NamedTuple):
    """What a project earns before financing."""

    income: Array
    """Income beyond the power bill (..., year) [USD]."""
    flow: dict[str, Array]
    """The yearly cash flow at that income."""


class Held(NamedTuple):
    """A cash flow and the loan held against it, on one axis of years."""

    cash: Array
    """Cash flow before financing (..., year) [USD]."""
    debt: Debt
    saved: Array
    """Profit tax that interest saves (..., year) [USD]."""
    dividend_pct: Array
    """Tax withheld from dividends (..., year) [%]."""
    first: Array
    """Place of the first full year of operation (...) [1]."""
    per_usd: Array
    """One over the debt service; NaN where nothing is due (..., year) [1/USD]."""


def first_repayment(ready_months: Array, decision: date) -> Array:
    """Return the place of the first full calendar year of operation.

    Parameters
    ----------
    ready_months : array (...)
        From the decision to first service [months].
    decision : date

    Returns
    -------
    array (...)
        Place on the axis of years, 0 the decision year [1].
    """
    served = (months_into_year(decision) + ready_months) / 12.0
    return np.asarray(np.ceil(served - 1e-9))


def held(
    ledger: Ledger, earned: Earned, first: Array, debt: Debt, a: FinanceBook
) -> Held:
    """Set a loan against a cash flow, whose own years and leading dimensions may differ.

    Interest is deducted like any cost, and what it makes of a year's loss is carried
    forward with it.

    Parameters
    ----------
    ledger : Ledger
    earned : Earned
    first : array (...)
        Place of the first full year of operation [1].
    debt : Debt
    a : FinanceBook

    Returns
    -------
    Held
    """
    years = ledger.clock.years.size
    most = max(years, debt.drawn_usd.shape[-1])
    fitted = over_axis(debt, years)
    saved = np.zeros(1)
    if fitted.deductible_usd.any():
        less = earned.income - fitted.deductible_usd[..., :years]
        saved = earned.flow["profit_tax_usd"] - taxes(ledger, less, a)
    due = fitted.service_usd > 0.0
    return Held(
        cash=longer(earned.flow[CASH], most),
        debt=fitted,
        saved=longer(saved, most),
        dividend_pct=longer(ledger.calendar.dividend_pct, most),
        first=first,
        per_usd=np.where(due, 1.0 / np.where(due, fitted.service_usd, 1.0), np.nan),
    )


def longer(values: Array, years: int) -> Array:
    """Return yearly values over more years, with nothing in those added.

    Parameters
    ----------
    values : array (..., year)
        One value alone stands for every year.
    years : int

    Returns
    -------
    array (..., years)
    """
    more = years - values.shape[-1]
    if more <= 0 or values.shape[-1] == 1:
        return values
    return np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, more)])


def equity_flow(given: Held) -> dict[str, Array]:
    """Return the cash flow of the equity and what stands between it and the project's.

    ``cash + drawn − service − fee − rise of the reserve + tax saved``, less the tax
    withheld from what is positive. A shortfall is paid by the equity: the reserve
    is kept whole.

    Parameters
    ----------
    given : Held

    Returns
    -------
    dict of str to array (..., year)
        By glossary name [USD; the cover ratio 1].
    """
    debt = given.debt
    reserve = debt.reserve_usd.copy()
    reserve[..., 1:] -= debt.reserve_usd[..., :-1]
    moved = debt.drawn_usd - debt.service_usd - debt.fee_usd - reserve
    left = given.cash + given.saved + moved
    withheld = np.maximum(left, 0.0) * (given.dividend_pct / 100.0)
    full = left.shape
    fixed = {
        "debt_drawn_usd": debt.drawn_usd,
        "debt_interest_usd": debt.interest_usd,
        "debt_service_usd": debt.service_usd,
        "debt_balance_usd": debt.balance_usd,
        "debt_fee_usd": debt.fee_usd,
        "debt_reserve_usd": debt.reserve_usd,
    }
    return {
        **{name: np.broadcast_to(value, full) for name, value in fixed.items()},
        "interest_tax_saved_usd": np.broadcast_to(given.saved, full),
        "dividend_tax_usd": withheld,
        "equity_flow_usd": left - withheld,
        "dscr": np.broadcast_to(given.cash * given.per_usd, full),
    }


def equity_measures(given: Held, flow: dict[str, Array]) -> dict[str, Array]:
    """Return the returns of the equity and the cover of the debt.

    The loan life cover ratio is the worth of the cash flow over the years of
    repayment, at the loan's rate, over the loan. What the equity pays in is its own
    flow before the first repayment, less what it takes out in that time.

    Parameters
    ----------
    given : Held
    flow : dict of str to array (..., year)
        What `equity_flow` returned.

    Returns
    -------
    dict of str to array (...)
        By glossary name.
    """
    debt = given.debt
    rate, flag = irr(flow["equity_flow_usd"])
    payments = np.maximum((debt.service_usd > 0.0).sum(axis=-1), 1)
    covers = np.einsum("...y,...y->...", given.cash, np.nan_to_num(given.per_usd))
    worth = np.einsum("...y,...y->...", given.cash, debt.worth)
    early = np.arange(flow["equity_flow_usd"].shape[-1]) < over_years(given.first)
    paid_in = -np.einsum("...y,...y->...", flow["equity_flow_usd"], early * 1.0)
    lent = debt.amount_usd > 0.0
    return {
        "equity_irr_pct": rate,
        "equity_irr_flag": flag.astype(np.float64),
        "equity_usd": np.where(np.isfinite(given.first), paid_in, np.nan),
        "debt_usd": debt.amount_usd,
        "debt_flag": debt.flag,
        "interest_capitalised_usd": debt.capitalised_usd,
        "gearing_pct": debt.gearing_pct,
        "min_dscr": np.fmin.reduce(flow["dscr"], axis=-1),
        "avg_dscr": np.where(lent, covers / payments, np.nan),
        "llcr": ratio(worth, debt.amount_usd),
    }
