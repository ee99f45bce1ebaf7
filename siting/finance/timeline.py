"""Months and years: when money is spent, when the campus runs, how full it is.

Time is counted in months from 1 January of the decision year; the year axis
starts with that year. The campus is ready when the slowest of grid, works (after their
permits) and equipment licence is, and then runs for its life: a late connection
moves the income and leaves the building paid for.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from data.assumptions.finance import FinanceBook
from siting.finance.measures import Array, over_years

BuildingStart = Literal["at_once", "with_grid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What must be done before first service, each counted from the decision."""

    grid_months: Array
    """Months to power (...) [months]; NaN or inf where it never comes."""
    permit_months: Array
    """Months to the permits without which no works start [months]."""
    building_months: Array
    """Months the works take [months]."""
    licence_months: Array
    """Months to the equipment licence [months]; 0 where none is awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The project's calendar; arrays (..., year) unless said otherwise."""

    years: npt.NDArray[np.int64]
    """Calendar years (year): decision year to the last year of operation."""
    ready_months: Array
    """Months from decision to first service (...) [months]."""
    in_service: Array
    """Months in service by each year boundary (..., year + 1) [months]."""
    built: Array
    """Share of the building programme's capex spent in the year [1]."""
    connected: Array
    """Share of the connection's capex spent in the year [1]."""
    operating: Array
    """Share of the year the campus runs [1]."""
    leased: Array
    """Share of the year times share of the capacity under contract [1]."""
    held: Array
    """Share of the year the land is held [1]."""
    ended: Array
    """1 in the year the operation ends, else 0 [1]."""


def months_into_year(day: date) -> float:
    """Return the months gone since 1 January.

    Parameters
    ----------
    day : date

    Returns
    -------
    float
        Months [months].

    Examples
    --------
    >>> months_into_year(date(2026, 12, 1))
    11.0
    """
    return day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]


def decimal_year(day: date) -> float:
    """Return a date as years and twelfths.

    Parameters
    ----------
    day : date

    Returns
    -------
    float
        Decimal year [year].

    Examples
    --------
    >>> decimal_year(date(2033, 7, 1))
    2033.5
    """
    return day.year + months_into_year(day) / 12.0


def ready_months(clocks: Clocks) -> Array:
    """Return the months from decision to first service: the slowest clock's.

    Parameters
    ----------
    clocks : Clocks

    Returns
    -------
    array
        Months [months]; NaN where any is unknown or never done.
    """
    works = np.asarray(clocks.permit_months + clocks.building_months)
    slowest = np.maximum(np.maximum(clocks.grid_months, works), clocks.licence_months)
    return np.where(np.isfinite(slowest), slowest, np.nan)


def spent_share(elapsed: Array, first_third: Array, two_thirds: Array) -> Array:
    """Return the share of capex spent when a part of the programme has passed.

    The S-curve is straight between its two knots, at a third and two thirds of
    the time.

    Parameters
    ----------
    elapsed : array
        Part of the programme passed, 0 to 1 [1].
    first_third, two_thirds : array_like
        Share spent by then [1].

    Returns
    -------
    array
        Share spent [1].
    """
    thirds = 3.0 * elapsed
    return np.asarray(
        first_third * np.clip(thirds, 0.0, 1.0)
        + (two_thirds - first_third) * np.clip(thirds - 1.0, 0.0, 1.0)
        + (1.0 - two_thirds) * np.clip(thirds - 2.0, 0.0, 1.0)
    )


def programme(bounds: Array, start: Array, months: Array, a: FinanceBook) -> Array:
    """Return the share of a programme's capex that falls in each year.

    Parameters
    ----------
    bounds : array (year + 1)
        Year boundaries [months].
    start, months : array (...)
        Start and length of the programme [months]; less than one counts as one.
    a : FinanceBook

    Returns
    -------
    array (..., year)
        Shares that sum to one [1].
    """
    elapsed = (bounds - over_years(start)) / over_years(np.maximum(months, 1.0))
    spent = spent_share(
        np.clip(elapsed, 0.0, 1.0),
        over_years(a.spend_first_third_pct) / 100.0,
        over_years(a.spend_two_thirds_pct) / 100.0,
    )
    return np.diff(spent, axis=-1)


def leased_months(in_service: Array, a: FinanceBook) -> Array:
    """Return full-capacity months under contract since first service.

    The share let rises from `prelet_pct` to full over `lease_up_months`, of the
    stabilised occupancy.

    Parameters
    ----------
    in_service : array (..., year + 1)
        Months in service [months].
    a : FinanceBook

    Returns
    -------
    array (..., year + 1)
        Months times share of the capacity [months].
    """
    ramp = over_years(np.maximum(a.lease_up_months, 1e-9))
    climbing = np.minimum(in_service, ramp)
    filled = climbing**2 / (2.0 * ramp) + in_service - climbing
    prelet = over_years(a.prelet_pct) / 100.0
    occupied = prelet * in_service + (1.0 - prelet) * filled
    return np.asarray(over_years(a.occupancy_pct) / 100.0 * occupied)


def timeline(
    clocks: Clocks, decision: date, building: BuildingStart, a: FinanceBook
) -> Timeline:
    """Lay out the project's calendar.

    Parameters
    ----------
    clocks : Clocks
        Months each prerequisite takes; arrays (...).
    decision : date
        Investment decision.
    building : "at_once" or "with_grid"
        Whether the works start with the permits, or so as to end when the campus
        is ready.
    a : FinanceBook

    Returns
    -------
    Timeline
    """
    begin = months_into_year(decision)
    ready = ready_months(clocks)
    life = 12.0 * np.asarray(a.life_years, dtype=np.float64)
    end: Array = np.asarray(begin + ready + life, dtype=np.float64)
    known = end[np.isfinite(end)]
    last = float(known.max(initial=begin + float(np.max(life))))
    count = int(np.ceil(last / 12.0 - 1e-9))
    bounds = 12.0 * np.arange(count + 1, dtype=np.float64)
    in_service = np.clip(bounds - over_years(begin + ready), 0.0, over_years(life))
    over = in_service >= over_years(life)
    held = np.clip(bounds - begin, 0.0, over_years(end - begin))
    late = building == "with_grid"
    wait = np.subtract(ready, clocks.building_months) if late else clocks.permit_months
    start: Array = np.asarray(wait, dtype=np.float64) + begin
    grid: Array = np.where(np.isfinite(ready), clocks.grid_months, np.nan)
    return Timeline(
        years=decision.year + np.arange(count),
        ready_months=ready,
        in_service=in_service,
        built=programme(bounds, start, clocks.building_months, a),
        connected=programme(bounds, np.full((), begin), grid, a),
        operating=np.diff(in_service, axis=-1) / 12.0,
        leased=np.diff(leased_months(in_service, a), axis=-1) / 12.0,
        held=np.diff(held, axis=-1) / 12.0,
        ended=np.diff(over, axis=-1).astype(np.float64),
    )
