"""The finance room's slice of the book: costs, rents, escalation, tax, timeline."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceBook:
    """Scalars named `finance.*` in the book; units, doubt and sources stand there."""

    wacc_pct: float
    country_risk_in_wacc_pct: float
    country_risk_pct: float
    life_years: float
    price_year: float
    capex_escalation_pct: float
    usd_inflation_pct: float
    azn_inflation_pct: float
    azn_depreciation_pct: float
    devaluation_pct: float
    devaluation_year: float
    power_escalation_pct: float
    rent_escalation_pct: float
    reference_rent_usd_per_kw_month: float
    reference_power_usd_per_mwh: float
    reference_pue: float
    occupancy_pct: float
    prelet_pct: float
    lease_up_months: float
    working_capital_days: float
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
    residual_pct: float
    qualifying_alat_fez_pct: float
    qualifying_industrial_park_pct: float
    qualifying_deoccupied_pct: float
    qualifying_technology_park_pct: float
    it_capex_usd_per_kw: float
    it_price_change_pct: float
    it_life_years: float
    it_least_remainder_years: float
    it_lead_months: float
    it_residual_pct: float
    it_tax_life_years: float
    it_support_pct: float
    it_customs_pct: float
    kw_per_gpu: float
    reference_gpu_usd_per_hour: float
    gpu_price_fall_pct: float
    gpu_occupancy_pct: float
    gpu_goodput_pct: float
    debt_rate_pct: float
    debt_fee_pct: float
    debt_tenor_years: float
    debt_tenor_gpu_years: float
    dscr_leased: float
    dscr_merchant: float
    gearing_cap_pct: float
    dsra_months: float

    @property
    def discount_pct(self) -> float:
        """WACC with the country risk in force in the place of the one within it [%]."""
        return self.wacc_pct + (self.country_risk_pct - self.country_risk_in_wacc_pct)
