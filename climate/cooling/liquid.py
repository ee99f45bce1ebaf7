"""Liquid circuits: cold plates, rear doors and immersion as sets of the same numbers.

A circuit takes a share of the IT heat to warm facility water; pumps add their own.
"""

from dataclasses import dataclass

from climate.cooling.hall import rack_power
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """What a liquid circuit takes and what water it wants."""

    heat_fraction: float
    """Share of the IT heat it takes at the racks [1]."""
    supply_c: float
    """Facility water supplied [degC]."""
    rise_k: float
    """Warming of the facility water [K]."""
    pump_power: float
    """Pumps per kW of IT heat taken, at full load [kW/kW]."""
    rack_usd_per_kw: float
    """Distribution units, doors or tanks and their piping [USD/kW of heat]."""
    refusal: str
    """Why the racks of the workload cannot use it, or an empty string."""

    @property
    def full_heat(self) -> float:
        """Heat at full load, pumps included [kW per kW rated IT]."""
        return self.heat_fraction * (1.0 + self.pump_power)

    @property
    def return_c(self) -> float:
        """Facility water returned [degC]."""
        return self.supply_c + self.rise_k


def cold_plates(choices: CoolingChoices, a: CoolingBook) -> Circuit:
    """Direct-to-chip cold plates on W32 to W45 water."""
    coolant = choices.facility_water_c + a.liquid_cdu_approach_k
    too_warm = (
        f"facility water at {choices.facility_water_c:g} degC gives the racks "
        f"{coolant:g} degC coolant (limit {a.liquid_coolant_limit_c:g} degC)"
    )
    return Circuit(
        heat_fraction=a.liquid_heat_fraction,
        supply_c=choices.facility_water_c,
        rise_k=a.liquid_water_rise_k,
        pump_power=a.liquid_pump_power,
        rack_usd_per_kw=a.capex_cdu_usd_per_kw,
        refusal=too_warm if coolant > a.liquid_coolant_limit_c else "",
    )


def rear_doors(choices: CoolingChoices, a: CoolingBook) -> Circuit:
    """Rear-door heat exchangers: cool water, air-cooled servers."""
    rack_kw = rack_power(choices, a)
    too_dense = (
        f"rear doors cannot cool {choices.workload} racks of {rack_kw:g} kW "
        f"(limit {a.rack_rear_door_limit_kw:g} kW a rack)"
    )
    return Circuit(
        heat_fraction=a.rear_door_heat_fraction,
        supply_c=a.rear_door_supply_c,
        rise_k=a.rear_door_water_rise_k,
        pump_power=a.rear_door_pump_power,
        rack_usd_per_kw=a.capex_rear_door_usd_per_kw,
        refusal=too_dense if rack_kw > a.rack_rear_door_limit_kw else "",
    )


def immersion_tanks(choices: CoolingChoices, a: CoolingBook) -> Circuit:
    """Single-phase immersion: all IT heat in warm liquid."""
    del choices
    return Circuit(
        heat_fraction=a.immersion_heat_fraction,
        supply_c=a.immersion_supply_c,
        rise_k=a.liquid_water_rise_k,
        pump_power=a.immersion_pump_power,
        rack_usd_per_kw=a.capex_immersion_usd_per_kw,
        refusal="",
    )


def pumps(circuit: Circuit, utilisation: float, a: CoolingBook) -> float:
    """Coolant-distribution and facility-water pumps [kW per kW rated IT].

    κ f max(u, floor)²: κ per kW of IT heat taken at full load.
    """
    speed = max(utilisation, a.speed_floor)
    return circuit.pump_power * circuit.heat_fraction * speed**2


def circuit_load(circuit: Circuit, utilisation: float, a: CoolingBook) -> float:
    """Heat of the circuit over its full-load heat [1]."""
    speed = max(utilisation, a.speed_floor)
    pumped = utilisation + circuit.pump_power * speed**2
    return pumped / (1.0 + circuit.pump_power)
