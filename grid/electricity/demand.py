"""National demand hour by hour, in a year whose hours nobody has published.

Four figures are known of it: the peak and its hour, the mean day of each month, the
load factor of the record day and that of the year. The shape between them is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from grid.electricity.tariff import BAKU_UTC_OFFSET_H

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

DAYS_IN_MONTH: Final = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
MONTH_OF_DAY: Final[IntArray] = np.repeat(np.arange(12), DAYS_IN_MONTH)
DAY_OF_MONTH: Final[IntArray] = np.concatenate([np.arange(n) for n in DAYS_IN_MONTH])
"""Both from 0; a year of 365 days."""
HOT: Final = (5, 6, 7, 8)
"""Months, from 0, whose extreme day is a hot one: June to September."""
LONG_DAYS: Final = (4, 5, 6, 7, 8)
"""Months whose daily peak is that of the afternoon: May to September."""
RECORD_MONTH: Final = 7
RECORD_DAY: Final = 5
"""6 August, the record day, counted from 0."""


def monthly_factors(world: World, quantity: str) -> FloatArray:
    """Return a table's twelve factors per day, brought to a mean of one over the year.

    Parameters
    ----------
    world
        With `load_profile`.
    quantity
        Of its rows, `month 01` to `month 12`.
    """
    table = world.tables["load_profile"]
    rows = table[table["quantity"] == quantity].sort_values("period")
    factor: FloatArray = rows["value"].to_numpy(dtype=np.float64)
    mean = np.average(factor, weights=DAYS_IN_MONTH)
    return factor / float(mean)


def day_factors(month: FloatArray, a: PowerBook) -> FloatArray:
    """Return each day's load over the year's mean (365,).

    ``f = m · (1 + s · cos 2π (d − d₀)/n)``, d₀ the 6th of the month: the cosine
    leaves the month's mean alone. In the hot months s makes 6 August the record day,
    ``m · (1 + s) = day load factor / load factor`` read the other way round; in the
    others it brings the highest day to the winter peak of the reference states.

    Parameters
    ----------
    month
        (12,) load per day over the year's mean.
    a
        Load factors, winter peak over the yearly one.
    """
    record = a.demand_day_load_factor / a.demand_load_factor
    cold = np.setdiff1d(np.arange(12), HOT)
    swing = np.full(12, a.network_winter_load * record / month[cold].max() - 1.0)
    swing[list(HOT)] = record / month[RECORD_MONTH] - 1.0
    phase = (DAY_OF_MONTH - RECORD_DAY) / DAYS_IN_MONTH[MONTH_OF_DAY]
    factor: FloatArray = month[MONTH_OF_DAY] * (
        1.0 + swing[MONTH_OF_DAY] * np.cos(2.0 * np.pi * phase)
    )
    return factor


def hour_factors(peak_hour: float, a: PowerBook) -> FloatArray:
    """Return each local hour's load over the day's mean (24,).

    Half a cosine up from the trough to the peak and half a cosine down, of the
    amplitude ``1 / day load factor − 1``; the two halves leave the mean alone where
    trough and peak are whole hours.

    Parameters
    ----------
    peak_hour
        Hour of the peak, local clock.
    a
        Hour of the trough, load factor of a day.
    """
    since = (np.arange(24.0) - a.demand_trough_hour) % 24.0
    rise = (peak_hour - a.demand_trough_hour) % 24.0
    up = -np.cos(np.pi * since / max(rise, 1.0))
    down = np.cos(np.pi * (since - rise) / max(24.0 - rise, 1.0))
    wave = np.where(since < rise, up, down)
    factor: FloatArray = 1.0 + (1.0 / a.demand_day_load_factor - 1.0) * wave
    return factor


def to_utc(local: FloatArray) -> FloatArray:
    """Return hours of a year on the clock of Baku (..., 8760) in the order of UTC."""
    return np.roll(local, -BAKU_UTC_OFFSET_H, axis=-1)


def national_demand_mw(world: World, year: int, a: PowerBook) -> FloatArray:
    """Return the hourly demand of a year before new campuses, losses in it [MW].

    ``P₂₀₂₅ (1 + g)^(year − 2025) · load factor · day factor · hour factor``

    Parameters
    ----------
    world
        With `load_profile`.
    year
        Calendar year; every year has 365 days.
    a
        Peak, growth, load factors, hours of peak and trough.

    Returns
    -------
    FloatArray
        (8760,), UTC.
    """
    growth = 1.0 + a.network_peak_growth_pct / 100.0
    peak = a.network_peak_mw * growth ** (year - a.network_peak_year)
    days = day_factors(monthly_factors(world, "monthly_shape_factor"), a)
    long, short = (
        hour_factors(hour, a)
        for hour in (a.demand_summer_peak_hour, a.demand_winter_peak_hour)
    )
    hours = np.where(np.isin(MONTH_OF_DAY, LONG_DAYS)[:, None], long, short)
    local = peak * a.demand_load_factor * days[:, None] * hours
    return to_utc(local.ravel())
