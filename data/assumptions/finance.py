"""The finance room's slice of the book: costs, rents, escalation, tax, timeline."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceBook:
    """Scalars named `finance.*` in the book; units, doubt and sources stand there."""

    wacc_pct: float
    life_years: float
    price_year: float
    capex_escalation_pct: float
    usd_inflation_pct: float
    azn_inflation_pct: float
    azn_depreciation_pct: float
    power_escalation_pct: float
    rent_escalation_pct: float
    reference_rent_usd_per_kw_month: float
    reference_power_usd_per_mwh: float
    reference_pue: float
    occupancy_pct: float
    prelet_pct: float
    lease_up_months: float
    spend_first_third_pct: float
    spend_two_thirds_pct: float
    facility_capex_usd_per_kw: float
    cooling_in_facility_usd_per_kw: float
    generators_in_facility_usd_per_kw: float
    shell_share_pct: float
    development_pct: float
    contingency_pct: float
    land_lease_usd_per_m2_year: float
    staff_fte_minimum: float
    staff_fte_per_mw: float
    ict_wage_azn_per_month: float
    staff_oncost_pct: float
    maintenance_pct: float
    insurance_pct: float
    equipment_share_pct: float
    vat_recoverable_pct: float
    loss_carry_forward_years: float
    building_tax_life_years: float
    plant_tax_life_years: float
    qualifying_alat_fez_pct: float
    qualifying_industrial_park_pct: float
    qualifying_deoccupied_pct: float
    qualifying_technology_park_pct: float
