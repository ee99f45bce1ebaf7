"""The supply room's slice of the book: what plants, batteries and engines cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyBook:
    """Scalars named `supply.*` in the book; units, doubt and sources stand there."""

    solar_usd_per_kw: float
    solar_fixed_pct: float
    solar_life_years: float
    wind_usd_per_kw: float
    wind_fixed_pct: float
    wind_life_years: float
    battery_usd_per_kw: float
    battery_usd_per_kwh: float
    battery_fixed_pct: float
    battery_power_life_years: float
    battery_energy_life_years: float
    battery_efficiency_pct: float
    gas_usd_per_kw: float
    gas_usd_per_mwh: float
    gas_life_years: float
    gas_efficiency_pct: float
    gas_available_pct: float
    grid_carbon_free_pct: float
    voll_usd_per_mwh: float
