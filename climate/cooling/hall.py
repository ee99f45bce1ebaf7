"""Hall air and its water loop: what every system that cools air has in common.

Hall air gives its heat to a warm water loop through a coil; towers, dry coolers,
chillers or the sea take it from there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from climate.cooling.electrical import hall_heat
from climate.cooling.plant import Plant
from climate.cooling.state import Ambient
from climate.psychrometrics import GAS_CONSTANT_DRY_AIR, KELVIN, FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

HEAT_CAPACITY_AIR = 1.01
"""Moist air [kJ/(kg K)]."""
HEAT_CAPACITY_WATER = 4.186
"""Water [kJ/(kg K)]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A water loop that takes heat from hall air, and what it rejects it with."""

    free_share: Callable[[Ambient, CoolingChoices, CoolingBook], FloatArray]
    """Share of the heat that leaves without a compressor [1]."""
    run: Callable[
        [FloatArray, FloatArray, FloatArray, Ambient, CoolingChoices, CoolingBook],
        Plant,
    ]
    """Heat [kW], its free share, full-load heat [kW], surroundings … → the plant
    without hall fans."""
    usd_per_kw_it: Callable[[CoolingChoices, CoolingBook], float]
    """Cost of a wholly air-cooled hall on it, hall units included [USD/kW IT]."""


def hall_on(
    loop: Loop,
    air_share: float,
    air: Ambient,
    utilisation: float,
    choices: CoolingChoices,
    a: CoolingBook,
) -> Plant:
    """Cool the hall air that carries `air_share` of the IT heat by a water loop."""
    heat = air_heat(air_share, air.pressure, utilisation, a)
    at_design = air_heat(air_share, air.site_pressure, 1.0, a)
    free = loop.free_share(air, choices, a)
    plant = loop.run(heat, free, at_design, air, choices, a)
    return replace(plant, air_fans=air_fan_ratio(air.pressure, utilisation, a) * heat)


def loop_water(a: CoolingBook) -> tuple[float, float]:
    """Supply and return temperature of the chilled-water loop [degC].

    The coil of effectiveness ε cools air from t_return to t_supply, so
    t_w,supply = t_return − ΔT_a/ε, and t_w,return = t_w,supply + ΔT_w.
    """
    hall_return = a.air_supply_c + a.air_temperature_rise_k
    supply = hall_return - a.air_temperature_rise_k / a.air_coil_effectiveness
    return supply, supply + a.air_water_rise_k


def fan_ratio(
    pressure: FloatArray, pressure_drop: float, utilisation: float, a: CoolingBook
) -> FloatArray:
    """Hall fan power per kW of heat the air carries [1].

    φ = Δp / (1000 η ρ c_p ΔT_a) at full flow, times the square of the speed, which
    follows utilisation down to the floor. ρ is dry air at supply temperature and
    site pressure: the hall is closed, so its moisture is not the weather's.

    Parameters
    ----------
    pressure
        Station pressure [Pa].
    pressure_drop
        Of the air path at full flow Δp [Pa].
    utilisation
        IT power over rated IT power [1].
    a
        Assumptions in force.
    """
    supply_density = pressure / (GAS_CONSTANT_DRY_AIR * (a.air_supply_c + KELVIN))
    carried = HEAT_CAPACITY_AIR * a.air_temperature_rise_k * supply_density
    at_design = pressure_drop / (1000.0 * a.air_fan_efficiency * carried)
    return at_design * max(utilisation, a.speed_floor) ** 2


def air_fan_ratio(
    pressure: FloatArray, utilisation: float, a: CoolingBook
) -> FloatArray:
    """Fan power of a hall cooled by water coils, per kW of heat [1]; see `fan_ratio`."""
    return fan_ratio(pressure, a.air_fan_pressure_pa, utilisation, a)


def air_heat(
    air_share: float, pressure: FloatArray, utilisation: float, a: CoolingBook
) -> FloatArray:
    """Heat the hall air carries, its own fans included [kW per kW rated IT]."""
    without_fans = hall_heat(air_share, utilisation, a)
    return without_fans / (1.0 - air_fan_ratio(pressure, utilisation, a))


def pump_ratio(rise_k: float, pressure_pa: float, a: CoolingBook) -> float:
    """Pump power per kW of heat carried by water that warms by `rise_k` [1].

    P = m Δp/(ρ η), m = 1/(c ΔT), ρ = 1000 kg/m³.
    """
    flow = 1.0 / (HEAT_CAPACITY_WATER * rise_k)
    return flow / 1000.0 * pressure_pa / 1000.0 / a.pump_efficiency


def racks_refuse_air(choices: CoolingChoices, a: CoolingBook) -> str:
    """Why these racks cannot be cooled by air, or an empty string."""
    rack_kw = rack_power(choices, a)
    if rack_kw <= a.rack_air_limit_kw:
        return ""
    return (
        f"air cannot cool {choices.workload} racks of {rack_kw:g} kW "
        f"(limit {a.rack_air_limit_kw:g} kW a rack)"
    )


def rack_power(choices: CoolingChoices, a: CoolingBook) -> float:
    """Power of one rack of the workload [kW]."""
    return {
        "training": a.rack_training_kw,
        "inference": a.rack_inference_kw,
        "colocation": a.rack_colocation_kw,
    }[choices.workload]
