"""Slice of the book for the published model `climate.cooling.reference` rebuilds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeiCompatBook:
    """Scalars named `lei_compat.*`: published mid-range values, for validation alone.

    A field that `CoolingBook` also has takes its place in the shared formulas.
    `colo_*` are those of the smaller, co-located hall (case 7).
    """

    ups_efficiency: float
    distribution_loss: float
    lighting: float
    sensible_heat_ratio: float
    room_latent_heat_kj_per_kg: float
    supply_low_c: float
    air_supply_c: float
    air_temperature_rise_k: float
    air_fan_pressure_pa: float
    air_fan_efficiency: float
    air_coil_effectiveness: float
    air_water_rise_k: float
    airside_fan_pressure_pa: float
    airside_dew_point_low_c: float
    airside_dew_point_high_c: float
    airside_humidity_low_pct: float
    airside_humidity_high_pct: float
    airside_mist_pressure_pa: float
    pump_pressure_pa: float
    pump_efficiency: float
    chiller_part_load: float
    tower_approach_k: float
    tower_approach_gain_per_k: float
    tower_exchanger_approach_k: float
    tower_range_k: float
    tower_fan_pressure_pa: float
    tower_fan_efficiency: float
    tower_liquid_gas_ratio: float
    tower_pump_pressure_pa: float
    tower_drift: float
    tower_cycles: float
    tower_latent_fraction: float
    sea_exchanger_approach_k: float
    sea_rise_k: float
    sea_pump_pressure_pa: float
    colo_ups_efficiency: float
    colo_distribution_loss: float
    colo_lighting: float
    colo_air_supply_c: float
    colo_air_temperature_rise_k: float
    colo_air_fan_pressure_pa: float
    colo_air_fan_efficiency: float
    colo_airside_humidity_low_pct: float
    colo_chiller_part_load: float
    colo_chiller_cop_multiplier: float
