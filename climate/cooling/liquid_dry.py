"""System (d): direct-to-chip liquid on dry coolers, residual heat in a chilled hall.

Cold plates hand most of the IT heat to warm facility water (32, 40 or 45 degC), which
dry coolers reject; wetted pads, and a trim chiller where fitted, cover the hottest
hours. What stays in the air goes through the loop of system (c).
"""

import numpy as np
from numpy.typing import NDArray

from climate.cooling.air_chiller import air_heat, chilled_hall
from climate.cooling.chillers import cop_air_cooled
from climate.cooling.dry_cooler import reject
from climate.cooling.plant import (
    ADIABATIC,
    FREE,
    PARTIAL,
    SHORTFALL,
    TRIM,
    UNKNOWN,
    Plant,
)
from climate.cooling.state import AirState
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


def plant(
    air: AirState, utilisation: float, choices: CoolingChoices, a: CoolingBook
) -> Plant:
    """Run liquid loop and residual air loop side by side."""
    hall = chilled_hall(1.0 - a.liquid_heat_fraction, air, utilisation, a)
    design, load = liquid_heat(a), liquid_load(utilisation, a)
    water_in = choices.facility_water_c + a.liquid_water_rise_k
    coolers = reject(air, load, water_in, choices, a)
    trim = coolers.unmet * _trim_runs(air.temp_air, choices, a)
    unmet = coolers.unmet - trim
    trim_cop = cop_air_cooled(
        air.temp_air, a.chiller_trim_part_load, choices.facility_water_c, a
    )
    return Plant(
        air_fans=hall.air_fans,
        pumps=hall.pumps + pump_power(utilisation, a),
        compressors=hall.compressors + design * trim / trim_cop,
        rejection_fans=hall.rejection_fans + design * coolers.fans,
        water=design * coolers.water,
        heat_economised=hall.heat_economised + design * (load - coolers.unmet),
        heat_chilled=hall.heat_chilled,
        heat_trim=design * trim,
        heat_unmet=hall.heat_unmet + design * unmet,
        capacity_share=np.minimum(hall.capacity_share, 1.0 - unmet / load),
        mode=_mode(unmet + hall.heat_unmet, trim, coolers.water, hall.heat_chilled),
    )


def design_heat(
    site_pressure: FloatArray, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Heat to liquid and heat to air at full load [kW per kW rated IT]."""
    air_share = 1.0 - a.liquid_heat_fraction
    return (
        np.full_like(site_pressure, liquid_heat(a)),
        air_heat(air_share, site_pressure, 1.0, a),
    )


def inadmissible_because(choices: CoolingChoices, a: CoolingBook) -> str:
    """Why the racks cannot take water this warm, or an empty string."""
    coolant = choices.facility_water_c + a.liquid_cdu_approach_k
    if coolant <= a.liquid_coolant_limit_c:
        return ""
    return (
        f"facility water at {choices.facility_water_c:g} degC gives the racks "
        f"{coolant:g} degC coolant (limit {a.liquid_coolant_limit_c:g} degC)"
    )


def pump_power(utilisation: float, a: CoolingBook) -> float:
    """Coolant distribution and facility-water pumps [kW per kW rated IT].

    κ f max(u, floor)²: κ per kW of liquid heat at full load.
    """
    speed = max(utilisation, a.speed_floor)
    return a.liquid_pump_power * a.liquid_heat_fraction * speed**2


def liquid_heat(a: CoolingBook) -> float:
    """Heat of the liquid loop at full load, pumps included [kW per kW rated IT]."""
    return a.liquid_heat_fraction * (1.0 + a.liquid_pump_power)


def liquid_load(utilisation: float, a: CoolingBook) -> float:
    """Heat of the liquid loop over its full-load heat [1]."""
    speed = max(utilisation, a.speed_floor)
    pumped = utilisation + a.liquid_pump_power * speed**2
    return pumped / (1.0 + a.liquid_pump_power)


def _trim_runs(
    temp_air: FloatArray, choices: CoolingChoices, a: CoolingBook
) -> NDArray[np.bool_]:
    return (temp_air <= a.chiller_lockout_c) & choices.trim_chiller


def _mode(
    unmet: FloatArray, trim: FloatArray, water: FloatArray, chilled: FloatArray
) -> NDArray[np.int8]:
    """PARTIAL is a dry liquid loop while the air loop's chillers run."""
    return np.select(
        [np.isnan(unmet), unmet > 0, trim > 0, water > 0, chilled > 0],
        [np.int8(m) for m in (UNKNOWN, SHORTFALL, TRIM, ADIABATIC, PARTIAL)],
        np.int8(FREE),
    )
