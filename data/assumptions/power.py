"""The power room's slice of the assumptions book: what connect and price compute with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerBook:
    """Scalars named `power.*` in the book; units, doubt and sources stand there."""

    azn_per_usd: float
    tariff_industrial_azn_per_kwh: float
    tariff_data_centre_day_azn_per_kwh: float
    tariff_data_centre_night_azn_per_kwh: float
    tariff_day_from_hour: float
    tariff_day_to_hour: float
    tariff_data_centre_min_gwh_per_month: float
    tariff_data_centre_min_kv: float
    tariff_vat_included: float
    substation_default_units: float
    substation_unit_mva_110: float
    substation_unit_mva_220: float
    substation_unit_mva_330: float
    substation_unit_mva_500: float
    substation_power_factor: float
    substation_existing_peak_share: float
    lateral_route_factor_lowland: float
    lateral_route_factor_mountain: float
    lateral_mountain_from_m: float
    lateral_route_factor_ridge: float
    lateral_ridge_climb_m: float
    line_usd_per_km_110: float
    line_usd_per_km_220: float
    line_usd_per_km_330: float
    line_usd_per_km_500: float
    bay_usd_110: float
    bay_usd_220: float
    bay_usd_330: float
    bay_usd_500: float
    station_usd_110: float
    station_usd_220: float
    station_usd_330: float
    station_usd_500: float
    transformer_usd_per_mva: float
    transformer_own_redundancy: float
    transformer_large_from_mva: float
    transformer_large_from_kv: float
    time_study_permits_months: float
    time_line_base_months: float
    time_line_months_per_km: float
    time_commissioning_months: float
    time_large_transformer_months: float
    time_medium_transformer_months: float
    time_switchgear_months: float
    time_upstream_month_of_year: float
    carbon_location_t_per_mwh: float
    carbon_marginal_t_per_mwh: float
    carbon_lifecycle_t_per_mwh: float
