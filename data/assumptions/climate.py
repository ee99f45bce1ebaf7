"""The climate slice of the assumptions book."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateBook:
    """Scalars of normals, warming and sea; units and sources are in the book."""

    gap_linear_hours: float
    gap_refuse_pct: float
    wind_shear_exponent: float
    lapse_k_per_km: float
    temp_bias_k: float
    dew_point_bias_k: float
    daily_range_factor: float
    wind_factor: float
    normals_year: float
    warming_base_year: float
    warming_ssp245_2030_k: float
    warming_ssp245_2050_k: float
    warming_ssp245_2090_k: float
    warming_ssp585_2030_k: float
    warming_ssp585_2050_k: float
    warming_ssp585_2090_k: float
    warming_rcp_base_year: float
    warming_rcp26_2050_k: float
    warming_rcp26_2090_k: float
    warming_rcp45_2050_k: float
    warming_rcp45_2090_k: float
    warming_rcp85_2050_k: float
    warming_rcp85_2090_k: float
    warming_summer_factor: float
    sea_level_m: float
    sea_level_year: float
    sea_fall_m_per_year: float
    sea_warming_share: float
    sea_temp_bias_k: float
    sea_stratification: float
