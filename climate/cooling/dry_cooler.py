"""Dry coolers with optional adiabatic pads, per kW of their design heat.

The initial temperature difference (ITD, water in − air in) they are sized for is a
choice: area and cost go with 1/ITD, and the air they move warms by
min(rise, 0.6 ITD), so a tighter design moves more air and pays for it in fan power.
"""

from typing import NamedTuple

import numpy as np

from climate.cooling.pads import (
    HEAT_CAPACITY_DRY_AIR,
    pad_cooling,
    pad_evaporation,
)
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


class Rejection(NamedTuple):
    """A dry-cooler field at work, per kW of design heat."""

    fans: FloatArray
    """Fan power [kW]."""
    evaporation: FloatArray
    """Water evaporated on the pads [L/h]."""
    unmet: FloatArray
    """Heat beyond the field's capacity [kW]."""


def reject(
    air: Ambient,
    load: float,
    water_in: float,
    choices: CoolingChoices,
    a: CoolingBook,
) -> Rejection:
    """Reject `load` kW per kW of design heat from water entering at `water_in` degC.

    Dry while the air is cool enough, then just as wet as needed, then short::

        q_max = c (t_w,in − t_in),  c = area (ρ/ρ_d)^n (1 − g) / ITD
        t_req = t_w,in − load/c
        t_in  = t − min(max(t − t_req, 0), ε (t − t_wb))
        s     = clip((load/q_max)^(1/n), s_min, 1),  fans ∝ s³ ρ/ρ_d
    """
    air_ratio = air.density / a.dry_cooler_design_density
    conductance = unit_conductance(air_ratio, choices.itd_k, a)
    too_warm = np.maximum(air.temp_air - (water_in - load / conductance), 0.0)
    cooling = np.minimum(too_warm, pad_cooling(air, pads_wet(choices), a))
    spread = np.maximum(water_in - (air.temp_air - cooling), 0.0)
    speed = load / np.maximum(conductance * spread, load)
    speed = np.maximum(
        speed ** (1.0 / a.dry_cooler_air_exponent), a.dry_cooler_min_speed
    )
    air_flow = _air_flow(speed * air_ratio, choices.itd_k, a)
    return Rejection(
        fans=fan_rating(choices.itd_k, a) * speed**3 * air_ratio,
        evaporation=pad_evaporation(air_flow, cooling, air.wet_bulb),
        unmet=np.minimum(conductance * (too_warm - cooling), load),
    )


def pads_wet(choices: CoolingChoices) -> bool:
    """Whether the coolers have pads and water for them."""
    return choices.adiabatic and choices.water_available


def unit_conductance(air_ratio: FloatArray, itd_k: float, a: CoolingBook) -> FloatArray:
    """Heat per kelvin of ITD and kW of design heat at full fan speed [1/K]."""
    clean = a.dry_cooler_area_ratio * (1.0 - a.dry_cooler_glycol_penalty) / itd_k
    return clean * air_ratio**a.dry_cooler_air_exponent


def air_rise(itd_k: float, a: CoolingBook) -> float:
    """Warming of the air through the coil at design [K]."""
    return min(a.dry_cooler_air_rise_k, a.dry_cooler_air_rise_per_itd * itd_k)


def fan_rating(itd_k: float, a: CoolingBook) -> float:
    """Fan power at full speed and design density per kW of design heat [kW]."""
    more_air = a.dry_cooler_air_rise_k / air_rise(itd_k, a)
    return a.dry_cooler_fan_power * more_air * a.dry_cooler_area_ratio


def _air_flow(relative_flow: FloatArray, itd_k: float, a: CoolingBook) -> FloatArray:
    """Mass flow of air [kg/s per kW of design heat]."""
    per_kw = a.dry_cooler_area_ratio / (HEAT_CAPACITY_DRY_AIR * air_rise(itd_k, a))
    return per_kw * relative_flow


def dry_cooler_usd_per_kw(itd_k: float, a: CoolingBook) -> float:
    """Dry-cooler field [USD per kW of design heat].

    Coil area goes with 1/ITD: price at the reference ITD × reference/ITD.
    """
    return a.capex_dry_cooler_usd_per_kw * a.capex_dry_cooler_reference_itd_k / itd_k
