"""The fibre room's slice of the assumptions book: what reach computes with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreBook:
    """Scalars named `fibre.*` in the book; units, doubt and sources stand there."""

    delay_us_per_km: float
    rtt_factor_expected: float
    rtt_factor_low: float
    rtt_factor_high: float
    lateral_route_factor: float
    lateral_min_km: float
    lateral_capex_usd_per_km: float
    cuts_land_per_1000km: float
    cuts_sea_per_1000km: float
    repair_land_h: float
    repair_sea_days: float
    repair_caspian_days: float
    repair_log_sd: float
    corridor_events_per_year: float
    corridor_event_h: float
    hub_events_per_year: float
    hub_event_h: float
    years_drawn: float
    border_floor_tbps: float
    gbps_per_mw_training: float
    gbps_per_mw_inference: float
    gbps_per_mw_colocation: float
    sea_capex_usd_per_km: float
    lease_years: float
