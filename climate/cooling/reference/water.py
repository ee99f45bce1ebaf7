"""Cases of the published model whose halls are cooled by water coils."""

import numpy as np

from climate.cooling.hall import HEAT_CAPACITY_WATER, loop_water, pump_ratio
from climate.cooling.reference.chillers import (
    cop_2020,
    cop_air_cooled_log,
    cop_at_half_load,
)
from climate.cooling.reference.hall import (
    Demand,
    Hall,
    State,
    colocation,
    fan_per_volume,
    hyperscale,
    mid_humidity,
    mist_pump,
)
from climate.cooling.tower import approach, fan_power, make_up
from climate.psychrometrics import (
    FloatArray,
    density,
    humidity_ratio,
    wet_bulb,
)
from data.assumptions.cooling import CoolingBook
from data.assumptions.lei_compat import LeiCompatBook


def tower(state: State, a: CoolingBook, lei: LeiCompatBook) -> Demand:
    """Case 2: towers through an economiser as far as they reach, then chillers."""
    hall = hyperscale(a, lei)
    bulb = np.asarray(wet_bulb(*state))
    water_out = bulb + approach(bulb, a)
    _, back = loop_water(a)
    reach = back - water_out - a.tower_exchanger_approach_k
    free = np.clip(reach / a.air_water_rise_k, 0.0, 1.0)
    plant = chilled(1.0 - free, water_out, hall, state, (a, lei))
    limits = (a.airside_humidity_low_pct, a.airside_humidity_high_pct)
    humidity = mid_humidity(a.air_supply_c, *limits, a)
    ratio = humidity_ratio(a.air_supply_c, humidity, state.pressure)
    fans = fan_per_volume(a.air_fan_pressure_pa, a.air_fan_efficiency)
    volume = hall.air_flow / density(a.air_supply_c, ratio, state.pressure)
    return Demand(hall.losses + volume * fans + plant.power, plant.water)


def chilled(
    share: FloatArray | float,
    water_out: FloatArray,
    hall: Hall,
    state: State,
    books: tuple[CoolingBook, LeiCompatBook],
) -> Demand:
    """Cool a hall by towers, `share` of it through chillers."""
    a, _ = books
    compressors = share * hall.load / cop_at_half_load(water_out)
    rejected = hall.load + compressors
    flow = rejected / (HEAT_CAPACITY_WATER * a.tower_range_k)
    outdoor = density(state.temp, np.asarray(humidity_ratio(*state)), state.pressure)
    lost = make_up(rejected, flow, water_out, a)
    pumps = (
        pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * hall.load
        + pump_ratio(a.tower_range_k, a.tower_pump_pressure_pa, a) * rejected
        + mist_pump(hall, a)
    )
    return Demand(
        compressors + pumps + fan_power(flow, outdoor, a),
        lost.evaporation + lost.drift + lost.blowdown + hall.moisture,
    )


def air_cooled(state: State, a: CoolingBook, lei: LeiCompatBook) -> Demand:
    """Case 7: air-cooled chillers all the time."""
    hall = colocation(lei)
    supply = lei.colo_air_supply_c
    limits = (lei.colo_airside_humidity_low_pct, a.airside_humidity_high_pct)
    ratio = humidity_ratio(supply, mid_humidity(supply, *limits, a), state.pressure)
    volume = hall.air_flow / density(supply, ratio, state.pressure)
    cop = cop_air_cooled_log(state.temp, lei.colo_chiller_part_load)
    fans = fan_per_volume(lei.colo_air_fan_pressure_pa, lei.colo_air_fan_efficiency)
    power = (
        hall.losses
        + volume * fans
        + pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * hall.load
        + mist_pump(hall, a)
        + hall.load / (cop * lei.colo_chiller_cop_multiplier)
    )
    return Demand(power, np.full_like(power, hall.moisture))


def sea_water(state: State, a: CoolingBook, lei: LeiCompatBook) -> Demand:
    """Sea water through an exchanger as far as it reaches, then chillers (2020)."""
    hall = hyperscale(a, lei)
    _, back = loop_water(a)
    reach = back - state.temp - a.sea_exchanger_approach_k
    free = np.clip(reach / a.air_water_rise_k, 0.0, 1.0)
    cop = cop_2020(state.temp, lei.chiller_part_load)
    compressors = (1.0 - free) * hall.load / cop
    volume = hall.air_flow / density(a.air_supply_c, 0.0, state.pressure)
    fans = fan_per_volume(a.air_fan_pressure_pa, a.air_fan_efficiency)
    loop = pump_ratio(a.air_water_rise_k, a.pump_pressure_pa, a) * hall.load
    lift = pump_ratio(a.sea_rise_k, lei.sea_pump_pressure_pa, a)
    sea = lift * (hall.load + compressors)
    power = hall.losses + volume * fans + loop + sea + compressors
    return Demand(power, np.zeros_like(power))
