"""How a figure is written: its short name, its digits, its unit from the glossary."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.schema import glossary

ABSENT: Final = "–"


@dataclass(frozen=True, slots=True)
class Style:
    """Short name of a metric and the digits its doubt allows."""

    label: str
    digits: int = 0
    unit: str = ""
    """Shorter than the glossary's, where a head has no room; blank for the glossary's."""
    per: float = 1.0
    """What one of the unit shown is in the glossary's."""


STYLES: Final = {
    "rank": Style("#"),
    "p_rank_1": Style("First", 2),
    "p_top_3": Style("Top 3", 2),
    "name": Style("Site"),
    "score": Style("Score"),
    "cooling_score": Style("Cooling"),
    "power_score": Style("Power"),
    "connectivity_score": Style("Reach"),
    "lcoc_usd_per_kw_month": Style("LCOC"),
    "pue_annual": Style("PUE", 2),
    "price_usd_per_mwh": Style("Price"),
    "it_mw": Style("Firm IT"),
    "firm_mw": Style("Firm at substation"),
    "lateral_km": Style("Line"),
    "months_to_power": Style("Power in"),
    "ready_date": Style("Ready"),
    "rtt_europe_ms": Style("RTT EU"),
    "rtt_central_asia_ms": Style("RTT Central Asia"),
    "routes_europe_node": Style("Disjoint routes"),
    "isolation_h_per_year": Style("Cut off", 1),
    "excluded_because": Style("Excluded because"),
    "pue_peak": Style("Dry peak", 2),
    "pue_peak_wet": Style("Wet peak", 2),
    "wue_annual_l_per_kwh": Style("WUE", 2),
    "free_cooling_hours": Style("Free", unit="h"),
    "wet_hours": Style("Wet", unit="h"),
    "shortfall_hours": Style("Short", unit="h"),
    "derate_pct": Style("Derate"),
    "peak_water_m3_per_mw_day": Style("Peak", unit="m³/MW/d"),
    "cooling_capex_usd_per_kw_it": Style("Plant"),
    "water_stress_l_per_kwh": Style("Water × stress", 2),
    "served_pct": Style("Part of the load"),
    "routes_permitted": Style("Routes permitted"),
    "ready_months": Style("First service in"),
    "binding_constraint": Style("What binds"),
    "substation_name": Style("Connects at"),
    "connection_kv": Style("Voltage"),
    "cooling_system": Style("Cooling plant"),
    "tax_regime": Style("Tax regime"),
    "land_free_ha": Style("Free land"),
    "seismic_msk": Style("Earthquake zone", unit="MSK-64"),
    "mines_class": Style("Mines"),
    "border_min_km": Style("To a border"),
    "firm_mw_p10": Style("Firm, P10"),
    "firm_mw_p90": Style("Firm, P90"),
    "flexible_mw": Style("If it may be cut"),
    "carbon_location_t_per_mwh": Style("Carbon, reported", 2, "t/MWh"),
    "carbon_hourly_average_t_per_mwh": Style("Carbon, by the hour", 2, "t/MWh"),
    "carbon_free_pct": Style("Carbon-free"),
    "water_m3_per_year": Style("Water", unit="m³/year"),
    "required_rent_usd_per_kw_month": Style("Required rent"),
    "npv_usd": Style("NPV", 1, "M USD", 1e6),
    "irr_pct": Style("IRR", 1),
    "payback_years": Style("Payback", 1),
    "capex_usd_per_kw": Style("Investment"),
    "capex_usd": Style("Investment in all", 0, "M USD", 1e6),
    "opex_usd_per_year": Style("Operation", 1, "M USD/year", 1e6),
    "connection_capex_usd": Style("Connection", 1, "M USD", 1e6),
    "people_within_100_ms": Style("People within 100 ms", 0, "million", 1e6),
}
"""Metrics the pages show, in the house's short words."""

COLOURS: Final = (
    "score",
    "lcoc_usd_per_kw_month",
    "pue_annual",
    "price_usd_per_mwh",
    "it_mw",
    "months_to_power",
    "rtt_europe_ms",
    "isolation_h_per_year",
)
"""Metrics the map can be coloured by."""

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^:])")
"""Characters that Markdown, its colours and its formulas would act upon."""


def plain(text: str) -> str:
    r"""Return text that Markdown shows letter by letter, on one line.

    Examples
    --------
    >>> print(plain("5*3 <b>"))
    5\*3 \<b\>
    """
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def unit(metric: str) -> str:
    """Return the unit a metric is shown with; blank for a plain number or a word."""
    if metric in STYLES and STYLES[metric].unit:
        return STYLES[metric].unit
    term = glossary().get(metric)
    return "" if term is None or term.unit in ("", "1") else term.unit


def label(metric: str) -> str:
    """Return the short name of a metric, or its own."""
    return STYLES[metric].label if metric in STYLES else metric


def heading(metric: str) -> str:
    """Return the short name with its unit, as a column's head.

    Examples
    --------
    >>> heading("rtt_europe_ms")
    'RTT EU, ms'
    """
    return ", ".join(part for part in (label(metric), unit(metric)) if part)


def digits(metric: str) -> int:
    """Return the decimals a metric is shown with."""
    return STYLES[metric].digits if metric in STYLES else 2


def number(metric: str, value: float) -> str:
    """Return a value with the digits of its metric; absent as a dash.

    Examples
    --------
    >>> number("pue_annual", 1.0791)
    '1.08'
    """
    per = STYLES[metric].per if metric in STYLES else 1.0
    return ABSENT if pd.isna(value) else f"{value / per:,.{digits(metric)}f}"


def apart(metric: str, one: float, other: float) -> tuple[str, str]:
    """Return two values with as many more digits as it takes to tell them apart.

    Examples
    --------
    >>> apart("score", 72.74, 73.2)
    ('72.7', '73.2')
    """
    for places in range(digits(metric), digits(metric) + 3):
        texts = f"{one:,.{places}f}", f"{other:,.{places}f}"
        if texts[0] != texts[1]:
            break
    return texts


def told_apart(metric: str, values: Sequence[float]) -> list[str]:
    """Return values with one more digit, if that tells all of them apart.

    Examples
    --------
    >>> told_apart("score", [72.74, 73.2, float("nan")])
    ['72.7', '73.2', '–']
    """
    per = STYLES[metric].per if metric in STYLES else 1.0
    known = {value for value in values if not pd.isna(value)}
    for places in (digits(metric), digits(metric) + 1):
        texts = [
            ABSENT if pd.isna(value) else f"{value / per:,.{places}f}"
            for value in values
        ]
        if len(set(texts) - {ABSENT}) == len(known):
            return texts
    return [number(metric, value) for value in values]


def figure(metric: str, value: float) -> str:
    """Return a value with its unit.

    Examples
    --------
    >>> figure("price_usd_per_mwh", 54.74)
    '55 USD/MWh'
    """
    text = number(metric, value)
    return text if text == ABSENT else " ".join(x for x in (text, unit(metric)) if x)


def place(row: Mapping[Any, Any]) -> str:
    """Return where a row of the ranking stands, in words."""
    if row["excluded_because"]:
        return "excluded"
    return "not ranked" if pd.isna(row["rank"]) else f"No. {row['rank']:.0f}"
