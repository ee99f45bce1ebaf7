"""From hours to the few figures a site and a system are judged by.

Every function takes operations with (site, time) arrays and returns (site,) arrays,
or (site, month) where the name says monthly.
Hours with missing weather make the figures of that site NaN, and of the months those
that hold them: absent is not zero.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from climate.cooling.plant import TRIM, Operation
from climate.psychrometrics import FloatArray

HOURS_PER_YEAR = 8760.0
DAY = 24

Figures = dict[str, FloatArray]


class Year(NamedTuple):
    """A system over the weather, twice."""

    actual: Operation
    """At the mean utilisation: energy and water."""
    full: Operation
    """At full load: capacity and pipes."""
    peak: Operation
    """At full load with any cold store at work: what the connection must carry."""
    month: NDArray[np.int64]
    """Month of each hour, 1 to 12."""


def summarise(year: Year, outage: Operation, extreme: Operation) -> Figures:
    """All figures of one system.

    Parameters
    ----------
    year
        The weather as run.
    outage
        Design day at full load with adiabatic water off.
    extreme
        Design day at full load as chosen.
    """
    return {
        **_annual(year.actual),
        **_monthly(year.actual, year.month),
        **_ledger(year.actual),
        **_hours(year.actual, year.full),
        **_full_load(year),
        "pue_peak": outage.pue[:, 0],
        "pue_peak_wet": extreme.pue[:, 0],
        "derate_pct": 100.0 * (1.0 - outage.plant.capacity_share[:, 0]),
        "trim_heat_kw_per_kw_it": outage.plant.heat_trim[:, 0],
    }


def _annual(actual: Operation) -> Figures:
    """Energy-weighted means; L/h per kW is m³/h per MW."""
    return {
        "pue_annual": actual.pue.mean(axis=-1),
        "wue_annual_l_per_kwh": actual.wue_l_per_kwh.mean(axis=-1),
        "water_m3_per_mw_year": actual.plant.water.mean(axis=-1) * HOURS_PER_YEAR,
        "blowdown_m3_per_mw_year": actual.plant.blowdown.mean(axis=-1) * HOURS_PER_YEAR,
        "seawater_m3_per_mw_year": actual.plant.seawater.mean(axis=-1) * HOURS_PER_YEAR,
    }


def _monthly(actual: Operation, month: NDArray[np.int64]) -> Figures:
    """Energy-weighted means of each calendar month, (site, month)."""
    return {
        "pue_monthly": monthly_mean(actual.pue, month),
        "wue_monthly_l_per_kwh": monthly_mean(actual.wue_l_per_kwh, month),
    }


def monthly_mean(values: FloatArray, month: NDArray[np.int64]) -> FloatArray:
    """Mean over the hours of each calendar month, (site, 12); NaN for one without."""
    starts = np.flatnonzero(np.diff(month, prepend=0))
    total = np.zeros((values.shape[0], 12))
    sums = np.add.reduceat(values, starts, axis=-1)
    columns = (month[starts] - 1).tolist()
    for column, part in zip(columns, sums.T, strict=True):
        total[:, column] += part
    hours = np.bincount(month, minlength=13)[1:].astype(np.float64)
    return total / np.where(hours > 0, hours, np.nan)


def _full_load(year: Year) -> Figures:
    """Peaks over the hours at full load, and the IT energy heat would cost."""
    plant = year.full.plant
    lost = 1.0 - plant.capacity_share
    water, first = _peak_day(plant.water)
    peak_month = year.month[np.minimum(first + DAY // 2, year.month.size - 1)]
    return {
        "pue_max": year.peak.pue.max(axis=-1),
        "curtailed_mwh_per_mw_year": lost.mean(axis=-1) * HOURS_PER_YEAR,
        "peak_water_m3_per_mw_day": water,
        "peak_water_month": np.where(water > 0, peak_month, np.nan),
    }


def _ledger(actual: Operation) -> Figures:
    """Energy of each component over IT energy: 1 + their sum is pue_annual."""
    absent = 0.0 * actual.pue.mean(axis=-1)
    return {
        f"pue_from_{name}": power.mean(axis=-1) / actual.it_power + absent
        for name, power in actual.ledger.items()
    }


def _hours(actual: Operation, full: Operation) -> Figures:
    """Hours a year in a state; capacity is judged at full load."""
    plant = actual.plant
    missing = np.isnan(actual.pue).any(axis=-1)
    per_year = HOURS_PER_YEAR / actual.pue.shape[-1]

    def hours(state: NDArray[np.bool_]) -> FloatArray:
        return np.where(missing, np.nan, state.sum(axis=-1) * per_year)

    return {
        "free_cooling_hours": hours(plant.compressors <= 0),
        "wet_hours": hours(plant.water > 0),
        "trim_hours": hours(plant.mode == TRIM),
        "shortfall_hours": hours(full.plant.heat_unmet > 0),
    }


def _peak_day(water: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Most water in any 24 consecutive hours [m³ per MW of IT and day], and when."""
    hours = water.shape[-1]
    window = min(DAY, hours)
    total = np.zeros((water.shape[0], hours + 1))
    np.cumsum(water, axis=-1, out=total[:, 1:])
    sums = total[:, window:] - total[:, : hours + 1 - window]
    most: FloatArray = sums.max(axis=-1) * (DAY / window)
    return most, sums.argmax(axis=-1)
