"""The input cells of a site: its figures, and the terms of its tax regime."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from grid import electricity
from siting.finance.regimes import PERMANENT, STANDARD
from siting.finance.timeline import decimal_year
from siting.pack.case import Case
from siting.pack.inputs import Given, given
from siting.pack.language import Item

QUALIFYING = {
    "alat_fez": "qualifying_alat_fez_pct",
    "industrial_park": "qualifying_industrial_park_pct",
    "park_in_deoccupied": "qualifying_industrial_park_pct",
    "deoccupied": "qualifying_deoccupied_pct",
    "technology_park": "qualifying_technology_park_pct",
}
"""Tax regime → the number that says how much of the project its relief reaches."""


TERMS = (
    ("holiday_profit_pct", "profit tax in the holiday", "%"),
    ("holiday_property_pct", "property tax in it", "%"),
    ("holiday_equipment_vat_pct", "VAT on equipment in it", "%"),
    ("holiday_works_vat_pct", "VAT on works in it", "%"),
    ("holiday_years", "length of the holiday from the decision; 0: none", "years"),
    ("holiday_end", "day it ends on, as decimal year; 0: none", "year"),
    ("holiday_for_ever", "1: no end is named", "1"),
    ("supply_vat_pct", "VAT on power", "%"),
    ("holiday_customs_pct", "customs duty on IT in the holiday", "%"),
    ("holiday_dividend_pct", "tax withheld from dividends in it", "%"),
    ("profit_tax_pct", "profit tax otherwise", "%"),
    ("property_rate_pct", "property tax otherwise", "%"),
    ("vat_rate_pct", "VAT on investment otherwise", "%"),
    ("standard_supply_vat_pct", "VAT on power, standard", "%"),
    ("dividend_rate_pct", "tax withheld from dividends otherwise", "%"),
)
"""Cells of the tax regime: the site's own first, then the standard one's."""
OWN_TERMS = 10
"""How many of them are the site's own."""
FIGURES = (
    ("it_mw", "IT capacity delivered", "MW", "it_mw"),
    ("grid_months", "months to power", "months", "months_to_power"),
    (
        "cooling_capex_usd_per_kw_it",
        "cooling plant",
        "USD/kW",
        "cooling_capex_usd_per_kw_it",
    ),
    ("connection_capex_usd", "grid connection", "USD", "connection_capex_usd"),
    ("second_feed_capex_usd", "second feed", "USD", "second_feed_capex_usd"),
    ("generators_usd", "generators and fuel of the tier", "USD", "generators_usd"),
    ("fibre_capex_usd", "fibre laterals", "USD", "fibre_capex_usd"),
    (
        "joining_charge_usd",
        "charge for joining the network",
        "USD",
        "capex_connection_charge_usd",
    ),
    (
        "energy_mwh_per_mw_year",
        "energy per MW of IT, PUE and utilisation in it",
        "MWh/MW-year",
        "energy_mwh_per_year",
    ),
    (
        "price_ex_vat_azn_per_mwh",
        "price at the meter without VAT",
        "AZN/MWh",
        "price_usd_per_mwh",
    ),
    (
        "standing_ex_vat_azn_per_year",
        "standing charge without VAT",
        "AZN/year",
        "opex_standing_charge_usd_per_year",
    ),
    (
        "water_m3_per_mw_year",
        "water per MW of IT",
        "m3/MW-year",
        "water_m3_per_year",
    ),
    (
        "reference_ex_vat",
        "a tabled price without VAT, of one as tabled",
        "1",
        "price_usd_per_mwh",
    ),
)
"""Cells of the site, and the metric that explains each."""


def of_site(case: Case) -> tuple[Given, ...]:
    """Return the figures of the site that the cash flow reads, its taxes among them."""
    values, terms = _figures(case), _terms(case)
    regime = _regime(case)
    told = [
        given(name, label, unit, values[name], f"siting explain {case.site} {metric}")
        for name, label, unit, metric in FIGURES
    ]
    taxes = [
        given(
            name,
            label,
            unit,
            terms[name],
            f"tax_regimes.csv · {regime if number < OWN_TERMS else STANDARD}",
        )
        for number, (name, label, unit) in enumerate(TERMS)
    ]
    if np.isnan(terms["holiday_customs_pct"]):
        taxes = [_usual_duty(cell) for cell in taxes]
    share = Item(
        name="qualifying_pct",
        label="share of the project its relief reaches",
        unit="%",
        formula=QUALIFYING.get(regime, "100"),
    )
    return (*told, *taxes, Given(share, "the number of the book for the regime, below"))


def _usual_duty(given: Given) -> Given:
    """Return the duty in the holiday as the book's, where the regime names none."""
    if given.item.name != "holiday_customs_pct":
        return given
    item = replace(given.item, value=0.0, formula="it_customs_pct")
    return Given(item, "the number of the book, below: the regime names none")


def _figures(case: Case) -> dict[str, float]:
    """Return the values of `FIGURES`, prices in manat and without VAT."""
    money, rate, it_mw = (
        case.money.inputs,
        case.a.power.azn_per_usd,
        case.metric("it_mw"),
    )
    manat = rate / _borne(case)
    energy_mwh = case.metric("energy_mwh_per_year")
    standard = _supply_vat(case, STANDARD)
    values = {
        "it_mw": it_mw,
        "grid_months": money.clocks.grid_months,
        "cooling_capex_usd_per_kw_it": money.cooling_capex_usd / (1000.0 * it_mw),
        "connection_capex_usd": money.connection_capex_usd,
        "second_feed_capex_usd": money.second_feed_capex_usd,
        "generators_usd": money.generators_usd,
        "fibre_capex_usd": money.fibre_capex_usd,
        "joining_charge_usd": money.connection_charge_usd,
        "energy_mwh_per_mw_year": energy_mwh / it_mw,
        "price_ex_vat_azn_per_mwh": money.energy_usd_per_year / energy_mwh * manat,
        "standing_ex_vat_azn_per_year": money.standing_usd_per_year * manat,
        "water_m3_per_mw_year": case.metric("water_m3_per_mw_year"),
        "reference_ex_vat": electricity.price_ex_vat(1.0, standard, case.a.power),
    }
    return {name: float(np.ravel(np.asarray(v))[0]) for name, v in values.items()}


def _regime(case: Case) -> str:
    return case.word("tax_regime") or STANDARD


def _terms(case: Case) -> dict[str, float]:
    """Return the values of `TERMS`: the site's tax regime, and the standard one."""
    rows: dict[str, dict[str, Any]]
    rows = case.world.tables["tax_regimes"].to_dict("index")  # type: ignore[assignment]
    own, standard = rows[_regime(case)], rows[STANDARD]
    outside = own["holiday_kind"] == PERMANENT
    years, end = own["holiday_years"], own["holiday_end"]
    dated, counted = pd.notna(end) and end != "", pd.notna(years)
    return {
        "holiday_profit_pct": own["profit_tax_pct"],
        "holiday_property_pct": own["property_tax_pct"],
        "holiday_equipment_vat_pct": own["equipment_vat_pct"],
        "holiday_works_vat_pct": (own if outside else standard)["equipment_vat_pct"],
        "holiday_years": years if counted else 0.0,
        "holiday_end": decimal_year(pd.Timestamp(end).date()) if dated else 0.0,
        "holiday_for_ever": not dated and not counted,
        "supply_vat_pct": own["supply_vat_pct"],
        "holiday_customs_pct": own["equipment_customs_pct"],
        "holiday_dividend_pct": own["dividend_tax_pct"],
        "profit_tax_pct": standard["profit_tax_pct"],
        "property_rate_pct": standard["property_tax_pct"],
        "vat_rate_pct": standard["equipment_vat_pct"],
        "standard_supply_vat_pct": standard["supply_vat_pct"],
        "dividend_rate_pct": standard["dividend_tax_pct"],
    }


def _supply_vat(case: Case, regime: str) -> float:
    rates = case.world.tables["tax_regimes"]["supply_vat_pct"]
    return float(rates.to_dict()[regime])


def _borne(case: Case) -> float:
    """Return how much of a power bill without VAT the campus bears."""
    vat = _supply_vat(case, _regime(case))
    return 1.0 + vat / 100.0 * (1.0 - case.a.finance.vat_recoverable_pct / 100.0)
