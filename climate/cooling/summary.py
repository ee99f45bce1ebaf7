"""From hours to the few figures a site and a system are judged by.

Every function takes operations with (site, time) arrays and returns (site,) arrays.
Hours with missing weather make the figures of that site NaN: absent is not zero.
"""

import numpy as np
from numpy.typing import NDArray

from climate.cooling.plant import Operation
from climate.psychrometrics import FloatArray

HOURS_PER_YEAR = 8760.0
DAY = 24

Figures = dict[str, FloatArray]


def summarise(
    actual: Operation, full: Operation, outage: Operation, extreme: Operation
) -> Figures:
    """All figures of one system.

    Parameters
    ----------
    actual
        The year at the mean utilisation: energy and water.
    full
        The same year at full load: capacity and pipes.
    outage
        Design day at full load with adiabatic water off.
    extreme
        Design day at full load as chosen.
    """
    return {
        **_annual(actual),
        **_ledger(actual),
        **_hours(actual, full),
        "peak_water_m3_per_mw_day": _peak_day(full.plant.water),
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
    }


def _ledger(actual: Operation) -> Figures:
    """Energy of each component over IT energy: 1 + their sum is pue_annual."""
    return {
        f"pue_from_{name}": power.mean(axis=-1) / actual.it_power
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
        "trim_hours": hours(plant.heat_trim > 0),
        "shortfall_hours": hours(full.plant.heat_unmet > 0),
    }


def _peak_day(water: FloatArray) -> FloatArray:
    """Most water in any 24 consecutive hours [m³ per MW of IT and day]."""
    hours = water.shape[-1]
    window = min(DAY, hours)
    total = np.zeros((water.shape[0], hours + 1))
    np.cumsum(water, axis=-1, out=total[:, 1:])
    sums = total[:, window:] - total[:, : hours + 1 - window]
    most: FloatArray = sums.max(axis=-1) * (DAY / window)
    return most
