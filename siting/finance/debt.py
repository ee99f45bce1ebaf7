"""Debt: sized once on given cash flows, then a fixed schedule whatever comes.

Drawn in proportion to the costs that it funds, half a year's interest in the year
of a draw; interest is added to the loan until the first full year of operation and
repayment is sculpted from then on. Cash flow available for debt service is that
before financing: the tax that interest saves goes to the equity.
"""

from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import Role
from siting.finance.measures import Array, over_years, ratio

DEBT_FLAGS: Final = (
    "cover ratio holds",
    "gearing cap holds",
    "no cash flow to lend on",
    "no debt asked for",
    "cash flow unknown",
)
"""What a debt flag says, by its number."""


LEAST: Final = 1.0
"""A loan smaller than this is none [USD]."""
PER_CASE: Final = ("amount_usd", "capitalised_usd", "gearing_pct", "flag")
"""Fields of a debt that have no years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """What a lender asks; arrays (...)."""

    rate_pct: Array
    """Interest per year [%]."""
    cover: Array
    """Least cash flow over debt service [1]."""
    gearing_pct: Array
    """Most debt over what it funds together with equity [%]."""
    tenor_years: Array
    """Years of repayment [years]."""
    fee_pct: Array
    """Upfront fee on the loan [%]."""
    reserve_months: Array
    """Months of the coming year's service kept in reserve [months]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A loan with its whole schedule."""

    amount_usd: Array
    """Loan when repayment starts, capitalised interest in it (...) [USD]."""
    capitalised_usd: Array
    """Interest within it, of the time before repayment (...) [USD]."""
    gearing_pct: Array
    """Loan over what it and the equity fund: costs, capitalised interest, fee and the
    first reserve (...) [%]."""
    flag: Array
    """What holds it, a place in `DEBT_FLAGS` (...) [1]."""
    drawn_usd: Array
    """Cash drawn (..., year) [USD]."""
    interest_usd: Array
    """Interest accrued (..., year) [USD]."""
    service_usd: Array
    """Interest and principal paid (..., year) [USD]."""
    balance_usd: Array
    """Loan outstanding at the end of the year (..., year) [USD]."""
    fee_usd: Array
    """Upfront fee (..., year) [USD]."""
    reserve_usd: Array
    """Reserve account at the end of the year (..., year) [USD]."""
    deductible_usd: Array
    """Interest paid, and capitalised interest and fee in equal parts over the years of
    repayment (..., year) [USD]."""
    worth: Array
    """Worth at the start of repayment of 1 in each year of it, else 0 (..., year) [1]."""


def loan_terms(a: FinanceBook, role: Role) -> Loan:
    """Return what a lender asks of a role: a GPU cloud has no long lease to lend on.

    Parameters
    ----------
    a : FinanceBook
    role : Role

    Returns
    -------
    Loan
    """
    merchant = role == "gpu_cloud"
    short = np.minimum(a.debt_tenor_gpu_years, a.it_life_years)
    return Loan(
        rate_pct=np.asarray(a.debt_rate_pct),
        cover=np.asarray(a.dscr_merchant if merchant else a.dscr_leased),
        gearing_pct=np.asarray(a.gearing_cap_pct),
        tenor_years=np.asarray(short if merchant else a.debt_tenor_years),
        fee_pct=np.asarray(a.debt_fee_pct),
        reserve_months=np.asarray(a.dsra_months),
    )


def size_debt(
    cash: Array, costs: Array, first: Array, loan: Loan, *, wanted: bool = True
) -> Debt:
    """Size a loan and lay out its schedule.

    The most that cash flow carries is ``Σ max(cash, 0)/cover/(1 + r)^n`` over the
    years of repayment. Drawn as a share x of the costs, it grows to ``x·W`` with
    ``W = Σ costs·(1 + r/2)·(1 + r)^n``; the gearing cap γ allows
    ``D ≤ γ·(costs + D·(1 − costs/W) + fee + reserve)``, which is linear in D. Below
    the most, every payment shrinks alike, so the cover ratio stays level.

    Parameters
    ----------
    cash : array (..., year)
        Cash flow after tax and before financing [USD].
    costs : array (..., year)
        What debt and equity fund; counted before `first` [USD].
    first : array (...)
        Place of the first year of repayment; NaN where the campus never runs [1].
    loan : Loan
    wanted : bool
        False: no loan.

    Returns
    -------
    Debt
    """
    rate = over_years(loan.rate_pct) / 100.0
    funded = np.where(np.arange(cash.shape[-1]) < over_years(first), costs, 0.0)
    worth = _worth(cash.shape[-1], first, loan)
    most = np.where(worth > 0.0, np.maximum(cash, 0.0), 0.0) / _cover(loan)
    # Years after the last payment are none of repayment, however long the axis is.
    worth = np.where(most[..., ::-1].cumsum(axis=-1)[..., ::-1] > 0.0, worth, 0.0)
    carried = (most * worth).sum(axis=-1)
    grown = _grown(funded, first, rate)
    reserve = loan.reserve_months / 12.0 * ratio(_at_first(most, first), carried)
    capped = _capped(funded.sum(axis=-1), grown, np.nan_to_num(reserve), loan)
    known = np.isfinite(carried + capped)
    amount = np.where(known, np.minimum(carried, capped), np.nan)
    amount = np.where(amount < LEAST, 0.0, amount if wanted else 0.0)
    flag = np.select(
        [np.full(known.shape, not wanted), ~known, ~(amount > 0.0), carried > capped],
        [3, 4, 2, 1],
        default=0,
    ).astype(np.float64)
    drawn = funded * _share(amount, grown)
    service = most * _share(amount, carried)
    return _schedule(
        _Sized(amount, flag, drawn, service, worth, first, funded.sum(axis=-1)), loan
    )


def _worth(years: int, first: Array, loan: Loan) -> Array:
    """Return the worth at the start of repayment of 1 in each of its years."""
    place = np.arange(years) - over_years(first)
    within = (place >= 0.0) & (place < np.round(over_years(loan.tenor_years)))
    rate = over_years(loan.rate_pct) / 100.0
    return np.where(within, (1.0 + rate) ** -(np.where(within, place, 0.0) + 1.0), 0.0)


def _cover(loan: Loan) -> Array:
    cover = over_years(loan.cover)
    return np.where(cover > 0.0, cover, np.inf)


def _share(part: Array, whole: Array) -> Array:
    """Return a share of nothing as nothing."""
    return over_years(np.where(part == 0.0, 0.0, ratio(part, whole)))


def _grown(funded: Array, first: Array, rate: Array) -> Array:
    """Return what the loan would be at first repayment were it to fund all costs."""
    years = np.maximum(over_years(first) - 1.0 - np.arange(funded.shape[-1]), 0.0)
    return np.asarray(
        (funded * (1.0 + rate / 2.0) * (1.0 + rate) ** years).sum(axis=-1)
    )


def _at_first(values: Array, first: Array) -> Array:
    place = np.arange(values.shape[-1]) == over_years(first)
    return np.asarray((values * place).sum(axis=-1))


def _capped(costs: Array, grown: Array, reserve: Array, loan: Loan) -> Array:
    """Return the most debt that the gearing cap allows, never more than all costs."""
    cap = loan.gearing_pct / 100.0
    interest = 1.0 - np.where(grown > 0.0, costs / np.where(grown > 0, grown, 1.0), 1.0)
    left = 1.0 - cap * (interest + loan.fee_pct / 100.0 + reserve)
    most = np.where(left > 0.0, cap * costs / np.where(left > 0.0, left, 1.0), np.inf)
    return np.minimum(most, grown)


class _Sized(NamedTuple):
    """A loan's size and its payments, before they are followed year by year."""

    amount: Array
    flag: Array
    drawn: Array
    service: Array
    worth: Array
    first: Array
    costs: Array


def _schedule(sized: _Sized, loan: Loan) -> Debt:
    """Return the loan year by year."""
    amount, flag, drawn, service, worth, first, costs = sized
    rate = over_years(loan.rate_pct) / 100.0
    full = np.broadcast_shapes(drawn.shape, service.shape, (*amount.shape, 1))
    drawn, service = np.broadcast_to(drawn, full), np.broadcast_to(service, full)
    balance, interest = np.zeros(full), np.zeros(full)
    before = np.zeros(full[:-1])
    for year in range(full[-1]):
        draw = drawn[..., year]
        interest[..., year] = (before + draw / 2.0) * rate[..., 0]
        before = before + draw + interest[..., year] - service[..., year]
        balance[..., year] = before
    repaying = np.broadcast_to(worth > 0.0, full)
    start = np.arange(full[-1]) == 0
    fee = start * over_years(amount * loan.fee_pct / 100.0)
    ahead = np.zeros(full)
    ahead[..., :-1] = service[..., 1:]
    paid = np.where(repaying, interest, 0.0)
    rolled = (interest - paid).sum(axis=-1)
    years = np.maximum(repaying.sum(axis=-1, keepdims=True), 1)
    reserve = over_years(loan.reserve_months) / 12.0 * ahead
    spread = over_years(rolled + fee.sum(axis=-1)) / years
    uses = costs + rolled + fee.sum(axis=-1) + _at_first(reserve, first - 1.0)
    return Debt(
        amount_usd=amount,
        capitalised_usd=rolled,
        gearing_pct=100.0 * ratio(amount, uses),
        flag=np.broadcast_to(flag, amount.shape),
        drawn_usd=drawn,
        interest_usd=interest,
        service_usd=service,
        balance_usd=balance,
        fee_usd=np.broadcast_to(fee, full),
        reserve_usd=reserve,
        deductible_usd=paid + repaying * spread,
        worth=np.broadcast_to(worth, full),
    )


def over_axis(debt: Debt, years: int) -> Debt:
    """Return the schedule over so many years, none of it lost.

    Parameters
    ----------
    debt : Debt
    years : int
        At least as many as the schedule has payments.

    Returns
    -------
    Debt
    """
    have = debt.drawn_usd.shape[-1]
    if have == years:
        return debt

    def fitted(name: str) -> Array:
        value = np.asarray(getattr(debt, name))
        if name in PER_CASE:
            return value
        more = [(0, 0)] * (value.ndim - 1) + [(0, max(years - have, 0))]
        return np.pad(value, more)[..., : max(years, have)]

    return Debt(**{field.name: fitted(field.name) for field in fields(Debt)})
