"""One site's hours as a source gives them: what every reader returns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from climate.psychrometrics import (
    dew_point,
    saturation_pressure,
    saturation_pressure_over_water,
)

Array = npt.NDArray[np.float64]

INSTANT, HOUR_TO_COME, HOUR_GONE = 0.0, 0.5, -0.5
"""Hours from a stamp to the middle of what its value stands for."""
STATE = ("temp_air", "dew_point", "pressure", "wind_speed")
RADIATION = ("ghi", "dni", "dhi")
SOLAR_CONSTANT = 1361.0
"""What the sun gives outside the air; no hour on the ground gives more [W/m2]."""
DRIEST_PCT = 1.0
"""Relative humidity below which a reading is taken for this much [%]."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """The hours of one site, in our units, holes and habits of the source kept."""

    hours: pd.DataFrame
    """Columns of `STATE` and `RADIATION` as far as given, NaN where missing; stamps
    in UTC without a time zone. `dew_point` is over ice below 0.01 degC."""
    standing: Mapping[str, float]
    """By column, hours from the stamp to the middle of what its value stands for."""
    elevation_m: float
    """Height the figures belong to [m]; NaN: they are taken as the site's own."""
    base_year: float
    """Calendar year in the middle of the weather."""
    typical: bool = False
    """One year without a date of its own, whose end joins its beginning."""
    pressure_at_sea_level: bool = False
    """True: `pressure` is reduced to sea level and must come back to the site."""
    notes: tuple[str, ...] = ()
    """What a reader of the figures should know."""


def dew_point_from_humidity(temp_air: Array, relative_humidity: Array) -> Array:
    """Return dew point (frost point below 0.01 degC) from humidity over water.

    Parameters
    ----------
    temp_air : array
        [degC]
    relative_humidity : array
        Over liquid water, as weather services state it [%].

    Returns
    -------
    array
        [degC], at most the temperature.
    """
    humidity = np.clip(relative_humidity, DRIEST_PCT, 100.0)
    return _own(temp_air, humidity * saturation_pressure_over_water(temp_air) / 100.0)


def dew_point_from_water(temp_air: Array, dew_over_water: Array) -> Array:
    """Return dew point (frost point below 0.01 degC) from one over liquid water.

    Parameters
    ----------
    temp_air : array
        [degC]
    dew_over_water : array
        Dew point over liquid water, as weather services state it [degC].

    Returns
    -------
    array
        [degC], at most the temperature.
    """
    return _own(temp_air, saturation_pressure_over_water(dew_over_water))


def _own(temp_air: Array, vapour_pressure: Array) -> Array:
    """Return the dew point of a vapour pressure [Pa] in the convention of the house."""
    humidity = 100.0 * vapour_pressure / saturation_pressure(temp_air)
    return dew_point(temp_air, np.clip(humidity, DRIEST_PCT, 100.0))


def without_fills(values: pd.DataFrame, codes: Mapping[str, float]) -> pd.DataFrame:
    """Return the columns with everything at or beyond a fill code absent.

    Parameters
    ----------
    values : DataFrame
    codes : mapping of str to float
        Fill code by column: positive ones cut above, negative ones below.
    """
    clean = {
        name: values[name].where(
            values[name] < code if code > 0 else values[name] > code
        )
        for name, code in codes.items()
        if name in values
    }
    return values.assign(**clean)
