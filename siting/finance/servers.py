"""The IT of a GPU cloud: bought for first service, renewed, sold, and what it earns.

Every figure is a multiple of the price of all IT in money of the price year. A set
of IT serves `it_life_years`; the next is bought only if at least
`it_least_remainder_years` of the operation are left, and otherwise the old one
serves to the end.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import HOURS_PER_MONTH
from siting.finance.measures import Array, over_years
from siting.finance.regimes import TaxCalendar
from siting.finance.spread import index
from siting.finance.timeline import Timeline, leased_months, months_into_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """The IT over the years; arrays (..., year), multiples of its price."""

    spent: Array
    """Price paid [1]."""
    customs: Array
    """Customs duty paid [1]."""
    vat: Array
    """VAT not recovered [1]."""
    sold: Array
    """Purchase price of what goes out of use [1]."""
    written_off: Array
    """Tax depreciation, with what is left of it when it goes [1]."""
    book: Array
    """Mean of opening and closing net book value [1]."""
    let: Array
    """Share of the year and of the IT let, times the price for its age [1]."""


def gpu_hours_per_kw_month(a: FinanceBook) -> Array:
    """Return the GPU-hours that a kilowatt of IT under contract delivers in a month.

    ``730 · goodput / kW per GPU``, networking and storage in the kilowatts.

    Parameters
    ----------
    a : FinanceBook

    Returns
    -------
    array (...)
        [GPU-h/kW-month].
    """
    good = np.asarray(a.gpu_goodput_pct, dtype=np.float64) / 100.0
    return np.asarray(HOURS_PER_MONTH * good / a.kw_per_gpu)


def servers(
    clock: Timeline, calendar: TaxCalendar, decision: date, a: FinanceBook
) -> Servers:
    """Return the purchases, taxes, write-offs and earning power of the IT.

    Parameters
    ----------
    clock : Timeline
    calendar : TaxCalendar
    decision : date
    a : FinanceBook

    Returns
    -------
    Servers
    """
    most = int(np.ceil(np.max(a.life_years) / np.min(a.it_life_years)))
    sets = [_set(number, clock, calendar, decision, a) for number in range(most)]
    names = Servers.__slots__
    return Servers(**{n: sum(getattr(one, n) for one in sets) for n in names})


def _set(
    number: int, clock: Timeline, calendar: TaxCalendar, decision: date, a: FinanceBook
) -> Servers:
    """Return what one set of IT adds, the first being number 0."""
    first, last, bought = _service(number, clock, a)
    spent = bought * _paid(first, clock, decision, a)
    customs = spent * calendar.customs_pct / 100.0
    kept = 1.0 - over_years(a.vat_recoverable_pct) / 100.0
    vat = (spent + customs) * calendar.it_vat_pct / 100.0 * kept
    cost = (spent + customs + vat).sum(axis=-1, keepdims=True)
    used = np.clip(clock.in_service, first, np.maximum(first, last))
    age = used - first
    gone = clock.in_service >= last
    share = np.minimum(age / (12.0 * over_years(a.it_tax_life_years)), 1.0)
    written = np.where(gone, 1.0, share)
    book = cost * np.where((age > 0.0) & ~gone, 1.0 - share, 0.0)
    mean_age = 0.5 * (age[..., 1:] + age[..., :-1]) / 12.0
    price = (1.0 - over_years(a.gpu_price_fall_pct) / 100.0) ** mean_age
    let = np.diff(leased_months(used, a), axis=-1) / 12.0
    return Servers(
        spent=spent,
        customs=customs,
        vat=vat,
        sold=np.diff(gone, axis=-1) * spent.sum(axis=-1, keepdims=True),
        written_off=cost * np.diff(written, axis=-1),
        book=0.5 * (book[..., 1:] + book[..., :-1]),
        let=bought * let * price,
    )


def _service(
    number: int, clock: Timeline, a: FinanceBook
) -> tuple[Array, Array, Array]:
    """Return the months of service between which a set serves, and whether it is bought."""
    life = clock.in_service[..., -1:]
    length = 12.0 * over_years(a.it_life_years)
    least = 12.0 * over_years(a.it_least_remainder_years)
    first = number * length
    left = life - first
    bought = (left > 0.0) & ((left >= least) | (number == 0))
    renewed = (left > length) & (left - length >= least)
    return first, np.where(renewed, first + length, life), bought.astype(np.float64)


def _paid(first: Array, clock: Timeline, decision: date, a: FinanceBook) -> Array:
    """Return the price of one set by year: a straight line over the lead time."""
    begin = months_into_year(decision)
    served = begin + over_years(clock.ready_months) + first
    opened = np.maximum(begin, served - over_years(a.it_lead_months))
    bounds = 12.0 * np.arange(clock.years.size + 1, dtype=np.float64)
    whole = np.maximum(served - opened, 1e-9)
    share = np.diff(np.clip((bounds - opened) / whole, 0.0, 1.0), axis=-1)
    rise = index(a.it_price_change_pct, clock.years.astype(np.float64), a)
    return np.asarray(share * rise)
