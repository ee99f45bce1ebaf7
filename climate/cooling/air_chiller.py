"""System (c): air-cooled hall on air-cooled chillers with dry free cooling.

Outdoor air takes what it can through the free-cooling coil; chillers take the rest.
Pads that wet the condensers' air on hot days are optional; without them no water is
used. The same loop serves the residual air heat of liquid-cooled halls.
"""

from dataclasses import replace

import numpy as np

from climate.cooling.chillers import available_capacity, cop_air_cooled, part_load
from climate.cooling.hall import Loop, loop_water, pump_ratio
from climate.cooling.pads import HEAT_CAPACITY_DRY_AIR, pad_cooling, pad_evaporation
from climate.cooling.plant import Plant, chilled_mode, idle, served
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


def free_share(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> FloatArray:
    """Share of the heat the free-cooling coil takes [1].

    φ = clip((t_return − t − approach)/Δt_w, 0, 1).
    """
    del choices
    _, back = loop_water(a)
    reach = back - air.temp_air - a.free_cooling_approach_k
    share: FloatArray = np.clip(reach / a.air_water_rise_k, 0.0, 1.0)
    return share


def run(
    heat: FloatArray,
    free: FloatArray,
    at_design: FloatArray,
    air: Ambient,
    choices: CoolingChoices,
    a: CoolingBook,
) -> Plant:
    """Reject `heat`: the share `free` to outdoor air, the rest by chillers.

    Chillers, sized for the full-load heat `at_design` with redundancy, run at the part
    load L = clip(load/capacity, L_min, 1), behind pads where there are any.
    """
    supply, back = loop_water(a)
    wanted = (1.0 - free) * heat
    wetted = _wetted(air, choices, a)
    condenser = air.temp_air - wetted
    available = available_capacity(condenser, at_design, a)
    chilled = np.minimum(wanted, available)
    loading = part_load(chilled, available, a)
    compressors = chilled / cop_air_cooled(condenser, loading, supply, a)
    rejected = chilled + compressors
    air_flow = rejected / (HEAT_CAPACITY_DRY_AIR * a.dry_cooler_air_rise_k)
    evaporation = pad_evaporation(air_flow, wetted, air.wet_bulb)
    unmet = wanted - chilled
    return replace(
        idle(free),
        pumps=loop_pump_ratio(a) * heat,
        compressors=compressors,
        rejection_fans=free_cooling_fan_ratio(air.temp_air, back, a) * free * heat,
        evaporation=evaporation,
        blowdown=(a.adiabatic_feed_ratio - 1.0) * evaporation,
        heat_economised=free * heat,
        heat_chilled=chilled,
        heat_unmet=unmet,
        capacity_share=served(heat, unmet),
        mode=chilled_mode(free, unmet),
    )


def usd_per_kw_it(choices: CoolingChoices, a: CoolingBook) -> float:
    """Chillers with free cooling and hall units, pads where chosen [USD/kW IT]."""
    pads = a.capex_pads_usd_per_kw_it if choices.chiller_pads else 0.0
    return a.capex_air_loop_usd_per_kw_it + pads


LOOP = Loop(free_share=free_share, run=run, usd_per_kw_it=usd_per_kw_it)


def _wetted(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> FloatArray:
    """Cooling of the condensers' air [K]; pads come on over a band of temperature."""
    wet = choices.chiller_pads and choices.water_available
    rising = (air.temp_air - a.chiller_pads_on_c) / a.chiller_pads_band_k
    return pad_cooling(air, wet, a) * np.clip(rising, 0.0, 1.0)


def loop_pump_ratio(a: CoolingBook) -> float:
    """Pump power per kW of heat in the glycol-filled loop [1]."""
    return pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * a.pump_glycol_factor


def free_cooling_fan_ratio(
    temp_air: FloatArray, temp_return: float, a: CoolingBook
) -> FloatArray:
    """Free-cooling fan power per kW economised [1].

    Colder air needs less of it: speed s = ((ΔT_w + approach)/(t_return − t))^(1/n)
    between the least speed and 1, power ∝ s³.
    """
    at_design = a.air_water_rise_k + a.free_cooling_approach_k
    spread = np.maximum(temp_return - temp_air, at_design)
    speed = (at_design / spread) ** (1.0 / a.dry_cooler_air_exponent)
    return a.free_cooling_fan_power * np.maximum(speed, a.dry_cooler_min_speed) ** 3
