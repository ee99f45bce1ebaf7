"""Tax regimes as calendars: what each grants, to whom and until when.

A regime's rates hold until its holiday ends; the standard rates follow. A year
the holiday ends in is split by its date. An industrial park's ten years run from
residency, taken as the decision date because import relief is wanted for the
building; the de-occupied territories' end on a fixed day whatever the start.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.assumptions.finance import FinanceBook
from siting.finance.measures import Array, over_years
from siting.finance.timeline import decimal_year

STANDARD: Final = "standard"
"""The regime whose rates apply once a holiday is over."""
PERMANENT: Final = "permanent"
"""The kind of holiday that a free zone outside the tax territory grants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTerms:
    """What a site's regime grants and until when; arrays (...)."""

    holiday_profit_pct: Array
    """Profit tax during the holiday [%]."""
    holiday_property_pct: Array
    """Property tax during the holiday [%]."""
    holiday_vat_pct: Array
    """VAT on investment during the holiday, equipment and works together [%]."""
    holiday_it_vat_pct: Array
    """VAT on imported IT during the holiday [%]."""
    holiday_customs_pct: Array
    """Customs duty on imported IT during the holiday [%]."""
    holiday_dividend_pct: Array
    """Tax withheld from dividends during the holiday [%]."""
    holiday_until: Array
    """End of the holiday as a decimal year; +inf where it has none [year]."""
    qualifying_pct: Array
    """Share of the data centre that the regime's relief reaches [%]."""
    profit_pct: Array
    """Profit tax otherwise [%]."""
    property_pct: Array
    """Property tax otherwise [%]."""
    vat_pct: Array
    """VAT on investment, and on IT, otherwise [%]."""
    customs_pct: Array
    """Customs duty on imported IT otherwise [%]."""
    dividend_pct: Array
    """Tax withheld from dividends otherwise [%]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxCalendar:
    """Rates in force year by year; arrays (..., year)."""

    profit_pct: Array
    """Statutory profit tax on taxed income (..., 1) [%]."""
    taxed_share: Array
    """Share of the year's income that profit tax reaches [1]."""
    property_pct: Array
    """Property tax [% of net book value]."""
    vat_pct: Array
    """VAT on investment [%]."""
    it_vat_pct: Array
    """VAT on imported IT [%]."""
    customs_pct: Array
    """Customs duty on imported IT [%]."""
    dividend_pct: Array
    """Tax withheld from dividends [%]."""


def holiday_end(row: pd.Series, decision: date) -> float:
    """Return when a regime's holiday ends: the later of its two clocks.

    Parameters
    ----------
    row : Series
        Row of `tax_regimes`: holiday_years [years], holiday_end (date or blank).
    decision : date
        Investment decision, taken as the date of residency.

    Returns
    -------
    float
        Decimal year [year]; +inf where the regime names no end.
    """
    ends = []
    if pd.notna(row["holiday_years"]):
        ends.append(decimal_year(decision) + float(row["holiday_years"]))
    if pd.notna(row["holiday_end"]) and row["holiday_end"] != "":
        ends.append(decimal_year(pd.Timestamp(row["holiday_end"]).date()))
    return max(ends, default=np.inf)


def tax_terms(
    regimes: pd.DataFrame,
    site_regimes: npt.NDArray[np.object_],
    decision: date,
    a: FinanceBook,
) -> TaxTerms:
    """Look up the terms of each site's regime.

    Relief from VAT reaches imported equipment; works bear the standard rate, but
    in a free zone, which stands outside the VAT territory altogether. Where the
    table names no customs rate, that of the book holds.

    Parameters
    ----------
    regimes : DataFrame
        Table `tax_regimes`, by regime.
    site_regimes : array (...) of str
        Regime of each site, shaped as the results are to be, such as (site, 1, 1);
        blank where none is granted, which is the standard regime.
    decision : date
    a : FinanceBook

    Returns
    -------
    TaxTerms
    """
    stated = np.where(pd.isna(site_regimes), "", site_regimes)
    named = np.where(stated == "", STANDARD, stated).astype(str)
    labels, place = np.unique(named, return_inverse=True)
    rows = regimes.loc[list(labels)]
    until = np.array([holiday_end(row, decision) for _, row in rows.iterrows()])
    standard = regimes.loc[[STANDARD]]
    outside = (rows["holiday_kind"] == PERMANENT).to_numpy()
    works_vat = np.where(
        outside, rows["equipment_vat_pct"], standard["equipment_vat_pct"]
    )
    equipment = np.asarray(a.equipment_share_pct) / 100.0

    def granted(column: str) -> Array:
        return np.asarray(rows[column].to_numpy(dtype=np.float64)[place])

    def usual(column: str) -> Array:
        return np.asarray(standard[column].to_numpy(dtype=np.float64)[0])

    duty = np.asarray(a.it_customs_pct, dtype=np.float64)
    relieved = granted("equipment_customs_pct")
    return TaxTerms(
        holiday_profit_pct=granted("profit_tax_pct"),
        holiday_property_pct=granted("property_tax_pct"),
        holiday_vat_pct=granted("equipment_vat_pct") * equipment
        + works_vat[place] * (1.0 - equipment),
        holiday_it_vat_pct=granted("equipment_vat_pct"),
        holiday_customs_pct=np.where(np.isnan(relieved), duty, relieved),
        holiday_dividend_pct=granted("dividend_tax_pct"),
        holiday_until=until[place],
        qualifying_pct=qualifying_pct(labels, place, a),
        profit_pct=usual("profit_tax_pct"),
        property_pct=usual("property_tax_pct"),
        vat_pct=usual("equipment_vat_pct"),
        customs_pct=duty,
        dividend_pct=usual("dividend_tax_pct"),
    )


def qualifying_pct(
    labels: npt.NDArray[np.str_], place: npt.NDArray[np.intp], a: FinanceBook
) -> Array:
    """Return the share of a data centre each regime's relief is taken to reach.

    Parameters
    ----------
    labels : array (regime) of str
        Regimes.
    place : array (...) of int
        Where each site's regime stands in `labels`.
    a : FinanceBook

    Returns
    -------
    array (...)
        Share [%]; 100 for regimes that grant nothing.
    """
    shares = {
        "alat_fez": a.qualifying_alat_fez_pct,
        "industrial_park": a.qualifying_industrial_park_pct,
        "park_in_deoccupied": a.qualifying_industrial_park_pct,
        "deoccupied": a.qualifying_deoccupied_pct,
        "technology_park": a.qualifying_technology_park_pct,
        "park_unconfirmed": 100.0,
        STANDARD: 100.0,
    }
    conditions = [place == number for number in range(labels.size)]
    values = [np.asarray(shares[label], dtype=np.float64) for label in labels]
    return np.select(conditions, values, default=np.nan)


def tax_rates(terms: TaxTerms, years: npt.NDArray[np.int64]) -> TaxCalendar:
    """Return the rates in force in each calendar year.

    Parameters
    ----------
    terms : TaxTerms
    years : array (year) of int
        Calendar years.

    Returns
    -------
    TaxCalendar
    """
    free = np.clip(over_years(terms.holiday_until) - years, 0.0, 1.0)
    relieved = free * over_years(terms.qualifying_pct) / 100.0

    def rate(holiday: Array, otherwise: Array) -> Array:
        relief = over_years(np.subtract(holiday, otherwise))
        return np.asarray(over_years(otherwise) + relieved * relief)

    statutory = over_years(terms.profit_pct)
    levied = rate(terms.holiday_profit_pct, terms.profit_pct)
    return TaxCalendar(
        profit_pct=statutory,
        taxed_share=levied / np.where(statutory == 0.0, 1.0, statutory),
        property_pct=rate(terms.holiday_property_pct, terms.property_pct),
        vat_pct=rate(terms.holiday_vat_pct, terms.vat_pct),
        it_vat_pct=rate(terms.holiday_it_vat_pct, terms.vat_pct),
        customs_pct=rate(terms.holiday_customs_pct, terms.customs_pct),
        dividend_pct=rate(terms.holiday_dividend_pct, terms.dividend_pct),
    )
