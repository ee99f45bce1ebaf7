"""The cooling room's slice of the assumptions book: what `climate.cooling` computes with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolingBook:
    """Scalars named `cooling.*` in the book; units, doubt and sources stand there."""

    ups_k0: float
    ups_k1: float
    ups_k2: float
    ups_installed_ratio: float
    distribution_loss: float
    transformer_no_load_loss: float
    transformer_full_load_loss: float
    transformer_rating_ratio: float
    lighting: float
    auxiliaries: float
    air_supply_c: float
    air_temperature_rise_k: float
    air_fan_pressure_pa: float
    air_fan_efficiency: float
    air_coil_effectiveness: float
    air_water_rise_k: float
    pump_pressure_pa: float
    pump_efficiency: float
    pump_glycol_factor: float
    speed_floor: float
    redundancy: float
    chiller_cop_multiplier: float
    chiller_water_gain_per_k: float
    chiller_water_gain_top_c: float
    chiller_capacity_derate_per_k: float
    chiller_lockout_c: float
    chiller_cop_cap: float
    chiller_min_part_load: float
    chiller_trim_part_load: float
    free_cooling_approach_k: float
    free_cooling_fan_power: float
    liquid_heat_fraction: float
    liquid_water_rise_k: float
    liquid_cdu_approach_k: float
    liquid_coolant_limit_c: float
    liquid_pump_power: float
    dry_cooler_fan_power: float
    dry_cooler_air_exponent: float
    dry_cooler_air_rise_k: float
    dry_cooler_air_rise_per_itd: float
    dry_cooler_area_ratio: float
    dry_cooler_min_speed: float
    dry_cooler_glycol_penalty: float
    dry_cooler_design_density: float
    adiabatic_effectiveness: float
    adiabatic_feed_ratio: float
    adiabatic_min_temp_c: float
    design_margin_k: float
    design_coincident_pct: float
    rack_training_kw: float
    rack_inference_kw: float
    rack_colocation_kw: float
    rack_air_limit_kw: float
    capex_air_loop_usd_per_kw_it: float
    capex_dry_cooler_usd_per_kw: float
    capex_dry_cooler_reference_itd_k: float
    capex_cdu_usd_per_kw: float
    capex_trim_chiller_usd_per_kw: float
