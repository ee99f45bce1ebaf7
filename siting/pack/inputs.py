"""The input cells of the pack: choices, figures of the site, numbers of the book."""

from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data import World
from data.assumptions.finance import FinanceBook
from grid import electricity
from siting.finance.costs import HOURS_PER_MONTH
from siting.finance.regimes import PERMANENT, STANDARD
from siting.finance.timeline import decimal_year, months_into_year
from siting.pack.case import Case
from siting.pack.language import Item

LIVE = {
    **{f.name: f"finance.{f.name}" for f in fields(FinanceBook)},
    "permit_months": "campus.permit_months",
    "building_months": "campus.building_months",
    "licence_months": "campus.licence_months",
    "hectare_per_mw": "campus.hectare_per_mw",
    "water_tariff_azn_per_m3": "campus.water_tariff_azn_per_m3",
    "azn_per_usd": "power.azn_per_usd",
}
"""Numbers of the book that the cash flow reads: their cell → their name there."""
LIVE["loss_years"] = LIVE.pop("loss_carry_forward_years")
QUALIFYING = {
    "alat_fez": "qualifying_alat_fez_pct",
    "industrial_park": "qualifying_industrial_park_pct",
    "park_in_deoccupied": "qualifying_industrial_park_pct",
    "deoccupied": "qualifying_deoccupied_pct",
    "technology_park": "qualifying_technology_park_pct",
}
"""Tax regime → the number that says how much of the project its relief reaches."""


class Given(NamedTuple):
    """One input cell, and where its value comes from."""

    item: Item
    told: str
    """Scenario choice, metric to explain, or table row."""


def _given(name: str, label: str, unit: str, value: float, told: str) -> Given:
    return Given(Item(name=name, label=label, unit=unit, value=float(value)), told)


def choices(case: Case) -> tuple[Given, ...]:
    """Return what the investor decides."""
    terms, campus = case.money.terms, case.scenario.campus
    day, load = (
        "scenario campus.decision_date",
        float(np.ravel(case.money.inputs.utilisation)[0]),
    )
    rows = (
        ("decision_year", "year of the decision", "year", terms.decision.year, day),
        (
            "decision_months",
            "months of it gone by then",
            "months",
            months_into_year(terms.decision),
            day,
        ),
        (
            "operates",
            "1: runs the plant; 0: a shell, which its tenant runs",
            "1",
            terms.role != "shell",
            f"scenario finance.role = {terms.role}",
        ),
        (
            "all_in",
            "1: one price for rent and power; 0: power passed through",
            "1",
            terms.contract == "all_in",
            f"scenario finance.contract = {terms.contract}",
        ),
        ("borrows", "1: a loan is sized", "1", terms.debt, "scenario finance.debt"),
        (
            "utilisation",
            "mean IT load over contracted capacity",
            "1",
            load,
            f"book campus.utilisation_{campus.workload}",
        ),
    )
    told = (
        _given(name, label, unit, float(value), source)
        for name, label, unit, value, source in rows
    )
    return (*told, *_rent(case))


RENT = Item(
    name="base_rent_usd_per_kw_month",
    label="rent before the all-in margin, in money of the price year",
    unit="USD/kW-month",
    formula="reference_rent_usd_per_kw_month",
)


def _rent(case: Case) -> tuple[Given, ...]:
    """Return the rent before the all-in margin: the reference, or the one stated."""
    terms = case.money.terms
    if terms.role == "gpu_cloud":
        return _hour(terms.gpu_usd_per_hour)
    rent = terms.rent_usd_per_kw_month
    if rent is None:
        told = "the reference rent below; write a number here for another"
        return (Given(RENT, told),)
    told = "scenario finance.rent_usd_per_kw_month"
    if case.scenario.finance.rent_usd_per_kw_month is None:
        told = "no rent is published for a shell: the rent it requires"
    return (Given(replace(RENT, formula="", value=float(rent)), told),)


def _hour(stated: float | None) -> tuple[Given, ...]:
    """Return the price of a GPU-hour and what a kilowatt earns with it in a month."""
    hour = Item(
        name="gpu_usd_per_hour",
        label="price of a GPU-hour on new IT",
        unit="USD/GPU-h",
        formula="reference_gpu_usd_per_hour" if stated is None else "",
        value=stated or 0.0,
    )
    month = f"gpu_usd_per_hour*{HOURS_PER_MONTH:g}*gpu_goodput_pct/100/kw_per_gpu"
    told = "what a kilowatt under contract earns on new IT, power included"
    rent = replace(RENT, label="income of a kilowatt-month", formula=month)
    return Given(hour, "scenario finance.gpu_usd_per_hour, or the book's"), Given(
        rent, told
    )


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
        _given(name, label, unit, values[name], f"siting explain {case.site} {metric}")
        for name, label, unit, metric in FIGURES
    ]
    taxes = [
        _given(
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


def of_book(case: Case) -> tuple[Given, ...]:
    """Return the numbers of the book in force that the cash flow reads."""
    table = case.world.book.table
    units, values = table["unit"].to_dict(), table["value"].to_dict()
    overrides = dict(case.scenario.overrides)
    return tuple(
        _given(
            cell,
            str(name),
            str(units[name]),
            value_in_force(name, case),
            f"override (the book says {values[name]:g})" if name in overrides else "",
        )
        for cell, name in LIVE.items()
    )


def value_in_force(name: str, case: Case) -> float:
    """Return a number of the book as the engine used it."""
    room, _, rest = name.partition(".")
    return float(getattr(getattr(case.a, room), rest.replace(".", "_")))


def citations(world: World) -> dict[str, str]:
    """Return what every source id stands for."""
    table = world.tables["sources"]["citation"]
    return {str(name): str(text) for name, text in table.items()}


def cited(source: str, known: dict[str, str]) -> str:
    """Return the citations of a cell of source ids."""
    return " | ".join(known.get(name, name) for name in source.split())
