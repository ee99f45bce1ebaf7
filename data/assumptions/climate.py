"""The climate slice of the assumptions book."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateBook:
    """Scalars of normals and warming; units and sources are in the book."""

    gap_linear_hours: float
    gap_refuse_pct: float
    wind_shear_exponent: float
    lapse_k_per_km: float
    temp_bias_k: float
    dew_point_bias_k: float
    normals_year: float
    warming_base_year: float
    warming_ssp245_2030_k: float
    warming_ssp245_2050_k: float
    warming_ssp245_2090_k: float
    warming_ssp585_2030_k: float
    warming_ssp585_2050_k: float
    warming_ssp585_2090_k: float
    warming_summer_factor: float
