"""Case 1 of the published model: outdoor air, else chillers and towers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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

    A shut hall is supplied at the upper limits, or, where it is the humidity and not
    the heat that shut it, with air saturated at the upper dew point.
    """
    hall = hyperscale(a, lei)
    wettest = humidity_ratio(a.airside_dew_point_high_c, 100.0, state.pressure)
    closed = is_closed(state, np.asarray(wettest), a, lei)
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


def is_closed(
    state: State, wettest: FloatArray, a: CoolingBook, lei: LeiCompatBook
) -> NDArray[np.bool_]:
    """States in which the hall shuts the outdoor air out.

    From the upper supply temperature on (no adiabatic cooling), above the upper dew
    point, and above the upper relative humidity unless air is mixed up from the cold.
    """
    hot = state.temp >= a.air_supply_c
    humid = np.asarray(humidity_ratio(*state)) > wettest
    mixed = state.temp < lei.supply_low_c
    damp = (state.humidity > a.airside_humidity_high_pct) & ~mixed
    return hot | humid | damp


def supply_air(state: State, a: CoolingBook, lei: LeiCompatBook) -> Intake:
    """Mix, or humidify, outdoor air for an open hall.

    Mist evaporates at constant enthalpy up to the least humidity W_min, which is taken
    at the outdoor, or when colder at the lowest supply temperature T_lw::

        T < T_lw   mixed with return air to T_lw, outdoor share (h_r − h_s)/(h_r − h)
        else       outdoor air alone, cooled from T by its mist
    """
    low = lei.supply_low_c
    ratio = np.asarray(humidity_ratio(*state))
    aim = np.maximum(state.temp, low)
    driest = np.maximum(
        humidity_ratio(aim, a.airside_humidity_low_pct, state.pressure),
        humidity_ratio(a.airside_dew_point_low_c, 100.0, state.pressure),
    )
    supplied = np.maximum(ratio, driest)
    cold = np.minimum(state.temp, low)
    back = enthalpy(low + a.air_temperature_rise_k, supplied)
    outdoor = (back - enthalpy(low, supplied)) / (back - enthalpy(cold, ratio))
    mixing = state.temp < low
    share = np.where(mixing, outdoor, 1.0)
    cooled = temp_at_enthalpy(enthalpy(state.temp, ratio), supplied)
    return Intake(
        temp=np.where(mixing, low, cooled),
        ratio=supplied,
        water=share * (supplied - ratio) / (1.0 + ratio),
    )


def temp_at_enthalpy(heat: FloatArray, ratio: FloatArray) -> FloatArray:
    """Dry bulb [degC] of air of an enthalpy [J/kg dry air] and humidity ratio [kg/kg]."""
    return (heat - 2.501e6 * ratio) / (1006.0 + 1860.0 * ratio)
