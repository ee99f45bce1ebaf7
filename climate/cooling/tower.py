"""System (b): hall on cooling towers, waterside economiser and water-cooled chillers.

Tower water cools the hall's loop through a heat exchanger as far as the wet bulb
allows; water-cooled chillers, rejecting to the same towers, take the rest. Most of the
heat leaves as vapour, so the system drinks all year.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from climate.cooling.chillers import cop_water_cooled, part_load
from climate.cooling.hall import HEAT_CAPACITY_WATER, Loop, loop_water, pump_ratio
from climate.cooling.pads import latent_heat
from climate.cooling.plant import Plant, chilled_mode, idle
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


class Basin(NamedTuple):
    """Tower water and the fan speed that makes it."""

    temp_water: FloatArray
    """Water leaving the tower [degC]."""
    speed: FloatArray
    """Fan speed over full speed [1]."""


def approach(wet_bulb: FloatArray, a: CoolingBook) -> FloatArray:
    """Tower water over wet bulb at full fan speed [K]; wider in cold air."""
    colder = np.maximum(a.tower_approach_rating_c - wet_bulb, 0.0)
    return a.tower_approach_k * (1.0 + a.tower_approach_gain_per_k * colder)


def basin(wet_bulb: FloatArray, choices: CoolingChoices, a: CoolingBook) -> Basin:
    """Tower water at the speed the fans run.

    At full speed t_cw = max(t_wb + A, frost guard). Where the economiser could carry
    all the heat with warmer water, speed-controlled fans slow down with A ∝ 1/s until
    the water is just cold enough::

        s = clip(A/(t_supply − A_hx − t_wb), s_min, 1)
    """
    full = approach(wet_bulb, a)
    supply, _ = loop_water(a)
    spare = np.maximum(supply - a.tower_exchanger_approach_k - wet_bulb, full)
    slowed = np.maximum(full / spare, a.tower_min_speed)
    speed = slowed if choices.tower_variable_fans else np.ones_like(full)
    warm = np.maximum(wet_bulb + full / speed, a.tower_min_water_c)
    return Basin(warm, speed)


def free_share(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> FloatArray:
    """Share of the heat the waterside economiser takes [1].

    φ = clip((t_return − (t_cw + A_hx))/Δt_w, 0, 1), towers at full speed.
    """
    del choices
    _, back = loop_water(a)
    coldest = np.maximum(air.wet_bulb + approach(air.wet_bulb, a), a.tower_min_water_c)
    reach = back - coldest - a.tower_exchanger_approach_k
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
    """Reject `heat`: the share `free` by the economiser, the rest by chillers.

    The towers carry hall heat, compressors and pumps; their size is never short,
    since wet bulbs move the water temperature and not the capacity.
    """
    supply, _ = loop_water(a)
    water = basin(air.wet_bulb, choices, a)
    chilled = (1.0 - free) * heat
    loading = part_load(chilled, a.redundancy * at_design, a)
    compressors = chilled / cop_water_cooled(water.temp_water, loading, supply, a)
    loop_pumps = pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * heat
    per_heat = pump_ratio(a.tower_range_k, a.tower_pump_pressure_pa, a)
    rejected = (heat + compressors + loop_pumps) / (1.0 - per_heat)
    flow = rejected / (HEAT_CAPACITY_WATER * a.tower_range_k)
    lost = make_up(rejected, flow, water.temp_water, a)
    return replace(
        idle(free),
        pumps=loop_pumps + per_heat * rejected,
        compressors=compressors,
        rejection_fans=fan_power(flow, air.density, a) * water.speed**3,
        evaporation=lost.evaporation,
        drift=lost.drift,
        blowdown=lost.blowdown,
        heat_economised=free * heat,
        heat_chilled=chilled,
        mode=chilled_mode(free, 0.0 * free),
    )


class MakeUp(NamedTuple):
    """Water a tower loses [L/h]."""

    evaporation: FloatArray
    drift: FloatArray
    blowdown: FloatArray


def make_up(
    rejected: FloatArray, flow: FloatArray, temp_water: FloatArray, a: CoolingBook
) -> MakeUp:
    """Water lost by a tower.

    Evaporation f_lat Q/h_fg at the mean water temperature, drift w · flow, and the
    blowdown that holds the salts at C cycles: max(evaporation/(C − 1) − drift, 0).

    Parameters
    ----------
    rejected
        Heat rejected Q [kW].
    flow
        Circulating water [kg/s].
    temp_water
        Water leaving the tower [degC].
    a
        Assumptions in force.
    """
    mean = temp_water + 0.5 * a.tower_range_k
    evaporation = 3600.0 * a.tower_latent_fraction * rejected / latent_heat(mean)
    drift = 3600.0 * a.tower_drift * flow
    blowdown = np.maximum(evaporation / (a.tower_cycles - 1.0) - drift, 0.0)
    return MakeUp(evaporation, drift, blowdown)


def fan_power(flow: FloatArray, density: FloatArray, a: CoolingBook) -> FloatArray:
    """Tower fans at full speed: m_w/(L/G)/ρ · Δp/η [kW] for m_w kg/s of water."""
    air_volume = flow / a.tower_liquid_gas_ratio / density
    return air_volume * a.tower_fan_pressure_pa / a.tower_fan_efficiency / 1000.0


def usd_per_kw_it(choices: CoolingChoices, a: CoolingBook) -> float:
    """Towers, economiser, chillers and hall units [USD/kW IT]."""
    del choices
    return a.capex_tower_usd_per_kw_it


LOOP = Loop(free_share=free_share, run=run, usd_per_kw_it=usd_per_kw_it)
