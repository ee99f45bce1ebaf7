"""A project small enough to work by hand: 1 MW, 2.8 million USD, two years of rent.

Decided on 1 January 2027, ready after twelve months, so that all is spent in 2027 and
earned in 2028 and 2029, at 10 %, without escalation, vacancy, VAT or contingency.
"""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from data.assumptions.finance import FinanceBook
from siting.finance import CashInputs, CashTerms, Clocks, TaxTerms

HAND = {
    "wacc_pct": 10.0,
    "life_years": 2.0,
    "price_year": 2027.0,
    "reference_rent_usd_per_kw_month": 150.0,
    "reference_power_usd_per_mwh": 62.4,
    "reference_pue": 1.25,
    "occupancy_pct": 100.0,
    "prelet_pct": 100.0,
    "spend_first_third_pct": 25.0,
    "spend_two_thirds_pct": 75.0,
    "facility_capex_usd_per_kw": 2400.0,
    "cooling_in_facility_usd_per_kw": 400.0,
    "shell_share_pct": 20.0,
    "maintenance_pct": 1.0,
    "equipment_share_pct": 60.0,
    "vat_recoverable_pct": 100.0,
    "loss_carry_forward_years": 5.0,
    "building_tax_life_years": 4.0,
    "plant_tax_life_years": 4.0,
    "qualifying_alat_fez_pct": 100.0,
    "qualifying_industrial_park_pct": 100.0,
    "qualifying_deoccupied_pct": 100.0,
    "qualifying_technology_park_pct": 100.0,
}


@pytest.fixture
def book():
    """Return a maker of books: the hand-worked one, with any value replaced."""
    zeros = {field.name: 0.0 for field in fields(FinanceBook)}

    def make(**values):
        return FinanceBook(**{**zeros, **HAND, **values})

    return make


@pytest.fixture
def standard():
    """Return a maker of tax terms: 20 % profit, 1 % property, no VAT, no holiday."""

    def make(**values):
        terms = TaxTerms(
            holiday_profit_pct=np.array(0.0),
            holiday_property_pct=np.array(0.0),
            holiday_vat_pct=np.array(0.0),
            holiday_it_vat_pct=np.array(0.0),
            holiday_customs_pct=np.array(0.0),
            holiday_dividend_pct=np.array(0.0),
            holiday_until=np.array(-np.inf),
            qualifying_pct=np.array(100.0),
            profit_pct=np.array(20.0),
            property_pct=np.array(1.0),
            vat_pct=np.array(0.0),
            customs_pct=np.array(0.0),
            dividend_pct=np.array(0.0),
        )
        return replace(terms, **{k: np.asarray(v) for k, v in values.items()})

    return make


@pytest.fixture
def project(standard):
    """Return a maker of inputs: the hand-worked project, with any value replaced."""

    def make(grid_months=12.0, building_months=12.0, **values):
        inputs = CashInputs(
            it_mw=np.array(1.0),
            utilisation=np.array(0.8),
            clocks=Clocks(
                grid_months=np.asarray(grid_months, dtype=float),
                permit_months=np.array(0.0),
                building_months=np.asarray(building_months, dtype=float),
                licence_months=np.array(0.0),
            ),
            cooling_capex_usd=np.array(400e3),
            connection_capex_usd=np.array(300e3),
            second_feed_capex_usd=np.array(0.0),
            generators_usd=np.array(0.0),
            fibre_capex_usd=np.array(100e3),
            connection_charge_usd=np.array(0.0),
            energy_usd_per_year=np.array(100e3),
            standing_usd_per_year=np.array(0.0),
            water_azn_per_year=np.array(0.0),
            land_ha=np.array(0.0),
            azn_per_usd=np.array(1.7),
            tax=standard(),
        )
        return replace(inputs, **values)

    return make


@pytest.fixture
def terms():
    """Return a maker of terms: decided on 1 January 2027, power passed through."""

    def make(**values):
        return CashTerms(**{"decision": date(2027, 1, 1), **values})

    return make
