"""System (c): air-cooled hall on air-cooled chillers with dry free cooling.

Hall air gives its heat to a warm chilled-water loop. Outdoor air takes what it can
through the free-cooling coil; chillers take the rest. No water is used. The same loop
serves the residual air heat of liquid-cooled halls.
"""

import numpy as np
from numpy.typing import NDArray

from climate.cooling.chillers import (
    available_capacity,
    cop_air_cooled,
)
from climate.cooling.electrical import hall_heat
from climate.cooling.plant import (
    FREE,
    MECHANICAL,
    PARTIAL,
    SHORTFALL,
    UNKNOWN,
    Plant,
)
from climate.cooling.state import AirState
from climate.psychrometrics import GAS_CONSTANT_DRY_AIR, KELVIN, FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

HEAT_CAPACITY_AIR = 1.01
"""Moist air [kJ/(kg K)]."""
HEAT_CAPACITY_WATER = 4.186
"""Water [kJ/(kg K)]."""


def plant(
    air: AirState, utilisation: float, choices: CoolingChoices, a: CoolingBook
) -> Plant:
    """Run the system with all IT heat in the air; no choice alters it."""
    del choices
    return chilled_hall(1.0, air, utilisation, a)


def design_heat(
    site_pressure: FloatArray, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Heat to liquid and heat to air at full load [kW per kW rated IT]."""
    return np.zeros_like(site_pressure), air_heat(1.0, site_pressure, 1.0, a)


def inadmissible_because(choices: CoolingChoices, a: CoolingBook) -> str:
    """Why these racks cannot be cooled by air, or an empty string."""
    rack_kw = {
        "training": a.rack_training_kw,
        "inference": a.rack_inference_kw,
        "colocation": a.rack_colocation_kw,
    }[choices.workload]
    if rack_kw <= a.rack_air_limit_kw:
        return ""
    return (
        f"air cannot cool {choices.workload} racks of {rack_kw:g} kW "
        f"(limit {a.rack_air_limit_kw:g} kW a rack)"
    )


def chilled_hall(
    air_share: float, air: AirState, utilisation: float, a: CoolingBook
) -> Plant:
    """Cool the hall air that carries `air_share` of the IT heat.

    Free-cooling share φ = clip((t_return − t − approach)/Δt_w, 0, 1); chillers,
    sized for the full-load heat with redundancy, carry (1 − φ) of it at the part load
    L = clip(load/capacity, L_min, 1).
    """
    fan_ratio = air_fan_ratio(air.pressure, utilisation, a)
    heat = air_heat(air_share, air.pressure, utilisation, a)
    supply, back = loop_water(a)
    free = np.clip(
        (back - air.temp_air - a.free_cooling_approach_k) / a.air_water_rise_k, 0, 1
    )
    wanted = (1.0 - free) * heat
    at_design = air_heat(air_share, air.site_pressure, 1.0, a)
    available = available_capacity(air.temp_air, at_design, a)
    chilled = np.minimum(wanted, available)
    loading = chilled / np.where(available > 0, available, 1.0)
    part_load = np.clip(loading, a.chiller_min_part_load, 1.0)
    nothing = np.zeros_like(heat)
    return Plant(
        air_fans=fan_ratio * heat,
        pumps=loop_pump_ratio(a) * heat,
        compressors=chilled / cop_air_cooled(air.temp_air, part_load, supply, a),
        rejection_fans=free_cooling_fan_ratio(air.temp_air, back, a) * free * heat,
        water=nothing,
        heat_economised=free * heat,
        heat_chilled=chilled,
        heat_trim=nothing,
        heat_unmet=wanted - chilled,
        capacity_share=1.0 - (wanted - chilled) / heat,
        mode=_mode(free, wanted - chilled),
    )


def _mode(free: FloatArray, unmet: FloatArray) -> NDArray[np.int8]:
    return np.select(
        [np.isnan(free), unmet > 0, free >= 1, free > 0],
        [np.int8(m) for m in (UNKNOWN, SHORTFALL, FREE, PARTIAL)],
        np.int8(MECHANICAL),
    )


def loop_water(a: CoolingBook) -> tuple[float, float]:
    """Supply and return temperature of the chilled-water loop [degC].

    The coil of effectiveness ε cools air from t_return to t_supply, so
    t_w,supply = t_return − ΔT_a/ε, and t_w,return = t_w,supply + ΔT_w.
    """
    hall_return = a.air_supply_c + a.air_temperature_rise_k
    supply = hall_return - a.air_temperature_rise_k / a.air_coil_effectiveness
    return supply, supply + a.air_water_rise_k


def air_fan_ratio(
    pressure: FloatArray, utilisation: float, a: CoolingBook
) -> FloatArray:
    """Hall fan power per kW of heat the air carries [1].

    φ = Δp / (1000 η ρ c_p ΔT_a) at full flow, times the square of the speed, which
    follows utilisation down to the floor. ρ is dry air at supply temperature and
    site pressure: the hall is closed, so its moisture is not the weather's.
    """
    supply_density = pressure / (GAS_CONSTANT_DRY_AIR * (a.air_supply_c + KELVIN))
    carried = HEAT_CAPACITY_AIR * a.air_temperature_rise_k * supply_density
    at_design = a.air_fan_pressure_pa / (1000.0 * a.air_fan_efficiency * carried)
    return at_design * max(utilisation, a.speed_floor) ** 2


def air_heat(
    air_share: float, pressure: FloatArray, utilisation: float, a: CoolingBook
) -> FloatArray:
    """Heat the hall air carries, its own fans included [kW per kW rated IT]."""
    without_fans = hall_heat(air_share, utilisation, a)
    return without_fans / (1.0 - air_fan_ratio(pressure, utilisation, a))


def loop_pump_ratio(a: CoolingBook) -> float:
    """Pump power per kW of heat in the glycol-filled loop [1]."""
    flow = 1.0 / (HEAT_CAPACITY_WATER * a.air_water_rise_k)
    hydraulic = flow / 1000.0 * a.pump_pressure_pa / 1000.0
    return hydraulic / a.pump_efficiency * a.pump_glycol_factor


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
