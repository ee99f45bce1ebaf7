"""Case 1 of the published model: outdoor air, else chillers and towers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from climate.cooling.hall import HEAT_CAPACITY_AIR
from climate.cooling.reference.hall import (
    Demand,
    State,
    fan_per_volume,
    hyperscale,
)
from climate.cooling.reference.water import chilled
from climate.cooling.tower import approach
from climate.psychrometrics import (
    FloatArray,
    density,
    enthalpy,
    humidity_ratio,
    wet_bulb,
)
from data.assumptions.cooling import CoolingBook
from data.assumptions.lei_compat import LeiCompatBook


class Intake(NamedTuple):
    """Supply air of an open hall, and the water that makes it."""

    temp: FloatArray
    """Supply air [degC]."""
    ratio: FloatArray
    """Its humidity ratio [kg/kg]."""
    water: FloatArray
    """Evaporated into it per kg/s of supply air [kg/s]."""


def airside(state: State, a: CoolingBook, lei: LeiCompatBook) -> Demand:
    """Case 1: outdoor air while it is cool and neither damp nor humid, else chillers.

    A shut hall is supplied at the upper temperature, or, where it is the humidity and
    not the heat that shut it, at the upper dew point; its humidity is the greatest
    allowed.
    """
    hall = hyperscale(a, lei)
    wettest = most_humid(state, a)
    closed = is_closed(state, wettest, a, lei)
    bulb = np.asarray(wet_bulb(*state))
    plant = chilled(1.0, bulb + approach(bulb, a), hall, state, (a, lei))
    intake = supply_air(state, a, lei)
    hot = state.temp >= a.air_supply_c
    shut_c = np.where(hot, a.air_supply_c, a.airside_dew_point_high_c)
    temp = np.where(closed, shut_c, intake.temp)
    ratio = np.where(closed, wettest, intake.ratio)
    volume = hall.air_flow / density(temp, ratio, state.pressure)
    fans = volume * fan_per_volume(a.airside_fan_pressure_pa, a.air_fan_efficiency)
    added = 3600.0 * hall.air_flow * intake.water
    return Demand(
        hall.losses + fans + np.where(closed, plant.power, 0.0),
        np.where(closed, plant.water, added),
    )


def most_humid(state: State, a: CoolingBook) -> FloatArray:
    """Greatest humidity ratio allowed [kg/kg].

    The lesser of the upper dew point and the upper relative humidity at the outdoor
    temperature, at most the upper supply temperature.
    """
    warm = np.minimum(state.temp, a.air_supply_c)
    return np.minimum(
        humidity_ratio(a.airside_dew_point_high_c, 100.0, state.pressure),
        humidity_ratio(warm, a.airside_humidity_high_pct, state.pressure),
    )


def is_closed(
    state: State, wettest: FloatArray, a: CoolingBook, lei: LeiCompatBook
) -> NDArray[np.bool_]:
    """States in which the hall shuts the outdoor air out.

    From the upper supply temperature on (no adiabatic cooling), and where it is more
    humid than allowed, unless return air is mixed in anyway.
    """
    hot = state.temp >= a.air_supply_c
    mixed = state.temp < lei.supply_low_c
    closed: NDArray[np.bool_] = hot | (~mixed & (humidity_ratio(*state) > wettest))
    return closed


def supply_air(state: State, a: CoolingBook, lei: LeiCompatBook) -> Intake:
    """Mix, or humidify, outdoor air for an open hall.

    Mist evaporates at constant enthalpy up to the least humidity W_min, which is taken
    at the outdoor, or when colder at the lowest supply temperature T_lw. What is then
    colder than T_lw is mixed with return air up to it::

        T_s = max(T_lw, t(h, W_min)),  outdoor share (h_r − h_s)/(h_r − h)
    """
    low = lei.supply_low_c
    ratio = np.asarray(humidity_ratio(*state))
    aim = np.maximum(state.temp, low)
    driest = np.maximum(
        humidity_ratio(aim, a.airside_humidity_low_pct, state.pressure),
        humidity_ratio(a.airside_dew_point_low_c, 100.0, state.pressure),
    )
    supplied = np.maximum(ratio, driest)
    heat = enthalpy(state.temp, ratio)
    temp = np.maximum(temp_at_enthalpy(heat, supplied), low)
    rise = 1000.0 * HEAT_CAPACITY_AIR * a.air_temperature_rise_k
    outdoor = rise / (rise + enthalpy(temp, supplied) - heat)
    return Intake(
        temp=temp,
        ratio=supplied,
        water=outdoor * (supplied - ratio) / (1.0 + supplied),
    )


def temp_at_enthalpy(heat: FloatArray, ratio: FloatArray) -> FloatArray:
    """Dry bulb [degC] of air of an enthalpy [J/kg dry air] and humidity ratio [kg/kg]."""
    return (heat - 2.501e6 * ratio) / (1006.0 + 1860.0 * ratio)
