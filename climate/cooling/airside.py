"""System (a): outdoor air through the hall, wetted when warm, trimmed by chillers.

Outdoor air is mixed with return air in the cold, humidified where it is too dry,
cooled by pads when it is warm, and helped by chillers where pads do not suffice. Air
too humid for the racks, or full of dust, is shut out: the hall then runs on chillers.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climate.cooling.electrical import hall_heat
from climate.cooling.hall import HEAT_CAPACITY_AIR, fan_ratio
from climate.cooling.loops import residual
from climate.cooling.plant import (
    ADIABATIC,
    FREE,
    MECHANICAL,
    PARTIAL,
    SHORTFALL,
    TRIM,
    UNKNOWN,
    Plant,
    idle,
    together,
)
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray, humidity_ratio
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

GOLDEN = 0.6180339887498949
"""Steps of this share of a circle spread hours evenly over days and seasons."""

ROUNDING = 1e-12
"""A share of heat below this is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What outdoor air does before it enters the hall."""

    outdoor: FloatArray
    """Share of the supply air that comes from outdoors [1]; zero when shut."""
    wet_gain: FloatArray
    """Moisture the pads add to outdoor air [kg/kg]."""
    dry_gain: FloatArray
    """Moisture the humidifier adds to outdoor air that is too dry [kg/kg]."""
    chilled_share: FloatArray
    """Share of the hall heat left to chillers [1]."""
    open: NDArray[np.bool_]
    """False: dampers shut, the hall recirculates."""


def plant(
    air: Ambient, utilisation: float, choices: CoolingChoices, a: CoolingBook
) -> Plant:
    """Run the system with all IT heat in the air."""
    fans = fan_ratio(air.pressure, a.airside_fan_pressure_pa, utilisation, a)
    heat = hall_heat(1.0, utilisation, a) / (1.0 - fans)
    intake = treat(air, choices, a)
    trimmed = intake.chilled_share * heat
    none_free = np.zeros_like(heat)
    sized = design_heat(air.site_pressure, choices, a)[1]
    loop = residual(choices)
    trim = loop.run(trimmed, none_free, sized, air, choices, a)
    through = replace(
        idle(intake.chilled_share),
        air_fans=fans * heat,
        heat_economised=heat - trimmed,
        **_water(intake, heat, a),
        mode=_mode(intake),
    )
    both = together(through, trim)
    mode = np.where(trim.heat_unmet > 0, np.int8(SHORTFALL), through.mode)
    capacity = 1.0 - trim.heat_unmet / heat
    return replace(both, mode=mode, capacity_share=capacity)


def design_heat(
    site_pressure: FloatArray, choices: CoolingChoices, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Heat to liquid and heat to air at full load [kW per kW rated IT]."""
    del choices
    fans = fan_ratio(site_pressure, a.airside_fan_pressure_pa, 1.0, a)
    return np.zeros_like(site_pressure), hall_heat(1.0, 1.0, a) / (1.0 - fans)


def treat(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> Intake:
    """Decide hour by hour how outdoor air is used.

    ::

        mix          T ≤ T_s: outdoor share (T_r − T_s)/(T_r − T), humidified to W_min
        pads         T > T_s: the wet share x of the pads that gives T_s,
                     x = (T − T_s)/(ε (T − T_wb)), no more than W_max allows
        chillers     the share (T_in − T_s)/ΔT_a of the heat where pads end above T_s
        recirculate  W > W_max, T_in ≥ T_r, or dust
    """
    supply, rise = a.air_supply_c, a.air_temperature_rise_k
    driest, wettest = humidity_window(air.pressure, a)
    outdoor = rise / np.maximum(supply + rise - air.temp_air, rise)
    drop, gain = full_pads(air, choices, a)
    warm = np.maximum(air.temp_air - supply, 0.0)
    room = np.maximum(wettest - air.humidity_ratio, 0.0)
    wet = np.minimum(_ratio(warm, drop), _ratio(room, gain))
    wet = np.minimum(wet, 1.0)
    left = np.clip((warm - wet * drop) / rise, 0.0, 1.0)
    left = np.where(left < ROUNDING, 0.0, left)
    is_open = (air.humidity_ratio <= wettest) & (left < 1.0) & ~dusty(air, a)
    missing = np.maximum(driest - air.humidity_ratio, 0.0) * choices.water_available
    return Intake(
        outdoor=outdoor * is_open,
        wet_gain=wet * gain,
        dry_gain=np.where(warm > 0.0, 0.0, missing),
        chilled_share=np.where(is_open, left, 1.0 + 0.0 * left),
        open=is_open,
    )


def humidity_window(
    pressure: FloatArray, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Least and greatest humidity ratio of supply air [kg/kg].

    The narrower of the dew-point and the relative-humidity limits at the supply
    temperature.
    """
    supply = a.air_supply_c
    driest = np.maximum(
        humidity_ratio(a.airside_dew_point_low_c, 100.0, pressure),
        humidity_ratio(supply, a.airside_humidity_low_pct, pressure),
    )
    wettest = np.minimum(
        humidity_ratio(a.airside_dew_point_high_c, 100.0, pressure),
        humidity_ratio(supply, a.airside_humidity_high_pct, pressure),
    )
    return driest, wettest


def dusty(air: Ambient, a: CoolingBook) -> NDArray[np.bool_]:
    """Hours with the dampers shut against dust, salt or smoke.

    The share is a book number; nothing says which hours, so they are spread evenly,
    the first hour among them: a design day, being one hour, meets shut dampers.
    """
    hour = np.arange(air.temp_air.shape[-1])
    shut: NDArray[np.bool_] = np.mod(hour * GOLDEN, 1.0) < a.airside_lockout_share
    return shut


def full_pads(
    air: Ambient, choices: CoolingChoices, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Cooling [K] and moisture gain [kg/kg] of fully wet pads, at constant enthalpy."""
    if not (choices.adiabatic and choices.water_available):
        return np.zeros_like(air.temp_air), np.zeros_like(air.temp_air)
    drop = a.airside_pad_effectiveness * (air.temp_air - air.wet_bulb)
    cooled = air.temp_air - drop
    gain = drop * (1.006 + 1.86 * air.humidity_ratio) / (2501.0 + 1.86 * cooled)
    return drop, gain


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return part/whole, zero where there is nothing of either."""
    some = whole > 0.0
    share: FloatArray = np.where(some, part / np.where(some, whole, 1.0), 0.0)
    return share


def _water(intake: Intake, heat: FloatArray, a: CoolingBook) -> dict[str, FloatArray]:
    """Evaporated water and bleed [L/h], and the power of the pads' pumps [kW]."""
    air_flow = heat / (HEAT_CAPACITY_AIR * a.air_temperature_rise_k)
    added = air_flow * intake.outdoor * (intake.wet_gain + intake.dry_gain)
    evaporation = 3600.0 * added
    pumped = added * a.airside_feed_ratio / 1000.0 * a.airside_mist_pressure_pa
    return {
        "evaporation": evaporation,
        "blowdown": (a.airside_feed_ratio - 1.0) * evaporation,
        "pumps": pumped / a.pump_efficiency / 1000.0,
    }


def _mode(intake: Intake) -> NDArray[np.int8]:
    wet, left = intake.wet_gain > 0.0, intake.chilled_share > 0.0
    return np.select(
        [np.isnan(intake.chilled_share), ~intake.open, wet & left, wet, left],
        [np.int8(m) for m in (UNKNOWN, MECHANICAL, TRIM, ADIABATIC, PARTIAL)],
        np.int8(FREE),
    )
