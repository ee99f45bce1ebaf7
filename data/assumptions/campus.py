"""The campus room's slice of the book: land, building time, load, water tariff."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CampusBook:
    """Scalars named `campus.*` in the book; units, doubt and sources stand there."""

    hectare_per_mw: float
    land_free_pct: float
    building_months: float
    permit_months: float
    licence_months: float
    utilisation_training: float
    utilisation_inference: float
    utilisation_colocation: float
    water_tariff_azn_per_m3: float
    connection_margin: float
    water_negligible_l_per_kwh: float
