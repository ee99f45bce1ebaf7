"""The input cells of the pack: choices, figures of the site, numbers of the book."""

from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np

from data import World
from data.assumptions.finance import FinanceBook
from siting.finance.costs import HOURS_PER_MONTH
from siting.finance.timeline import months_into_year
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


class Given(NamedTuple):
    """One input cell, and where its value comes from."""

    item: Item
    told: str
    """Scenario choice, metric to explain, or table row."""


def given(name: str, label: str, unit: str, value: float, told: str) -> Given:
    """Return an input cell with a value."""
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
        given(name, label, unit, float(value), source)
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


def of_book(case: Case) -> tuple[Given, ...]:
    """Return the numbers of the book in force that the cash flow reads."""
    table = case.world.book.table
    units, values = table["unit"].to_dict(), table["value"].to_dict()
    overrides = dict(case.scenario.overrides)
    return tuple(
        given(
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
