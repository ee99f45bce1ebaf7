"""System (e): Caspian sea water through heat exchangers, chillers for what is left.

Sea water cools the liquid loop of dense racks outright and hall air as far as it is
cold enough; water-cooled chillers, rejecting to the sea, do the rest. No fresh water
is used. Every metre between the site and the falling sea is pumped against.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from climate.cooling.chillers import cop_water_cooled, part_load
from climate.cooling.hall import Loop, hall_on, loop_water, pump_ratio, racks_refuse_air
from climate.cooling.liquid import Circuit, circuit_load, cold_plates, pumps
from climate.cooling.plant import (
    FREE,
    SHORTFALL,
    UNKNOWN,
    Plant,
    chilled_mode,
    idle,
    together,
)
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

GRAVITY = 9.81
"""m/s²."""


def plant(
    air: Ambient, utilisation: float, choices: CoolingChoices, a: CoolingBook
) -> Plant:
    """Run the liquid loop of dense racks, if any, and the hall air on sea water."""
    circuit = loop_circuit(choices, a)
    hall = hall_on(LOOP, 1.0 - circuit.heat_fraction, air, utilisation, choices, a)
    if circuit.heat_fraction == 0.0:
        return hall
    return together(liquid_plant(circuit, air, utilisation, a), hall)


def loop_circuit(choices: CoolingChoices, a: CoolingBook) -> Circuit:
    """Cold plates where air cannot cool the racks, otherwise no liquid at all."""
    plates = cold_plates(choices, a)
    return (
        plates if racks_refuse_air(choices, a) else replace(plates, heat_fraction=0.0)
    )


def liquid_plant(
    circuit: Circuit, air: Ambient, utilisation: float, a: CoolingBook
) -> Plant:
    """Cool the liquid loop: what the sea is too warm for is left over.

    The exchanger gives water at t_sea + A_hx; above the supply temperature wanted,
    the share (t_sea + A_hx − t_supply)/ΔT of the heat stays.
    """
    load = circuit.full_heat * circuit_load(circuit, utilisation, a)
    excess = air.temp_sea + a.sea_exchanger_approach_k - circuit.supply_c
    unmet = np.clip(excess / circuit.rise_k, 0.0, 1.0) * load
    sea_pumps, flow = lifted(load - unmet, air, a)
    mode = np.where(unmet > 0, np.int8(SHORTFALL), np.int8(FREE))
    return replace(
        idle(unmet),
        pumps=pumps(circuit, utilisation, a) + sea_pumps,
        seawater=flow,
        heat_economised=load - unmet,
        heat_unmet=unmet,
        capacity_share=1.0 - unmet / load,
        mode=np.where(np.isnan(unmet), np.int8(UNKNOWN), mode),
    )


def free_share(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> FloatArray:
    """Share of the hall heat the sea takes: clip((t_return − (t_sea + A_hx))/Δt_w)."""
    del choices
    _, back = loop_water(a)
    reach = back - air.temp_sea - a.sea_exchanger_approach_k
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
    """Reject `heat`: the share `free` to the sea directly, the rest by chillers."""
    del choices
    supply, _ = loop_water(a)
    chilled = (1.0 - free) * heat
    loading = part_load(chilled, a.redundancy * at_design, a)
    condenser = air.temp_sea + a.sea_exchanger_approach_k + 0.5 * a.sea_rise_k
    compressors = chilled / cop_water_cooled(condenser, loading, supply, a)
    loop_pumps = pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * heat
    sea_pumps, flow = lifted(heat + compressors + loop_pumps, air, a)
    return replace(
        idle(free),
        pumps=loop_pumps + sea_pumps,
        compressors=compressors,
        seawater=flow,
        heat_economised=free * heat,
        heat_chilled=chilled,
        mode=chilled_mode(free, 0.0 * free),
    )


def lifted(
    rejected: FloatArray, air: Ambient, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    """Pump power [kW] and flow [L/h] of the sea water that carries `rejected` kW.

    P = Q g H/(c ΔT η), H the friction head plus the unrecovered static lift.
    """
    head = a.sea_friction_head_m + a.sea_static_lift_share * air.sea_lift_m
    volume = rejected / (a.sea_heat_capacity_kj_per_m3_k * a.sea_rise_k)
    return volume * GRAVITY * head / a.pump_efficiency, 3.6e6 * volume


def out_of_reach(air: Ambient, a: CoolingBook) -> NDArray[np.bool_]:
    """Sites too far from the shore for an intake, or not known to be near, (site,)."""
    near: NDArray[np.bool_] = air.sea_distance_km[:, 0] <= a.sea_max_distance_km
    return ~(near & np.isfinite(air.sea_lift_m[:, 0]))


def usd_per_kw_it(choices: CoolingChoices, a: CoolingBook) -> float:
    """Chillers and hall units of a hall on sea water, without the intake."""
    del choices
    return a.capex_hall_units_usd_per_kw_it


LOOP = Loop(free_share=free_share, run=run, usd_per_kw_it=usd_per_kw_it)
