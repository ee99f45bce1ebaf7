"""The slice of the assumptions book for solar and wind plants."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceBook:
    """Scalars of solar and wind plants; units and sources are in the book."""

    pv_tracking: float
    pv_tilt_deg: float
    pv_azimuth_deg: float
    pv_tracker_limit_deg: float
    pv_ground_cover_ratio: float
    pv_dc_ac_ratio: float
    pv_temp_coefficient_pct_per_k: float
    pv_inverter_efficiency: float
    pv_heat_loss_u0: float
    pv_heat_loss_u1: float
    pv_incidence_b: float
    pv_bifacial_gain_pct: float
    pv_soiling_pct: float
    pv_dc_loss_pct: float
    pv_ac_loss_pct: float
    pv_availability_pct: float
    pv_albedo: float
    wind_measurement_height_m: float
    wind_hub_height_m: float
    wind_roughness_m: float
    wind_wake_loss_pct: float
    wind_other_loss_pct: float
    wind_availability_pct: float
