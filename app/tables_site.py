"""Tables of one site, and of sites side by side: which figures, how well known."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.figures import ABSENT, figure, label
from app.tables import widths
from data.schema import GRADES

HOPS: Final = {
    "from": "From",
    "to": "To",
    "km": "km",
    "ms": "ms",
    "medium": "Over",
    "status": "Status",
}
"""Columns of the table of hops, in words."""
EVERY_FIGURE: Final = (
    "score",
    "cooling_score",
    "power_score",
    "connectivity_score",
    "it_mw",
    "firm_mw",
    "firm_mw_p10",
    "firm_mw_p90",
    "flexible_mw",
    "months_to_power",
    "price_usd_per_mwh",
    "carbon_location_t_per_mwh",
    "carbon_free_pct",
    "pue_annual",
    "pue_peak",
    "wue_annual_l_per_kwh",
    "water_m3_per_year",
    "free_cooling_hours",
    "derate_pct",
    "rtt_europe_ms",
    "rtt_central_asia_ms",
    "routes_europe_node",
    "isolation_h_per_year",
    "people_within_100_ms",
    "lcoc_usd_per_kw_month",
    "capex_usd_per_kw",
    "opex_usd_per_year",
    "required_rent_usd_per_kw_month",
    "npv_usd",
    "irr_pct",
    "payback_years",
)
"""Figures of a site that a reader follows to their sources, in order."""
COMPARED: Final = (
    "rank",
    *EVERY_FIGURE[:9],
    "ready_date",
    "binding_constraint",
    "substation_name",
    "connection_kv",
    "lateral_km",
    *EVERY_FIGURE[9:17],
    "cooling_system",
    *EVERY_FIGURE[17:],
    "tax_regime",
    "land_free_ha",
    "seismic_msk",
    "mines_class",
    "border_min_km",
    "excluded_because",
)
"""Figures of sites set side by side, in order."""
GRADED: Final = {"Figure": 136, "Value": 134, "Grade": 78, "Assumed": 84}
"""Pixels of the columns of those figures."""


def figure_rows(row: pd.Series, grades: pd.DataFrame) -> pd.DataFrame:
    """Return figures of a site with how well each is known.

    Parameters
    ----------
    row : Series
        One row of the ranking.
    grades : DataFrame
        As `siting.grades.grade_table` gives it; of the numbers a figure rests on so
        many are assumed.
    """
    shown = [
        (label(metric), figure(metric, row[metric]), told["grade"], _counts(told))
        for metric, told in zip(
            map(str, grades.index), grades.to_dict("records"), strict=True
        )
    ]
    return pd.DataFrame(shown, columns=list(GRADED))


def _counts(told: Mapping[Any, Any]) -> str:
    """Return how many of the numbers a figure rests on are assumed."""
    every = sum(told[grade] for grade in GRADES)
    return f"{told['assumed']} of {every}" if every else ABSENT


def hop_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the hops of one way under their heads, in words."""
    words = {name: table[name].str.replace("_", " ") for name in ("medium", "status")}
    return table.assign(**words)[list(HOPS)].rename(columns=HOPS)


def hop_columns() -> dict[str, Any]:
    """Return how the columns of `hop_rows` stand in a table."""
    number = st.column_config.NumberColumn
    return {
        **widths({"From": 112, "To": 104, "Over": 80, "Status": 80}),
        "km": number("km", format="%.0f", width=46),
        "ms": number("ms", format="%.1f", width=42, help="Least, there and back."),
    }
